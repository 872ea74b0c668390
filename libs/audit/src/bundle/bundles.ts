import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import yazl from 'yazl';
import { logInSteps, readInSteps } from '#event-store';
import type { EventStore, RecordedEvent } from '#event-store';
import type { Database } from '#platform';
import type { SealedLog } from '../sealed-log.js';
import { leavesFrom } from '../stored-leaf.js';
import type { SignedTree } from '../tree.js';
import { manifestHeader } from '../verifier/bundle.js';
import { canonicalJson } from '../verifier/canonical.js';
import { ErasuresUnderTree } from './erasures-under-tree.js';
import { linesOfEvents, linesOfRange } from './lines.js';
import type { BundleLine, LineSource } from './lines.js';
import { instantsOf } from './period.js';
import { readmeOf } from './readme.js';
import type { BundleRequest } from './requests.js';

/** What a bundle says of itself, signed with the key of the log. Canonical JSON after its first line. */
export interface BundleManifest {
  readonly v: 1;
  readonly id: string;
  readonly scope: BundleRequest['scope'];
  readonly origin: string;
  /** Number of leaves of the tree under which everything is proven. */
  readonly size: number;
  /** ISO 8601 UTC: when it was asked for. */
  readonly askedAt: string;
  /** Who asked, by id. */
  readonly person: string;
  /** Lines of `events.jsonl`, and SHA-256 of the file, hexadecimal. */
  readonly lines: number;
  readonly sha256: string;
  /** Of each stream that the bundle is about its newest revision, so that none is left out at its end. */
  readonly streams: Readonly<Record<string, number>>;
  /** Of a bundle of a period the leaves, the second exclusive, so that none is left out at either end. */
  readonly range?: { readonly from: number; readonly to: number };
  /** SHA-256 of `state.json`, hexadecimal; left out where the bundle is of nothing that has a state. */
  readonly state?: string;
}

/** Says what a stream has come to, of its events as they go out. */
export interface StateClaiming {
  readonly stream: string;
  take(event: Pick<RecordedEvent, 'revision' | 'type' | 'data' | 'metadata'>): void;
  /** After the last one: the text of `state.json`. */
  finish(): Promise<string>;
}

/** A file beside the events, to read with them. The tree does not prove it: it is what the installation says. */
export interface Sheet {
  /** Lies in `sheets/`, as CSV. */
  readonly name: string;
  readonly title: { readonly vi: string; readonly en: string };
  /** In pieces, as it is read. */
  readonly read: () => AsyncIterable<string | Uint8Array>;
}

/** What a bundle is about, besides what it rests on. */
export interface Subject {
  /** Streams of it, by name; null where a bundle is about a range of the log. */
  readonly streams: readonly string[] | null;
  /** What it rests on: streams whose names begin so. */
  readonly contextPrefixes: readonly string[];
  /** Null where it is of nothing that has a state. */
  readonly state: StateClaiming | null;
  /** (Default: none) */
  readonly sheets?: readonly Sheet[];
}

/** Whoever has a bundle made. */
export interface BundleReader {
  /** Whether they may see the event with its data. */
  readonly maySee: (event: RecordedEvent) => boolean;
  /** Is asked again while the bundle goes out. @throws when they may not have it any more */
  readonly stillMay: () => Promise<void>;
  /** Aborts when they are gone. */
  readonly signal: AbortSignal;
}

/** Lines after which it is asked again whether somebody may still have them. */
const linesBetween = 500;

/** Hands out parts of the log with their proofs, to be verified by whoever has nothing of us but a key. */
export class Bundles {
  constructor(
    private readonly on: { readonly database: Database; readonly store: EventStore },
    private readonly log: SealedLog,
    /** The page that verifies a bundle by itself; null where it was not built. */
    private readonly verifierPage: () => Promise<Buffer | null>,
  ) {}

  /**
   * The zip as a stream, which breaks off where something goes wrong on the way; null where its events are not sealed yet.
   * @throws TreeDamaged, NotSealed
   */
  async open(request: BundleRequest, subject: Subject, { maySee, stillMay, signal }: BundleReader): Promise<Readable | null> {
    const tree = await this.log.at(request.position);
    if (!tree) return null;
    const source = { ...this.on, size: tree.size, maySee, erasures: new ErasuresUnderTree(this.on, tree.size), signal };
    const zip = new yazl.ZipFile();
    const output = Readable.from(zip.outputStream);
    // Whatever ends a part ends the whole.
    const part = (octets: AsyncIterable<Buffer>): Readable => Readable.from(octets).once('error', (error) => output.destroy(error));
    const written = new Written(subject.state);
    const { sheets = [] } = subject;
    zip.addBuffer(Buffer.from(readmeOf(request, tree, sheets)), 'README.md');
    zip.addBuffer(Buffer.from(`${this.log.verifierKey ?? ''}\n`), 'key.txt');
    zip.addBuffer(Buffer.from(tree.note), 'checkpoint.txt');
    const page = await this.verifierPage();
    if (page) zip.addBuffer(page, 'verify.html');
    const lines = askedAgain(this.lines(source, request, subject), stillMay);
    zip.addReadStreamLazy('events.jsonl', {}, (give) => give(null, part(written.through(lines))));
    if (subject.state) zip.addReadStreamLazy('state.json', {}, (give) => give(null, part(written.state())));
    for (const { name, read } of sheets) zip.addReadStreamLazy(`sheets/${name}.csv`, {}, (give) => give(null, part(octetsOf(read()))));
    zip.addReadStreamLazy('manifest.txt', {}, (give) => give(null, Readable.from([Buffer.from(this.manifest(request, tree, written))])));
    zip.end();
    return output;
  }

