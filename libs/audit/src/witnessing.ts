import type { Database } from '#platform';
import { NotAllDone } from '#processors';
import type { Reaction } from '#processors';
import { AuditMisconfigured } from './log-keys.js';
import { nodeSha256 } from './node-sha256.js';
import { sealerName } from './sealer.js';
import { findSignedTree, tilesOf } from './tree.js';
import type { SignedTree } from './tree.js';
import { cosignatureVerifier, cosignedAtMs } from './verifier/cosignature.js';
import { Malformed } from './verifier/malformed.js';
import { Unverified, openNote, parseNote, signatureLine } from './verifier/note.js';
import type { NoteSignature } from './verifier/note.js';
import { textOf, utf8 } from './verifier/octets.js';
import { isQuorum, parsePolicy } from './verifier/policy.js';
import type { Policy, PolicyWitness } from './verifier/policy.js';
import { consistencyProof } from './verifier/proofs.js';
import { encodeAddCheckpoint, longestAddCheckpoint, parseCosignatures, parseKnownSize } from './verifier/witness.js';

/** An answer is waited for so long, in ms. */
const patienceMs = 10_000;
/** Where nothing happens, a witness is asked again after this time, in ms, so that its silence shows. */
const refreshMs = 60 * 60 * 1000;

/** @throws AuditMisconfigured with the number of the line */
export function readPolicy(text: string): Policy {
  try {
    return parsePolicy(utf8(text));
  } catch (error) {
    if (error instanceof Malformed) throw new AuditMisconfigured(`AUDIT_POLICY_FILE: ${error.message}`);
    throw error;
  }
}

/** Under which its lines are kept: others may be called as it is. */
const idOf = ({ key }: PolicyWitness): string => `${key.name}+${key.id}`;

/** Has the witnesses of the policy cosign what was signed last, and keeps what they say. */
export function witnessing(
  policy: Policy,
  { database, everyMs = 5_000 }: { readonly database: Database; readonly everyMs?: number },
): Reaction {
  return {
    name: 'witnessing',
    view: sealerName,
    everyMs,
    round: async ({ signal }) => {
      const newest = await findSignedTree(database);
      if (!newest) return;
      const failures: string[] = [];
      for (const witness of policy.witnesses) {
        if (witness.url === undefined || signal.aborted) continue;
        try {
          await haveCosigned(database, newest, witness, witness.url, signal);
        } catch (error) {
          failures.push(`${witness.name}: ${error instanceof Error ? error.message : String(error)}`);
        }
      }
      await noteQuorum(database, newest, policy);
      if (failures.length > 0) throw new NotAllDone(failures.join(' '));
    },
  };
}

/** What a witness saw last, as far as is known here. */
export interface WitnessState {
  /** Of the policy; of the key, where this process has no policy. */
  readonly name: string;
  /** `name+hash` of its key. */
  readonly key: string;
  /** Leaves of the largest tree that it cosigned, and when, ISO 8601 UTC; null where it never did. */
  readonly size: number | null;
  readonly at: string | null;
}

/** Most witnesses that are told of. */
const mostTold = 1000;

/** Every witness of the policy, and whoever else cosigned here. @param policy null where this process has none */
export async function statesOfWitnesses(database: Database, policy: Policy | null): Promise<readonly WitnessState[]> {
  const { rows } = await database.pool.query<{ witness: string; size: string; signed_at: Date }>(
    'SELECT DISTINCT ON (witness) witness, size, signed_at FROM audit.cosignatures ORDER BY witness, size DESC LIMIT $1',
    [mostTold],
  );
  const known = new Map(rows.map(({ witness, size, signed_at: at }) => [witness, { size: Number(size), at: at.toISOString() }]));
  const named = (policy?.witnesses ?? []).map((witness) => ({ name: witness.name, key: idOf(witness) }));
  const others = [...known.keys()]
    .filter((key) => !named.some((one) => one.key === key))
    .map((key) => ({ name: key.slice(0, key.lastIndexOf('+')), key }));
  return [...named, ...others].map((one) => ({ ...one, ...(known.get(one.key) ?? { size: null, at: null }) }));
}

