import { readDay } from '../frame/address';
import { today } from '../format/format';

export interface IndicatorSearch {
  /** YYYY, YYYY-Qn or YYYY-MM. (Default: the newest that was reported) */
  readonly period?: string;
  /** YYYY-MM-DD: how it stood at the end of that day. (Default: now) */
  readonly asOf?: string;
}

const shape = /^(19[4-9]\d|2[01]\d\d)(-(Q[1-4]|0[1-9]|1[0-2]))?$/;

/** What the address says; what is unreadable, or not over yet, counts as left out. */
export function readIndicatorSearch(search: Record<string, unknown>): IndicatorSearch {
  // A year alone comes as a number.
  const period = typeof search.period === 'number' ? String(search.period) : search.period;
  const asOf = readDay(search.asOf);
  return {
    ...(typeof period === 'string' && shape.test(period) && { period }),
    ...(asOf !== undefined && asOf < today() && { asOf }),
  };
}
