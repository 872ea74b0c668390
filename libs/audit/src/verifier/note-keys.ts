import { ed25519 } from '@noble/curves/ed25519.js';
import { Malformed } from './malformed.js';
import { base64, equal, fromBase64, fromHex, hex, isWellFormed, joined, utf8 } from './octets.js';
import { sha256 } from './sha256.js';

/** Signature type of a log's key: Ed25519 over the text of the note. c2sp.org/signed-note@v1.0.0 */
export const ed25519Type = 0x01;
/** Signature type of a witness's key: Ed25519 over checkpoint and time. c2sp.org/tlog-cosignature@v1.0.1 */
export const cosignatureType = 0x04;
/** What a key of this house signs. */
export type SignatureType = typeof ed25519Type | typeof cosignatureType;

/** A key that others are known by. Name and id together say which key made a signature. */
export interface VerifierKey {
  readonly name: string;
  /** Lower-case hexadecimal, 8 digits. */
  readonly id: string;
  readonly type: SignatureType;
  /** 32 octets (RFC 8032). */
  readonly publicKey: Uint8Array;
}

/** A key that signs; `seed` is the private part. */
export interface SignerKey extends VerifierKey {
  /** 32 octets (RFC 8032). */
  readonly seed: Uint8Array;
}

/** Whether a key may be called so: not empty, no white space, no plus, no control characters. */
export const isKeyName = (name: string): boolean => name !== '' && isWellFormed(name) && !/[\p{White_Space}+\u0000-\u001f]/u.test(name);

/** The first four octets of SHA-256(name ‖ 0x0A ‖ type ‖ public key), hexadecimal. */
const keyId = (name: string, type: SignatureType, publicKey: Uint8Array): string =>
  hex(sha256(joined(utf8(`${name}\n`), Uint8Array.of(type), publicKey)).subarray(0, 4));

/** A key from the octets of its private part, which whoever calls has drawn at random. @param seed 32 octets @throws Malformed */
export function signerKey(name: string, type: SignatureType, seed: Uint8Array): SignerKey {
  if (!isKeyName(name)) throw new Malformed('The name of a key is not empty and has neither white space nor a plus.');
  if (seed.length !== 32) throw new Malformed('The private part of a key has 32 octets.');
  const publicKey = ed25519.getPublicKey(seed);
  return { name, id: keyId(name, type, publicKey), type, publicKey, seed };
}

/** `name+hash+base64`, one line. */
export const verifierKeyText = ({ name, id, type, publicKey }: VerifierKey): string =>
  `${name}+${id}+${base64(joined(Uint8Array.of(type), publicKey))}`;

/** `PRIVATE+KEY+name+hash+base64`, one line, to be kept secret. */
export const signerKeyText = ({ name, id, type, seed }: SignerKey): string =>
  `PRIVATE+KEY+${name}+${id}+${base64(joined(Uint8Array.of(type), seed))}`;

/** What `verifierKeyText` writes. @throws Malformed, also for a type of signature that is not known here */
export function parseVerifierKey(text: string): VerifierKey {
  const { name, id, type, material } = parseKey(text, /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/);
  if (!equal(fromHex(keyId(name, type, material)), fromHex(id)))
    throw new Malformed('The hash of this key is not that of its name and public part.');
  return { name, id, type, publicKey: material };
}

/** What `signerKeyText` writes. @throws Malformed; the text is never part of the sentence */
export function parseSignerKey(text: string): SignerKey {
  const { name, id, type, material } = parseKey(text, /^PRIVATE\+KEY\+([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/);
  const key = signerKey(name, type, material);
  if (key.id !== id) throw new Malformed('The hash of this key is not that of its name and private part.');
  return key;
}

function parseKey(text: string, form: RegExp): { name: string; id: string; type: SignatureType; material: Uint8Array } {
  const [, name = '', id = '', encoded = ''] = (text.length <= 1000 ? form.exec(text) : null) ?? [];
  if (!isKeyName(name)) throw new Malformed('This is not a key of the form name+hash+base64.');
  const [type, ...material] = fromBase64(encoded);
  if (type !== ed25519Type && type !== cosignatureType) throw new Malformed('This key makes signatures of a type that is not known here.');
  if (material.length !== 32) throw new Malformed('An Ed25519 key has 32 octets.');
  return { name, id, type, material: Uint8Array.from(material) };
}
