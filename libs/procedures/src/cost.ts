import { Big } from 'big.js';
import { checkCostInputs } from './cost-inputs.js';
import type { Cost, CostLine, Saving } from './events.js';
import { BeyondSafeIntegers, InvalidBody } from '#event-store';

const percentPlaces = 2;
const halfUp = 1;
/** Binary floats never meet money: numbers are taken by their decimal digits. */
const Exact = Big();
/** Divides to whole đồng. */
const Whole = Big();
Whole.DP = 0;
Whole.RM = halfUp;
/** Divides to two decimals. */
const Percent = Big();
Percent.DP = percentPlaces;
Percent.RM = halfUp;

/** An exact amount, which a third of a time a year has no decimals for: it is divided once, when it is rounded. */
interface Amount {
  readonly over: Big;
  /** A whole number of years. */
  readonly years: number;
}

const mostHours = 100_000;

/** One side of an option without the wage, which both sides share. */
export type CostSide = Omit<Cost, 'hourlyWage'>;

interface BothCosts {
  readonly hourlyWage: number;
  readonly before: CostSide;
  readonly after: CostSide;
}

/** Whether the text is a decimal number of hours, at most 100,000 and with at most six places. */
export function isHours(text: unknown): text is string {
  return typeof text === 'string' && /^\d{1,6}(\.\d{1,6})?$/.test(text) && Number(text) <= mostHours;
}

/**
 * What both costs come to, by the Standard Cost Model: each yearly cost rounded once to whole đồng, half up; the percentage
 * from the unrounded ones. `path` stands before the names of fields in errors.
 * @throws BeyondSafeIntegers, InvalidBody for hours that cannot be read, and where both or none says how often
 */
export function savingOf(costs: BothCosts, path = ''): Saving {
  checkInputsOf(costs, path);
  return savingScaled(costs, path, {});
}

/** Once for both, however often they are counted. @throws InvalidBody */
function checkInputsOf({ hourlyWage, before, after }: BothCosts, path: string): void {
  checkCostInputs({ ...before, hourlyWage }, `${path}before`);
  checkCostInputs({ ...after, hourlyWage }, `${path}after`);
}

function savingScaled(costs: BothCosts, path: string, scale: Scale): Saving {
  const before = exactCost(costs.hourlyWage, costs.before, `${path}before`, scale);
  const after = exactCost(costs.hourlyWage, costs.after, `${path}after`, scale);
  const rounded = {
    before: { once: wholeDong(before.once, `${path}before`), year: wholeDong(before.year, `${path}before`) },
    after: { once: wholeDong(after.once, `${path}after`), year: wholeDong(after.year, `${path}after`) },
  };
  return { ...rounded, saving: rounded.before.year - rounded.after.year, cutPercent: cutPercent(before.year, after.year) };
}

/** What a cost is made of, each of which may be uncertain: the hours with their wage, fees, services, how often a year, and how many subjects. */
export const costParts = ['time', 'fees', 'services', 'frequency', 'subjects'] as const;
type CostPart = (typeof costParts)[number];
/** By what each part is multiplied. (Default: 1) */
type Scale = { readonly [Part in CostPart]?: Big };

type Outcome = Pick<Saving, 'saving' | 'cutPercent'>;

/**
 * What an option saves if one part of both costs were so many percent less, or more, while all else stays: which figure the outcome hangs on.
 * @throws as `savingOf`
 */
export function sensitivityOf(
  costs: Parameters<typeof savingOf>[0],
  percent: number,
): readonly { readonly part: CostPart; readonly low: Outcome; readonly high: Outcome }[] {
  checkInputsOf(costs, '');
  return costParts.map((part) => {
    const outcome = (sign: 1 | -1): Outcome => {
      const { saving, cutPercent: cut } = savingScaled(costs, '', { [part]: Exact(100 + sign * percent).div(100) });
      return { saving, cutPercent: cut };
    };
    return { part, low: outcome(-1), high: outcome(1) };
  });
}

/** What a cost that was checked comes to a year, rounded to whole đồng, half up. */
export function yearlyCost(cost: Cost): number {
  return wholeDong(exactCost(cost.hourlyWage, cost, 'cost').year, 'cost');
}

/** What a cost that stands alone comes to, as `onceAndYear`. @throws as `savingOf` */
export function checkedOnceAndYear(cost: Cost, path: string): Saving['before'] {
  checkCostInputs(cost, path);
  return onceAndYear(cost, path);
}

/** What a cost that was checked comes to, each rounded once to whole đồng, half up. */
export function onceAndYear(cost: Cost, path = 'cost'): Saving['before'] {
  const { once, year } = exactCost(cost.hourlyWage, cost, path);
  return { once: wholeDong(once, path), year: wholeDong(year, path) };
}

/** Checks that a cost that stands alone can be counted. @throws as `savingOf` */
export function checkCost(cost: Cost, path: string): void {
  checkedOnceAndYear(cost, path);
}

/** saving ÷ before × 100 in text with two decimals, half up; null when nothing was spent before. */
function cutPercent(before: Amount, after: Amount): string | null {
  if (before.over.eq(0)) return null;
  const [was, is] = [before.over.times(after.years), after.over.times(before.years)];
  const percent = Percent(was.minus(is).times(100).toFixed()).div(was);
  return percent.eq(0) ? '0.00' : percent.toFixed(percentPlaces);
}

function exactCost(hourlyWage: number, cost: CostSide, path: string, scale: Scale = {}): { readonly once: Amount; readonly year: Amount } {
  const lines = cost.lines.map((line, index) => exactLine(hourlyWage, line, `${path}.lines.${String(index)}`, scale));
  const once = lines.reduce((sum, line) => sum.plus(line), Exact(0));
  const { times, years } = frequencyOf(cost, path);
  return {
    once: { over: once, years: 1 },
    year: {
      over: once
        .times(times)
        .times(cost.subjectsPerYear)
        .times(scale.frequency ?? 1)
        .times(scale.subjects ?? 1),
      years,
    },
  };
}

function frequencyOf({ timesPerYear, everyYears }: CostSide, path: string): { readonly times: number; readonly years: number } {
  if (timesPerYear !== undefined && everyYears === undefined) return { times: timesPerYear, years: 1 };
  if (everyYears !== undefined && timesPerYear === undefined) return { times: 1, years: everyYears };
  throw new InvalidBody([{ path: `${path}.everyYears`, message: 'stands instead of timesPerYear: exactly one of both is given' }]);
}

function exactLine(hourlyWage: number, { hours, fee, service }: CostLine, path: string, scale: Scale): Big {
  if (!isHours(hours))
    throw new InvalidBody([{ path: `${path}.hours`, message: 'must be a number of hours such as "0.5", at most 100000' }]);
  const time = Exact(hours)
    .times(hourlyWage)
    .times(scale.time ?? 1);
  return time.plus(Exact(fee).times(scale.fees ?? 1)).plus(Exact(service).times(scale.services ?? 1));
}

function wholeDong({ over, years }: Amount, path: string): number {
  const rounded = Whole(over.toFixed()).div(years);
  if (rounded.gt(Number.MAX_SAFE_INTEGER)) throw new BeyondSafeIntegers(path);
  return rounded.toNumber();
}
