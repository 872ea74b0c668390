import { checkpointText } from '../checkpoint.js';
import { cosign } from '../cosignature.js';
import { rootOf } from '../merkle.js';
import { cosignatureType, ed25519Type, signerKey, type SignerKey } from '../note-keys.js';
import { encodeNote, signNote } from '../note.js';
import { madeLeaves } from './made-trees.js';

/** Metadata of an event whose head is looked at by nobody. */
export const madeMetadata = {
  ...{ commandId: 'c', $causationId: 'b', $correlationId: 'a' },
  actor: { id: 'p', version: 1, commitment: '', role: 'r', unit: 'u' },
};

const seedOf = (number: number): Uint8Array => new Uint8Array(32).fill(number);

export const logKey = (name = 'log.example/one', number = 1): SignerKey => signerKey(name, ed25519Type, seedOf(number));
export const witnessKey = (number: number): SignerKey => signerKey(`witness.example/w${number}`, cosignatureType, seedOf(100 + number));

export interface MadeCheckpoint {
  readonly size: number;
  readonly root?: Uint8Array;
  /** Another word makes another log's leaves. (Default: 'leaf') */
  readonly word?: string;
  /** (Default: one log) */
  readonly signers?: readonly SignerKey[];
  /** (Default: none) */
  readonly witnesses?: readonly SignerKey[];
  /** (Default: the name of the first signer) */
  readonly origin?: string;
  readonly extensions?: readonly string[];
}

/** Of the tree over `<word> 0`, `<word> 1`, …, as a note. */
export function madeCheckpoint({ size, word, root, signers = [logKey()], witnesses = [], origin, extensions }: MadeCheckpoint): Uint8Array {
  const text = checkpointText({
    origin: origin ?? signers[0]?.name ?? 'log.example/one',
    size,
    root: root ?? rootOf(madeLeaves(size, word)),
    ...(extensions && { extensions }),
  });
  const cosignatures = witnesses.map((key) => cosign(text, 1_800_000_000, key));
  return encodeNote({ text, signatures: [...signers.map((key) => signNote(text, key)), ...cosignatures] });
}
