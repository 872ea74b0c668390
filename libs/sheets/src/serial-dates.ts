const dayMs = 86_400_000;
/** 31 December 9999. */
const mostDays = 2_958_465;

/** The day that a spreadsheet counts, from 1900 or 1904 on; null where it is none. @param serial Days, with the time as a fraction */
export function dateOfSerial(serial: number, is1904: boolean): string | null {
  const days = Math.floor(serial);
  if (!Number.isFinite(serial) || days < (is1904 ? 0 : 1) || days > mostDays) return null;
  if (is1904) return isoOf(Date.UTC(1904, 0, 1) + days * dayMs);
  // Spreadsheets count a 29 February 1900, which never was.
  if (days === 60) return null;
  return isoOf(Date.UTC(1899, 11, days < 60 ? 31 : 30) + days * dayMs);
}

const isoOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** Whether numbers of this built-in format are days (ECMA-376, 18.8.30). */
export const isBuiltInDate = (id: number): boolean =>
  (id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58);

/** Whether a format shows days: it names day or year besides what stands in quotes, brackets or behind a backslash. */
export function isDateFormat(code: string): boolean {
  const bare = code.replace(/"[^"]*"|\[[^\]]*\]|\\.|_.|\*./g, '');
  return /[dy]/i.test(bare) && !/general/i.test(bare);
}
