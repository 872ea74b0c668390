import { readFile } from 'node:fs/promises';
import {
  encodeAddCheckpoint,
  equal,
  fromBase64,
  Malformed,
  noteVerifier,
  openNote,
  parseCheckpoint,
  parseNote,
  textOf,
  Unverified,
} from '#audit/verifier';
import type { Checkpoint, VerifierKey } from '#audit/verifier';
import { complain, say } from '../terminal.js';
import { logKey } from './serve-witness.js';
import { Witness } from './witness.js';
import { WitnessFolder } from './witness-folder.js';

export interface CosignOptions {
  /** Of the checkpoint that the witness cosigned last. (Default: what it remembers, where no proof is due) */
  readonly old?: string;
  /** The answer of `GET /api/v1/audit/consistency`, or its hashes in Base64, a line each. */
  readonly proof?: string;
  readonly state: string;
  /** Of the log, where this folder knows none yet. */
  readonly key?: readonly string[];
  readonly name?: string;
}

/** Cosigns a carried checkpoint and prints the line of the signature. @throws Error with a sentence, where it does not */
export async function cosignFile(file: string, { old, proof, state, key, name }: CosignOptions): Promise<void> {
  const note = new Uint8Array(await readFile(file));
  const checkpoint = checkpointOf(note, file);
  const earlier = old === undefined ? null : new Uint8Array(await readFile(old));
  const folder = await WitnessFolder.open(state, { name, onLost: () => process.exit(1) });
  try {
    if (key !== undefined) {
      const keys = key.map((text) => logKey(text, checkpoint.origin));
      mustBeSignedBy(keys, note);
      await folder.trust(checkpoint.origin, keys);
    } else if (!(await folder.recall(checkpoint.origin))) {
      throw new Error(`This folder knows no log ${checkpoint.origin}: say its key once, with --key.`);
    }
    const witness = new Witness(folder);
    const given = proof === undefined ? [] : hashesOf(textOf(new Uint8Array(await readFile(proof))), proof);
    const known = folder.newestOf(checkpoint.origin)?.size ?? 0;
    const before = earlier && checkpointOf(earlier, old ?? '');
    const oldSize = before?.size ?? (proof === undefined && known !== checkpoint.size ? 0 : known);
    if (earlier && before) await holdAgainst(folder, witness, earlier, before);
    const answered = await witness.answer(encodeAddCheckpoint({ oldSize, proof: given, checkpoint: note }));
    if (answered.status !== 200) {
      const wanted = answered.knownSize === undefined ? '' : ` Carry a proof from ${answered.knownSize} leaves on, with --proof.`;
      throw new Error(`Not cosigned (${answered.status}): ${answered.reason}${wanted}`);
    }
    say(textOf(answered.cosignature).trimEnd());
  } finally {
    if (folder.alarmCount > 0) complain(`This witness was alarmed ${folder.alarmCount} times: look at ${state}/alarms.`);
    folder.release();
  }
}

/** The old file is the log's word as well: another tree of the size that is known here is a fork, which the witness keeps. */
async function holdAgainst(folder: WitnessFolder, witness: Witness, note: Uint8Array, old: Checkpoint): Promise<void> {
  const newest = folder.newestOf(old.origin);
  if (newest === null || newest.size !== old.size || equal(newest.root, old.root)) return;
  const answered = await witness.answer(encodeAddCheckpoint({ oldSize: old.size, proof: [], checkpoint: note }));
  throw new Error(
    `Not cosigned: the old checkpoint is not the one that this witness knows.${answered.status === 200 ? '' : ` ${answered.reason}`}`,
  );
}

/** A slip of the key does not make the folder forget the right one. @throws Error with a sentence */
function mustBeSignedBy(keys: readonly VerifierKey[], note: Uint8Array): void {
  try {
    openNote(note, keys.map(noteVerifier));
  } catch (error) {
    throw error instanceof Unverified
      ? new Error(`Not cosigned: ${error.message} The keys of --key are not kept.`, { cause: error })
      : error;
  }
}

function checkpointOf(note: Uint8Array, file: string): Checkpoint {
  try {
    return parseCheckpoint(parseNote(note).text);
  } catch (error) {
    throw error instanceof Malformed ? new Error(`${file} is no checkpoint: ${error.message}`, { cause: error }) : error;
  }
}

/** @throws Error with a sentence */
function hashesOf(text: string, file: string): readonly Uint8Array[] {
  try {
    const given: unknown = text.trimStart().startsWith('{') ? (JSON.parse(text) as { readonly hashes?: unknown }).hashes : lines(text);
    if (Array.isArray(given)) return given.map((hash) => fromBase64(String(hash)));
  } catch {
    // Below.
  }
  throw new Error(`${file} is no consistency proof: it is JSON with hashes, or a hash in Base64 on each line.`);
}

const lines = (text: string): readonly string[] => text.split('\n').flatMap((line) => line.trim() || []);
