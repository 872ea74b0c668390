import { dateText, momentText } from '../format/format';
import type { Words } from '../words/words';

const end = 'T23:59:59.999+07:00';

/** The last instant of a day in Vietnam. @param date YYYY-MM-DD */
export const endOfDay = (date: string): string => `${date}${end}`;

/** Says that it is the past, and which: a revision, the end of a day, for which nobody stated a time, or an instant. @param asOf As the address has it */
export function pastText(asOf: string, revision: number, { say, language }: Words): string {
  if (/^\d+$/.test(asOf)) return say('past.revision', { revision });
  return asOf.endsWith(end)
    ? say('past.day', { date: dateText(asOf.slice(0, 10)) })
    : say('past.moment', { moment: momentText(asOf, language) });
}
