/**
 * An id, a name or a number as it stands in a path. Encoded, dots alone would still lead to another path, and a proxy may decode a slash.
 * @throws Error with a sentence
 */
export function segment(text: string): string {
  if (!/^[\w-]{1,200}$/.test(text)) throw new Error(`"${text}" is no id, name or version: these are of letters, figures, - and _ alone.`);
  return text;
}
