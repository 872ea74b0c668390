import { SingleBar } from 'cli-progress';
import { compareLogs, copyLog, DuplicateEventId, openEventStore, WrongExpectedRevision } from '#event-store';
import type { EventStore, LogComparison, RecordedEvent } from '#event-store';
import { messageOf, Opened } from '#platform';
import type { Database } from '#platform';
import { copyTreeOf } from './audit-copy.js';
import { interruptible, tellingWhatWasDone } from './interruption.js';
import { openPlace, parsePlace, sentence } from './places.js';
import type { Place } from './places.js';
import { say } from './terminal.js';

export interface LogCopy {
  /** A folder of the embedded database, `postgres://…` or `esdb://…`. */
  readonly from: string;
  readonly to: string;
  /** Of the stream names to be copied; the copy has them without it. (Default: all streams) */
  readonly fromPrefix?: string;
  /** Put before the stream names of the copy. (Default: none) */
  readonly toPrefix?: string;
  /** Gives an event that its stream has twice, one after the other, an id of its own. (Default: false, which refuses such a log) */
  readonly renameRepeated?: boolean;
}

/**
 * Copies a log in its order and compares both sides. Keeps no state beside the logs: what the target holds must be a beginning of the
 * source, and the copy goes on from there. Throws a sentence when it cannot, or when the sides differ.
 */
export async function copyLogBetween({ from, to, fromPrefix = '', toPrefix = '', renameRepeated = false }: LogCopy): Promise<void> {
  const [origin, goal] = [parsePlace(from, '--from'), parsePlace(to, '--to')];
  mustDiffer(origin, goal, fromPrefix, toPrefix);
  await interruptible(async (signal) => {
    const opened = new Opened();
    try {
      const source = await openLog(origin, '--from', fromPrefix, opened);
      const target = await openLog(goal, '--to', toPrefix, opened);
      await copy(source.store, target.store, { goal, renameRepeated, signal });
      if (source.database && target.database) await copyTreeOf(source.database, target.database, signal);
      else say('The tree over the log stands in a database: `tinhgon audit copy` takes it along, with its salts.');
    } finally {
      await opened.close();
    }
  });
}

async function copy(
  source: EventStore,
  target: EventStore,
  { goal, renameRepeated, signal }: { readonly goal: Place; readonly renameRepeated: boolean; readonly signal: AbortSignal },
): Promise<void> {
  // What is written to the source from now on is not waited for, so that the copy ends.
  const end = await source.head();
  const phase = async <Result>(
    name: string,
    whatWasDone: (events: number) => string,
    work: (onProgress: (events: number, position: bigint) => void) => Promise<Result>,
  ): Promise<Result> => {
    const progress = showProgress(name, end ?? 1n);
    let done = 0;
    const at = (events: number, position: bigint): void => {
      done = events;
      progress.at(events, position);
    };
    try {
      return await tellingWhatWasDone(
        () => work(at),
        () => `Interrupted. ${whatWasDone(done)} Run the same command again to go on from here.`,
      );
    } finally {
      progress.stop();
    }
  };
  const compare = (name: string, whatWasDone: string): Promise<LogComparison> =>
    phase(
      name,
      () => whatWasDone,
      (onProgress) => compareLogs(source, target, { end, onProgress, signal, renameRepeated }),
    );

  let sides = await compare('comparing', 'Nothing was written.');
  if (sides.difference) throw new Error(`${describe(sides.difference, goal)} Nothing was written.`);
  mustHoldIdsOnce(sides.repeated, goal, renameRepeated);
  const missing = sides.source.events - sides.target.events;
  if (missing === 0) say('There is nothing to copy: the target has all of it.');
  else {
    say(`${sides.target.events} of ${sides.source.events} events are there; copying ${missing}.`);
    try {
      const { upTo, repeated } = sides;
      const rename = renameRepeated ? repeated : [];
      const whatWasDone = (events: number): string =>
        `${events} of ${missing} missing events were copied, and the copy is a beginning of the source.`;
      const copied = await phase('copying', whatWasDone, (onProgress) =>
        copyLog(source, target, { from: upTo, end, onProgress, signal, rename }),
      );
      say(`${copied} events were copied.`);
    } catch (error) {
      throw whyNotStored(error, goal);
    }
    sides = await compare('verifying', `All ${missing} missing events were copied; the sides were not compared to the end.`);
  }
  const line = (side: string, { events, sha256 }: LogComparison['source']): string => `${side} ${events} events, SHA-256 ${sha256}`;
  say(`${line('source:', sides.source)}\n${line('target:', sides.target)}`);
  if (sides.difference) throw new Error(describe(sides.difference, goal));
  if (sides.source.sha256 !== sides.target.sha256) throw new Error('The sides are not equal: run the same command again.');
  say('Both sides are equal. People, names and passwords are not in the log: `tinhgon people copy` takes them along.');
}

