import { readInSteps, readOrNothing } from '#event-store';
import type { Actor, EventStore, RecordedEvent } from '#event-store';
import { effectiveValues } from '../effective.js';
import { fold as foldAll } from '../evolve.js';
import { procedure } from '../procedure.js';
import type { Procedure, RegisteredProcedure } from '../state.js';
import { factOf, procedureStream } from '../stream.js';

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
  /** The bulk run that it was an item of; left out where it was none. */
  readonly batch?: string;
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

/** Its events as lines of its history, after (or backwards: before) the revision given. Stages before are those of the log, on whatever page. */
export async function* eventLines(
  store: EventStore,
  id: string,
  { backwards, after }: { readonly backwards: boolean; readonly after: number | undefined },
): AsyncGenerator<HistoryItem, void, undefined> {
  const stream = procedureStream(id);
  if (!backwards) {
    let stage = after === undefined ? null : await stageUpTo(store, stream, after);
    for await (const event of readInSteps(store, stream, { from: after === undefined ? undefined : after + 1 })) {
      yield lineOf(event, stage);
      stage = stageOf(event) ?? stage;
    }
    return;
  }
  // An event is shown once the one before it has said the stage.
  let waiting: RecordedEvent[] = [];
  if (after === 0) return;
  for await (const event of readInSteps(store, stream, { from: after === undefined ? undefined : after - 1, direction: 'backwards' })) {
    const stage = stageOf(event);
    if (stage !== undefined) {
      for (const later of waiting) yield lineOf(later, stage);
      waiting = [];
    }
    waiting.push(event);
  }
  for (const first of waiting) yield lineOf(first, null);
}

function lineOf(event: RecordedEvent, stageBefore: string | null): HistoryItem {
  const { revision, position, recordedAt, metadata, type, data } = event;
  const stageAfter = stageOf(event) ?? stageBefore;
  const { actor, batch } = metadata;
  const line = { revision, position: String(position), type, recordedAt, actor, stageBefore, stageAfter, data };
  return batch === undefined ? line : { ...line, batch };
}

/** The stage after that revision. */
async function stageUpTo(store: EventStore, stream: string, revision: number): Promise<string | null> {
  for (let from = revision; from >= 0; from--) {
    const [event] = await readOrNothing(store, stream, { direction: 'backwards', from, limit: 1 });
    const stage = event && stageOf(event);
    if (stage !== undefined || !event) return stage ?? null;
  }
  return null;
}

/** Undefined for what another version wrote, which may say none. */
function stageOf({ data }: RecordedEvent): string | undefined {
  return (data as { readonly stage?: string }).stage;
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

/** An event of a procedure, with all before it and what these come to. */
export interface Step {
  readonly event: RecordedEvent;
  readonly earlier: readonly RecordedEvent[];
  readonly before: Procedure;
}

/** What happened at that revision, and how the procedure stood before; null where there is no such revision. @throws Unavailable */
export async function stepAt(store: EventStore, id: string, revision: number): Promise<Step | null> {
  const events = await eventsOf(store, id, revision);
  const event = events.at(-1);
  if (event?.revision !== revision) return null;
  const earlier = events.slice(0, -1);
  return { event, earlier, before: stateOf(earlier) };
}

/** The procedure as it stood at a position of the log, by replay; null when it was not there. */
export async function stateUpTo(store: EventStore, id: string, position: bigint): Promise<ProcedureAt | null> {
  return fold((await eventsOf(store, id)).filter((event) => event.position <= position));
}

/** What changed between two revisions, by replay; null when the procedure does not have both. */
export async function differencesBetween(store: EventStore, id: string, from: number, to: number): Promise<readonly Difference[] | null> {
  const events = await eventsOf(store, id, Math.max(from, to));
  const at = (revision: number): ProcedureAt | null => fold(events.filter((event) => event.revision <= revision));
  const [before, after] = [at(from), at(to)];
  if (before?.revision !== from || after?.revision !== to) return null;
  return differences(compared(before.state), compared(after.state), []);
}

function eventsOf(store: EventStore, id: string, to?: number): Promise<readonly RecordedEvent[]> {
  return readOrNothing(store, procedureStream(id), to === undefined ? {} : { to });
}

function fold(events: readonly RecordedEvent[]): ProcedureAt | null {
  const last = events.at(-1);
  const state = stateOf(events);
  if (!last || state.phase === 'unregistered') return null;
  return { state, revision: last.revision, position: last.position, recordedAt: last.recordedAt };
}

const stateOf = (events: readonly RecordedEvent[]): Procedure =>
  foldAll(
    procedure.initial,
    events.map((event) => ({ ...factOf(event), metadata: event.metadata })),
  );

/** With what papers say; the records repeat the history itself, and so do the people. */
function compared(state: RegisteredProcedure): object {
  const values = Object.entries({ ...state, ...effectiveValues(state) });
  return Object.fromEntries(values.filter(([name]) => name !== 'records' && name !== 'people'));
}

function differences(before: unknown, after: unknown, path: readonly string[]): readonly Difference[] {
  if (isObject(before) && isObject(after) && Array.isArray(before) === Array.isArray(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => name !== 'correctedBy');
    return names.flatMap((name) => differences(before[name], after[name], [...path, name]));
  }
  return before === after ? [] : [{ path: path.join('.'), before, after }];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
