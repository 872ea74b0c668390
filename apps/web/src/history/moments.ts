import { dayAfter, readDate, today } from '../format/format';
import { endOfDay } from '../procedure/past-words';
import type { Entry } from './history-queries';

/** A revision of a procedure, and the event that made it. */
export interface Revision {
  readonly revision: number;
  readonly entry: Entry;
}

/** What was done, oldest first; what was refused changed nothing. */
export const revisionsOf = (entries: readonly Entry[]): readonly Revision[] =>
  entries
    .flatMap((entry) => (entry.revision === null || entry.type === 'CommandRefused' ? [] : [{ revision: entry.revision, entry }]))
    .toReversed();

/** Reads a moment as people type it: a day, which stands for its end, or a day and a time in Vietnam. @returns ISO 8601, `now` for today or later, null where it is none */
export function readMomentTyped(typed: string, now = today()): string | null {
  const [, day = '', hour, minute = ''] = /^\s*(\S+)(?:\s+(\d{1,2})[:h](\d{2}))?\s*$/.exec(typed) ?? [];
  const date = readDate(day);
  if (date === null) return null;
  if (hour === undefined) return date >= now ? 'now' : endOfDay(date);
  if (Number(hour) > 23 || Number(minute) > 59) return null;
  const moment = `${date}T${hour.padStart(2, '0')}:${minute}:00+07:00`;
  return date >= dayAfter(now) || Date.parse(moment) > Date.now() ? 'now' : moment;
}
