import type { components } from '../api/schema';
import { valuesAt } from '../form/leaves';
import type { Values } from '../form/values';

export type Parts = components['schemas']['PartsDto'];
export type PartsChange = { readonly [part in keyof Parts]?: Parts[part] | null };

const textNames = ['steps', 'subjects', 'form', 'result', 'conditions', 'level'] as const satisfies (keyof Parts)[];
const rowNames = ['manners', 'documents', 'bases', 'agencies', 'keywords'] as const satisfies (keyof Parts)[];
/** Those that the form has fields for. */
const partNames = [...textNames, ...rowNames] as const;
type PartName = (typeof partNames)[number];

/** What rows take the place of; both would disagree later. */
const replaced: { readonly [rows in PartName]?: readonly (keyof Parts)[] } = {
  manners: ['manner', 'timeLimitDays', 'fees'],
  documents: ['dossier'],
  bases: ['legalBasis'],
  agencies: ['agency'],
};

/** What a form's fields begin with, named as in the body of `PATCH …/parts`. */
export function valuesOf(parts: Parts, at = ''): Values {
  const rows = asRows(parts);
  return Object.fromEntries(partNames.flatMap((name) => Object.entries(valuesAt(`${at}${name}`, rows[name]))));
}

/** Ways without a limit of time are in no rows yet; the form goes on from what there is. */
function asRows({ manners, manner, timeLimitDays, fees, ...parts }: Parts): { readonly [Name in PartName]?: unknown } {
  const begun = {
    ...(manner !== undefined && { way: manner }),
    ...(timeLimitDays !== undefined && { timeLimit: { amount: timeLimitDays, unit: 'days' } }),
    ...(fees !== undefined && { fee: fees }),
  };
  return { ...parts, manners: manners ?? (Object.keys(begun).length > 0 ? [begun] : undefined) };
}

/** What has to be sent so that they read as they were typed; null takes one away. What is the same is left out. */
export function changeOf(before: Parts, typed: Parts): PartsChange {
  const was = asRows(before);
  const changed = partNames.filter((name) => asRead(was[name]) !== asRead(typed[name]));
  return Object.fromEntries(
    changed.flatMap((name) => [
      [name, isEmpty(typed[name]) ? null : (typed[name] ?? null)] as const,
      ...(replaced[name] ?? []).map((old) => [old, null] as const),
    ]),
  );
}

const isEmpty = (part: unknown): boolean => Array.isArray(part) && part.length === 0;

/** A browser gives ends of lines and of texts back in its own way; that changes nothing, nor does the order of fields in a row. */
function asRead(part: unknown): string {
  if (typeof part === 'string') return JSON.stringify(part.replace(/\r\n?/g, '\n').trim().normalize('NFC'));
  if (Array.isArray(part)) return `[${part.map(asRead).join()}]`;
  if (typeof part !== 'object' || part === null) return part === undefined ? '' : JSON.stringify(part);
  const fields = Object.entries(part).filter(([, value]) => value !== undefined);
  return `{${fields
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, value]) => `${name}:${asRead(value)}`)
    .join()}}`;
}
