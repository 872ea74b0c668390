/** Whether the text is a date that a record may hold: of the calendar, from 1900 to 2200. */
export function isRecordedDate(text: string): boolean {
  return text >= '1900' && text < '2201' && isDate(text);
}

/** Whether the text is a date of the calendar, `YYYY-MM-DD`. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  // The engine rolls 30 February over into March, so the text has to come back as it went in.
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
