import { nodeSha256 } from '#audit';
import { Findings, Malformed, checkCheckpoint, checkConsistency, consistencyProof, equal, rootAt, textOf, tilePath } from '#audit/verifier';
import type { AcceptedCheckpoint, Policy, TileReader } from '#audit/verifier';
import { asSigned, believing, seenBy } from './verifying.js';
import type { Verified } from './verifying.js';

const patienceMs = 30_000;
/** A tile has 8,192 octets, a checkpoint at most a million. */
const longestAnswer = 1_000_000;

/** Whether what an installation serves now is a tree that its key signed, and goes on from a checkpoint that was kept. @throws Error with a sentence */
export async function verifyLog(
  url: string,
  { policy, since }: { readonly policy: Policy | null; readonly since: Uint8Array | undefined },
): Promise<Verified> {
  const at = (path: string): Promise<Uint8Array> => fetched(`${url.replace(/\/+$/, '')}/audit/${path}`);
  const findings = new Findings();
  const believed = believing(policy, policy ? '' : textOf(await at('key')).trim(), findings);
  const newest = checkCheckpoint(await at('checkpoint'), believed, findings);
  if (!newest) return { verdict: findings.verdict(), about: `The log at ${url}.` };
  const tiles: TileReader = (level, index, width) => at(tilePath({ level, index, width }));
  await attempt(findings, async () => {
    if (!equal(await rootAt(newest.size, tiles, nodeSha256), newest.root))
      findings.history('root', null, `The tiles of ${String(newest.size)} leaves make another tree than the one that was signed.`);
  });
  const older = since && checkCheckpoint(asSigned(since), believed, findings);
  if (older) await attempt(findings, () => holdAgainst(older, newest, tiles, findings));
  const from = older ? `, since ${String(older.size)} leaves` : '';
  return {
    verdict: findings.verdict(),
    about: `The log ${newest.origin} at ${url}: ${String(newest.size)} leaves${from}${seenBy(newest)}.`,
  };
}

async function holdAgainst(older: AcceptedCheckpoint, newest: AcceptedCheckpoint, tiles: TileReader, findings: Findings): Promise<void> {
  const proof = older.size <= newest.size ? await consistencyProof(older.size, newest.size, tiles, nodeSha256) : [];
  checkConsistency(older, newest, proof, findings, nodeSha256);
}

async function attempt(findings: Findings, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    findings.history('form', null, error.message);
  }
}

async function fetched(url: string): Promise<Uint8Array> {
  const response = await fetch(url, { signal: AbortSignal.timeout(patienceMs) }).catch((error: unknown) => {
    throw new Error(`${url} does not answer.`, { cause: error });
  });
  if (!response.ok) throw new Error(`${url} answers ${String(response.status)}.`);
  const octets = new Uint8Array(await response.arrayBuffer());
  if (octets.length > longestAnswer) throw new Error(`${url} answers more than a log does.`);
  return octets;
}
