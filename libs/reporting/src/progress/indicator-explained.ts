import type { Database } from '#platform';
import { InvalidCursor, readKey, writeCursor } from '#processors';
import { findIndicator, indicatorContributions, indicatorIdOf, standingOfIndicator, unitsAt } from '#programmes';
import type { UnitTree } from '#workflow';
import type { Explanation, PageAsked } from '../reports/report.js';

const list = 'reported';

interface Asked {
  /** Of the indicator. */
  readonly code: string;
  /** Of the report of progress. */
  readonly column: string;
  readonly units: UnitTree;
  /** As it stood at that position. (Default: as it stands) */
  readonly position: bigint | undefined;
}

/**
 * By which events a target that is measured by an indicator stands as it does: which units reported what of the newest period. The whole comes
 * from the event that defined the indicator, which says what it is or who has to report. @throws InvalidCursor
 */
export async function explainIndicator(
  database: Database,
  { code, column, units, position }: Asked,
  { cursor, limit }: PageAsked,
): Promise<Omit<Explanation, 'value'>> {
  const none = { events: [], nextCursor: null };
  const found = await findIndicator(database, indicatorIdOf(code), position);
  if (!found || column === 'withoutBaseline') return none;
  const then = position === undefined ? units : await unitsAt(database, position);
  const { period, due } = await standingOfIndicator(database, found, { units: then, position });
  const after = cursor === undefined ? '-1' : readKey(cursor, list);
  if (!/^(-1|\d{1,18})$/.test(after)) throw new InvalidCursor('The cursor is not one of this list.');
  const read = await indicatorContributions(database, found.id, { period, after, upTo: position, limit: limit + 1 });
  const page = read.slice(0, limit);
  const last = page.at(-1);
  const parted = column !== 'numerator' && column !== 'denominator';
  const events = page
    .filter(({ added }) => parted || (added === null) === (column === 'denominator'))
    .map(({ added, ...event }) => {
      const part = added === null ? ('denominator' as const) : ('numerator' as const);
      return { ...event, contributes: added ?? found.of ?? due, ...(parted && { part }) };
    });
  return { events, nextCursor: last && read.length > limit ? writeCursor([list, last.position]) : null };
}
