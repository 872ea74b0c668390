import type { Units } from '../frame/units';
import { numberText } from '../format/format';
import type { Words } from '../words/words';
import type { WorkloadAnswer } from './dashboard-queries';
import type { DashboardSearch } from './dashboard-search';
import type { Said } from './tile';
import { sumsBelow } from './unit-sums';

const mostPairs = 12;

/** At which unit how much work waits, wherever it comes from. */
export function workloadSaid({ rows }: WorkloadAnswer, search: DashboardSearch, { say, language }: Words): Said {
  const byUnit = new Map<string, { readonly unitName: string; readonly waiting: number; readonly claimed: number }>();
  for (const { unit, unitName, waiting, claimed } of rows) {
    const before = byUnit.get(unit) ?? { waiting: 0, claimed: 0 };
    byUnit.set(unit, { unitName, waiting: before.waiting + waiting, claimed: before.claimed + claimed });
  }
  const units = [...byUnit].toSorted(([, one], [, other]) => other.waiting - one.waiting);
  const [, most] = units[0] ?? [];
  if (most === undefined) return { conclusion: say('dashboard.nothingWaits'), figures: null };
  const claimed = units.reduce((so, [, one]) => so + one.claimed, 0);
  return {
    conclusion: say('dashboard.workloadSays', {
      unit: most.unitName,
      number: numberText(most.waiting, language),
      claimed: numberText(claimed, language),
    }),
    figures: {
      names: [say('dashboard.unit')],
      columns: [say('dashboard.waiting'), say('dashboard.claimed')],
      bar: 0,
      rows: units.map(([unit, one]) => ({
        key: unit,
        names: [one.unitName],
        figures: [{ number: one.waiting, list: { to: '/procedures', search: { ...search, waitsFor: unit } } }, { number: one.claimed }],
      })),
    },
  };
}

/** Whose procedures wait for people of another unit; with a unit stand those below it. */
export function waitingSaid({ rows }: WorkloadAnswer, units: Units, { say, language }: Words): Said {
  const pairs = [...new Set(rows.map(({ unit }) => unit))]
    .flatMap((unit) => {
      const ofUnit = rows.filter((row) => row.unit === unit);
      const sums = sumsBelow(
        units.all,
        ofUnit.map(({ owner, waiting }) => ({ unit: owner, waiting })),
        ({ waiting }) => waiting,
      );
      return ofUnit
        .filter(({ owner }) => owner !== unit)
        .map(({ key, unitName, owner, ownerName }) => ({ key, unit, unitName, owner, ownerName, waiting: sums.get(owner) ?? 0 }));
    })
    .toSorted((one, other) => other.waiting - one.waiting);
  const [most] = pairs;
  if (most === undefined) return { conclusion: say('dashboard.nobodyWaits'), figures: null };
  return {
    conclusion: say('dashboard.waitingSays', {
      owner: most.ownerName,
      unit: most.unitName,
      number: numberText(most.waiting, language),
    }),
    figures: {
      names: [say('dashboard.who'), say('dashboard.forWhom')],
      columns: [say('dashboard.waiting')],
      bar: 0,
      rows: pairs.slice(0, mostPairs).map(({ key, owner, ownerName, unit, unitName, waiting }) => ({
        key,
        names: [ownerName, unitName],
        figures: [{ number: waiting, list: { to: '/procedures', search: { unit: owner, waitsFor: unit } } }],
      })),
    },
  };
}
