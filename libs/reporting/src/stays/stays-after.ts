import type { RecordedEvent } from '#event-store';
import { factOf, readAnew } from '#procedures';
import type { ProcedureEvent, ReadCorrection } from '#procedures';
import { NotCovered, daysRun } from '#workflow';
import type { CalendarDays } from '#workflow';
import { placeAfter, placeIn, placeOf } from '../place.js';
import type { Place } from '../place.js';

/** A time in which a procedure was suspended: its clocks stand, and its days count for no stage. */
export interface Halt {
  /** Of the event that suspended it, or with which it came to the stage while it was. */
  readonly revision: number;
  readonly from: string;
  readonly resumed: number | null;
  /** Null while it is suspended. */
  readonly to: string | null;
}

/** What a correction of dates may change of a stay. */
interface StayDates {
  /** By the date on paper. */
  readonly entered_on: string;
  readonly left_on: string | null;
  readonly halts: readonly Halt[] | null;
  /** Working days, those of suspensions left out; null while it stays, and where the calendar does not cover them. */
  readonly days: number | null;
}

/** A procedure's stay in a stage, from one event to another. */
export interface Stay extends Place, StayDates {
  readonly procedure: string;
  /** Of the event that brought it there. */
  readonly revision: number;
  /** Of the newest event that changed anything of it. */
  readonly changed: number;
  readonly stage: string;
  readonly entered_position: bigint;
  readonly entered_at: string;
  /** Of the event that took it away; null while it stays. */
  readonly left_revision: number | null;
  readonly left_position: bigint | null;
  readonly left_at: string | null;
  /** The version of the calendar that was in force when it left, by the order of the log; null while it stays, and where there was none. */
  readonly calendar_version: number | null;
}

/** What a stay looked like until a correction. */
interface FormerDates extends StayDates {
  readonly procedure: string;
  readonly revision: number;
  readonly until_position: bigint;
}

/** Where a procedure belonged until a correction. */
interface FormerPlace extends Place {
  readonly procedure: string;
  readonly until_position: bigint;
}

/** The calendar as it was published up to the event. */
export interface CalendarsOfThen {
  readonly newest: number | null;
  counting(version: number | null): CalendarDays | null;
}

interface Stays {
  /** Oldest first; the last is where it stands. */
  readonly stays: readonly Stay[];
  readonly formerDates: readonly FormerDates[];
  readonly formerPlaces: readonly FormerPlace[];
}

/** The stays after the event; the same object where it changes none, as when it comes again. */
export function staysAfter(before: Stays, event: RecordedEvent, procedure: string, calendars: CalendarsOfThen): Stays {
  const { revision } = event;
  const fact = factOf(event);
  if (fact.type === 'ProcedureRegistered') {
    if (before.stays.length > 0) return before;
    return { ...before, stays: [entered(procedure, placeOf(fact.data), fact, event)] };
  }
  const known = before.stays.at(-1);
  if (!known) throw new Error(`Revision ${String(revision)} of procedure ${procedure} does not follow a registration.`);
  if (before.stays.some(({ changed }) => changed >= revision)) return before;
  const correction = readAnew(fact);
  const after = correction ? correctedAfter(before, correction, event, calendars) : before;
  const last = after.stays.at(-1) ?? known;
  const halted = haltedAfter(last, fact, revision);
  // Another version of the product may have written what says neither.
  const { stage, occurredOn: on } = fact.data as Partial<ProcedureEvent['data']>;
  if (stage === undefined || on === undefined || stage === last.stage)
    return halted === last ? after : { ...after, stays: [...after.stays.slice(0, -1), halted] };
  const left: Stay = {
    ...{ ...halted, changed: revision, left_revision: revision, left_position: event.position, left_at: event.recordedAt, left_on: on },
    calendar_version: calendars.newest,
  };
  const isSuspended = halted.halts?.at(-1)?.to === null;
  const next = entered(procedure, placeIn(last), fact, event);
  const halts = isSuspended ? [{ revision, from: on, resumed: null, to: null }] : null;
  return { ...after, stays: [...after.stays.slice(0, -1), counted(left, calendars), { ...next, halts }] };
}

