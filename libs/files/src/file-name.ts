import { hidesSomething } from '#platform';

const mostCharacters = 200;

/** What is wrong with the name of a file, as the end of a sentence that begins with it; null when nothing is. Its letters must be composed (NFC). */
export function fileNameFault(name: string): string | null {
  if (name.trim() === '') return 'must not be blank';
  if (name.length > mostCharacters) return `must have at most ${String(mostCharacters)} characters`;
  if (/[/\\]/.test(name)) return 'must not hold a slash';
  // Among these are also those that turn the direction of writing, so that "gnp.exe" reads as "exe.png".
  if (/[\p{Co}\p{Cn}]/u.test(name) || hidesSomething(name)) return 'must not hold control characters, or others that nobody sees';
  if (name.includes('..')) return 'must not hold two dots in a row';
  return null;
}