  private async *lines(source: LineSource, { scope }: BundleRequest, { streams, contextPrefixes }: Subject): AsyncGenerator<BundleLine> {
    if ('all' in scope) {
      yield* linesOfRange(source, { from: 0, to: source.size });
      return;
    }
    // Every stream begins with no prefix at all.
    const context = logInSteps(this.on.store, { limit: 500, prefixes: contextPrefixes, signal: source.signal });
    if (contextPrefixes.length > 0) yield* linesOfEvents(source, context, 'context');
    if (streams) yield* linesOfEvents(source, this.eventsOf(streams), 'subject');
    else if ('period' in scope) yield* linesOfRange(source, await this.rangeOf(scope.period, source.size));
    // What permits the gaps may be later than the period.
    yield* linesOfEvents(source, source.erasures.met(), 'context');
  }

  private async *eventsOf(streams: readonly string[]): AsyncGenerator<readonly RecordedEvent[]> {
    for (const stream of streams) for await (const event of readInSteps(this.on.store, stream)) yield [event];
  }

  /** Leaves of what was recorded in the period; the log is in order of time. */
  private async rangeOf(period: string, size: number): Promise<{ readonly from: number; readonly to: number }> {
    const instants = instantsOf(period);
    if (!instants) return { from: 0, to: 0 };
    const firstAt = async (instant: Date): Promise<number> => {
      let [low, high] = [0, size];
      while (low < high) {
        const middle = Math.floor((low + high) / 2);
        const [leaf] = await leavesFrom(this.on.database.pool, middle, 1);
        if (leaf && new Date((JSON.parse(leaf.entry) as { recordedAt: string }).recordedAt) < instant) low = middle + 1;
        else high = middle;
      }
      return low;
    };
    return { from: await firstAt(instants.from), to: await firstAt(instants.to) };
  }

  private manifest(
    { id, scope, askedAt, person }: BundleRequest,
    { size }: SignedTree,
    { lines, sha256, streams, range, sha256OfState }: Written,
  ): string {
    const manifest: BundleManifest = {
      ...{ v: 1, id, scope, origin: this.log.origin, size, askedAt: askedAt.toISOString(), person },
      ...{ lines, sha256: sha256(), streams: Object.fromEntries(streams), ...(range && { range }) },
      ...(sha256OfState !== null && { state: sha256OfState }),
    };
    return this.log.signText(`${manifestHeader}\n${canonicalJson(manifest)}\n`);
  }
}

async function* octetsOf(pieces: AsyncIterable<string | Uint8Array>): AsyncGenerator<Buffer> {
  for await (const piece of pieces) yield typeof piece === 'string' ? Buffer.from(piece) : Buffer.from(piece);
}

async function* askedAgain(lines: AsyncIterable<BundleLine>, stillMay: () => Promise<void>): AsyncGenerator<BundleLine> {
  let given = 0;
  for await (const line of lines) {
    if (given > 0 && given % linesBetween === 0) await stillMay();
    given++;
    yield line;
  }
}

/** What went into `events.jsonl` and `state.json`. */
class Written {
  lines = 0;
  sha256OfState: string | null = null;
  readonly streams = new Map<string, number>();
  range: { readonly from: number; readonly to: number } | undefined;
  private readonly hash = createHash('sha256');

  constructor(private readonly claiming: StateClaiming | null) {}

  async *through(lines: AsyncIterable<BundleLine>): AsyncGenerator<Buffer> {
    for await (const line of lines) {
      const octets = Buffer.from(`${JSON.stringify(line)}\n`);
      this.hash.update(octets);
      this.lines++;
      if (line.of === 'subject' && line.event && line.proof) this.streams.set(line.event.stream, line.event.revision);
      if (line.of === 'range') this.range = { from: this.range?.from ?? line.index, to: line.index + 1 };
      if (line.of === 'subject' && line.event && line.event.stream === this.claiming?.stream) this.claiming.take(line.event);
      yield octets;
    }
  }

  async *state(): AsyncGenerator<Buffer> {
    const octets = Buffer.from((await this.claiming?.finish()) ?? '');
    this.sha256OfState = createHash('sha256').update(octets).digest('hex');
    yield octets;
  }

  readonly sha256 = (): string => this.hash.digest('hex');
}
