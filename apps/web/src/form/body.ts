import type { Word } from '../words/words';
import { isKind, kinds, readTyped } from './kinds';

interface Read {
  readonly body: Readonly<Record<string, unknown>>;
  readonly faults: Readonly<Record<string, Word>>;
  /** The name of the field that fills a place in the body: they differ behind rows that were left empty. */
  readonly nameOf: (path: string) => string;
}

/** What is typed into an element with a name, whatever it is. */
type Typed = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** Reads a form into the body of a call: names are paths, such as `option.before.lines.0.hours`. What is left empty is left out. */
export function readBody(form: HTMLFormElement): Read {
  const body: Record<string, unknown> = {};
  const faults: Record<string, Word> = {};
  const filled = Array.from(form.elements).filter((element) => isTyped(element) && !isInEmptyRow(element));
  for (const element of filled) {
    const { name, dataset, value } = element as Typed;
    const { kind } = dataset;
    if (name === '' || !isKind(kind)) continue;
    if (kind === 'flag') {
      put(body, name.split('.'), (element as HTMLInputElement).checked);
      continue;
    }
    // One of several to choose, and not chosen.
    if (element instanceof HTMLInputElement && element.type === 'checkbox' && !element.checked) continue;
    if (value.trim() === '') {
      if (dataset.needed !== undefined) faults[name] = 'form.needed';
      continue;
    }
    // The keys of changes are paths themselves.
    const path = name.startsWith('changes.') ? ['changes', name.slice('changes.'.length)] : name.split('.');
    const read = readTyped(kind, value);
    if (read === null) faults[name] = kinds[kind].unread;
    else put(body, path, read);
  }
  const places = closeGaps(body);
  return { body, faults, nameOf: (path) => placeBefore(path, places) };
}

function isTyped(element: Element): element is Typed {
  return element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement;
}

/** Whether it stands in a row that may be left empty, and was. */
function isInEmptyRow(element: Element): boolean {
  const row = element.closest('[data-row="optional"]');
  if (!row) return false;
  return Array.from(row.querySelectorAll('input, textarea, select'))
    .filter(isTyped)
    .every(({ value, dataset }) => dataset.kind === undefined || value.trim() === '' || value === dataset.default);
}

/** Puts a value at a path; digits make a list. */
function put(target: Record<string, unknown>, [name = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) {
    target[name] = value;
    return;
  }
  const isList = /^\d+$/.test(rest[0] ?? '');
  const inner = (target[name] ??= isList ? [] : {});
  put(inner as Record<string, unknown>, rest, value);
}

/** Where the items of each list stood before its gaps were closed, by the path that the list has now. */
type Places = ReadonlyMap<string, readonly number[]>;

/** Rows that were left empty stand in no list. */
export function closeGaps(body: Record<string, unknown>): Places {
  return new Map(gapsClosedIn(body, ''));
}

function gapsClosedIn(value: unknown, path: string): readonly (readonly [string, readonly number[]])[] {
  if (typeof value !== 'object' || value === null) return [];
  const stood = Array.isArray(value) ? value.flatMap((item: unknown, index) => (item === undefined ? [] : [index])) : null;
  if (stood) (value as unknown[]).splice(0, Infinity, ...(value as unknown[]).filter((item) => item !== undefined));
  const inside = Object.entries(value).flatMap(([name, inner]) => gapsClosedIn(inner, path === '' ? name : `${path}.${name}`));
  return stood ? [[path, stood], ...inside] : inside;
}

/** The path as it was before the gaps of the lists on it were closed. */
export function placeBefore(path: string, places: Places): string {
  const parts = path.split('.');
  return parts.map((part, at) => String(places.get(parts.slice(0, at).join('.'))?.[Number(part)] ?? part)).join('.');
}
