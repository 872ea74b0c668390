import { Rejected, actorWithoutPerson, handle, uuidv5 } from '#event-store';
import type { EventMetadata, EventStore } from '#event-store';
import { dateInVietnam } from '#platform';
import type { Clock, Database } from '#platform';
import type { Reaction, RoundTools } from '#processors';
import { UnitTree, WorkingDays } from '#workflow';
import type { Calendars } from '#workflow';
import { inquiry } from './inquiry.js';
import { dueReminders } from './due-reminders.js';
import type { DueReminder } from './due-reminders.js';
import { tasks } from './tasks.js';

/** By whose working days it is counted. */
const calendar = 'vn';
const patienceMs = 5_000;

/** Reminds units of what they were asked and have not answered: before it is due, and once when it was; each once, also after a crash. */
export function taskReminding(options: {
  readonly store: EventStore;
  readonly database: Database;
  readonly calendars: Calendars;
  readonly clock: Clock;
  /** Most questions between two looks at the view. (Default: 200) */
  readonly batchSize?: number;
  /** From the end of a round to the next, in ms. (Default: 5000) */
  readonly everyMs?: number;
}): Reaction {
  const { store, database, calendars, clock, batchSize: limit = 200, everyMs = 5_000 } = options;
  let counted: WorkingDays | undefined;

  const round = async ({ signal, reached }: RoundTools): Promise<void> => {
    const newest = (await calendars.find(calendar)).calendar;
    if (counted?.calendar !== newest) counted = new WorkingDays(newest);
    const days = counted;
    while (!signal.aborted) {
      const now = clock.now();
      if ((await dueReminders(database, { now, days, limit: 1 })).length === 0) return;
      // What was answered may be in the log and not in the view yet.
      const head = await store.head();
      if (head !== null && !(await reached(head, patienceMs))) return;
      const last = await remindAll(store, await dueReminders(database, { now, days, limit }), dateInVietnam(now));
      if (last === null || !(await reached(last, patienceMs))) return;
    }
  };
  return { name: 'task-reminding', view: tasks.name, everyMs, round };
}

/** Answers the last position; null when nothing was appended. */
async function remindAll(store: EventStore, due: readonly DueReminder[], today: string): Promise<bigint | null> {
  let last: bigint | null = null;
  for (const one of due) {
    const position = await remind(store, one, today);
    if (position !== null && (last === null || position > last)) last = position;
  }
  return last;
}

/** Answers the position of the event; null where it was answered or closed in this moment. */
async function remind(store: EventStore, { task, kind, occasion, dueOn, units }: DueReminder, today: string): Promise<bigint | null> {
  const commandId = uuidv5(task, occasion);
  const metadata: EventMetadata = {
    ...{ commandId, requestHash: '', $correlationId: commandId, $causationId: commandId },
    actor: actorWithoutPerson('system'),
  };
  const waiting = kind === 'review' ? units : undefined;
  const context = { roles: [], units: new UnitTree([]) };
  const command = { action: 'remind', occasion, today, dueOn, waiting, context } as const;
  try {
    return (await handle({ store, decider: inquiry, stream: `inquiry-${task}`, command, metadata })).position;
  } catch (error) {
    if (error instanceof Rejected) return null;
    throw error;
  }
}
