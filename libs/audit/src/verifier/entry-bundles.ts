import { Malformed } from './malformed.js';
import { tileWidth } from './tiles.js';

/** Octets of the longest entry that a bundle can hold. */
export const longestEntry = 65_535;

/** The entries one after the other, each after its length as uint16, big-endian. c2sp.org/tlog-tiles @throws Malformed */
export function encodeEntries(entries: readonly Uint8Array[]): Uint8Array {
  if (entries.length < 1 || entries.length > tileWidth) throw new Malformed('A bundle holds 1 to 256 entries.');
  const bundle = new Uint8Array(entries.reduce((length, entry) => length + 2 + entry.length, 0));
  let at = 0;
  for (const entry of entries) {
    if (entry.length > longestEntry) throw new Malformed(`An entry has at most ${longestEntry} octets.`);
    bundle[at] = entry.length >> 8;
    bundle[at + 1] = entry.length & 0xff;
    bundle.set(entry, at + 2);
    at += 2 + entry.length;
  }
  return bundle;
}

/** The entries of a bundle, which share its memory. @throws Malformed where it is cut, empty, or of more than 256 entries */
export function decodeEntries(bundle: Uint8Array): readonly Uint8Array[] {
  const entries: Uint8Array[] = [];
  for (let at = 0; at < bundle.length;) {
    if (entries.length === tileWidth) throw new Malformed('A bundle holds at most 256 entries.');
    const [high, low] = bundle.subarray(at, at + 2);
    if (high === undefined || low === undefined) throw new Malformed('This bundle is cut within a length.');
    const end = at + 2 + high * 256 + low;
    if (end > bundle.length) throw new Malformed('This bundle is cut within an entry.');
    entries.push(bundle.subarray(at + 2, end));
    at = end;
  }
  if (entries.length === 0) throw new Malformed('A bundle is never empty.');
  return entries;
}
