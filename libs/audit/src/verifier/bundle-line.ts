import type { AcceptedCheckpoint } from './accepted-checkpoint.js';
import { gapNoteOf, type GapNote } from './gaps.js';
import type { Leaf } from './leaf.js';
import type { PartSalts, ShownEvent } from './leaf-match.js';
import { Malformed } from './malformed.js';
import { leafHash } from './merkle.js';
import { fromBase64, fromHex, joined, textOf, utf8 } from './octets.js';
import { sha256, type Sha256 } from './sha256.js';
import { type Finding, Findings } from './verdict.js';
import { checkEvent, checkInclusion, checkLeaf } from './verify.js';

/** Octets of the longest line of `events.jsonl`: an event has at most 8 million characters, with what proves it. */
export const longestLine = 40_000_000;

/** What a line of a bundle came to, looked at apart from the lines around it. */
export interface LookedLine {
  readonly index: number;
  readonly of: 'subject' | 'range' | 'context';
  /** Whether it brings a proof of its own. */
  readonly isProven: boolean;
  /** 32 octets. */
  readonly leafHash: Uint8Array;
  /** What does not hold in it. */
  readonly findings: readonly Finding[];
  /** Commitments that nobody can check. */
  readonly unproven: number;
  /** What it tells of salts that are gone; null for nothing. */
  readonly gap: GapNote | null;
  /** That of a leaf the bundle is about; null where nobody asks for it. */
  readonly event: ShownEvent | null;
}

/** Lines of leaves that follow one another, of which nothing is to be told but their hashes: most are such. */
export interface LookedRun extends Pick<LookedLine, 'of' | 'unproven'> {
  readonly from: number;
  /** 32 octets each. */
  readonly leafHashes: Uint8Array;
}

/** Why a line is none of a bundle. */
export interface NoLine {
  readonly malformed: string;
}

/** What looking at lines came to, in their order. It goes from one thread to another. */
export type Looked = LookedLine | LookedRun | NoLine;

interface Line {
  readonly index: number;
  readonly leaf: Uint8Array;
  readonly of: 'subject' | 'range' | 'context';
  readonly proof: readonly Uint8Array[] | null;
  readonly event: ShownEvent | null;
  readonly salts: PartSalts;
}

/** Looks at lines by themselves. It holds nothing of those before, so several may share the lines of a bundle. */
export class LineCheck {
  /** In the line that is looked at. */
  private readonly findings = new Findings();

  /**
   * @param checkpoint that the bundle came with; null where nobody known signed it
   * @param isReplayed whether every event that the bundle is about is asked for, and not only those with proofs of their own
   */
  constructor(
    private readonly checkpoint: AcceptedCheckpoint | null,
    private readonly hash: Sha256 = sha256,
    private readonly isReplayed = false,
  ) {}

  /** @param octets whole lines; the last of a file may be without its end */
  lookAt(octets: Uint8Array): readonly Looked[] {
    const looked: Looked[] = [];
    let plain: LookedLine[] = [];
    const close = (): void => {
      if (plain.length > 0) looked.push(runOf(plain));
      plain = [];
    };
    for (const text of linesIn(octets)) {
      const line = this.look(text);
      if (!isPlain(line)) {
        close();
        looked.push(line);
        continue;
      }
      const last = plain.at(-1);
      if (last && !(line.index === last.index + 1 && line.of === last.of && line.unproven === last.unproven)) close();
      plain.push(line);
    }
    close();
    return looked;
  }

  private look(text: string): LookedLine | NoLine {
    try {
      return this.lookAtLine(parseLine(text));
    } catch (error) {
      if (error instanceof Malformed) return { malformed: error.message };
      throw error;
    }
  }

  private lookAtLine(line: Line): LookedLine {
    const { index, of, proof, event, salts } = line;
    const leaf = this.leafOf(line);
    if (leaf && event) checkEvent(leaf, event, salts, this.findings, this.hash);
    return {
      ...{ index, of, isProven: proof !== null, leafHash: leafHash(line.leaf, this.hash), ...this.findings.takeNew() },
      gap: leaf && gapNoteOf(leaf, event, salts),
      event: leaf && of === 'subject' && (proof !== null || this.isReplayed) ? event : null,
    };
  }

  private leafOf({ index, leaf, proof }: Line): Leaf | null {
    // Whether data matches its leaf can be said though nobody known signed the tree.
    if (!this.checkpoint) return checkLeaf(leaf, index, this.findings);
    if (proof) return checkInclusion({ index, leaf, proof }, this.checkpoint, this.findings, this.hash)?.leaf ?? null;
    return index < this.checkpoint.size ? checkLeaf(leaf, index, this.findings) : null;
  }
}

const isPlain = (line: LookedLine | NoLine): line is LookedLine =>
  'index' in line && !line.isProven && line.findings.length === 0 && line.gap === null && line.event === null;

/** Of one line or more. */
function runOf(lines: readonly LookedLine[]): LookedRun {
  const [{ index: from, of, unproven }] = lines as readonly [LookedLine, ...LookedLine[]];
  return { from, of, unproven, leafHashes: joined(...lines.map((line) => line.leafHash)) };
}

function* linesIn(octets: Uint8Array): Generator<string> {
  let from = 0;
  for (let end = octets.indexOf(0x0a); end !== -1; end = octets.indexOf(0x0a, from)) {
    yield decoded(octets.subarray(from, end));
    from = end + 1;
  }
  if (from < octets.length) yield decoded(octets.subarray(from));
}

function decoded(octets: Uint8Array): string {
  try {
    return textOf(octets);
  } catch {
    // No line is empty, so this is found as one that is wrong.
    return '';
  }
}

/** @throws Malformed */
function parseLine(text: string): Line {
  if (text.length > longestLine) throw new Malformed(`a line has at most ${longestLine} characters.`);
  let line: unknown;
  try {
    line = JSON.parse(text);
  } catch {
    throw new Malformed('this is not JSON.');
  }
  if (!isRecord(line)) throw new Malformed('this is not an entry.');
  const { index, leaf, of, proof, event, salts = {} } = line;
  if (!Number.isSafeInteger(index) || (index as number) < 0 || typeof leaf !== 'string' || !isRecord(salts))
    throw new Malformed('an entry has its index and its leaf.');
  return {
    ...{ index: index as number, leaf: utf8(leaf), of: of === 'subject' || of === 'range' ? of : 'context' },
    proof: proof === undefined ? null : proofIn(proof),
    event: event === undefined ? null : eventIn(event),
    salts: Object.fromEntries(Object.entries(salts).map(([part, salt]) => [part, fromHex(typeof salt === 'string' ? salt : '-')])),
  };
}

function proofIn(proof: unknown): readonly Uint8Array[] {
  if (!Array.isArray(proof) || proof.length > 63) throw new Malformed('a proof is a list of at most 63 hashes.');
  return proof.map((hash) => fromBase64(typeof hash === 'string' ? hash : '-'));
}

function eventIn(event: unknown): ShownEvent {
  if (!isRecord(event) || typeof event['stream'] !== 'string' || typeof event['revision'] !== 'number')
    throw new Malformed('an event has its stream and revision.');
  const { metadata } = event;
  if (metadata !== undefined && (!isRecord(metadata) || !isRecord(metadata['actor'])))
    throw new Malformed('an event has metadata with its actor.');
  return event as unknown as ShownEvent;
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
