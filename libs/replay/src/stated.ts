import { Malformed, canonicalJson, textOf } from '#audit/verifier';

/** The state of a stream as somebody says that it is: `state.json` of a bundle. */
export interface Stated {
  /** Of the JSON of the state. */
  readonly shape: number;
  readonly stream: string;
  /** Of the newest event that it rests on. */
  readonly revision: number;
  /** SHA-256, hexadecimal, of the canonical JSON of the state after some revisions, in order, the last among them. */
  readonly steps: readonly { readonly revision: number; readonly sha256: string }[];
  readonly state: object;
}

/** Revisions after which the state is stated. */
export const mostSteps = 256;
/** Octets of the file. */
export const longestStated = 40_000_000;

/** As canonical JSON; `null` for what cannot be stated. */
export const statedText = (stated: Stated | null): string => `${canonicalJson(stated && { v: 1, ...stated })}\n`;

/** Null where the sender could not state any. @throws Malformed */
export function parseStated(octets: Uint8Array): Stated | null {
  const value = jsonIn(textOf(octets));
  if (value === null) return null;
  if (!isStated(value)) throw new Malformed('state.json is not a state.');
  // Refuses what is too deep to be compared.
  canonicalJson(value.state);
  return value;
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Malformed('state.json is not JSON.');
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

function isStated(value: unknown): value is Stated {
  if (!isRecord(value) || value['v'] !== 1) return false;
  const { shape, stream, revision, steps, state } = value;
  if (!isCount(shape) || typeof stream !== 'string' || !isCount(revision) || !isRecord(state)) return false;
  if (!Array.isArray(steps) || steps.length === 0 || steps.length > mostSteps) return false;
  let last = -1;
  for (const step of steps as readonly unknown[]) {
    if (!isRecord(step) || !isCount(step['revision']) || step['revision'] <= last || typeof step['sha256'] !== 'string') return false;
    last = step['revision'];
  }
  return last === revision;
}
