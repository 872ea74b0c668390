export { type AcceptedCheckpoint, acceptCheckpoint, type Cosigner } from './accepted-checkpoint.js';
export { type BundleManifest, lineOf } from './bundle.js';
export { LineCheck, type Looked } from './bundle-line.js';
export { canonicalJson } from './canonical.js';
export { type Checkpoint, checkpointText, parseCheckpoint } from './checkpoint.js';
export { type CommittedPart, committedParts, commitmentTo, partSalt, saltLength } from './commitments.js';
export { cosign, cosignatureVerifier, cosignedAtMs } from './cosignature.js';
export { EntriesCheck } from './entries-check.js';
export { decodeEntries, encodeEntries, longestEntry } from './entry-bundles.js';
export { type ClassifiedLeaf, type ClearLeaf, type Leaf, type LeafActor, type LeafHead, leafOf, type LoggedEvent } from './leaf.js';
export { type LeafField, type LeafMatch, matches, type PartSalts, type ShownEvent, shownEvent } from './leaf-match.js';
export { Malformed } from './malformed.js';
export { emptyRoot, hashLength, leafHash, nodeHash, rootOf, type TreeHead } from './merkle.js';
export {
  cosignatureType,
  ed25519Type,
  parseSignerKey,
  parseVerifierKey,
  type SignatureType,
  type SignerKey,
  signerKey,
  signerKeyText,
  type VerifierKey,
  verifierKeyText,
} from './note-keys.js';
export {
  encodeNote,
  longestNote,
  mostSignatures,
  type Note,
  type NoteSignature,
  type NoteVerifier,
  noteVerifier,
  type OpenedNote,
  openNote,
  parseNote,
  parseSignatures,
  signatureLine,
  signNote,
  Unverified,
} from './note.js';
export { erasureType, type Gap } from './gaps.js';
export { base64, equal, fromBase64, fromHex, hex, joined, textOf, utf8 } from './octets.js';
export { openLeaf } from './open-leaf.js';
export {
  type BundleReplay,
  checkBundle,
  type CheckedBundle,
  longestPart,
  mostParts,
  type OpenedBundle,
  type RunningSha256,
  type Sharing,
} from './opened-bundle.js';
export { isQuorum, parsePolicy, type Policy, policyOfKey, type PolicyWitness } from './policy.js';
export { type Inclusion, isConsistent, isIncluded, rootFromInclusion } from './proof-checks.js';
export { consistencyProof, inclusionProof, rootAt } from './proofs.js';
export { sha256, type Sha256 } from './sha256.js';
export { parseTilePath, type TileName, tilePath, type TileReader, tilesOfTree, tileWidth, widthInTree } from './tiles.js';
export { encodeTlogProof, longestTlogProof, mostProofHashes, parseTlogProof, type TlogProof } from './tlog-proof.js';
export { TreeAppender, type WrittenTile } from './tree-appender.js';
export { type DataCheck, type Finding, Findings, type HistoryCheck, type Verdict } from './verdict.js';
export {
  checkCheckpoint,
  checkConsistency,
  checkEvent,
  checkInclusion,
  checkLeaf,
  checkTlogProof,
  type Proven,
  type ProvenLeaf,
} from './verify.js';
export {
  type AddCheckpoint,
  type Alarm,
  encodeAddCheckpoint,
  encodeCosignatures,
  judge,
  longestAddCheckpoint,
  originHash,
  parseAddCheckpoint,
  parseCosignatures,
  parseKnownSize,
  type WitnessAcceptance,
  type WitnessMemory,
  type WitnessRefusal,
} from './witness.js';
