/** Lower case without marks, `đ` (and `ð`, its twin on some keyboards) as `d`: how titles are compared, so that `thu tuc` finds `Thủ tục`. */
export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[đĐðÐ]/g, 'd')
    .toLowerCase();
}

/** The folded words of a text, each once. They hold letters and digits only, so they need no quoting in a `tsvector`. */
export function searchWords(text: string): readonly string[] {
  return wordsOf(fold(text));
}

/** The words of a text that is folded already. */
export function wordsOf(folded: string): readonly string[] {
  return [...new Set(folded.match(/[\p{L}\p{N}]+/gu) ?? [])].map((word) => word.slice(0, 200));
}

/** A `tsquery` for all the words, the last one as a beginning; null when the text has none. */
export function searchQuery(text: string): string | null {
  const words = searchWords(text);
  return words.length === 0 ? null : `${words.map((word) => `'${word}'`).join(' & ')}:*`;
}

/** With fewer words one of them is too much to differ in. */
const leastToDiffer = 4;
/** A question grows with the square of its words; titles that share so many are alike. */
const mostSought = 24;

/** A `tsquery` for all the words, or all but any one where there are four or more; null when the text has none. */
export function similarityQuery(text: string): string | null {
  const words = searchWords(text)
    .slice(0, mostSought)
    .map((word) => `'${word}'`);
  if (words.length === 0) return null;
  if (words.length < leastToDiffer) return words.join(' & ');
  return words.map((_, left) => `(${words.filter((_word, index) => index !== left).join(' & ')})`).join(' | ');
}
