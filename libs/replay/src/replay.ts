import { nodeSha256 } from '#audit';
import { Malformed, canonicalJson, hex, utf8 } from '#audit/verifier';
import type { Findings, ShownEvent } from '#audit/verifier';
import { weightOf } from '#event-store';
import { firstDifference } from './first-difference.js';
import { foldingOf, stateShape } from './states.js';
import type { Folding, StateEvent } from './states.js';
import type { Stated } from './stated.js';

/** Characters of all events of one stream; no product stores a quarter of it. */
const mostCharacters = 40_000_000;
/** Characters of all states that are made to be compared. */
const mostStateCharacters = 256_000_000;

/** Rebuilds a state from the events of a bundle, as they come, and holds it against the one that is claimed. */
export class Replay {
  private readonly folding: Folding | null;
  /** Events since the state was compared last. */
  private batch: StateEvent[] = [];
  private batchFrom: number | null = null;
  private lastIndex: number | null = null;
  private next = 0;
  private step = 0;
  private weight = 0;
  private stateWeight = 0;
  private hasEnded = false;
  /** The first leaf that leads to another state than the claimed one. */
  private partedAt: number | null = null;

  constructor(
    private readonly stated: Stated,
    private readonly findings: Findings,
  ) {
    this.folding = foldingOf(stated.stream);
    if (stated.shape === stateShape && this.folding) return;
    // The version of the product that made it can replay it.
    this.hasEnded = true;
    findings.unproven(1);
  }

  /** The next event that the bundle is about, of whichever stream. @param index Of its leaf */
  take(event: ShownEvent, index: number): void {
    if (this.hasEnded || event.stream !== this.stated.stream) return;
    const { revision, type, data, metadata } = event;
    const fault = this.faultOf(event);
    if (fault !== null || data === undefined || metadata === undefined) {
      this.end(index, fault ?? `revision ${String(revision)} is not shown`);
      return;
    }
    this.batch.push({ type, data, metadata });
    [this.batchFrom, this.lastIndex, this.next] = [this.batchFrom ?? index, index, revision + 1];
    if (revision === this.stated.steps[this.step]?.revision) this.hold();
  }

  /** After the last event. Answers whether the state was rebuilt, and is the claimed one. */
  finish(): boolean {
    if (this.hasEnded) return false;
    const { stream, revision, state } = this.stated;
    if (this.next <= revision) {
      this.end(this.lastIndex, `the events of ${stream} end before revision ${String(this.next)}, and ${String(revision)} is claimed`);
      return false;
    }
    const difference = firstDifference(state, JSON.parse(canonicalJson(this.folding?.shown() ?? null)));
    if (difference !== null)
      this.findings.data('state', this.partedAt ?? this.lastIndex, `The claimed state is not what the events come to: ${difference}.`);
    return difference === null && this.partedAt === null;
  }

  /** Why the event cannot be what comes next; null where it can. */
  private faultOf({ revision, data }: ShownEvent): string | null {
    if (revision !== this.next) return `revision ${String(this.next)} is due, and ${String(revision)} comes`;
    if (revision > this.stated.revision) return `revision ${String(revision)} comes after the claimed state`;
    this.weight += weightOf(data);
    return this.weight > mostCharacters ? 'there is more than one thing can hold' : null;
  }

  private hold(): void {
    try {
      this.folding?.add(this.batch);
      const json = canonicalJson(this.folding?.shown() ?? null);
      this.stateWeight += json.length;
      if (hex(nodeSha256(utf8(json))) !== this.stated.steps[this.step]?.sha256) this.part();
    } catch (error) {
      // A stranger's events may be of any shape.
      if (!(error instanceof Malformed || error instanceof TypeError || error instanceof RangeError)) throw error;
      this.end(this.lastIndex, 'its events are of a shape that the product does not write');
      return;
    }
    [this.batch, this.batchFrom] = [[], null];
    this.step++;
    if (this.stateWeight > mostStateCharacters) this.end(this.lastIndex, 'there are more states than can be compared');
  }

  /** Told once: what follows rests on it. */
  private part(): void {
    if (this.partedAt !== null) return;
    this.partedAt = this.batchFrom;
    const { length } = this.batch;
    const last = String(this.next - 1);
    const where = length === 1 ? `After revision ${last}` : `Between the revisions ${String(this.next - length)} and ${last}`;
    this.findings.data('state', this.partedAt, `${where} of ${this.stated.stream} the state is not the claimed one any more.`);
  }

  private end(index: number | null, why: string): void {
    this.hasEnded = true;
    this.batch = [];
    this.findings.data('state', index, `The state of ${this.stated.stream} cannot be rebuilt: ${why}.`);
  }
}
