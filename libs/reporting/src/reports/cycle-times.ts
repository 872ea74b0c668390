import type { Database } from '#platform';
import { conditionsOf } from '#procedures';
import { keptFor } from '../kept.js';
import type { Kept } from '../kept.js';
import { cycleTimesOf } from '../stays/lengths.js';
import type { CycleTimes, Length } from '../stays/lengths.js';
import { withoutDays } from '../stays/stage-stays.js';
import { staysAt } from '../stays/stays-at.js';
import { afterCursor, explained } from './explained.js';
import type { FoundEvent } from './explained.js';
import { NotReported } from './report.js';
import type { Asked, Report, ReportColumn } from './report.js';

const columns = [
  { key: 'kind', title: { vi: 'Loại', en: 'Kind' }, type: 'text' },
  { key: 'group', title: { vi: 'Nhóm', en: 'Group' }, type: 'text' },
  { key: 'stage', title: { vi: 'Giai đoạn', en: 'Stage' }, type: 'text' },
  { key: 'count', title: { vi: 'Số lần đã qua', en: 'Stays that ended' }, type: 'count' },
  { key: 'median', title: { vi: 'Trung vị', en: 'Median' }, type: 'days', unit: 'workingDays' },
  { key: 'p90', title: { vi: '90 % không quá', en: '90th percentile' }, type: 'days', unit: 'workingDays' },
  { key: 'share', title: { vi: 'Tỷ trọng thời gian', en: 'Share of the time' }, type: 'percent', unit: 'percent' },
  { key: 'bottleneck', title: { vi: 'Điểm nghẽn', en: 'Bottleneck' }, type: 'flag' },
  { key: 'unknown', title: { vi: 'Ngoài lịch làm việc', en: 'Outside the calendar' }, type: 'count' },
] as const satisfies readonly ReportColumn[];

/** How long procedures stay in each stage, of the stays that ended in the period, in working days by the calendar of then. */
export const cycleTimes: Report = {
  name: 'cycle-times',
  title: { vi: 'Thời gian xử lý theo giai đoạn', en: 'Cycle times by stage' },
  views: ['stage_stays', 'acts'],
  // Everything that happens to procedures is an act.
  pasts: ['acts'],
  // A period may hold a hundred thousand stays.
  isHeavy: true,
  columns: () => columns,
  rows: async (asked, { database }) => ({ rows: (await timesOf(database, asked)).map((row) => ({ key: keyOf(row), ...row })) }),
  explain: async (asked, { row: key, column }, { database }, page) => {
    const times = await timesOf(database, asked);
    const row = times.find((one) => keyOf(one) === key);
    if (!row) throw new NotReported('row');
    const beside = times.filter(({ kind, group }) => kind === row.kind && group === row.group).map(({ stage }) => stage);
    const found = await eventsOf(database, asked, { row, column, page, stages: column === 'share' ? beside : [row.stage] });
    return explained(row[column as keyof CycleTimes], found, page, list, ({ days, turn }) => {
      if (column === 'count' || column === 'unknown') return { contributes: 1 };
      if (column === 'median' || column === 'p90') return { contributes: days, part: 'sample' };
      return column === 'share' ? { contributes: days, part: turn === 0 ? 'numerator' : 'denominator' } : { contributes: null };
    });
  },
};

const list = 'cycle-times-explained';
const keyOf = ({ kind, group, stage }: Pick<CycleTimes, 'kind' | 'group' | 'stage'>): string => `${kind}/${group ?? ''}/${stage}`;

type Parameter = (value: unknown) => string;
const parametersInto =
  (values: unknown[]): Parameter =>
  (value) =>
    `$${String(values.push(value))}`;

