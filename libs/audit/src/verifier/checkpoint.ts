import { hashLength, type TreeHead } from './merkle.js';
import { Malformed } from './malformed.js';
import { base64, fromBase64, wholeNumber } from './octets.js';

/** What a log signs: who it is, and its tree. c2sp.org/tlog-checkpoint@v1.0.0 */
export interface Checkpoint extends TreeHead {
  /** One line that tells logs apart. */
  readonly origin: string;
  /** Further lines, each not empty. (Default: none, which is advised) */
  readonly extensions?: readonly string[];
}

/** The text of the note. @throws Malformed where a line is empty or holds a line break */
export function checkpointText({ origin, size, root, extensions = [] }: Checkpoint): string {
  for (const line of [origin, ...extensions]) {
    if (line === '' || line.includes('\n')) throw new Malformed('Origin and extensions of a checkpoint are single lines.');
  }
  return [origin, String(size), base64(root), ...extensions, ''].join('\n');
}

/** What `checkpointText` writes, and nothing else. Sizes are at most 2⁵³ − 1. @throws Malformed */
export function parseCheckpoint(text: string): Checkpoint {
  const lines = text.split('\n');
  if (lines.pop() !== '') throw new Malformed('A checkpoint ends in a newline.');
  if (lines.length < 3 || lines.includes('')) throw new Malformed('A checkpoint has at least three lines, none of them empty.');
  const [origin = '', size = '', encoded = '', ...extensions] = lines;
  const root = fromBase64(encoded);
  if (root.length !== hashLength) throw new Malformed('The root of a tree has 32 octets.');
  return { origin, size: wholeNumber(size), root, ...(extensions.length > 0 && { extensions }) };
}
