import { type Checkpoint, parseCheckpoint } from './checkpoint.js';
import { Malformed } from './malformed.js';
import { emptyRoot, type TreeHead } from './merkle.js';
import {
  type Note,
  type NoteSignature,
  type NoteVerifier,
  openNote,
  parseNote,
  parseSignatures,
  signatureLine,
  Unverified,
} from './note.js';
import { base64, equal, firstEmptyLine, hex, joined, textOf, utf8, wholeNumber } from './octets.js';
import { isConsistent } from './proof-checks.js';
import { sha256 } from './sha256.js';
import { parseHashes } from './tlog-proof.js';

/** Octets of the longest request that a witness reads: 16 signatures of the longest kind and a whole proof are a third of it. */
export const longestAddCheckpoint = 400_000;

/** What a log asks its witness. c2sp.org/tlog-witness, add-checkpoint */
export interface AddCheckpoint {
  /** Of the newest checkpoint that this witness is thought to have cosigned, 0 for none. */
  readonly oldSize: number;
  /** That the tree of the checkpoint begins with the one of the old size. */
  readonly proof: readonly Uint8Array[];
  /** The note. */
  readonly checkpoint: Uint8Array;
}

/** The body of the request. */
export const encodeAddCheckpoint = ({ oldSize, proof, checkpoint }: AddCheckpoint): Uint8Array =>
  joined(utf8([`old ${oldSize}`, ...proof.map(base64), '', ''].join('\n')), checkpoint);

/** What `encodeAddCheckpoint` writes. @throws Malformed */
export function parseAddCheckpoint(octets: Uint8Array): AddCheckpoint {
  if (octets.length > longestAddCheckpoint) throw new Malformed(`A request has at most ${longestAddCheckpoint} octets.`);
  const split = firstEmptyLine(octets);
  if (split === -1) throw new Malformed('A request has an empty line before its checkpoint.');
  const [old, ...lines] = textOf(octets.subarray(0, split)).split('\n');
  if (old?.startsWith('old ') !== true) throw new Malformed('A request says the size that the witness knows.');
  return { oldSize: wholeNumber(old.slice('old '.length)), proof: parseHashes(lines), checkpoint: octets.subarray(split + 2) };
}

/**
 * Why a log must be looked at: it signed two trees of one size, or a tree smaller than one before; or the proof given does not lead to
 * the tree that it signed, which whoever holds the checkpoint can bring about, so that this one is a suspicion.
 */
export type Alarm = 'fork' | 'inconsistent' | 'rollback';

export interface WitnessAcceptance {
  readonly status: 200;
  readonly checkpoint: Checkpoint;
  readonly note: Note;
  /** Of the log, verified. */
  readonly logSignatures: readonly NoteSignature[];
}

export interface WitnessRefusal {
  readonly status: 400 | 403 | 404 | 409 | 422;
  readonly reason: string;
  /** Of the newest tree that is known here, which is the body of a 409. */
  readonly knownSize?: number;
  /** What the log signed and should not have; the request is worth keeping. */
  readonly alarm?: Alarm;
}

export interface WitnessMemory {
  /** Who signs for this origin, or none where it is not known. */
  readonly logsOf: (origin: string) => readonly NoteVerifier[];
  /** The newest tree that was cosigned for this origin. */
  readonly newestOf: (origin: string) => TreeHead | null;
}

/**
 * Whether a witness may cosign. On 200 the new tree is recorded, and on disk, before the cosignature leaves the house; between the
 * asking and the recording nothing else may be recorded for that origin. The rules of July 2026: sizes of zero, and equal sizes.
 */
export function judge(octets: Uint8Array, { logsOf, newestOf }: WitnessMemory): WitnessAcceptance | WitnessRefusal {
  let request: AddCheckpoint;
  let note: Note;
  let checkpoint: Checkpoint;
  try {
    request = parseAddCheckpoint(octets);
    note = parseNote(request.checkpoint);
    checkpoint = parseCheckpoint(note.text);
  } catch (error) {
    if (error instanceof Malformed) return { status: 400, reason: error.message };
    throw error;
  }
  const logs = logsOf(checkpoint.origin);
  if (logs.length === 0) return { status: 404, reason: 'This origin is not known here.' };
  let logSignatures: readonly NoteSignature[];
  try {
    logSignatures = openNote(note, logs).verified;
  } catch (error) {
    if (error instanceof Unverified) return { status: 403, reason: error.message };
    throw error;
  }
  const refusal = refusalOf(request, checkpoint, newestOf(checkpoint.origin));
  return refusal ?? { status: 200, checkpoint, note, logSignatures };
}

function refusalOf({ oldSize, proof }: AddCheckpoint, checkpoint: Checkpoint, newest: TreeHead | null): WitnessRefusal | null {
  const known = newest ?? { size: 0, root: emptyRoot() };
  const alarm = alarmOf(checkpoint, known);
  const alarmed = alarm && { alarm };
  if (oldSize > checkpoint.size) return { status: 400, reason: 'The old size is larger than that of the checkpoint.', ...alarmed };
  if (oldSize !== known.size) {
    return { status: 409, reason: `The newest tree here has ${known.size} leaves.`, knownSize: known.size, ...alarmed };
  }
  if (alarm === 'fork') return { status: 422, reason: 'Two trees of this size have different roots.', alarm };
  if (isConsistent(known, checkpoint, proof)) return null;
  return {
    status: 422,
    reason: 'The proof does not lead from the old tree to the new one.',
    ...(oldSize > 0 && { alarm: 'inconsistent' }),
  };
}

/** What the signed checkpoint alone shows, whatever is asked. The tree without leaves has one root, known or not. */
function alarmOf(checkpoint: TreeHead, known: TreeHead): Alarm | null {
  if (checkpoint.size < known.size) return 'rollback';
  return checkpoint.size === known.size && !equal(checkpoint.root, known.root) ? 'fork' : null;
}

/** What a witness answers: its cosignatures, a line each. */
export const encodeCosignatures = (cosignatures: readonly NoteSignature[]): Uint8Array => utf8(cosignatures.map(signatureLine).join(''));

/** What a log reads of that; whose they are is for `openNote`, together with the checkpoint. @throws Malformed */
export function parseCosignatures(octets: Uint8Array): readonly NoteSignature[] {
  if (octets.length > longestAddCheckpoint) throw new Malformed(`An answer has at most ${longestAddCheckpoint} octets.`);
  const text = textOf(octets);
  if (!text.endsWith('\n')) throw new Malformed('A line of a signature ends in a newline.');
  return parseSignatures(text.slice(0, -1));
}

/** The size in the answer of a witness that knows another tree (409). @throws Malformed */
export function parseKnownSize(octets: Uint8Array): number {
  const text = textOf(octets.subarray(0, 100));
  if (!text.endsWith('\n')) throw new Malformed('A size ends in a newline.');
  return wholeNumber(text.slice(0, -1));
}

/** By which a log is asked for at a witness: SHA-256 of its origin, lower-case hexadecimal. */
export const originHash = (origin: string): string => hex(sha256(utf8(origin)));
