import type { Language } from '../words/words';

const zone = 'Asia/Ho_Chi_Minh';
const locale: Readonly<Record<Language, string>> = { vi: 'vi-VN', en: 'en-GB' };

/** `dd/MM/yyyy` in Vietnam. @param moment ISO 8601: an instant, or a date, which stays the date that it is */
export function dateText(moment: string): string {
  const [year = '', month = '', day = ''] = dayIn(moment).split('-');
  return `${day}/${month}/${year}`;
}

/** The last day of a deadline, which ends with its day: the instant is the first of the next one. @param dueAt ISO 8601 */
export const lastDayText = (dueAt: string): string => dateText(new Date(Date.parse(dueAt) - 1).toISOString());

/** Date and time of an instant, in Vietnam. */
export function momentText(moment: string, language: Language): string {
  const time = new Intl.DateTimeFormat(locale[language], { hour: '2-digit', minute: '2-digit', hour12: false, timeZone: zone });
  return `${dateText(moment)} ${time.format(new Date(moment))}`;
}

/** How long ago in words, such as `3 ngày trước`. */
export function agoText(moment: string, language: Language, now = Date.now()): string {
  const relative = new Intl.RelativeTimeFormat(locale[language], { numeric: 'auto' });
  const minutes = Math.round((Date.parse(moment) - now) / 60_000);
  if (Math.abs(minutes) < 60) return relative.format(minutes, 'minute');
  const hours = Math.round(minutes / 60);
  if (Math.abs(hours) < 24) return relative.format(hours, 'hour');
  return relative.format(Math.round(hours / 24), 'day');
}

/** Orders names as Vietnamese does: `đ` after `d`, accents after letters, numbers by value. */
export const inOrder = new Intl.Collator('vi', { numeric: true }).compare;

/** Of a month, 1 to 12. */
export const monthName = (month: number, language: Language): string =>
  new Intl.DateTimeFormat(locale[language], { month: 'long', timeZone: 'UTC' }).format(Date.UTC(2024, month - 1, 1));

/** Of a day of the week in a few letters, 0 for Sunday. */
export const weekdayName = (day: number, language: Language): string =>
  language === 'vi'
    ? day === 0
      ? 'CN'
      : `T${String(day + 1)}`
    : new Intl.DateTimeFormat('en-GB', { weekday: 'short', timeZone: 'UTC' }).format(Date.UTC(2024, 8, 1 + day));

/** Such as `1.234.567`. */
export const numberText = (number: number, language: Language): string => new Intl.NumberFormat(locale[language]).format(number);

/** A figure with all its decimals. @param figure Text as the API has it, such as `-1234567.50` */
export function decimalText(figure: number | string, language: Language): string {
  if (typeof figure === 'number') return numberText(figure, language);
  const [, sign = '', whole = '', decimals] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(figure) ?? [];
  if (whole === '') return figure;
  const text = new Intl.NumberFormat(locale[language]).format(BigInt(whole));
  return `${sign}${text}${decimals === undefined ? '' : `${language === 'vi' ? ',' : '.'}${decimals}`}`;
}

/** The same with its sign, also where it is more. */
export const signedText = (figure: number | string, language: Language): string =>
  `${Number(figure) > 0 ? '+' : ''}${decimalText(figure, language)}`;

/** Reads a date as people type it: `5/3/2025`, `05.03.2025` or `2025-03-05`. @returns YYYY-MM-DD, null where it is none */
export function readDate(typed: string): string | null {
  const text = typed.trim();
  const local = /^(\d{1,2})[/.\-\s](\d{1,2})[/.\-\s](\d{4})$/.exec(text);
  const [year, month, day] = local ? [local[3], local[2], local[1]] : (/^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text)?.slice(1) ?? []);
  if (year === undefined || month === undefined || day === undefined) return null;
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const read = new Date(`${date}T00:00:00Z`);
  // The parser takes 30 February as 2 March.
  return !Number.isNaN(read.getTime()) && read.toISOString().startsWith(date) ? date : null;
}

/** Reads a whole number as people type it: `1.234.567`, `1,234,567` or `1234567`. @returns null where it is none */
export function readWhole(typed: string): number | null {
  const text = typed.trim();
  if (!/^\d{1,3}([.,\s]\d{3})+$|^\d+$/.test(text)) return null;
  const number = Number(text.replace(/[.,\s]/g, ''));
  return Number.isSafeInteger(number) ? number : null;
}

/** Reads a decimal number with a comma or a point. @returns with a point, as the API takes it; null where it is none */
export function readDecimal(typed: string): string | null {
  const text = typed.trim().replace(',', '.');
  return /^\d{1,15}(\.\d{1,10})?$/.test(text) ? text : null;
}

/** Today's date in Vietnam, YYYY-MM-DD. */
export const today = (): string => dayIn(new Date().toISOString());

/** The Monday of the week of a date, YYYY-MM-DD. */
export const mondayOf = (date: string): string => dayAfter(date, -((new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7));

/** The day after a date, or so many days later, YYYY-MM-DD. */
export const dayAfter = (date: string, days = 1): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/** Made once: making one takes longer than drawing the row that it is for. */
const days = new Intl.DateTimeFormat('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit', timeZone: zone });

function dayIn(moment: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(moment)) return moment;
  return days.format(new Date(moment));
}

/** The last instant of the day in Vietnam, ISO 8601. @param day YYYY-MM-DD */
export const endOf = (day: string): string => new Date(Date.parse(`${dayAfter(day)}T00:00:00+07:00`) - 1).toISOString();
