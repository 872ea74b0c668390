import { today } from '../../format/format';

interface Days {
  /** YYYY-MM-DD. (Default: since it was given) */
  readonly from?: string;
  /** The last day. (Default: without end) */
  readonly to?: string;
}

export type Standing = 'coming' | 'now' | 'past';

/** Whether a role counts on a day. @param on YYYY-MM-DD (Default: today in Vietnam) */
export function standingOf({ from = '', to = '9999' }: Days, on: string = today()): Standing {
  if (on < from) return 'coming';
  return on > to ? 'past' : 'now';
}
