import type { Piece } from './run';

/** What stands against an act on one piece of work, as the server says; nothing where it may be done. */
export interface Prospect {
  readonly piece: Piece;
  readonly unmet: readonly string[];
}

interface Outcome {
  /** The first thing that stands against it; null where nothing does. */
  readonly code: string | null;
  readonly pieces: readonly Piece[];
}

/** The prospects by what would come of them: what can be done first, then the most frequent. */
export function outcomesOf(prospects: readonly Prospect[]): readonly Outcome[] {
  const byCode = new Map<string | null, Piece[]>();
  for (const { piece, unmet } of prospects) {
    const code = unmet[0] ?? null;
    byCode.set(code, [...(byCode.get(code) ?? []), piece]);
  }
  return [...byCode]
    .map(([code, pieces]) => ({ code, pieces }))
    .sort((one, other) => Number(other.code === null) - Number(one.code === null) || other.pieces.length - one.pieces.length);
}

export const allowedIn = (prospects: readonly Prospect[]): readonly Piece[] =>
  prospects.filter(({ unmet }) => unmet.length === 0).map(({ piece }) => piece);

interface Act {
  readonly act: string;
  /** How many allow it. */
  readonly number: number;
}

/** What can be done with several: what moves them on first, then whose work they are; of these what most allow first. */
export function actsOf(
  works: readonly { readonly actions: readonly string[]; readonly claiming: readonly { readonly action: string }[] }[],
): readonly Act[] {
  return [
    ...counted(works.flatMap(({ actions }) => actions)),
    ...counted(works.flatMap(({ claiming }) => claiming.map(({ action }) => action))),
  ];
}

function counted(acts: readonly string[]): readonly Act[] {
  const numbers = new Map<string, number>();
  for (const act of acts) numbers.set(act, (numbers.get(act) ?? 0) + 1);
  return [...numbers].map(([act, number]) => ({ act, number })).sort((one, other) => other.number - one.number);
}
