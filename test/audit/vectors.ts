import {
  base64,
  checkpointText,
  committedParts,
  consistencyProof,
  cosign,
  cosignatureType,
  ed25519Type,
  encodeEntries,
  encodeNote,
  encodeTlogProof,
  hex,
  inclusionProof,
  joined,
  leafHash,
  leafOf,
  type LoggedEvent,
  type NoteSignature,
  partSalt,
  rootOf,
  signerKey,
  signerKeyText,
  signNote,
  textOf,
  type TileReader,
  utf8,
  verifierKeyText,
} from '#audit/verifier';

const fill = (octet: number): Uint8Array => new Uint8Array(32).fill(octet);
const log = signerKey('tinhgon.local/example', ed25519Type, fill(1));
const witness = signerKey('witness.example/inspectorate', cosignatureType, fill(2));

const actor = {
  id: '018f4e6a-7c00-7000-8000-0000000000b1',
  version: 2,
  commitment: 'c3'.repeat(32),
  role: 'reviewer',
  unit: 'so-xay-dung',
};
const stored = (number: number) => ({
  id: `018f4e6a-7c00-7000-8000-00000000000${number}`,
  recordedAt: `2026-11-30T02:00:0${number}.000Z`,
  schemaVersion: 1,
});
const metadata = {
  commandId: '018f4e6a-7c00-7000-8000-0000000000c1',
  requestHash: 'd4'.repeat(32),
  $correlationId: '018f4e6a-7c00-7000-8000-0000000000c1',
  $causationId: '018f4e6a-7c00-7000-8000-0000000000c1',
  actor: { ...actor, onBehalfOf: '018f4e6a-7c00-7000-8000-0000000000b2' },
  definition: { id: 'lifecycle', version: 4 },
};

/** Three events: as usual, classified, and of a bulk run with numbers and letters that canonical JSON is about. */
const events: readonly LoggedEvent[] = [
  {
    ...stored(0),
    stream: 'procedure-018f4e6a-7c00-7000-8000-0000000000a1',
    revision: 3,
    type: 'ProcedureReviewed',
    data: { amount: 1.5e5, remark: 'Đủ điều kiện' },
    metadata,
  },
  {
    ...stored(1),
    stream: 'procedure-018f4e6a-7c00-7000-8000-0000000000a2',
    revision: 0,
    type: 'ProcedureRegistered',
    data: { title: '' },
    metadata: { ...metadata, actor },
  },
  {
    ...stored(2),
    ...{ stream: 'procedure-018f4e6a-7c00-7000-8000-0000000000a3', revision: 1, type: 'ProcedureAmended' },
    data: { '\ufb33': 1e21, '😀': 1e-7, ö: [0.1, -0, 333333333.33333329], a: { '10': null, '9': true, '"\\\n\u001f': '\u2028' } },
    metadata: { ...metadata, actor, definition: undefined, batch: '018f4e6a-7c00-7000-8000-0000000000d1' },
  },
];

/** A log of two events: what somebody was given, and their erasure, which permits that the salts of the first are gone. */
const erasing: readonly LoggedEvent[] = [
  { ...stored(3), revision: 0, type: 'RoleGranted', data: { role: 'officer', unit: 'so-xay-dung' } },
  { ...stored(4), revision: 1, type: 'PersonErased', data: { legalBasis: 'Luật số 91/2025/QH15, Điều 14' } },
].map((event) => ({ ...event, stream: `person-${actor.id}`, metadata: { ...metadata, actor, definition: undefined } }));

/** As JSON may also write it, so that no letter of it is overlooked. */
const shownJson = (event: LoggedEvent): string => JSON.stringify(event).replaceAll('\u2028', '\\u2028').replaceAll('\ufb33', '\\ufb33');

/** What docs/audit-format.md shows, by the names of its blocks; and files of the published forms. */
export async function vectors() {
  const salts = events.map((_, index) => fill(0x10 + index));
  const partSaltsOf = (index: number) =>
    Object.fromEntries(committedParts.map((part) => [part, hex(partSalt(salts[index] ?? fill(0), part))]));
  const leaves = events.map((event, index) => leafOf(event, index, salts[index] ?? fill(0), { classified: index === 1 }));
  const hashes = leaves.map((leaf) => leafHash(leaf));
  const read: TileReader = (_level, _index, width) => Promise.resolve(joined(...hashes.slice(0, width)));

  const textOfSize = (size: number) => checkpointText({ origin: log.name, size, root: rootOf(hashes.slice(0, size)) });
  const signed = (size: number, ...cosignatures: readonly NoteSignature[]) =>
    encodeNote({ text: textOfSize(size), signatures: [signNote(textOfSize(size), log), ...cosignatures] });
  const older = signed(1);
  const checkpoint = signed(3, cosign(textOfSize(3), 1_796_000_000, witness));
  const proofs = await Promise.all(
    leaves.map(async (extra, index) => encodeTlogProof({ index, hashes: await inclusionProof(index, 3, read), checkpoint, extra })),
  );
  const steps = await consistencyProof(1, 3, read);
  const policy = `log ${verifierKeyText(log)}\nwitness thanh-tra ${verifierKeyText(witness)}\nquorum thanh-tra\n`;
  const lines = (...all: readonly string[]) => all.map((line) => `${line}\n`).join('');
  const erased = bundleOfErased();

  return {
    texts: {
      'log-key': lines(signerKeyText(log), verifierKeyText(log)),
      'witness-key': lines(signerKeyText(witness), verifierKeyText(witness)),
      ...Object.fromEntries(events.map((event, index) => [`event-${index}`, lines(shownJson(event))])),
      ...Object.fromEntries(
        salts.map((salt, index) => [
          `salts-${index}`,
          lines(hex(salt), ...Object.entries(partSaltsOf(index)).map((pair) => pair.join(' '))),
        ]),
      ),
      ...Object.fromEntries(leaves.map((leaf, index) => [`leaf-${index}`, lines(textOf(leaf))])),
      'leaf-hashes': lines(...hashes.map(hex)),
      checkpoint: textOf(checkpoint),
      older: textOf(older),
      consistency: lines(...steps.map(base64)),
      proof: textOf(proofs[0] ?? fill(0)),
      policy,
      'erased-lines': lines(...erased.lines),
      'erased-checkpoint': textOf(erased.checkpoint),
    },
    files: {
      erased,
      key: verifierKeyText(log),
      policy: utf8(policy),
      ...{ older, checkpoint, proofs, steps },
      events: events.map((event, index) => utf8(JSON.stringify({ event, salts: partSaltsOf(index) }))),
      bundle: encodeEntries(leaves),
    },
  };
}

/** Lines of a bundle of that log, and what was signed of it. */
function bundleOfErased() {
  const salts = erasing.map((_, index) => fill(0x20 + index));
  const leaves = erasing.map((event, index) => leafOf(event, index, salts[index] ?? fill(0), { classified: false }));
  const text = checkpointText({ origin: log.name, size: leaves.length, root: rootOf(leaves.map((leaf) => leafHash(leaf))) });
  const saltsOf = (salt: Uint8Array) =>
    Object.fromEntries((['data', 'metadata'] as const).map((part) => [part, hex(partSalt(salt, part))]));
  const lines = erasing.map((event, index) =>
    JSON.stringify({
      index,
      leaf: textOf(leaves[index] ?? fill(0)),
      of: 'subject',
      event,
      ...(index === 1 && { salts: saltsOf(fill(0x21)) }),
    }),
  );
  return { lines, checkpoint: encodeNote({ text, signatures: [signNote(text, log)] }) };
}
