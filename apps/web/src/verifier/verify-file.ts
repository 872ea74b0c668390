import { sha256 } from '@noble/hashes/sha2.js';
import {
  checkBundle,
  checkTlogProof,
  Findings,
  lineOf,
  longestTlogProof,
  Malformed,
  parsePolicy,
  parseVerifierKey,
  policyOfKey,
  utf8,
} from '#audit/verifier';
import type { OpenedBundle, Policy, Verdict } from '#audit/verifier';
import { isAsChosen } from '../form/chosen-file';
import { membersOf, octetsOf, Unreadable, wholeOf } from './zip';

/** What was looked at. */
export type LookedAt =
  | {
      readonly kind: 'bundle';
      readonly lines: number;
      readonly size: number | null;
      /** As its manifest says. */
      readonly scope: Readonly<Record<string, unknown>>;
      /** What it claims is not looked at here: the rules that states are folded by are not in a page. */
      readonly claimsState: boolean;
    }
  | { readonly kind: 'proof'; readonly index: number | null; readonly size: number | null; readonly event: string };

export interface Outcome {
  readonly verdict: Verdict;
  readonly lookedAt: LookedAt;
}

export interface Watching {
  /** How much was read, from 0 to 1. */
  readonly progress: (part: number) => void;
  readonly signal: AbortSignal;
}

/** Whom to believe: a verifier key in one line, or a policy file. @throws Malformed */
export function trusted(text: string): Policy {
  const asked = text.trim();
  return asked.includes('\n') || /\s/.test(asked) ? parsePolicy(utf8(`${asked}\n`)) : policyOfKey(parseVerifierKey(asked));
}

/** `state.json` of a bundle of which events were withheld from whoever asked. */
const noState = 'null\n';

const isZip = async (file: Blob): Promise<boolean> => (await file.slice(0, 2).text()) === 'PK';

/** The key that a bundle brings along; null where it brings none. Whoever made the bundle wrote it. */
export async function ownKeyOf(file: Blob): Promise<string | null> {
  try {
    const member = (await isZip(file)) ? (await membersOf(file)).get('key.txt') : undefined;
    return member ? lineOf(await wholeOf(file, member)) : null;
  } catch (error) {
    if (error instanceof Unreadable || error instanceof Malformed) return null;
    throw error;
  }
}

/** A bundle or a proof, told apart by what it begins with. @throws Unreadable; the signal's reason once it is aborted */
export async function verifyFile(file: Blob, policy: Policy, watching: Watching): Promise<Outcome> {
  // What cannot be read for that says nothing of what is in it.
  if (!(await isAsChosen(file))) throw new Unreadable('changed');
  if (await isZip(file)) return verifyBundle(file, policy, watching);
  if (file.size > longestTlogProof) throw new Unreadable('neither');
  const octets = new Uint8Array(await file.arrayBuffer());
  if (!new TextDecoder().decode(octets.subarray(0, 40)).startsWith('c2sp.org/tlog-proof')) throw new Unreadable('neither');
  const findings = new Findings();
  const proven = checkTlogProof(octets, policy, findings);
  const event = proven && !('head' in proven.leaf) ? `${proven.leaf.type}, ${proven.leaf.stream} ${String(proven.leaf.revision)}` : '';
  const lookedAt = { kind: 'proof', index: proven?.index ?? null, size: proven?.checkpoint.size ?? null, event } as const;
  return { verdict: findings.verdict(), lookedAt };
}

async function verifyBundle(file: Blob, policy: Policy, { progress, signal }: Watching): Promise<Outcome> {
  const members = await membersOf(file);
  let read = 0;
  const bundle: OpenedBundle = {
    part: async (name) => {
      const member = members.get(name);
      return member ? wholeOf(file, member) : null;
    },
    events: () => {
      const member = members.get('events.jsonl');
      const taken = (octets: number): void => {
        read += octets;
        progress(read / Math.max(1, member?.packed ?? 1));
      };
      return Promise.resolve(member ? breathing(octetsOf(file, member, taken), signal) : null);
    },
  };
  const findings = new Findings();
  const { lines, manifest } = await checkBundle(bundle, policy, findings, { running: sha256.create() });
  const claimsState = (members.get('state.json')?.size ?? 0) > noState.length;
  return {
    verdict: findings.verdict(),
    lookedAt: { kind: 'bundle', lines, size: manifest?.size ?? null, scope: manifest?.scope ?? {}, claimsState },
  };
}

/** In ms: a page that does not answer for longer seems to hang. */
const breath = 30;

/**
 * Lets the page go on between pieces. A worker would need a file of its own, which a page that was opened from a folder may not have,
 * so this is done beside what is shown.
 */
async function* breathing(pieces: AsyncIterable<Uint8Array>, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  let last = performance.now();
  for await (const piece of pieces) {
    yield piece;
    if (performance.now() - last < breath) continue;
    await new Promise<void>((go) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        port1.close();
        go();
      };
      port2.postMessage(null);
    });
    signal.throwIfAborted();
    last = performance.now();
  }
}
