import type { Values } from './values';

export type Value = string | number | boolean;

/** What an object holds, leaf by leaf, each by its path in dot notation. */
export function leavesOf(value: unknown, path = ''): readonly (readonly [path: string, value: Value])[] {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return [[path, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]: [string, unknown]) => leavesOf(inner, path === '' ? name : `${path}.${name}`));
}

/** The same as a form begins with it, where its fields are named by these paths. */
export const valuesAt = (path: string, value: unknown): Values =>
  Object.fromEntries(leavesOf(value, path).map(([name, leaf]) => [name, String(leaf)]));
