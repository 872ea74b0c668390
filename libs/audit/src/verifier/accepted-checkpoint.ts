import { type Checkpoint, parseCheckpoint } from './checkpoint.js';
import { cosignatureVerifier, cosignedAtMs } from './cosignature.js';
import type { VerifierKey } from './note-keys.js';
import { type NoteSignature, noteVerifier, openNote, parseNote, Unverified } from './note.js';
import { isQuorum, type Policy } from './policy.js';

/** Somebody of the policy who saw the checkpoint. */
export interface Cosigner {
  /** Of the policy. */
  readonly name: string;
  /** When, by the cosigner's clock, in milliseconds since 1970. */
  readonly atMs: number;
}

/** A checkpoint that the policy accepts. */
export interface AcceptedCheckpoint extends Checkpoint {
  /** The text of the note, as it was signed. */
  readonly text: string;
  readonly cosigners: readonly Cosigner[];
}

/**
 * The checkpoint of a note that one of the policy's logs signed under its own name, and witnesses in the number asked for.
 * @throws Malformed; Unverified where a signature of somebody known is wrong, or signatures are missing
 */
export function acceptCheckpoint(octets: Uint8Array, policy: Policy): AcceptedCheckpoint {
  const note = parseNote(octets);
  const checkpoint = parseCheckpoint(note.text);
  const logs = policy.logs.filter(({ key }) => key.name === checkpoint.origin);
  if (logs.length === 0) throw new Unverified('This is the checkpoint of a log that is not known here.');
  const verifiers = [...logs.map(({ key }) => noteVerifier(key)), ...policy.witnesses.map(({ key }) => cosignatureVerifier(key))];
  const { verified } = openNote(note, verifiers);
  const signatureOf = ({ name, id }: VerifierKey): NoteSignature | undefined =>
    verified.find((signature) => signature.name === name && signature.id === id);

  if (!logs.some(({ key }) => signatureOf(key))) throw new Unverified('The log itself did not sign this.');
  const cosigners: Cosigner[] = [];
  const cosigned = new Set<VerifierKey>();
  for (const { name, key } of policy.witnesses) {
    const cosignature = signatureOf(key);
    if (cosignature === undefined) continue;
    cosigned.add(key);
    cosigners.push({ name, atMs: cosignedAtMs(cosignature) });
  }
  if (!isQuorum(policy, cosigned)) throw new Unverified('Fewer witnesses have seen this than the policy asks for.');
  return { ...checkpoint, text: note.text, cosigners };
}
