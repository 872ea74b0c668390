import { Malformed, parsePolicy, parseVerifierKey, policyOfKey } from '#audit/verifier';
import type { Policy, Verdict } from '#audit/verifier';
import { messageOf } from '#platform';
import type { Config } from '#platform';
import { complain, say } from './terminal.js';
import { contentOf } from './verifying.js';
import type { Verified } from './verifying.js';

/** What `tinhgon verify` is asked. */
export interface VerifyOptions {
  /** The log and its tree, as the environment names them. */
  readonly database?: boolean;
  /** URL of an installation. */
  readonly log?: string;
  /** Verifier key. (Default: the one that comes with what is verified) */
  readonly key?: string;
  /** Path of a policy file. (Default: the log's signature is enough) */
  readonly policy?: string;
  /** Path of a checkpoint that was kept. */
  readonly since?: string;
  readonly json?: boolean;
}

/** Answers whether all holds, and tells what does not. @throws Error with a sentence where it cannot be looked at */
export async function verify(file: string | undefined, options: VerifyOptions, config: () => Config): Promise<boolean> {
  const { json = false } = options;
  try {
    const { verdict, about } = await verified(file, options, config);
    tell(verdict, about, json);
    return verdict.historyIsConsistent && verdict.dataMatchesLeaves;
  } catch (error) {
    // A program that asks reads an answer in any case; what cannot be looked at does not hold.
    if (json) say(JSON.stringify({ ok: false, findings: [{ check: 'form', index: null, message: messageOf(error) }] }));
    throw error;
  }
}

async function verified(file: string | undefined, options: VerifyOptions, config: () => Config): Promise<Verified> {
  const { database = false, log, key, since } = options;
  if ([file !== undefined, database, log !== undefined].filter(Boolean).length !== 1)
    throw new Error('Name one thing to verify: a bundle (.zip), a proof (.tlog-proof), a checkpoint, --log URL or --database.');
  if (since !== undefined && log === undefined)
    throw new Error('--since goes with --log: what lies between two checkpoints is proven by the log.');
  if (database) {
    if (options.policy !== undefined) throw new Error('--database takes --key, no policy.');
    const { verifyLogAgainstTree } = await import('./verify-database.js');
    return verifyLogAgainstTree(config(), key);
  }
  const believed = await policyOf(options);
  if (log !== undefined) {
    const { verifyLog } = await import('./verify-log.js');
    return verifyLog(log, { policy: believed, since: since === undefined ? undefined : await contentOf(since) });
  }
  const { verifyFile } = await import('./verify-file.js');
  return verifyFile(file ?? '', believed);
}

/** Whom to believe; null where nobody was named. @throws Error with a sentence */
async function policyOf({ key, policy }: VerifyOptions): Promise<Policy | null> {
  if (key !== undefined && policy !== undefined) throw new Error('--key and --policy say the same thing: give one of them.');
  try {
    if (policy !== undefined) return parsePolicy(await contentOf(policy));
    return key === undefined ? null : policyOfKey(parseVerifierKey(key.trim()));
  } catch (error) {
    throw error instanceof Malformed
      ? new Error(`${policy === undefined ? '--key' : '--policy'}: ${error.message}`, { cause: error })
      : error;
  }
}

function tell({ historyIsConsistent, dataMatchesLeaves, findings, more, unproven, gaps }: Verdict, about: string, json: boolean): void {
  if (json) {
    const ok = historyIsConsistent && dataMatchesLeaves;
    say(JSON.stringify({ ok, historyIsConsistent, dataMatchesLeaves, about, findings, more, unproven, gaps }));
    return;
  }
  say(about);
  say(`History is consistent: ${historyIsConsistent ? 'yes' : 'NO'}`);
  say(
    `Data matches its leaves: ${dataMatchesLeaves ? 'yes' : 'NO'}${unproven > 0 ? `, as far as it is shown (${String(unproven)} parts are withheld or erased)` : ''}`,
  );
  for (const { stream, leaves, permittedBy, legalBasis } of gaps)
    say(
      `Erased: the salts of ${String(leaves)} events of ${stream}, as leaf ${String(permittedBy)} permits${legalBasis === null ? '' : ` (${legalBasis})`}.`,
    );
  for (const { check, index, message } of findings) complain(`  ${index === null ? '' : `leaf ${String(index)}, `}${check}: ${message}`);
  if (more > 0) complain(`  and ${String(more)} more.`);
}
