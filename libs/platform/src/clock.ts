/** Where time comes from; rules get it handed in. */
export abstract class Clock {
  abstract now(): Date;
}

export class SystemClock extends Clock {
  override now(): Date {
    return new Date();
  }
}

const vietnamDate = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Ho_Chi_Minh' });

/** The date in Vietnam at that instant, `YYYY-MM-DD`. */
export function dateInVietnam(instant: Date): string {
  return vietnamDate.format(instant);
}
