import type { AcceptedCheckpoint } from './accepted-checkpoint.js';
import { BundleCheck, type BundleManifest } from './bundle.js';
import { LineCheck, longestLine, type Looked } from './bundle-line.js';
import { Malformed } from './malformed.js';
import type { ShownEvent } from './leaf-match.js';
import { hex, joined } from './octets.js';
import type { Policy } from './policy.js';
import { sha256, type Sha256 } from './sha256.js';
import type { Findings } from './verdict.js';

/** Octets of the longest part of a bundle besides its events. */
export const longestPart = 4_000_000;
/** Most parts of a bundle. */
export const mostParts = 50;

/** A bundle as whoever opened its zip hands it over. */
export interface OpenedBundle {
  /** The octets of a small part; null where there is none. */
  readonly part: (name: string) => Promise<Uint8Array | null>;
  /** Those of `events.jsonl`, as they come; null where there is none. */
  readonly events: () => Promise<AsyncIterable<Uint8Array> | null>;
}

/** SHA-256 of what comes bit by bit. */
export interface RunningSha256 {
  readonly update: (octets: Uint8Array) => unknown;
  readonly digest: () => Uint8Array;
}

/** Rebuilds a state that a bundle claims from its events, and tells where they part. */
export interface BundleReplay {
  /** The next event that the bundle is about. @param index Of its leaf */
  readonly take: (event: ShownEvent, index: number) => void;
  /** Answers whether the state was rebuilt, and is the claimed one. */
  readonly finish: () => boolean;
}

/** Looks at pieces of whole lines elsewhere, and answers what each came to in their order. */
export type Sharing = (lines: AsyncIterable<Uint8Array>, checkpoint: AcceptedCheckpoint | null) => AsyncIterable<readonly Looked[]>;

/** What a bundle turned out to be, besides the findings. */
export interface CheckedBundle {
  /** Lines of its events. */
  readonly lines: number;
  /** Null where the log did not sign it. */
  readonly manifest: BundleManifest | null;
  /** Whether it claims a state, and its events come to that. */
  readonly isReplayed: boolean;
}

/**
 * Checks a bundle whole, of which never more than a piece of lines is held, besides what a replay holds.
 * @param options.replaying By the rules that states are folded by, which are not in here; is handed `state.json`, and answers null for one that
 * it cannot replay. (Default: the state is not looked at) @param options.sharing For a bundle that claims no state. (Default: all is done here)
 * @throws what its parts throw
 */
export async function checkBundle(
  bundle: OpenedBundle,
  policy: Policy,
  findings: Findings,
  {
    running,
    hash = sha256,
    replaying,
    sharing,
  }: {
    readonly running: RunningSha256;
    readonly hash?: Sha256;
    readonly replaying?: (state: Uint8Array) => BundleReplay | null;
    readonly sharing?: Sharing;
  },
): Promise<CheckedBundle> {
  const part = async (name: string): Promise<Uint8Array> => {
    const octets = await bundle.part(name);
    if (octets === null) findings.history('form', null, `The bundle has no ${name}.`);
    return octets ?? new Uint8Array();
  };
  const state = replaying && (await bundle.part('state.json'));
  const replay = (state && replaying(state)) ?? null;
  const check = new BundleCheck(await part('checkpoint.txt'), policy, findings, hash, (event, index) => replay?.take(event, index));
  const events = await bundle.events();
  if (events === null) findings.history('form', null, 'The bundle has no events.jsonl.');
  else {
    const lines = wholeLines(events, running);
    const looked =
      sharing && !replay ? sharing(lines, check.checkpoint) : lookedAtHere(lines, new LineCheck(check.checkpoint, hash, replay !== null));
    for await (const some of looked) for (const line of some) check.take(line);
  }
  const isReplayed = replay?.finish() ?? false;
  const manifest = check.finish(await part('manifest.txt'), hex(running.digest()), state && hex(hash(state)));
  return { lines: check.lines, manifest, isReplayed };
}

async function* lookedAtHere(lines: AsyncIterable<Uint8Array>, check: LineCheck): AsyncGenerator<readonly Looked[]> {
  for await (const octets of lines) yield check.lookAt(octets);
}

/** Pieces of whole lines, the last with or without its end, hashed as they come. @throws Malformed where a line is longer than any may be */
async function* wholeLines(events: AsyncIterable<Uint8Array>, running: RunningSha256): AsyncGenerator<Uint8Array> {
  let rest: Uint8Array[] = [];
  let length = 0;
  for await (const octets of events) {
    running.update(octets);
    const end = octets.lastIndexOf(0x0a) + 1;
    if (end > 0) {
      const lines = octets.subarray(0, end);
      yield rest.length === 0 ? lines : joined(...rest, lines);
      [rest, length] = [[], 0];
    }
    rest.push(octets.subarray(end));
    length += octets.length - end;
    if (length > 4 * longestLine) throw new Malformed('A line of events.jsonl is longer than any may be.');
  }
  if (length > 0) yield joined(...rest);
}
