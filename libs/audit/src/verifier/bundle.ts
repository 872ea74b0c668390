import type { AcceptedCheckpoint } from './accepted-checkpoint.js';
import { isRecord, type Looked, type LookedLine, type LookedRun, type NoLine } from './bundle-line.js';
import { canonicalJson } from './canonical.js';
import { EntriesCheck } from './entries-check.js';
import { Gaps } from './gaps.js';
import type { ShownEvent } from './leaf-match.js';
import { Malformed } from './malformed.js';
import { hashLength } from './merkle.js';
import { noteVerifier, openNote, Unverified } from './note.js';
import { textOf } from './octets.js';
import type { Policy } from './policy.js';
import { sha256, type Sha256 } from './sha256.js';
import type { Findings } from './verdict.js';
import { checkCheckpoint } from './verify.js';

/** First line of the manifest's text. */
export const manifestHeader = 'tinhgon bundle v1';
/** What is no line of a bundle so often is none: a small zip can hold endlessly many of them. */
const mostMalformed = 1_000;

/** What a bundle says of itself, under the signature of the log. */
export interface BundleManifest {
  readonly origin: string;
  /** Number of leaves of the tree. */
  readonly size: number;
  /** Of `events.jsonl`. */
  readonly lines: number;
  /** SHA-256 of `events.jsonl`, hexadecimal. */
  readonly sha256: string;
  /** The newest revision of each stream that the bundle is about. */
  readonly streams: Readonly<Record<string, number>>;
  /** The leaves of the stretch that the bundle is about, the second exclusive; not there where it is about streams, or about all. */
  readonly range?: { readonly from: number; readonly to: number };
  /** SHA-256 of `state.json`, hexadecimal, where the bundle is of something that has a state. */
  readonly state?: string;
  /** `all` is true where it is of every leaf. */
  readonly scope: Readonly<Record<string, unknown>>;
}

/** The revisions of one stream that a bundle holds. */
interface Held {
  next: number;
  /** Of the leaf with the last of them. */
  lastIndex: number;
}

/**
 * A bundle, line by line: the checkpoint first, then the lines in the order of the file, then the manifest. Holds little: of each stream
 * how far it is, and of a whole log one tile for each level.
 */
export class BundleCheck {
  /** Lines taken. */
  lines = 0;
  private malformed = 0;
  /** That the bundle came with; null where nobody known signed it. */
  readonly checkpoint: AcceptedCheckpoint | null;
  private readonly streams = new Map<string, Held>();
  private readonly gaps: Gaps;
  private whole: EntriesCheck | undefined;
  /** Every leaf before this index came, with or without a proof of its own. */
  private reached = 0;
  /** Of the lines of a stretch. */
  private range: { readonly from: number; readonly to: number } | undefined;

  /**
   * @param checkpoint the note that came with it
   * @param onSubject is told each event that the bundle is about, with the index of its leaf, whether it is the one that was sealed or not
   */
  constructor(
    checkpoint: Uint8Array,
    private readonly policy: Policy,
    private readonly findings: Findings,
    private readonly hash: Sha256 = sha256,
    private readonly onSubject: (event: ShownEvent, index: number) => void = () => undefined,
  ) {
    this.checkpoint = checkCheckpoint(checkpoint, policy, findings);
    this.gaps = new Gaps(findings);
  }

  /** The next lines of `events.jsonl`. @throws Malformed where too many were none */
  take(looked: Looked): void {
    if ('malformed' in looked) this.takeNone(looked);
    else if ('leafHash' in looked) this.takeLine(looked);
    else for (const line of linesOfRun(looked)) this.takeLine(line);
  }

  /**
   * After the last line. Answers the manifest where the log signed it. @param sha256OfLines of `events.jsonl`, hexadecimal
   * @param sha256OfState of `state.json`; null where there is none. (Default: nobody looked)
   */
  finish(manifest: Uint8Array, sha256OfLines: string, sha256OfState?: string | null): BundleManifest | null {
    this.whole?.finish();
    this.gaps.finish();
    const said = this.manifest(manifest);
    if (!said) return null;
    const { size, lines, sha256: promised, streams, range } = said;
    if (this.checkpoint && this.checkpoint.origin !== said.origin)
      this.findings.history('form', null, `The manifest is of ${said.origin}, the checkpoint of ${this.checkpoint.origin}.`);
    if (this.checkpoint && this.checkpoint.size !== size)
      this.findings.history('size', null, `The manifest is of a tree of ${size} entries, the checkpoint of ${this.checkpoint.size}.`);
    if (lines !== this.lines) this.findings.data('missing', null, `The bundle was made with ${lines} entries, and holds ${this.lines}.`);
    else if (promised !== sha256OfLines) this.findings.data('foreign', null, 'The events are not those that the bundle was made with.');
    if (sha256OfState !== undefined && (said.state ?? null) !== sha256OfState)
      this.findings.data('state', null, 'The state that is claimed is not the one that the bundle was made with.');
    for (const [stream, last] of Object.entries(streams)) {
      const held = this.streams.get(stream);
      if (held === undefined || held.next <= last)
        this.findings.data('missing', held?.lastIndex ?? null, `Of ${stream} revisions from ${held?.next ?? 0} to ${last} are missing.`);
    }
    if (range) this.compare(range);
    // A leaf that is proven by itself is in the tree, and says nothing of those that were left out.
    if (said.scope['all'] === true && !this.whole && this.reached < size)
      this.findings.data('missing', this.reached, `A bundle of all has every entry, and ${this.reached} is missing.`);
    return said;
  }