async function timesOf(database: Database, asked: Asked): Promise<readonly CycleTimes[]> {
  const values: unknown[] = [];
  const parameter = parametersInto(values);
  const kept = keptFor(keptStays, { ...asked, isPast: asked.past !== null }, parameter);
  const counted = kept
    ? `SELECT r.kind, r."group", r.stage, nullif(r.days, ${String(withoutDays.unknown)}) AS days, sum(r.count)::integer AS count FROM ${kept.from} r
       WHERE ${[`r.days <> ${String(withoutDays.staying)}`, ...conditionsOf(kept.filters, parameter)].join(' AND ')} GROUP BY 1, 2, 3, 4 HAVING sum(r.count) > 0`
    : `SELECT r.kind, r."group", r.stage, r.days, count(*)::integer AS count FROM ${staysOf(asked, parameter)} r
       WHERE ${endedWithin(asked, parameter).join(' AND ')} GROUP BY 1, 2, 3, 4`;
  const { rows } = await database.pool.query<Length>(
    `SELECT l.kind, nullif(l."group", '') AS "group", l.stage, l.days, l.count FROM (${counted}) l ORDER BY l.kind, l."group", l.stage, l.days`,
    values,
  );
  return cycleTimesOf(rows);
}

const keptStays: Kept = {
  ...{ whole: 'stay_lengths', months: 'stay_months', rows: 'stage_stays', on: 'left_on' },
  columns: {
    ...{ kind: null, group: null, stage: null, classification: null },
    ...{ days: `coalesce(h.days, ${String(withoutDays.unknown)})`, count: '1' },
  },
  sums: ['count'],
  among: 'h.left_on IS NOT NULL',
};

function endedWithin({ filters, from, to }: Asked, parameter: Parameter): readonly string[] {
  return [
    'r.left_on IS NOT NULL',
    ...conditionsOf(filters, parameter),
    ...(from === undefined ? [] : [`r.left_on >= ${parameter(from)}::date`]),
    ...(to === undefined ? [] : [`r.left_on <= ${parameter(to)}::date`]),
  ];
}

/** Stays as they are, or as they were after the last event up to the moment. */
function staysOf({ past }: Pick<Asked, 'past'>, parameter: Parameter): string {
  return past ? staysAt(past.position, parameter) : 'views.stage_stays';
}

interface FoundStay extends FoundEvent {
  readonly days: number | null;
  readonly turn: number;
}

/** The events that ended the stays of a row in these stages: of its own, or for its share of those that it is compared with. */
async function eventsOf(
  database: Database,
  asked: Asked,
  of: {
    readonly row: CycleTimes;
    readonly column: string;
    readonly page: Parameters<typeof afterCursor>[0];
    readonly stages: readonly string[];
  },
): Promise<readonly FoundStay[]> {
  const { row, column, page, stages } = of;
  if (column === 'unknown' && row.unknown === 0) return [];
  const values: unknown[] = [];
  const parameter = parametersInto(values);
  const stays = staysOf(asked, parameter);
  const { kind, group } = row;
  const conditions = [
    ...endedWithin({ ...asked, filters: { ...asked.filters, kind } }, parameter),
    `r."group" = ${parameter(group ?? '')}`,
  ];
  if (column === 'unknown') conditions.push('r.days IS NULL');
  if (column === 'median' || column === 'p90' || column === 'share') conditions.push('r.days IS NOT NULL');
  const after = afterCursor(page, list);
  const [position, turn] = [`${parameter(after.position)}::bigint`, `${parameter(after.turn)}::integer`];
  // The page has one more than fits, and begins with an event of which a part may have been on the page before.
  const most = parameter(page.limit + 2);
  const endedIn = (some: readonly string[]): string =>
    `(SELECT r.procedure, r.left_revision AS revision, r.left_position AS position, r.stage, r.days FROM ${stays} r
      WHERE ${[...conditions, `r.stage IN (${some.map(parameter).join(', ')})`, `r.left_position >= ${position}`].join(' AND ')}
      ORDER BY r.left_position LIMIT ${most})`;
  // An index has each stage in order.
  const ended = (asked.past ? [stages] : stages.map((stage) => [stage])).map(endedIn).join(' UNION ALL ');
  const turns = column === 'share' ? 'VALUES (0), (1)' : 'VALUES (0)';
  const { rows } = await database.pool.query<FoundStay>(
    `SELECT n.procedure, n.revision, n.position::text AS position, a.type, a.recorded_at, n.days, t.turn
     FROM (${ended}) n JOIN views.acts a ON a.procedure = n.procedure AND a.revision = n.revision
     JOIN (${turns}) AS t (turn) ON t.turn = 1 OR n.stage = ${parameter(row.stage)}
     WHERE (n.position, t.turn) > (${position}, ${turn}) ORDER BY n.position, t.turn LIMIT ${parameter(page.limit + 1)}`,
    values,
  );
  return rows;
}
