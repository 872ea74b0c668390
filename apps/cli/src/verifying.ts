import { readFile } from 'node:fs/promises';
import { Findings, Malformed, parseVerifierKey, policyOfKey } from '#audit/verifier';
import type { AcceptedCheckpoint, Policy, Verdict } from '#audit/verifier';
import { complain } from './terminal.js';

/** What came of a verification, and a sentence on what was looked at. */
export interface Verified {
  readonly verdict: Verdict;
  readonly about: string;
}

/** @throws Error with a sentence */
export async function contentOf(path: string): Promise<Uint8Array> {
  return readFile(path).catch((error: unknown) => {
    throw new Error(`${path} cannot be read.`, { cause: error });
  });
}

/** The policy, or the key that came with what is verified, which is worth what the sender is worth. */
export function believing(policy: Policy | null, ownKey: string, findings: Findings): Policy {
  if (policy) return policy;
  try {
    complain(`Without --key or --policy the key that comes along is believed: ${ownKey}`);
    return policyOfKey(parseVerifierKey(ownKey));
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    findings.history('form', null, 'The key that comes along is none.');
    return { logs: [], witnesses: [], quorum: null };
  }
}

/** A note as it was signed, of what came through a clipboard or a telephone: those change how lines end. */
export const asSigned = (note: Uint8Array): Uint8Array =>
  Buffer.from(`${Buffer.from(note).toString('latin1').replaceAll('\r\n', '\n').trimEnd()}\n`, 'latin1');

/** Who saw the checkpoint, for the end of a sentence. */
export const seenBy = ({ cosigners }: AcceptedCheckpoint): string =>
  cosigners.length > 0 ? `, cosigned by ${cosigners.map(({ name }) => name).join(', ')}` : '';
