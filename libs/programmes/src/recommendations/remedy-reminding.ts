import { Rejected, actorWithoutPerson, handle, uuidv5 } from '#event-store';
import type { Decider, EventMetadata, EventStore } from '#event-store';
import { dateInVietnam } from '#platform';
import type { Clock, Database } from '#platform';
import type { Reaction, RoundTools } from '#processors';
import { NotCovered, WorkingDays } from '#workflow';
import type { CalendarDays, Calendars } from '#workflow';
import { dueCalendar } from './due.js';
import type { RemedyEvent, ReminderOccasion } from './remedies.js';

/** Reminded so many working days before it is due, as units are of other questions. */
const remindBefore = 2;
const patienceMs = 5_000;

/** Which streams ask for remedies, and what their view is called. */
const givers = {
  inspection: { view: 'inspections', table: 'views.inspection_recommendations' },
  board: { view: 'steering-boards', table: 'views.board_recommendations' },
} as const;
type Giver = keyof typeof givers;

interface RemindRemedy {
  readonly recommendation: string;
  readonly occasion: ReminderOccasion;
  readonly occurredOn: string;
}

interface Asked {
  readonly dueOn: string;
  readonly accepted: boolean;
  readonly reminded: readonly ReminderOccasion[];
}

/** Reminding of what one inspection or board asks for: of each recommendation once before it is due and once after it, until its remedy is accepted. */
const remedyReminders: Decider<RemindRemedy, Readonly<Record<string, Asked>>, RemedyEvent> = {
  initial: {},
  decide: ({ recommendation, occasion, occurredOn }, asked) => {
    const one = asked[recommendation];
    if (!one || one.accepted) throw new Rejected([{ code: 'wrong-stage', message: 'No remedy is waited for.' }]);
    if (one.reminded.includes(occasion))
      throw new Rejected([{ code: 'already-reminded', message: 'The unit was reminded of that already.' }]);
    return [{ type: 'RemedyReminded', data: { recommendation, occasion, dueOn: one.dueOn, occurredOn } }];
  },
  evolve: (asked, event) => {
    const change = (id: string, after: Partial<Asked>): typeof asked => {
      const one = asked[id];
      return one ? { ...asked, [id]: { ...one, ...after } } : asked;
    };
    switch (event.type) {
      case 'RecommendationMade': {
        const { id, dueOn } = event.data.recommendation;
        return { ...asked, [id]: { dueOn, accepted: false, reminded: [] } };
      }
      case 'RemedyReminded': {
        const { recommendation, occasion } = event.data;
        return change(recommendation, { reminded: [...(asked[recommendation]?.reminded ?? []), occasion] });
      }
      case 'RemedyAccepted':
        return change(event.data.recommendation, { accepted: true });
      case 'RemedyReported':
      case 'RemedyReturned':
      default:
        // Its streams hold other events too.
        return asked;
    }
  },
};

interface DueReminder extends Omit<RemindRemedy, 'occurredOn'> {
  /** Id of the inspection or board. */
  readonly giver: string;
}

/** Reminds of remedies that inspections or boards wait for: before they are due, and once when they were; each once, also after a crash. */
export function remedyReminding(
  giver: Giver,
  options: {
    readonly store: EventStore;
    readonly database: Database;
    readonly calendars: Calendars;
    readonly clock: Clock;
    /** Most recommendations between two looks at the view. (Default: 200) */
    readonly batchSize?: number;
    /** From the end of a round to the next, in ms. (Default: 5000) */
    readonly everyMs?: number;
  },
): Reaction {
  const { store, database, calendars, clock, batchSize = 200, everyMs = 5_000 } = options;
  let counted: WorkingDays | undefined;

  const round = async ({ signal, reached }: RoundTools): Promise<void> => {
    const newest = (await calendars.find(dueCalendar)).calendar;
    if (counted?.calendar !== newest) counted = new WorkingDays(newest);
    while (!signal.aborted) {
      const today = dateInVietnam(clock.now());
      const due = await dueReminders(database, giver, { today, days: counted, limit: batchSize });
      if (due.length === 0) return;
      let last: bigint | null = null;
      for (const one of due) last = (await remind(store, giver, one, today)) ?? last;
      if (last === null || !(await reached(last, patienceMs))) return;
    }
  };
  return { name: `${giver}-reminding`, view: givers[giver].view, everyMs, round };
}

/** Nobody is reminded on the day on which they were asked. */
async function dueReminders(
  database: Database,
  giver: Giver,
  { today, days, limit }: { readonly today: string; readonly days: CalendarDays; readonly limit: number },
): Promise<readonly DueReminder[]> {
  const { rows } = await database.pool.query<DueReminder>(
    `SELECT r.id AS recommendation, r.${giver} AS giver, CASE WHEN r.due_on < $1::date THEN 'overdue' ELSE 'due-soon' END AS occasion
     FROM ${givers[giver].table} r
     WHERE NOT r.accepted AND (r.asked_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date < $1::date
       AND CASE WHEN r.due_on < $1::date THEN NOT 'overdue' = ANY (r.reminded)
           ELSE r.due_on <= $2::date AND NOT 'due-soon' = ANY (r.reminded) END
     ORDER BY r.due_on, r.id LIMIT $3`,
    [today, soonFrom(days, today), limit],
  );
  return rows;
}

/** Null beyond what the calendar covers: it is not guessed, and the unit is reminded once it was due. */
function soonFrom(days: CalendarDays, today: string): string | null {
  try {
    return days.after(today, remindBefore);
  } catch (error) {
    if (error instanceof NotCovered) return null;
    throw error;
  }
}

/** Answers the position of the event; null where it was accepted in this moment, or told by another process. */
async function remind(store: EventStore, giver: Giver, { giver: id, recommendation, occasion }: DueReminder, today: string): Promise<bigint | null> {
  const commandId = uuidv5(recommendation, occasion);
  const metadata: EventMetadata = {
    ...{ commandId, requestHash: '', $correlationId: commandId, $causationId: commandId },
    actor: actorWithoutPerson('system'),
  };
  const command = { recommendation, occasion, occurredOn: today };
  try {
    return (await handle({ store, decider: remedyReminders, stream: `${giver}-${id}`, command, metadata })).position;
  } catch (error) {
    if (error instanceof Rejected) return null;
    throw error;
  }
} // prettier-ignore