/** @throws Error that names the first event which the target would refuse, and what to do */
function mustHoldIdsOnce([first, ...others]: readonly RecordedEvent[], goal: Place, renameRepeated: boolean): void {
  if (!first) return;
  const count = 1 + others.length;
  if (renameRepeated) say(`${count} events that the source has twice, one after the other, have an id of their own in the copy.`);
  else if (goal.kind !== 'eventstore')
    throw new Error(
      `Revision ${first.revision} of stream ${first.stream} (${first.type}, ${first.id}) repeats the event before it${others.length > 0 ? `, and ${others.length} more do the like` : ''}: ` +
        `processes that started at once on an empty EventStoreDB could publish it twice. ${goal.name} holds an id once. ` +
        `Nothing was written. Run the command with --rename-repeated: the repetition then keeps its place and gets an id of its own.`,
    );
}

/** A log copied into itself would be its own continuation. */
function mustDiffer(origin: Place, goal: Place, fromPrefix: string, toPrefix: string): void {
  for (const [option, prefix] of Object.entries({ '--from-prefix': fromPrefix, '--to-prefix': toPrefix }))
    if (!/^[\w.-]{0,64}$/.test(prefix)) throw new Error(`${option} must have at most 64 letters, figures, dots, hyphens and underscores.`);
  if (origin.kind !== goal.kind || origin.name !== goal.name) return;
  if (goal.kind !== 'eventstore') throw new Error(`--from and --to are the same place (${goal.name}).`);
  if (fromPrefix.startsWith(toPrefix) || toPrefix.startsWith(fromPrefix))
    throw new Error(`--from and --to are the same place (${goal.name}): there, neither prefix may be a beginning of the other.`);
}

interface OpenedLog {
  readonly store: EventStore;
  /** In which it stands; EventStoreDB has none. */
  readonly database?: Database;
}

async function openLog(place: Place, option: '--from' | '--to', streamPrefix: string, opened: Opened): Promise<OpenedLog> {
  try {
    const isServer = place.kind === 'eventstore';
    const database = isServer ? undefined : await openPlace(place, option);
    if (database) opened.add(() => database.close());
    // To open a log makes one where there is none, and a source is only looked at.
    if (database && option === '--from') {
      const { rows } = await database.pool.query<{ found: boolean }>(`SELECT to_regclass('event_log.events') IS NOT NULL AS found`);
      if (rows[0]?.found !== true) throw new Error(`there is no log in ${place.name}.`);
    }
    const store = await openEventStore(database, { streamPrefix, ...(isServer && { eventStore: place.text }) });
    opened.add(() => store.close());
    return { store, ...(database && { database }) };
  } catch (error) {
    throw error instanceof Error && error.message.startsWith(`${option}: `) ? error : sentence(option, error);
  }
}

function describe({ target, source }: NonNullable<LogComparison['difference']>, goal: Place): string {
  const at = `revision ${target.revision} of stream ${target.stream}`;
  if (!source)
    return `The log in ${goal.name} has gone on by itself: it holds ${at} (${target.type}), which is past the end of the source.`;
  const same = target.stream === source.stream && target.revision === source.revision;
  const instead = same
    ? `which the source has with ${differing(target, source)}`
    : `where the source has revision ${source.revision} of stream ${source.stream}`;
  return `The log in ${goal.name} is not a beginning of the source: it holds ${at} (${target.type}), ${instead}.`;
}

function differing(target: object, source: object): string {
  const text = (event: object, field: string): string | undefined => JSON.stringify((event as Readonly<Record<string, unknown>>)[field]);
  const fields = ['id', 'type', 'schemaVersion', 'recordedAt', 'data', 'metadata'].filter(
    (field) => text(target, field) !== text(source, field),
  );
  return `another ${fields.join(', another ')}`;
}

function whyNotStored(error: unknown, goal: Place): Error {
  if (error instanceof WrongExpectedRevision) {
    const { stream, expected, actual } = error;
    const next = typeof expected === 'number' ? expected + 1 : 0;
    // The comparison found nothing of the kind.
    return new Error(
      `Revision ${next} of stream ${stream} cannot be stored in ${goal.name}, where the stream ${actual === null ? 'does not exist' : `ends at revision ${actual}`}: ` +
        `somebody else writes there, or events before it are gone from the source.`,
      { cause: error },
    );
  }
  if (error instanceof DuplicateEventId)
    return new Error(`${error.message} A log in PostgreSQL holds an id once, also under another prefix.`, { cause: error });
  return error instanceof Error ? error : new Error(messageOf(error));
}

/** A bar on a terminal, a line at each tenth elsewhere. Positions say how far it is: not every log counts its events. */
function showProgress(name: string, end: bigint): { readonly at: (events: number, position: bigint) => void; readonly stop: () => void } {
  const percent = (position: bigint): number => Number((position * 100n) / (end === 0n ? 1n : end));
  if (process.stdout.isTTY) {
    const bar = new SingleBar({ format: `${name} {bar} {percentage} %, {events} events`, hideCursor: true, clearOnComplete: true });
    bar.start(100, 0, { events: 0 });
    return { at: (events, position) => bar.update(percent(position), { events }), stop: () => bar.stop() };
  }
  let tenth = 0;
  return {
    at(events, position) {
      const reached = Math.floor(percent(position) / 10);
      if (reached > tenth) say(`${name}: ${reached * 10} %, ${events} events`);
      tenth = Math.max(tenth, reached);
    },
    stop: () => undefined,
  };
}
