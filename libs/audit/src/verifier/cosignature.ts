import { ed25519 } from '@noble/curves/ed25519.js';
import { Malformed } from './malformed.js';
import { cosignatureType, type SignerKey, type VerifierKey } from './note-keys.js';
import { isEd25519, type NoteSignature, type NoteVerifier } from './note.js';
import { joined, utf8 } from './octets.js';

/** The message that a witness signs: since when it knows this checkpoint as the newest. c2sp.org/tlog-cosignature@v1.0.1 */
const cosigned = (checkpoint: string, seconds: bigint): Uint8Array => utf8(`cosignature/v1\ntime ${seconds}\n${checkpoint}`);

/** @param checkpoint the text of the note, @param seconds since 1970, at the witness @throws Malformed */
export function cosign(checkpoint: string, seconds: number, key: SignerKey): NoteSignature {
  if (key.type !== cosignatureType) throw new Malformed('This key makes no cosignatures.');
  if (!Number.isSafeInteger(seconds) || seconds < 1)
    throw new Malformed('A cosignature says when it was made, in whole seconds since 1970.');
  const time = new Uint8Array(8);
  new DataView(time.buffer).setBigUint64(0, BigInt(seconds));
  return { name: key.name, id: key.id, signature: joined(time, ed25519.sign(cosigned(checkpoint, BigInt(seconds)), key.seed)) };
}

/** Checks what `cosign` signs. @throws Malformed for a key of another type */
export function cosignatureVerifier({ name, id, type, publicKey }: VerifierKey): NoteVerifier {
  if (type !== cosignatureType) throw new Malformed('This key makes no cosignatures.');
  return {
    name,
    id,
    verify: (checkpoint, signature) => {
      const seconds = secondsIn(signature);
      return seconds !== null && isEd25519(signature.subarray(8), cosigned(checkpoint, seconds), publicKey);
    },
  };
}

/** When the cosignature was made, in milliseconds since 1970; to be believed once it was verified. @throws Malformed */
export function cosignedAtMs({ signature }: NoteSignature): number {
  const seconds = secondsIn(signature);
  if (seconds === null) throw new Malformed('This is not a cosignature.');
  return Number(seconds) * 1000;
}

function secondsIn(signature: Uint8Array): bigint | null {
  if (signature.length !== 72) return null;
  const seconds = new DataView(signature.buffer, signature.byteOffset, 8).getBigUint64(0);
  return seconds < 2n ** 63n ? seconds : null;
}
