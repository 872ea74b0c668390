import { leavesOf } from '../form/leaves';
import { foldWords } from '../words/fold';
import type { Entry } from './history-queries';

/** Paper on which an event rests. */
export interface Paper {
  readonly kind: 'decision' | 'document';
  readonly number: string | null;
  readonly date: string | null;
  readonly title: string | null;
  readonly signer: string | null;
  /** Hash of the signed scan. */
  readonly scan: string | null;
}

export interface StoredFile {
  readonly hash: string;
  readonly name: string;
}

/** What the entry itself tells of an event, and ids, which say nothing to people. */
const told = /^(stage|occurredOn|reason|findings|remarks|note|comment|attachments\..*|optionId|by\..*|reorganisation|step)$/;

/** What else an event holds, field by field; of a correction, what it makes of the fields of the record. */
export const fieldsIn = (data: object): ReturnType<typeof leavesOf> =>
  leavesOf(data)
    .filter(([path]) => !told.test(path))
    .map(([path, value]) => [path.replace(/^changes\./, ''), value]);

type Data = Readonly<Record<string, unknown>>;

const isData = (value: unknown): value is Data => typeof value === 'object' && value !== null;
const textIn = (data: Data, name: string): string | null => {
  const value = data[name];
  return typeof value === 'string' && value !== '' ? value : null;
};

/** The papers that an event names. */
export function papersOf({ data }: Entry): readonly Paper[] {
  const all: Data = data;
  return (['document', 'decision'] as const).flatMap((kind) => {
    const paper = all[kind];
    if (!isData(paper)) return [];
    const at = (name: string): string | null => textIn(paper, name);
    return [{ kind, number: at('number'), date: at('date'), title: at('title'), signer: at('signer'), scan: at('scan') }];
  });
}

/** Why it was done, in the words of whoever did it. */
export const reasonsOf = ({ data }: Entry): readonly string[] =>
  ['reason', 'findings', 'remarks', 'note', 'comment'].flatMap((name) => textIn(data, name) ?? []);

/** The files that an event names. */
export function filesOf({ data }: Entry): readonly StoredFile[] {
  const { attachments }: Data = data;
  if (!Array.isArray(attachments)) return [];
  return attachments.flatMap((file: unknown) => {
    if (!isData(file)) return [];
    const [hash, name] = [textIn(file, 'hash'), textIn(file, 'name')];
    return hash === null || name === null ? [] : [{ hash, name }];
  });
}

/** The day on which it happened on paper; null where nobody stated one. */
export const occurredOn = ({ data }: Entry): string | null => textIn(data, 'occurredOn');

export interface Refused {
  readonly action: string;
  readonly unmet: readonly { readonly code: string; readonly message: string }[];
}

/** What was refused, and why; null where nothing was. */
export function refusedIn({ type, data }: Entry): Refused | null {
  if (type !== 'CommandRefused') return null;
  const all: Data = data;
  const unmet = Array.isArray(all.unmet) ? all.unmet : [];
  return {
    action: textIn(all, 'action') ?? '',
    unmet: unmet.flatMap((one: unknown) =>
      isData(one) ? [{ code: textIn(one, 'code') ?? '', message: textIn(one, 'message') ?? '' }] : [],
    ),
  };
}

/** Whether all words stand in the record, in any case and without accents. @param shown What the screen says of it besides its data. */
export function holdsWords(words: string, shown: string, { data }: Entry): boolean {
  const text = foldWords(`${shown} ${textsIn(data).join(' ')}`);
  return foldWords(words)
    .split(/\s+/)
    .every((word) => text.includes(word));
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string' || typeof value === 'number') return [String(value)];
  return isData(value) ? Object.values(value).flatMap(textsIn) : [];
}
