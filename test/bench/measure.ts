import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';

/** One work's figure beside its baselines. Rates are per second; `read-*` and `lag-*` are p99 in ms. */
export interface Row {
  readonly work: string;
  readonly unit: string;
  readonly ours: number;
  readonly baselines: Readonly<Record<string, number>>;
  /** Ours ÷ baseline. */
  readonly ratios: Readonly<Record<string, number>>;
  /** What else was seen, for the page of benchmarks. */
  readonly detail?: Readonly<Record<string, number | string>>;
}

/** The short form shows that a work still runs, in seconds; its figure says nothing. */
const isShort = process.argv.includes('--short');

/** How much of something a work does. */
export const sized = (amount: number, inShort: number): number => (isShort ? inShort : amount);

/** Something to be done over and over; `index` never repeats for a contestant. */
export type Contestant = (index: number) => Promise<unknown>;

/** Keeps `inFlight` calls going for that long and says how many ended per second. */
async function rate(contestant: Contestant, next: () => number, inFlight: number, seconds: number): Promise<number> {
  const started = performance.now();
  const until = started + seconds * 1000;
  let done = 0;
  const lane = async (): Promise<void> => {
    while (performance.now() < until) {
      await contestant(next());
      done++;
    }
  };
  await Promise.all(Array.from({ length: inFlight }, lane));
  return (done / (performance.now() - started)) * 1000;
}

/**
 * Warms every contestant up, then lets them take turns, so that a slow moment of the machine hits all of them.
 * Answers the median of the rounds, by name.
 */
export async function sideBySide<Name extends string>(
  contestants: Readonly<Record<Name, Contestant>>,
  { inFlight, rounds = 3 }: { readonly inFlight: number; readonly rounds?: number },
): Promise<Record<Name, number>> {
  const names = Object.keys(contestants) as Name[];
  const lanes = names.map((name) => {
    let index = 0;
    return { name, next: () => index++, rates: [] as number[] };
  });
  for (const { name, next } of lanes) await rate(contestants[name], next, inFlight, sized(1.5, 0.05));
  for (let round = 0; round < sized(rounds, 1); round++)
    for (const { name, next, rates } of lanes) rates.push(await rate(contestants[name], next, inFlight, sized(2.5, 0.1)));
  return Object.fromEntries(lanes.map(({ name, rates }) => [name, quantile(rates, 0.5)])) as Record<Name, number>;
}

/** Nearest rank; NaN of nothing. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(q * sorted.length) - 1))] ?? NaN;
}

/** Milliseconds that each of so many calls took, one after another. */
export async function latencies(count: number, once: (index: number) => Promise<unknown>): Promise<number[]> {
  const taken: number[] = [];
  for (let index = 0; index < count; index++) {
    const started = performance.now();
    await once(index);
    taken.push(performance.now() - started);
  }
  return taken;
}

/** Runs a fixed number of calls with so many in flight. */
export async function inParallel(count: number, inFlight: number, once: (index: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < count) await once(next++);
  };
  await Promise.all(Array.from({ length: inFlight }, lane));
}

/** Lends a folder that is gone afterwards. */
export async function withFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'tinhgon-bench-'));
  try {
    return await work(join(folder, 'data'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export function row(
  work: string,
  unit: string,
  ours: number,
  baselines: Readonly<Record<string, number>> = {},
  detail?: Row['detail'],
): Row {
  const ratios = Object.fromEntries(Object.entries(baselines).map(([name, figure]) => [name, rounded(ours / figure)]));
  const plain = Object.fromEntries(Object.entries(baselines).map(([name, figure]) => [name, rounded(figure)]));
  return { work, unit, ours: rounded(ours), baselines: plain, ratios, ...(detail && { detail }) };
}

/** Whole numbers from 100 up, else two decimals. */
function rounded(figure: number): number {
  return figure >= 100 ? Math.round(figure) : Math.round(figure * 100) / 100;
}
