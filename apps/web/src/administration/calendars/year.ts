/** What a calendar says of its days. */
export interface Days {
  readonly weekend: readonly string[];
  readonly covers: { readonly from: string; readonly to: string };
  readonly holidays: readonly { readonly date: string; readonly name: string }[];
  readonly workingDays: readonly { readonly date: string; readonly reason: string }[];
}

export type DayKind = 'work' | 'weekend' | 'holiday' | 'worked' | 'unknown';

const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const dayMs = 86_400_000;

/** What kind of day each date is, as deadlines count it, and what it is called. */
export function dayReader({
  weekend,
  covers,
  holidays,
  workingDays,
}: Days): (date: string) => { readonly kind: DayKind; readonly name: string | null } {
  const off = new Map(holidays.map(({ date, name }) => [date, name]));
  const worked = new Map(workingDays.map(({ date, reason }) => [date, reason]));
  return (date) => {
    if (date < covers.from || date > covers.to) return { kind: 'unknown', name: null };
    if (worked.has(date)) return { kind: 'worked', name: worked.get(date) ?? null };
    if (off.has(date)) return { kind: 'holiday', name: off.get(date) ?? null };
    return { kind: weekend.includes(weekdays[new Date(`${date}T00:00:00Z`).getUTCDay()] ?? '') ? 'weekend' : 'work', name: null };
  };
}

/** The weeks of a month, from Monday to Sunday; nothing where a day is of another month. @param month 1 to 12 */
export function weeksOf(year: number, month: number): readonly (readonly (string | null)[])[] {
  const first = Date.UTC(year, month - 1, 1);
  const length = Math.round((Date.UTC(year, month, 1) - first) / dayMs);
  const before = (new Date(first).getUTCDay() + 6) % 7;
  const cells = Array.from({ length: Math.ceil((before + length) / 7) * 7 }, (_, index) => {
    const day = index - before;
    return day < 0 || day >= length ? null : new Date(first + day * dayMs).toISOString().slice(0, 10);
  });
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7));
}
