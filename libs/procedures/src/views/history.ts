import { readOrNothing } from '#event-store';
import type { Actor, EventStore, RecordedEvent } from '#event-store';
import { fold as foldAll } from '../evolve.js';
import { procedure } from '../procedure.js';
import type { RegisteredProcedure } from '../state.js';
import { factOf, procedureStream } from './stream.js';

/** One line of a procedure's history; the actor's name is personal data and is looked up by id and version. */
export interface HistoryItem {
  /** Of the event; for a refused command the revision that it was refused on. */
  readonly revision: number | null;
  /** Decimal. */
  readonly position: string;
  readonly type: string;
  /** ISO 8601 UTC. */
  readonly recordedAt: string;
  readonly actor: Actor;
  readonly stageBefore: string | null;
  readonly stageAfter: string | null;
  readonly data: object;
}

/** A procedure as it was at some revision. */
export interface ProcedureAt {
  readonly state: RegisteredProcedure;
  readonly revision: number;
  readonly position: bigint;
  readonly recordedAt: string;
}

/** A value that differs between two revisions, by path in dot notation; undefined where there was none. */
export interface Difference {
  readonly path: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** What happened to the procedure, oldest first; null when there is none. */
export async function historyOf(store: EventStore, id: string): Promise<readonly HistoryItem[] | null> {
  const events = await eventsOf(store, id);
  let stage: string | null = null;
  const items = events.map((event): HistoryItem => {
    const { revision, position, recordedAt, metadata } = event;
    const { type, data } = factOf(event);
    const stageBefore = stage;
    stage = data.stage;
    return { revision, position: String(position), type, recordedAt, actor: metadata.actor, stageBefore, stageAfter: stage, data };
  });
  return items.length === 0 ? null : items;
}

/** The procedure at a revision, or as it was recorded at an ISO time, by replay; null when it was not there. */
export async function stateAt(store: EventStore, id: string, asOf: number | string): Promise<ProcedureAt | null> {
  if (typeof asOf === 'string') {
    const time = Date.parse(asOf);
    return fold((await eventsOf(store, id)).filter(({ recordedAt }) => Date.parse(recordedAt) <= time));
  }
  const events = await eventsOf(store, id, asOf);
  return events.at(-1)?.revision === asOf ? fold(events) : null;
}

/** What changed between two revisions, by replay; null when the procedure does not have both. */
export async function differencesBetween(store: EventStore, id: string, from: number, to: number): Promise<readonly Difference[] | null> {
  const events = await eventsOf(store, id, Math.max(from, to));
  const at = (revision: number): ProcedureAt | null => fold(events.filter((event) => event.revision <= revision));
  const [before, after] = [at(from), at(to)];
  if (before?.revision !== from || after?.revision !== to) return null;
  return differences(withoutRecords(before.state), withoutRecords(after.state), []);
}

function eventsOf(store: EventStore, id: string, to?: number): Promise<readonly RecordedEvent[]> {
  return readOrNothing(store, procedureStream(id), to === undefined ? {} : { to });
}

function fold(events: readonly RecordedEvent[]): ProcedureAt | null {
  const last = events.at(-1);
  const state = foldAll(
    procedure.initial,
    events.map((event) => ({ ...factOf(event), metadata: event.metadata })),
  );
  if (!last || state.phase === 'unregistered') return null;
  return { state, revision: last.revision, position: last.position, recordedAt: last.recordedAt };
}

/** The records repeat the history itself, and so do the people. */
function withoutRecords(state: RegisteredProcedure): object {
  return Object.fromEntries(Object.entries(state).filter(([name]) => name !== 'records' && name !== 'people'));
}

function differences(before: unknown, after: unknown, path: readonly string[]): readonly Difference[] {
  if (isObject(before) && isObject(after) && Array.isArray(before) === Array.isArray(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return names.flatMap((name) => differences(before[name], after[name], [...path, name]));
  }
  return before === after ? [] : [{ path: path.join('.'), before, after }];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
