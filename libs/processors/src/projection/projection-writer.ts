import { setImmediate as turn } from 'node:timers/promises';
import type { RecordedEvent } from '#event-store';
import type { Transaction } from '#platform';
import type { TableName, ViewWriter } from '../view.js';
import type { AnyDeclaration, Group } from './declaration.js';
import { Memory } from './memory.js';
import type { Call } from './memory.js';
import { ProjectionStorage, emptyGroup } from './projection-storage.js';
import type { Change } from './projection-storage.js';

const usuallyRemembered = 5_000;
/** Of one subject; there are thousands of subjects. Only what whole towns of units are asked about has more. */
const mostRowsRemembered = 50;
const isTooLarge = (group: Group): boolean => Object.values(group).reduce((sum, rows) => sum + rows.length, 0) > mostRowsRemembered;
/** Computed at a stretch, in ms, before others get a turn: a batch may be about subjects of many thousand rows. */
const stretchMs = 20;

/** An event with its subject, or with the link that leads there. */
interface Told {
  readonly event: RecordedEvent;
  readonly subject: string | { readonly link: string };
}

/** Writes what events come to by a declaration, a batch in few statements. */
export class ProjectionWriter implements ViewWriter {
  private readonly storage: ProjectionStorage;
  private readonly memory: Memory<Group>;
  private readonly empty: Group;
  /** Settles when the call before has computed, and only writes: a build calls again before it has ended. */
  private computed: Promise<void> = Promise.resolve();

  constructor(
    private readonly declaration: AnyDeclaration,
    table: TableName,
  ) {
    this.storage = new ProjectionStorage(declaration, table);
    this.memory = new Memory(declaration.remembered ?? usuallyRemembered, isTooLarge);
    this.empty = emptyGroup(declaration.tables);
  }

  async apply(transaction: Transaction, events: readonly RecordedEvent[]): Promise<void> {
    const call = this.memory.begin();
    try {
      const changes = await this.inTurn(() => this.compute(transaction, events, call));
      if (changes.length > 0) await this.storage.save(transaction, changes);
    } finally {
      call.end();
    }
  }

  forget(): void {
    this.memory.forget();
    this.storage.forget();
  }

  /** Computes after the call before has, and lets the next one compute while this one writes. */
  private async inTurn<Result>(compute: () => Promise<Result>): Promise<Result> {
    const earlier = this.computed;
    let letNext: () => void = () => undefined;
    this.computed = new Promise((resolve) => (letNext = resolve));
    await earlier;
    try {
      return await compute();
    } finally {
      letNext();
    }
  }

  /** Answers what is still to be written. */
  private async compute(transaction: Transaction, events: readonly RecordedEvent[], call: Call<Group>): Promise<readonly Change[]> {
    const { declaration, storage } = this;
    let shared = await storage.shared(transaction);
    let run: RecordedEvent[] = [];
    for (const event of events) {
      if (declaration.shared?.isOf(event) !== true) {
        run.push(event);
        continue;
      }
      // What comes after it goes by it, and what came before does not.
      await storage.save(transaction, await this.changesBy(transaction, run, shared, call));
      run = [];
      shared = await storage.share(transaction, event);
      for await (const subjects of storage.affected(transaction, event)) {
        const told = subjects.map((subject) => ({ event, subject }));
        await storage.save(transaction, await this.changesOf(transaction, told, new Map(), shared, call));
      }
    }
    return this.changesBy(transaction, run, shared, call);
  }

  private async changesBy(
    ...[transaction, events, shared, call]: [Transaction, readonly RecordedEvent[], unknown, Call<Group>]
  ): Promise<readonly Change[]> {
    const told: Told[] = [];
    for (const event of events) {
      const subject = this.declaration.subject(event);
      if (subject !== null) told.push({ event, subject });
    }
    if (told.length === 0) return [];
    const links = new Set(told.flatMap(({ subject }) => (typeof subject === 'string' ? [] : [subject.link])));
    const linked = new Map(links.size === 0 ? [] : await this.storage.resolve(transaction, [...links]));
    return this.changesOf(transaction, told, linked, shared, call);
  }

  /** @param linked Subjects by links, to which those are added that the events bring. */
  private async changesOf(
    ...[transaction, told, linked, shared, call]: [Transaction, readonly Told[], Map<string, string>, unknown, Call<Group>]
  ): Promise<readonly Change[]> {
    const { declaration, empty } = this;
    const subjectOf = (subject: Told['subject']): string | undefined => (typeof subject === 'string' ? subject : linked.get(subject.link));
    const known = await this.load(transaction, told, subjectOf);
    const now = new Map<string, Group>();
    let began = performance.now();
    for (const { event, subject: given } of told) {
      const subject = subjectOf(given);
      // Nothing is known of what it is about.
      if (subject === undefined) continue;
      if (performance.now() - began > stretchMs) {
        await turn();
        began = performance.now();
      }
      const before = now.get(subject) ?? known.get(subject) ?? empty;
      const after = declaration.rowsAfter(before, event, { subject, shared });
      if (after === before) continue;
      now.set(subject, after);
      this.addLinks(linked, subject, after);
    }
    // Also what there is nothing of, and what did not change: it need not be looked up again.
    for (const [subject, group] of known) if (!now.has(subject)) call.keep(subject, group);
    return [...now].map(([subject, after]) => {
      call.keep(subject, this.withoutWritten(after));
      return { subject, before: known.get(subject) ?? empty, after };
    });
  }

  /** What was only written is not looked at again. */
  private withoutWritten(group: Group): Group {
    const { tables } = this.declaration;
    const written = Object.keys(tables).filter((name) => tables[name]?.isWrittenOnly === true && (group[name]?.length ?? 0) > 0);
    return written.length === 0 ? group : { ...group, ...Object.fromEntries(written.map((name) => [name, []])) };
  }

  private addLinks(linked: Map<string, string>, subject: string, group: Group): void {
    const { links, tables } = this.declaration;
    if (links) for (const row of group[links.table] ?? []) linked.set(tables[links.table]?.valueOf(row, links.column) ?? '', subject);
  }

  /** What is known before the events; subjects that a link of the same batch leads to are named there too. */
  private async load(
    transaction: Transaction,
    told: readonly Told[],
    subjectOf: (subject: Told['subject']) => string | undefined,
  ): Promise<ReadonlyMap<string, Group>> {
    const known = new Map<string, Group>();
    const missing = new Set<string>();
    const { tallies = [] } = this.declaration;
    for (const { event, subject: given } of told) {
      const subject = subjectOf(given);
      if (subject === undefined || known.has(subject) || missing.has(subject)) continue;
      const remembered = this.memory.get(subject);
      if (remembered) known.set(subject, remembered);
      else if (tallies.length === 0 && this.declaration.begins?.(event) === true) known.set(subject, this.empty);
      else missing.add(subject);
    }
    if (missing.size === 0) return known;
    const found = await this.storage.load(transaction, [...missing]);
    for (const subject of missing) known.set(subject, found.get(subject) ?? this.empty);
    return known;
  }
}
