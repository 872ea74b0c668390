import { ed25519 } from '@noble/curves/ed25519.js';
import { Malformed } from './malformed.js';
import { ed25519Type, isKeyName, type SignerKey, type VerifierKey } from './note-keys.js';
import { base64, fromBase64, fromHex, hex, isWellFormed, joined, textOf, utf8 } from './octets.js';

/** Octets of the longest note that is read. */
export const longestNote = 1_000_000;
/** Most signatures of one note; the standard asks for at least 16. */
export const mostSignatures = 100;

/** One line below the text. */
export interface NoteSignature {
  readonly name: string;
  /** Of the key, lower-case hexadecimal, 8 digits. */
  readonly id: string;
  /** What follows the id: for Ed25519 64 octets, for a cosignature 72. */
  readonly signature: Uint8Array;
}

/** A note whose form was checked; nothing says yet that the text is anybody's. c2sp.org/signed-note@v1.0.0 */
export interface Note {
  /** Ends in a newline. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

/** Somebody whose signatures can be checked: a log (`noteVerifier`) or a witness (`cosignatureVerifier`). */
export interface NoteVerifier {
  readonly name: string;
  readonly id: string;
  readonly verify: (text: string, signature: Uint8Array) => boolean;
}

/** A note that at least one known key signed. */
export interface OpenedNote {
  readonly text: string;
  /** One for each known key that signed, in the order of the note. */
  readonly verified: readonly NoteSignature[];
  /** Of keys that are not known; they say nothing, and are kept. */
  readonly unknown: readonly NoteSignature[];
}

/** Nobody known signed the note, or a known key's signature does not verify. */
export class Unverified extends Error {
  override readonly name = 'Unverified';
}

/** Only the form is looked at. @throws Malformed */
export function parseNote(octets: Uint8Array): Note {
  if (octets.length > longestNote) throw new Malformed(`A note has at most ${longestNote} octets.`);
  const whole = textOf(octets);
  if (/[\u0000-\u0009\u000b-\u001f]/.test(whole)) throw new Malformed('A note has no control characters but newlines.');
  const split = whole.lastIndexOf('\n\n');
  if (split === -1 || !whole.endsWith('\n')) throw new Malformed('A note is a text, an empty line and lines of signatures.');
  const lines = whole.slice(split + 2, -1);
  return { text: whole.slice(0, split + 1), signatures: parseSignatures(lines) };
}

/** Lines of signatures without the last newline, at least one and at most 100. @throws Malformed */
export function parseSignatures(text: string): readonly NoteSignature[] {
  const lines = text.split('\n', mostSignatures + 1);
  if (lines.length > mostSignatures) throw new Malformed(`A note has at most ${mostSignatures} signatures.`);
  return lines.map((line) => {
    const [dash, name = '', encoded = '', ...rest] = line.split(' ', 4);
    if (dash !== '—' || !isKeyName(name) || rest.length > 0) throw new Malformed('A signature is a dash, the name of a key and Base64.');
    const octets = fromBase64(encoded);
    if (octets.length < 5) throw new Malformed('A signature begins with the four octets of its key.');
    return { name, id: hex(octets.subarray(0, 4)), signature: octets.subarray(4) };
  });
}

/** The note as octets. */
export const encodeNote = ({ text, signatures }: Note): Uint8Array => utf8(`${text}\n${signatures.map(signatureLine).join('')}`);

/** One line of a note, with its newline. */
export const signatureLine = ({ name, id, signature }: NoteSignature): string => `— ${name} ${base64(joined(fromHex(id), signature))}\n`;

/** Ed25519 over the text. @throws Malformed where the text cannot be one of a note */
export function signNote(text: string, key: SignerKey): NoteSignature {
  if (!text.endsWith('\n') || !isWellFormed(text)) throw new Malformed('The text of a note ends in a newline.');
  return { name: key.name, id: key.id, signature: ed25519.sign(utf8(text), key.seed) };
}

/** Checks what `signNote` signs. @throws Malformed for a key of another type */
export function noteVerifier({ name, id, type, publicKey }: VerifierKey): NoteVerifier {
  if (type !== ed25519Type) throw new Malformed('This key makes no signatures of notes.');
  return { name, id, verify: (text, signature) => isEd25519(signature, utf8(text), publicKey) };
}

/** As RFC 8032 has it, without the leniency of ZIP 215: one message and key, one signature. */
export function isEd25519(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean {
  try {
    return signature.length === 64 && ed25519.verify(signature, message, publicKey, { zip215: false });
  } catch {
    return false;
  }
}

/** The note, where somebody known signed it and no known signature is wrong. @throws Malformed, Unverified */
export function openNote(octets: Uint8Array | Note, verifiers: readonly NoteVerifier[]): OpenedNote {
  const { text, signatures } = octets instanceof Uint8Array ? parseNote(octets) : octets;
  const verified = new Map<NoteVerifier, NoteSignature>();
  const unknown: NoteSignature[] = [];
  for (const signature of signatures) {
    const verifier = verifiers.find(({ name, id }) => name === signature.name && id === signature.id);
    if (verifier === undefined) {
      unknown.push(signature);
      continue;
    }
    if (!verifier.verify(text, signature.signature)) throw new Unverified(`The signature of ${signature.name} is wrong.`);
    if (!verified.has(verifier)) verified.set(verifier, signature);
  }
  if (verified.size === 0) throw new Unverified('Nobody who is known here signed this.');
  return { text, verified: [...verified.values()], unknown };
}
