import { NotCovered, endOfDay, everyDay, plusDays } from '#workflow';
import type { CalendarDays } from '#workflow';

/** How far off a due date is, in working days; what is due today has none left. */
export const dueRanges = ['lateOver10', 'late6To10', 'late1To5', 'in0To5', 'in6To10', 'inOver10', 'undated'] as const;
export type DueRange = (typeof dueRanges)[number];

/** After the one instant, up to the other; null where there is no end. Undated is what has no due date. */
interface Bounds {
  readonly after: Date | null;
  readonly upTo: Date | null;
}
export type DueBounds = Readonly<Record<Exclude<DueRange, 'undated'>, Bounds>>;

/** The last date from which so many working days, or fewer, have gone by is a day after this one. */
function before(days: CalendarDays, today: string, workingDays: number): string {
  let date = plusDays(today, -1);
  while (days.between(date, today) <= workingDays) date = plusDays(date, -1);
  return date;
}

/** Where the ranges begin and end on a day. @param days Those that count; where none are known around it, every day does. */
export function dueBounds(days: CalendarDays | null, today: string): DueBounds {
  try {
    return boundsBy(days ?? everyDay, today);
  } catch (error) {
    if (error instanceof NotCovered) return boundsBy(everyDay, today);
    throw error;
  }
}

function boundsBy(days: CalendarDays, today: string): DueBounds {
  const [late10, late5, now] = [endOfDay(before(days, today, 10)), endOfDay(before(days, today, 5)), endOfDay(plusDays(today, -1))];
  const [in5, in10] = [endOfDay(days.after(today, 5)), endOfDay(days.after(today, 10))];
  return {
    lateOver10: { after: null, upTo: late10 },
    late6To10: { after: late10, upTo: late5 },
    late1To5: { after: late5, upTo: now },
    in0To5: { after: now, upTo: in5 },
    in6To10: { after: in5, upTo: in10 },
    inOver10: { after: in10, upTo: null },
  };
}

/** The condition on rows `d` of the view that they are due in the range. */
export function dueIn(range: DueRange, bounds: DueBounds, parameter: (value: unknown) => string): string {
  const due = `coalesce(d.due_at, 'infinity')`;
  if (range === 'undated') return `${due} = 'infinity'`;
  const { after, upTo } = bounds[range];
  return [
    `${due} < 'infinity'`,
    ...(after === null ? [] : [`${due} > ${parameter(after)}::timestamptz`]),
    ...(upTo === null ? [] : [`${due} <= ${parameter(upTo)}::timestamptz`]),
  ].join(' AND ');
}
