import { type AcceptedCheckpoint, acceptCheckpoint } from './accepted-checkpoint.js';
import type { Leaf } from './leaf.js';
import { matches, type PartSalts, type ShownEvent } from './leaf-match.js';
import { Malformed } from './malformed.js';
import { leafHash } from './merkle.js';
import { Unverified } from './note.js';
import { openLeaf } from './open-leaf.js';
import type { Policy } from './policy.js';
import { isConsistent, isIncluded } from './proof-checks.js';
import { sha256, type Sha256 } from './sha256.js';
import { parseTlogProof } from './tlog-proof.js';
import type { Findings } from './verdict.js';

/** The checkpoint of a note, or null and a finding. */
export function checkCheckpoint(octets: Uint8Array, policy: Policy, findings: Findings): AcceptedCheckpoint | null {
  return attempt(() => acceptCheckpoint(octets, policy), null, findings);
}

/** What a proof proved. */
export interface Proven {
  readonly index: number;
  readonly leaf: Leaf;
  readonly checkpoint: AcceptedCheckpoint;
}

/** A `.tlog-proof` of this house, whose `extra` is the leaf: what it proves under the policy, or null and findings. */
export function checkTlogProof(octets: Uint8Array, policy: Policy, findings: Findings, hash: Sha256 = sha256): Proven | null {
  const proof = attempt(() => parseTlogProof(octets), null, findings);
  if (proof === null) return null;
  const { index, hashes, extra } = proof;
  const checkpoint = checkCheckpoint(proof.checkpoint, policy, findings);
  if (extra === undefined) findings.history('form', index, 'The proof does not carry its leaf.');
  if (checkpoint === null || extra === undefined) return null;
  return checkInclusion({ index, leaf: extra, proof: hashes }, checkpoint, findings, hash);
}

/** A leaf with its proof, apart from the checkpoint that it leads to. */
export interface ProvenLeaf {
  readonly index: number;
  /** Its octets. */
  readonly leaf: Uint8Array;
  readonly proof: readonly Uint8Array[];
}

/** Whether the leaf stands where it says in the tree of the checkpoint; the leaf, or null and findings. */
export function checkInclusion(
  { index, leaf, proof }: ProvenLeaf,
  checkpoint: AcceptedCheckpoint,
  findings: Findings,
  hash: Sha256 = sha256,
): Proven | null {
  const { size, root } = checkpoint;
  if (!isIncluded({ index, size, leaf: leafHash(leaf, hash), proof }, root, hash)) {
    findings.history('inclusion', index, `The entry at ${index} is not proven to be in the tree of ${size} entries.`);
    return null;
  }
  const opened = checkLeaf(leaf, index, findings);
  return opened && { index, leaf: opened, checkpoint };
}

/** Whether the newer of two kept checkpoints goes on from the older one. */
export function checkConsistency(
  older: AcceptedCheckpoint,
  newer: AcceptedCheckpoint,
  proof: readonly Uint8Array[],
  findings: Findings,
  hash: Sha256 = sha256,
): void {
  if (older.origin !== newer.origin)
    findings.history('consistency', null, `The checkpoints are of two logs, ${older.origin} and ${newer.origin}.`);
  else if (older.size > newer.size) {
    findings.history('consistency', newer.size, `The log was rolled back from ${older.size} entries to ${newer.size}.`);
  } else if (!isConsistent(older, newer, proof, hash)) {
    const message =
      older.size === newer.size
        ? `There are two trees of ${older.size} entries.`
        : `The tree of ${newer.size} entries does not go on from that of ${older.size}.`;
    findings.history('consistency', null, message);
  }
}

/** The leaf that these octets are, where it says the index at which it stands. */
export function checkLeaf(octets: Uint8Array, index: number, findings: Findings): Leaf | null {
  const leaf = attempt(() => openLeaf(octets), index, findings);
  if (leaf === null || leaf.index === index) return leaf;
  findings.history('order', index, `The entry at ${index} says that it is number ${leaf.index}.`);
  return null;
}

/** Whether an event as it is shown is the one that was sealed, as far as the salts at hand tell. */
export function checkEvent(leaf: Leaf, event: ShownEvent, salts: PartSalts, findings: Findings, hash: Sha256 = sha256): void {
  const { wrong, unproven } = matches(leaf, event, salts, hash);
  findings.unproven(unproven.length);
  for (const field of wrong) {
    const check = field === 'data' || field === 'metadata' || field === 'head' ? field : 'event';
    findings.data(check, leaf.index, `The ${field} of the event at ${leaf.index} is not what was sealed.`);
  }
}

function attempt<T>(open: () => T, index: number | null, findings: Findings): T | null {
  try {
    return open();
  } catch (error) {
    if (error instanceof Malformed) findings.history('form', index, error.message);
    else if (error instanceof Unverified) findings.history('signature', index, error.message);
    else throw error;
    return null;
  }
}
