/** As one types it in a hurry: without accents, in small letters. */
const folded = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/gi, 'd').toLowerCase();

/** Those whose names hold every word that was typed, wherever it stands; ones that begin with it first. */
export function found<One extends { readonly name: string }>(all: readonly One[], typed: string): readonly One[] {
  const words = folded(typed).split(/\s+/).filter(Boolean);
  const holding = all.filter(({ name }) => words.every((word) => folded(name).includes(word)));
  const begins = ({ name }: One): boolean => words.length > 0 && folded(name).startsWith(words.join(' '));
  return [...holding.filter(begins), ...holding.filter((one) => !begins(one))];
}
