import { Big } from 'big.js';

/** How many stays of a stage took so many working days; null where no calendar covers them. */
export interface Length {
  readonly kind: string;
  readonly group: string | null;
  readonly stage: string;
  readonly days: number | null;
  readonly count: number;
}

/** How long the stays of a stage took that have ended. */
export interface CycleTimes {
  readonly kind: string;
  readonly group: string | null;
  readonly stage: string;
  readonly count: number;
  /** Of these, those that no calendar covers: nothing else is said of them. */
  readonly unknown: number;
  /** Working days; of an even number the mean of the two in the middle. Null without any that is known. */
  readonly median: number | null;
  /** Working days in which nine of ten were over: the least that holds for at least so many. */
  readonly p90: number | null;
  /** Of the days of all stages of its kind and group; two decimals, half up. */
  readonly share: string | null;
  /** Whether no stage of its kind and group took more of the days. */
  readonly bottleneck: boolean;
}

/** Medians and shares by kind, group and stage. */
export function cycleTimesOf(lengths: readonly Length[]): readonly CycleTimes[] {
  const stages = new Map<string, Length[]>();
  const totals = new Map<string, number>();
  for (const length of lengths) {
    const { kind, group, stage, days, count } = length;
    const key = `${classOf(length)}/${stage}`;
    stages.set(key, [...(stages.get(key) ?? []), length]);
    totals.set(`${kind}/${group ?? ''}`, (totals.get(`${kind}/${group ?? ''}`) ?? 0) + (days ?? 0) * count);
  }
  const rows = [...stages.values()].flatMap((of) => (of[0] ? [timesOf(of[0], of)] : []));
  const most = new Map<string, (typeof rows)[number]>();
  for (const row of rows) {
    const best = most.get(classOf(row));
    if (row.total > 0 && (!best || row.total > best.total || (row.total === best.total && (row.median ?? 0) > (best.median ?? 0))))
      most.set(classOf(row), row);
  }
  return rows.map((row) => {
    const { total, ...times } = row;
    const all = totals.get(classOf(row)) ?? 0;
    const share = all === 0 ? null : Big(total).times(100).div(all).toFixed(2);
    return { ...times, share, bottleneck: most.get(classOf(row)) === row };
  });
}

const classOf = ({ kind, group }: Pick<Length, 'kind' | 'group'>): string => `${kind}/${group ?? ''}`;

function timesOf(
  { kind, group, stage }: Length,
  lengths: readonly Length[],
): Omit<CycleTimes, 'share' | 'bottleneck'> & { readonly total: number } {
  const known = lengths.flatMap(({ days, count }) => (days === null ? [] : [{ days, count }])).sort((one, other) => one.days - other.days);
  const counted = known.reduce((sum, { count }) => sum + count, 0);
  const count = lengths.reduce((sum, length) => sum + length.count, 0);
  /** The n-th of them, from 1. */
  const nth = (place: number): number => {
    let before = 0;
    return known.find((length) => (before += length.count) >= place)?.days ?? 0;
  };
  return {
    ...{ kind, group, stage, count, unknown: count - counted },
    median: counted === 0 ? null : (nth(Math.ceil(counted / 2)) + nth(Math.floor(counted / 2) + 1)) / 2,
    p90: counted === 0 ? null : nth(Math.ceil((counted * 9) / 10)),
    total: known.reduce((sum, length) => sum + length.days * length.count, 0),
  };
}
