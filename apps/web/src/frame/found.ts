import { foldWords } from '../words/fold';

/** Those whose names hold every word that was typed, wherever it stands; ones that begin with it first. */
export function found<One extends { readonly name: string }>(all: readonly One[], typed: string): readonly One[] {
  const words = foldWords(typed).split(/\s+/).filter(Boolean);
  const holding = all.filter(({ name }) => words.every((word) => foldWords(name).includes(word)));
  const begins = ({ name }: One): boolean => words.length > 0 && foldWords(name).startsWith(words.join(' '));
  return [...holding.filter(begins), ...holding.filter((one) => !begins(one))];
}
