import { NO_STREAM, WrongExpectedRevision } from '#event-store';
import type { EventStore } from '#event-store';
import type { Clock as WallClock, Database } from '#platform';
import type { Reaction, RoundTools } from '#processors';
import { deadlineEvent, deadlinePrefix } from './deadline-events.js';
import type { DueDeadline } from './deadline-events.js';
import { deadlines } from './deadlines.js';
import { dueDeadlines } from './deadline-queries.js';

/** Appends under way at once; few enough that commands get their turns. */
const lanes = 32;
const patienceMs = 5_000;

/** Turns what has become due into events: each once and in order of time, also after a crash, a takeover or a long downtime. */
export function deadlineFiring(options: {
  readonly store: EventStore;
  readonly database: Database;
  readonly clock: WallClock;
  /** Most events between two looks at the view. (Default: 1000) */
  readonly batchSize?: number;
  /** From the end of a round to the next, in ms. (Default: 1000) */
  readonly everyMs?: number;
}): Reaction {
  const { store, database, clock, batchSize = 1_000, everyMs = 1_000 } = options;

  const round = async ({ signal, reached }: RoundTools): Promise<void> => {
    while (!signal.aborted) {
      const now = clock.now();
      if ((await dueDeadlines(database, now, 1)).length === 0) return;
      // What was done in time may be in the log and not in the view yet.
      const head = await store.head();
      if (head !== null && !(await reached(head, patienceMs))) return;
      const due = await dueDeadlines(database, now, batchSize);
      const appended = await fire(store, due, signal);
      // Where nothing was appended, another process did it, and the view will show it.
      if (appended === null || !(await reached(appended, patienceMs))) return;
    }
  };
  return { name: 'deadline-firing', view: deadlines.name, everyMs, round };
}

/** Appends the events, those of one time together and the times one after the other. Answers the last position, null when there is none. */
async function fire(store: EventStore, due: readonly DueDeadline[], signal: AbortSignal): Promise<bigint | null> {
  const revisions = new Map<string, number>();
  const late = new Set<string>();
  let last: bigint | null = null;
  for (const together of groupedBy(due, 'at')) {
    const waiting = groupedBy(together, 'procedure').values();
    const lane = async (): Promise<void> => {
      for (const events of waiting) {
        const [first] = events;
        if (signal.aborted || !first) return;
        const { procedure } = first.data;
        if (late.has(procedure)) continue;
        const known = revisions.get(procedure) ?? first.deadlineRevision;
        try {
          const expected = known === -1 ? NO_STREAM : known;
          const { revision, position } = await store.append(`${deadlinePrefix}${procedure}`, events.map(deadlineEvent), { expected });
          revisions.set(procedure, revision);
          if (last === null || position > last) last = position;
        } catch (error) {
          if (!(error instanceof WrongExpectedRevision)) throw error;
          late.add(procedure);
        }
      }
    };
    await Promise.all(Array.from({ length: lanes }, lane));
  }
  return last;
}

function groupedBy(due: readonly DueDeadline[], field: 'at' | 'procedure'): readonly (readonly DueDeadline[])[] {
  const groups = new Map<string, DueDeadline[]>();
  for (const one of due) {
    const group = groups.get(one.data[field]);
    if (group) group.push(one);
    else groups.set(one.data[field], [one]);
  }
  return [...groups.values()];
}