function entered(procedure: string, place: Place, { data }: ProcedureEvent, { revision, position, recordedAt }: RecordedEvent): Stay {
  return {
    ...{ procedure, revision, changed: revision, stage: data.stage, ...place },
    ...{ entered_position: position, entered_at: recordedAt, entered_on: data.occurredOn },
    ...{ left_revision: null, left_position: null, left_at: null, left_on: null },
    ...{ halts: null, calendar_version: null, days: null },
  };
}

function haltedAfter(stay: Stay, { type, data }: ProcedureEvent, revision: number): Stay {
  const halts = stay.halts ?? [];
  const isSuspended = halts.at(-1)?.to === null;
  if (type === 'ProcedureSuspended' && !isSuspended)
    return { ...stay, changed: revision, halts: [...halts, { revision, from: data.occurredOn, resumed: null, to: null }] };
  if (type !== 'ProcedureResumed' || !isSuspended) return stay;
  const ended = halts.map((halt) => (halt.to === null ? { ...halt, resumed: revision, to: data.occurredOn } : halt));
  return { ...stay, changed: revision, halts: ended };
}

/** With its working days, once it has ended. */
function counted(stay: Stay, calendars: CalendarsOfThen): Stay {
  const { entered_on: startedOn, left_on, halts, calendar_version } = stay;
  const counting = left_on === null ? null : calendars.counting(calendar_version);
  if (left_on === null || !counting) return stay;
  try {
    return { ...stay, days: daysRun({ startedOn, stops: halts ?? [] }, left_on, counting) };
  } catch (error) {
    if (error instanceof NotCovered) return { ...stay, days: null };
    throw error;
  }
}

function correctedAfter(
  before: Stays,
  correction: ReadCorrection,
  { revision, position }: RecordedEvent,
  calendars: CalendarsOfThen,
): Stays {
  const [first] = before.stays;
  if (!first) return before;
  const place = placeAfter(first, correction);
  const formerDates: FormerDates[] = [];
  const stays = before.stays.map((stay): Stay => {
    const dated = datedAfter(stay, correction, calendars);
    if (dated !== stay) {
      const { procedure, revision: of, entered_on, left_on, halts, days } = stay;
      formerDates.push({ procedure, revision: of, entered_on, left_on, halts, days, until_position: position });
    }
    return place === first && dated === stay ? stay : { ...dated, ...(place !== first && placeIn(place)), changed: revision };
  });
  if (place === first && formerDates.length === 0) return before;
  return {
    stays,
    formerDates: [...before.formerDates, ...formerDates],
    formerPlaces:
      place === first
        ? before.formerPlaces
        : [...before.formerPlaces, { procedure: first.procedure, until_position: position, ...placeIn(first) }],
  };
}

/** With the date on paper of an event that it rests on; the same where the correction is about another. */
function datedAfter(stay: Stay, correction: ReadCorrection, calendars: CalendarsOfThen): Stay {
  const on = correction.text('occurredOn');
  const isOf = (revision: number | null): boolean => revision === correction.revision;
  if (on === undefined) return stay;
  const { halts } = stay;
  if (!isOf(stay.revision) && !isOf(stay.left_revision) && halts?.some((halt) => isOf(halt.revision) || isOf(halt.resumed)) !== true)
    return stay;
  return counted(
    {
      ...stay,
      entered_on: isOf(stay.revision) ? on : stay.entered_on,
      left_on: isOf(stay.left_revision) ? on : stay.left_on,
      halts:
        halts?.map((halt) => ({
          ...halt,
          from: isOf(halt.revision) ? on : halt.from,
          to: isOf(halt.resumed) ? on : halt.to,
        })) ?? null,
    },
    calendars,
  );
}
