/** Whoever asks for longer is asked again after a day: no answer silences a webhook for good. */
const longestMs = 24 * 3_600_000;

const httpDate = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/** For how long the header `Retry-After` asks to be left alone, 24 hours at most; null where it says nothing that is of use. */
export function retryAfterMsIn(header: string | null, now: Date): number | null {
  if (header === null) return null;
  const asked = /^\d+$/.test(header) ? Number(header) * 1_000 : httpDate.test(header) ? Date.parse(header) - now.getTime() : NaN;
  return asked > 0 ? Math.min(asked, longestMs) : null;
}
