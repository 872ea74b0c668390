import { NotCovered } from '#workflow';
import type { CalendarDays, PunctualityLimit } from '#workflow';
import type { IsoDate, RegisteredProcedure } from '#procedures';

/** The dates on paper of a publication. */
export interface Publication {
  /** Of the decision. */
  readonly signedOn: IsoDate;
  readonly effectiveOn: IsoDate;
  /** For the first time; null when it was not. */
  readonly disclosedOn: IsoDate | null;
  /** The procedure came to its end, so that nothing is to be disclosed any more. */
  readonly ended: boolean;
}

/** `unknown` where no calendar covers the dates; `open` while there is time left to disclose. */
export const punctualityStates = ['met', 'late', 'open', 'unknown'] as const;
export type PunctualityState = (typeof punctualityStates)[number];

export interface Punctuality {
  readonly state: PunctualityState;
  /** The first date on which the decision may take effect, or the last on which it is disclosed in time; null where that is unknown. */
  readonly limitOn: IsoDate | null;
  /** When it does take effect, or was disclosed; null when it was not. */
  readonly on: IsoDate | null;
}

/** The latest publication, as it reads after corrections; null when there is none. */
export function publicationOf({ records, phase }: RegisteredProcedure): Publication | null {
  const index = records.findLastIndex(({ event }) => event.type === 'ProcedurePublished');
  const published = records[index]?.event;
  if (published?.type !== 'ProcedurePublished') return null;
  const { date, effectiveDate } = published.data.decision;
  const disclosed = records.slice(index).flatMap(({ event }) => (event.type === 'ProcedureDisclosed' ? [event.data.date] : []));
  // Offices are entered in any order.
  const [disclosedOn = null] = disclosed.sort();
  return { signedOn: date, effectiveOn: effectiveDate, disclosedOn, ended: phase === 'ended' };
}

/**
 * Whether the publication is on time by the limit. Null where there is nothing to be on time with.
 * @param counting Null when there is no such calendar.
 * @param today Of the answer, in Vietnam.
 */
export function punctualityOf(
  { signedOn, effectiveOn, disclosedOn, ended }: Publication,
  { measure, days }: Pick<PunctualityLimit, 'measure' | 'days'>,
  counting: CalendarDays | null,
  today: IsoDate,
): Punctuality | null {
  const on = measure === 'signedBeforeEffect' ? effectiveOn : disclosedOn;
  if (on === null && ended) return null;
  const limitOn = counting && coveredAfter(signedOn, days, counting);
  if (limitOn === null) return { state: 'unknown', limitOn, on };
  if (measure === 'signedBeforeEffect') return { state: limitOn <= effectiveOn ? 'met' : 'late', limitOn, on };
  if (on === null) return { state: today <= limitOn ? 'open' : 'late', limitOn, on };
  return { state: on <= limitOn ? 'met' : 'late', limitOn, on };
}

function coveredAfter(date: IsoDate, days: number, counting: CalendarDays): IsoDate | null {
  try {
    return counting.after(date, days);
  } catch (error) {
    if (error instanceof NotCovered) return null;
    throw error;
  }
}
