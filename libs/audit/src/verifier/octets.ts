import { Malformed } from './malformed.js';

const utf8Decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const utf8Encoder = new TextEncoder();

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const valueOf = new Map(Array.from(alphabet, (letter, value) => [letter, value]));
const hexPairs = Array.from({ length: 256 }, (_, value) => value.toString(16).padStart(2, '0'));

/** Whether the text is one of whole characters, without lone surrogates, so that UTF-8 has it. */
export const isWellFormed = (text: string): boolean => !/\p{Surrogate}/u.test(text);

/** UTF-8 of the text. A lone surrogate becomes U+FFFD; where that matters the text is looked at before. */
export const utf8 = (text: string): Uint8Array => utf8Encoder.encode(text);

/** The text of the octets, a byte order mark included. @throws Malformed where they are not UTF-8 */
export function textOf(octets: Uint8Array): string {
  try {
    return utf8Decoder.decode(octets);
  } catch {
    throw new Malformed('These octets are not UTF-8.');
  }
}

/** RFC 4648, section 4, with padding. */
export function base64(octets: Uint8Array): string {
  let text = '';
  for (let at = 0; at < octets.length; at += 3) {
    const [first = 0, second, third] = octets.subarray(at, at + 3);
    const group = (first << 16) | ((second ?? 0) << 8) | (third ?? 0);
    text += alphabet.charAt(group >> 18) + alphabet.charAt((group >> 12) & 63);
    text += second === undefined ? '=' : alphabet.charAt((group >> 6) & 63);
    text += third === undefined ? '=' : alphabet.charAt(group & 63);
  }
  return text;
}

/** RFC 4648, section 4: padded, no line breaks, no bits that say nothing, so that one value has one text. @throws Malformed */
export function fromBase64(text: string): Uint8Array {
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  if (text.length % 4 !== 0) throw new Malformed('Base64 comes in groups of four.');
  const octets = new Uint8Array((text.length / 4) * 3 - padding);
  const letters = text.length - padding;
  let bits = 0;
  let held = 0;
  let at = 0;
  for (let place = 0; place < letters; place += 1) {
    const value = valueOf.get(text.charAt(place));
    if (value === undefined) throw new Malformed('This is not Base64.');
    held = ((held << 6) | value) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    octets[at] = (held >> bits) & 0xff;
    at += 1;
  }
  if ((held & ((1 << bits) - 1)) !== 0) throw new Malformed('This Base64 has bits that say nothing.');
  return octets;
}

/** Lower-case. */
export function hex(octets: Uint8Array): string {
  let text = '';
  for (const octet of octets) text += hexPairs[octet] ?? '';
  return text;
}

/** Value of a digit that is one. */
function digit(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code < 0x3a ? code - 0x30 : code - 0x57;
}

/** Lower-case alone, so that one value has one text. @throws Malformed */
export function fromHex(text: string): Uint8Array {
  if (text.length % 2 !== 0 || !/^[0-9a-f]*$/.test(text)) throw new Malformed('This is not lower-case hexadecimal.');
  const octets = new Uint8Array(text.length / 2);
  for (let at = 0; at < octets.length; at += 1) octets[at] = (digit(text, 2 * at) << 4) | digit(text, 2 * at + 1);
  return octets;
}

export function joined(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** A plain loop, for it runs over every leaf. */
export function equal(left: Uint8Array, right: Uint8Array): boolean {
  if (left.length !== right.length) return false;
  for (let at = 0; at < left.length; at += 1) if (left[at] !== right[at]) return false;
  return true;
}

/** Where the first empty line begins, before which nothing but lines stands; -1 for none. */
export function firstEmptyLine(octets: Uint8Array): number {
  let end = octets.indexOf(0x0a);
  while (end !== -1 && octets[end + 1] !== 0x0a) end = octets.indexOf(0x0a, end + 1);
  return end;
}

/** A size, an index or a time: ASCII digits without leading zeroes, at most 2⁵³ − 1. @throws Malformed */
export function wholeNumber(text: string): number {
  const value = /^(0|[1-9][0-9]{0,15})$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(value)) throw new Malformed('A decimal number without leading zeroes, at most 9007199254740991, is due here.');
  return value;
}
