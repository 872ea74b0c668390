import { useState } from 'react';
import { isObject } from '../definitions/document';
import type { Calendar } from './calendar-queries';
import type { Days } from './year';

type Dates = Pick<Days, 'holidays' | 'workingDays'>;

export interface CalendarDraft extends Dates {
  /** Whether it differs from the version that it was made from. */
  readonly isChanged: boolean;
  readonly add: (days: Dates) => void;
  readonly drop: (list: 'holidays' | 'workingDays', date: string) => void;
  readonly discard: () => void;
}

/** The next version of a calendar while it is made, kept in this browser. @param name Holds the person */
export function useCalendarDraft(name: string, { version, holidays, workingDays }: Calendar): CalendarDraft {
  const [dates, become] = useState<Dates>(() => keptIn(name, version) ?? { holidays, workingDays });
  const keep = (next: Dates): void => {
    become(next);
    try {
      localStorage.setItem(name, JSON.stringify({ version, ...next }));
    } catch {
      // A browser may be full, or keep nothing at all: then it is there until the page is left.
    }
  };
  return {
    ...dates,
    isChanged: JSON.stringify([dates.holidays, dates.workingDays]) !== JSON.stringify([holidays, workingDays]),
    add: (days) =>
      keep({
        holidays: [...dates.holidays.filter(({ date }) => !days.holidays.some((one) => one.date === date)), ...days.holidays],
        workingDays: [...dates.workingDays.filter(({ date }) => !days.workingDays.some((one) => one.date === date)), ...days.workingDays],
      }),
    drop: (list, date) => keep({ ...dates, [list]: dates[list].filter((one) => one.date !== date) }),
    discard: () => {
      localStorage.removeItem(name);
      become({ holidays, workingDays });
    },
  };
}

/** What was made from another version is no longer of use. */
function keptIn(name: string, version: number): Dates | null {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(name) ?? 'null');
    if (!isObject(kept) || kept.version !== version) return null;
    const { holidays, workingDays } = kept as unknown as Dates;
    return Array.isArray(holidays) && Array.isArray(workingDays) ? { holidays, workingDays } : null;
  } catch {
    return null;
  }
}

/** The dates of which two calendars say something different. */
export function changedDates(before: Dates, after: Dates): ReadonlySet<string> {
  const said = ({ holidays, workingDays }: Dates): readonly string[] => [
    ...holidays.map(({ date, name }) => `${date} off ${name}`),
    ...workingDays.map(({ date, reason }) => `${date} worked ${reason}`),
  ];
  const [old, next] = [new Set(said(before)), new Set(said(after))];
  return new Set([...old, ...next].filter((one) => !(old.has(one) && next.has(one))).map((one) => one.slice(0, 10)));
}
