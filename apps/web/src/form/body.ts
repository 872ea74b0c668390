import { readDate, readDecimal, readWhole } from '../format/format';
import type { Word } from '../words/words';

/** How what was typed is read; stands at each input as `data-kind`. */
type Kind = 'text' | 'password' | 'date' | 'whole' | 'decimal' | 'flag';

/** Fields by the path of what they fill. */
export type Faults = Readonly<Record<string, string>>;

interface Read {
  readonly body: Readonly<Record<string, unknown>>;
  readonly faults: Readonly<Record<string, Word>>;
}

/** What is typed into an element with a name, whatever it is. */
type Typed = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** Reads a form into the body of a call: names are paths, such as `option.before.lines.0.hours`. What is left empty is left out. */
export function readBody(form: HTMLFormElement): Read {
  const body: Record<string, unknown> = {};
  const faults: Record<string, Word> = {};
  for (const element of Array.from(form.elements)) {
    if (!isTyped(element) || element.name === '' || element.dataset.kind === undefined) continue;
    const { name, dataset, value } = element;
    const kind = dataset.kind as Kind;
    if (kind === 'flag') {
      put(body, name.split('.'), (element as HTMLInputElement).checked);
      continue;
    }
    if (value.trim() === '') {
      if (dataset.needed !== undefined) faults[name] = 'form.needed';
      continue;
    }
    // The keys of changes are paths themselves.
    const path = name.startsWith('changes.') ? ['changes', name.slice('changes.'.length)] : name.split('.');
    const read = readers[kind](value);
    if (read === null) faults[name] = unread[kind];
    else put(body, path, read);
  }
  closeGaps(body);
  return { body, faults };
}

const readers: Readonly<Record<Exclude<Kind, 'flag'>, (value: string) => string | number | null>> = {
  text: (value) => value.trim().normalize('NFC'),
  // Spaces around it and how it is composed are the person's own.
  password: (value) => value,
  date: readDate,
  whole: readWhole,
  decimal: readDecimal,
};
const unread = {
  text: 'form.needed',
  password: 'form.needed',
  date: 'form.noDate',
  whole: 'form.noWhole',
  decimal: 'form.noDecimal',
} as const satisfies Record<string, Word>;

function isTyped(element: Element): element is Typed {
  return element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement;
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

/** Rows that were left empty stand in no list. */
export function closeGaps(body: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(body)) {
    if (Array.isArray(value)) body[name] = value.filter((item: unknown) => item !== undefined);
    for (const inner of [body[name]].flat()) if (typeof inner === 'object' && inner !== null) closeGaps(inner as Record<string, unknown>);
  }
}
