import { foldWords } from '../words/fold';
import type { Entry } from './history-queries';

/** Paper on which an event rests. */
export interface Paper {
  readonly kind: 'decision' | 'document';
  readonly number: string | null;
  readonly date: string | null;
  readonly title: string | null;
  readonly signer: string | null;
}

export interface StoredFile {
  readonly hash: string;
  readonly name: string;
}

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
    const [number, date, title, signer] = (['number', 'date', 'title', 'signer'] as const).map((name) => textIn(paper, name));
    return [{ kind, number: number ?? null, date: date ?? null, title: title ?? null, signer: signer ?? null }];
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