  private takeNone({ malformed }: NoLine): void {
    this.lines += 1;
    this.malformed += 1;
    if (this.malformed > mostMalformed) throw new Malformed(`More than ${mostMalformed} lines of events.jsonl are no lines of a bundle.`);
    this.findings.history('form', null, `Line ${this.lines}: ${malformed}`);
  }

  private takeLine({ index, of, isProven, leafHash, findings, unproven, gap, event }: LookedLine): void {
    this.lines += 1;
    if (index === this.reached) this.reached += 1;
    if (of === 'range') this.stretch(index);
    if (this.checkpoint && !isProven && !this.isNext(index, leafHash, this.checkpoint)) return;
    for (const finding of findings) this.findings.take(finding);
    this.findings.unproven(unproven);
    if (gap) this.gaps.note(gap);
    if (!event) return;
    if (isProven) this.follow(event, index);
    this.onSubject(event, index);
  }

  /** Whether a leaf without a proof of its own is the next of all, and adds it then. */
  private isNext(index: number, leafHash: Uint8Array, checkpoint: AcceptedCheckpoint): boolean {
    this.whole ??= new EntriesCheck(checkpoint, this.findings, this.hash);
    const { next } = this.whole;
    if (next === index) this.whole.add(leafHash);
    else this.findings.history('order', next, `Entry ${next} is due, and ${index} comes.`);
    return next === index;
  }

  /** The revisions of a stream come in order and without a gap, whatever else comes between them. */
  private follow({ stream, revision }: ShownEvent, index: number): void {
    const held = this.streams.get(stream) ?? { next: 0, lastIndex: index };
    if (revision !== held.next) this.findings.data('missing', index, `Of ${stream} revision ${held.next} is due, and ${revision} comes.`);
    this.streams.set(stream, { next: revision + 1, lastIndex: index });
  }

  /** A stretch has every leaf, each after the one before. */
  private stretch(index: number): void {
    const { from, to } = this.range ?? { from: index, to: index };
    if (index !== to) this.findings.data('missing', to, `Of the stretch entry ${to} is due, and ${index} comes.`);
    this.range = { from, to: index + 1 };
  }

  private compare({ from, to }: { readonly from: number; readonly to: number }): void {
    const held = this.range ?? { from: to, to };
    if (held.from > from) this.findings.data('missing', from, `Of the stretch entries from ${from} to ${held.from - 1} are missing.`);
    if (held.to < to) this.findings.data('missing', held.to, `Of the stretch entries from ${held.to} to ${to - 1} are missing.`);
    if (held.from < from || held.to > to)
      this.findings.data('foreign', Math.min(held.from, from), `The stretch goes from ${from} to ${to - 1} alone.`);
  }

  private manifest(octets: Uint8Array): BundleManifest | null {
    // Of a policy with several logs only the one whose tree this is may say what the bundle holds.
    const logs = this.policy.logs.filter(({ key }) => !this.checkpoint || key.name === this.checkpoint.origin);
    try {
      const { text } = openNote(
        octets,
        logs.map(({ key }) => noteVerifier(key)),
      );
      const [header, json = ''] = text.split('\n');
      const manifest = header === manifestHeader ? (JSON.parse(json) as unknown) : null;
      if (isManifest(manifest) && text === `${manifestHeader}\n${canonicalJson(manifest)}\n`) return manifest;
      this.findings.history('form', null, 'This is not the manifest of a bundle.');
    } catch (error) {
      if (error instanceof Unverified) this.findings.history('signature', null, `The manifest: ${error.message}`);
      else if (error instanceof Malformed || error instanceof SyntaxError)
        this.findings.history('form', null, 'This is not the manifest of a bundle.');
      else throw error;
    }
    return null;
  }
}

function* linesOfRun({ from, of, unproven, leafHashes }: LookedRun): Generator<LookedLine> {
  const nothing = { of, unproven, isProven: false, findings: [], gap: null, event: null };
  for (let at = 0; at < leafHashes.length; at += hashLength)
    yield { ...nothing, index: from + at / hashLength, leafHash: leafHashes.subarray(at, at + hashLength) };
}

function isManifest(value: unknown): value is BundleManifest {
  if (!isRecord(value)) return false;
  const { v, origin, size, lines, sha256: promised, streams, scope, range, state } = value;
  return (
    [v === 1, typeof origin === 'string', Number.isSafeInteger(size), Number.isSafeInteger(lines), typeof promised === 'string'].every(
      Boolean,
    ) &&
    ['string', 'undefined'].includes(typeof state) &&
    isRecord(scope) &&
    isRecord(streams) &&
    (range === undefined || (isRecord(range) && Number.isSafeInteger(range['from']) && Number.isSafeInteger(range['to']))) &&
    Object.values(streams).every((last) => Number.isSafeInteger(last))
  );
}

/** The text of a file of a bundle, such as `key.txt`, without its end. @throws Malformed */
export const lineOf = (octets: Uint8Array): string => textOf(octets).trim();
