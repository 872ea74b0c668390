/** A piece of a text; whether the other text has it not. */
export interface Piece {
  readonly text: string;
  readonly isChanged: boolean;
}

/** Beyond so many words a side, which take a table of as many rows and columns, texts are marked as a whole. */
const mostWords = 400;

/** Two texts, each with the words marked that the other has not. */
export function marked(before: string, after: string): readonly [before: readonly Piece[], after: readonly Piece[]] {
  const [one, other] = [words(before), words(after)];
  if (one.length > mostWords || other.length > mostWords) return [whole(before), whole(after)];
  const common = commonLengths(one, other);
  const [kept, keptInOther] = [new Set<number>(), new Set<number>()];
  for (let [i, j] = [0, 0]; i < one.length && j < other.length;) {
    if (isSame(one[i], other[j])) {
      kept.add(i++);
      keptInOther.add(j++);
    } else if ((common[i + 1]?.[j] ?? 0) >= (common[i]?.[j + 1] ?? 0)) i++;
    else j++;
  }
  return [joined(one, kept), joined(other, keptInOther)];
}

/** Each with the space behind it. */
const words = (text: string): readonly string[] => text.match(/\S+\s*|\s+/g) ?? [];
const isSame = (one = '', other = ''): boolean => one.trimEnd() === other.trimEnd();
const whole = (text: string): readonly Piece[] => (text === '' ? [] : [{ text, isChanged: true }]);

/** Of the longest common sequence of what is left from each place on. */
function commonLengths(one: readonly string[], other: readonly string[]): readonly (readonly number[])[] {
  const lengths = Array.from({ length: one.length + 1 }, () => Array.from({ length: other.length + 1 }, () => 0));
  for (let i = one.length - 1; i >= 0; i--)
    for (let j = other.length - 1; j >= 0; j--) {
      const [row, below] = [lengths[i], lengths[i + 1]];
      if (row && below) row[j] = isSame(one[i], other[j]) ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, row[j + 1] ?? 0);
    }
  return lengths;
}

function joined(all: readonly string[], kept: ReadonlySet<number>): readonly Piece[] {
  const pieces: Piece[] = [];
  all.forEach((text, index) => {
    const isChanged = !kept.has(index);
    const last = pieces.at(-1);
    if (last?.isChanged === isChanged) pieces[pieces.length - 1] = { text: last.text + text, isChanged };
    else pieces.push({ text, isChanged });
  });
  return pieces;
}