async function haveCosigned(database: Database, tree: SignedTree, witness: PolicyWitness, url: string, signal: AbortSignal): Promise<void> {
  const { rows } = await database.pool.query<{ size: string; signed_at: Date }>(
    'SELECT size, signed_at FROM audit.cosignatures WHERE witness = $1 ORDER BY size DESC LIMIT 1',
    [idOf(witness)],
  );
  const [last] = rows;
  const known = Number(last?.size ?? 0);
  if (last && known === tree.size && Date.now() - last.signed_at.getTime() < refreshMs) return;
  const answer = await ask(database, tree, known, url, signal);
  const line = cosignatureOf(tree, witness, typeof answer === 'number' ? await askAgain(database, tree, answer, url, signal) : answer);
  await database.transaction(async (transaction) => {
    // Sealing went on meanwhile, and may have let this one go.
    await transaction.query(
      'INSERT INTO audit.checkpoints (size, root, note, signed_at) VALUES ($1, $2, $3, $4) ON CONFLICT (size) DO NOTHING',
      [tree.size, tree.root, signedByLog(tree), tree.signedAt],
    );
    await transaction.query(
      `INSERT INTO audit.cosignatures (size, witness, line, signed_at) VALUES ($1, $2, $3, to_timestamp($4::double precision / 1000))
       ON CONFLICT (size, witness) DO UPDATE SET line = excluded.line, signed_at = excluded.signed_at`,
      [tree.size, idOf(witness), signatureLine(line).trimEnd(), cosignedAtMs(line)],
    );
  });
}

/** Whoever knows more than was noted here says so. @throws Error where it knows a larger tree than there is: this log was rolled back */
async function askAgain(database: Database, tree: SignedTree, knownThere: number, url: string, signal: AbortSignal): Promise<Uint8Array> {
  if (knownThere > tree.size)
    throw new Error(`it has cosigned ${String(knownThere)} leaves, and the tree here has ${String(tree.size)}: this log was rolled back.`);
  const answer = await ask(database, tree, knownThere, url, signal);
  if (typeof answer === 'number') throw new Error('it names another size each time.');
  return answer;
}

/** The lines of the witness, or the size of the tree that it knows. */
async function ask(database: Database, tree: SignedTree, oldSize: number, url: string, signal: AbortSignal): Promise<Uint8Array | number> {
  const proof = await consistencyProof(oldSize, tree.size, tilesOf(database.pool), nodeSha256);
  const response = await fetch(`${url.replace(/\/$/, '')}/add-checkpoint`, {
    method: 'POST',
    body: Buffer.from(encodeAddCheckpoint({ oldSize, proof, checkpoint: utf8(signedByLog(tree)) })),
    redirect: 'error',
    signal: AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]),
  });
  const octets = await boundedBody(response);
  if (response.status === 200) return octets;
  if (response.status === 409) return parseKnownSize(octets);
  throw new Error(`it answers ${String(response.status)}: ${excerpt(octets)}`);
}

/** The checkpoint without the lines of witnesses. */
function signedByLog({ note }: SignedTree): string {
  const { text, signatures } = parseNote(utf8(note));
  const origin = text.slice(0, text.indexOf('\n'));
  return `${text}\n${signatures
    .filter(({ name }) => name === origin)
    .map(signatureLine)
    .join('')}`;
}

/** @throws Error where the answer is not a cosignature of this witness over this tree */
function cosignatureOf(tree: SignedTree, { key }: PolicyWitness, answer: Uint8Array): NoteSignature {
  try {
    const { text } = parseNote(utf8(tree.note));
    const [line] = openNote({ text, signatures: parseCosignatures(answer) }, [cosignatureVerifier(key)]).verified;
    if (line) return line;
  } catch (error) {
    if (!(error instanceof Malformed || error instanceof Unverified)) throw error;
  }
  throw new Error('what it answers is not its cosignature over this tree.');
}

async function noteQuorum(database: Database, { size }: SignedTree, policy: Policy): Promise<void> {
  const { rows } = await database.pool.query<{ witness: string }>('SELECT witness FROM audit.cosignatures WHERE size = $1', [size]);
  const ids = new Set(rows.map(({ witness }) => witness));
  const cosigned = policy.witnesses.flatMap((witness) => (ids.has(idOf(witness)) ? [witness.key] : []));
  if (cosigned.length > 0 && isQuorum(policy, new Set(cosigned)))
    await database.pool.query('UPDATE audit.checkpoints SET is_witnessed = true WHERE size = $1 AND NOT is_witnessed', [size]);
}

async function boundedBody(response: Response): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk as Uint8Array);
    length += (chunk as Uint8Array).length;
    if (length > longestAddCheckpoint) throw new Error('its answer is too long.');
  }
  return Buffer.concat(chunks);
}

function excerpt(octets: Uint8Array): string {
  try {
    return textOf(octets.subarray(0, 200)).trim();
  } catch {
    return 'what is not text.';
  }
}
