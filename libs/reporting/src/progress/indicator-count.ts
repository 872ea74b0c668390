import type { Database } from '#platform';
import { findIndicator, indicatorIdOf, indicatorIn, indicatorsAt, indicatorsUpTo, standingOfIndicator, unitsAt } from '#programmes';
import type { AskedMoment, Moment, Target } from '#programmes';
import type { UnitTree } from '#workflow';
import type { Counted } from './standing.js';

/** What units report for the targets that are measured by indicators, by metric: the total of the newest period ÷ what is stated, else how many units have to report. */
export async function countIndicators(
  database: Database,
  targets: readonly Target[],
  { units, position }: { readonly units: UnitTree; readonly position: bigint | undefined },
): Promise<ReadonlyMap<string, Counted>> {
  const codes = new Map(targets.flatMap(({ metric }) => [[metric, indicatorIn(metric)] as const]));
  const counted = new Map<string, Counted>();
  let then: UnitTree | undefined;
  for (const [metric, code] of codes) {
    if (code === null) continue;
    const found = await findIndicator(database, indicatorIdOf(code), position);
    if (!found) continue;
    then ??= position === undefined ? units : await unitsAt(database, position);
    const { total, due } = await standingOfIndicator(database, found, { units: then, position });
    counted.set(metric, { numerator: total, denominator: found.of ?? due, withoutBaseline: null });
  }
  return counted;
}

/** The last change up to that moment of what indicators say; null where there was none. */
export const lastReport = (database: Database, asked: AskedMoment): Promise<Moment | null> =>
  'time' in asked ? indicatorsAt(database, asked.time) : indicatorsUpTo(database, asked.position);
