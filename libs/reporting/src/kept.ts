import { byMonths } from './months.js';
import type { Period } from './months.js';
import type { Asked } from './reports/report.js';

/** Sums that are kept while events come in, and the rows that they are of. */
export interface Kept {
  /** Names of the tables: the sums of all rows, those by month, with a column `month`, and the rows themselves. */
  readonly whole: string;
  readonly months: string;
  readonly rows: string;
  /** The column of the rows with the date by which they are summed. */
  readonly on: string;
  /** What the sums have, and how that is written of a row `h` where it is something else than its column. */
  readonly columns: Readonly<Record<string, string | null>>;
  /** Those of the columns that are sums. */
  readonly sums: readonly string[];
  /** Which rows `h` are summed. (Default: all) */
  readonly among?: string;
}

type Parameter = (value: unknown) => string;
type Question<Filters> = Pick<Asked, 'from' | 'to'> & {
  readonly filters: Filters;
  /** Where it is not given, nothing is taken off. */
  readonly tree?: Asked['tree'] | undefined;
  readonly isPast: boolean;
};

/**
 * The sums that a question adds up: what stands after FROM, and what is left to ask of it. Nobody's single rows are read but those of units whose procedures
 * are not counted, which are taken off again: so whoever sees nearly everything is answered as fast as whoever sees everything. Null where more rows than
 * half would be taken off, where it is asked about the past, or about something that the sums do not have.
 */
export function keptFor<Filters extends Asked['filters']>(kept: Kept, question: Question<Filters>, parameter: Parameter): { readonly from: string; readonly filters: Asked['filters'] } | null {
  const { filters, tree, from, to, isPast } = question;
  if (isPast || filters.owner || (filters.field !== undefined && !('field_key' in kept.columns))) return null;
  const counted = 'owning_unit' in kept.columns ? null : unitsOf(filters);
  if (counted !== null && (tree === undefined || counted.length * 2 < tree.all().length)) return null;
  const hasPeriod = from !== undefined || to !== undefined;
  const single = (from: string, period: Period, sign: '' | '-'): string => {
    const columns = Object.entries(kept.columns).map(([name, written]) => {
      const value = written ?? `h."${name}"`;
      return `${sign !== '' && kept.sums.includes(name) ? `-(${value})` : value} AS "${name}"`;
    });
    const among = [...(kept.among === undefined ? [] : [kept.among]), ...within(`h.${kept.on}`, period, parameter)];
    return `SELECT ${columns.join(', ')} FROM ${from} h ${where(among)}`;
  };
  const names = Object.keys(kept.columns).map((name) => `m."${name}"`).join(', '); // prettier-ignore
  const { months, days } = byMonths({ from, to });
  const summed = hasPeriod
    ? [
        ...(months === null ? [] : [`SELECT ${names} FROM views.${kept.months} m ${where(within('m.month', months, parameter))}`]),
        ...days.map((some) => single(`views.${kept.rows}`, some, '')),
      ]
    : [`SELECT ${names} FROM views.${kept.whole} m`];
  if (counted === null) return { from: `(${summed.join(' UNION ALL ')})`, filters };
  // One unit after the other: the planner would rather read all rows than look for what hardly anything stands in.
  const ofOthers = `(${ownersBut(kept.rows, parameter([...counted]))}) u CROSS JOIN LATERAL (SELECT x.* FROM views.${kept.rows} x WHERE x.owning_unit = u.unit OFFSET 0)`;
  return { from: `(${[...summed, single(ofOthers, { from, to }, '-')].join(' UNION ALL ')})`, filters: { ...filters, units: undefined, sight: { ...filters.sight, units: null } } };
} // prettier-ignore

/** The units whose procedures count; null where all do. */
function unitsOf({ sight, units }: Asked['filters']): readonly string[] | null {
  if (units === undefined) return sight.units && [...sight.units];
  return units.filter((unit) => sight.units?.has(unit) !== false);
}

/** Each owner of rows once, found by index one after the other, without these units. */
const ownersBut = (rows: string, units: string): string =>
  `WITH RECURSIVE o (unit) AS (
     (SELECT x.owning_unit FROM views.${rows} x ORDER BY x.owning_unit LIMIT 1) UNION ALL
     SELECT (SELECT x.owning_unit FROM views.${rows} x WHERE x.owning_unit > o.unit ORDER BY x.owning_unit LIMIT 1) FROM o WHERE o.unit IS NOT NULL)
   SELECT o.unit FROM o WHERE o.unit <> ALL (${units}::uuid[])`;

const within = (column: string, { from, to }: Period, parameter: Parameter): readonly string[] => [
  ...(from === undefined ? [] : [`${column} >= ${parameter(from)}::date`]),
  ...(to === undefined ? [] : [`${column} <= ${parameter(to)}::date`]),
];

const where = (conditions: readonly string[]): string => (conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`);
