import { dueBounds, dueCounts, dueIn, dueRanges, pastDeadlinesView } from '#deadlines';
import type { DueBounds } from '#deadlines';
import { dateInVietnam } from '#platform';
import { conditionsOf, ownerColumn } from '#procedures';
import { presentUnit, unitsInRow } from '../placed.js';
import { afterContribution, contributed } from './explained.js';
import type { Contribution } from './explained.js';
import { rowsAt } from './past-rows.js';
import type { Parameter } from './past-rows.js';
import { NotReported } from './report.js';
import type { Asked, Explanation, PageAsked, Report, ReportColumn, ReportRows, Sources } from './report.js';

const columns = [
  { key: 'unit', title: { vi: 'Đơn vị', en: 'Unit' }, type: 'unit' },
  { key: 'lateOver10', title: { vi: 'Trễ trên 10 ngày làm việc', en: 'Late by more than 10 working days' }, type: 'count' },
  { key: 'late6To10', title: { vi: 'Trễ 6–10 ngày làm việc', en: 'Late by 6 to 10 working days' }, type: 'count' },
  { key: 'late1To5', title: { vi: 'Trễ đến 5 ngày làm việc', en: 'Late by up to 5 working days' }, type: 'count' },
  { key: 'in0To5', title: { vi: 'Còn đến 5 ngày làm việc', en: 'Due within 5 working days' }, type: 'count' },
  { key: 'in6To10', title: { vi: 'Còn 6–10 ngày làm việc', en: 'Due in 6 to 10 working days' }, type: 'count' },
  { key: 'inOver10', title: { vi: 'Còn trên 10 ngày làm việc', en: 'Due in more than 10 working days' }, type: 'count' },
  { key: 'undated', title: { vi: 'Chưa có hạn', en: 'Without a due date' }, type: 'count' },
  { key: 'running', title: { vi: 'Tổng', en: 'Total' }, type: 'count' },
] as const satisfies readonly ReportColumn[];

/** The calendar by whose working days it is told how far off something is. */
const calendar = 'vn';

/** How many deadlines run, by owning unit and by how many working days off they are due. */
export const overdue: Report = {
  name: 'overdue',
  title: { vi: 'Thời hạn theo đơn vị', en: 'Deadlines by unit' },
  views: ['deadlines', 'register', 'counts'],
  pasts: ['past_deadlines', 'past_counted'],
  columns: () => columns,
  rows: async (asked, sources) => rows(asked, sources, await boundsAt(asked, sources)),
  explain,
};

/** Nothing was due before, and dates can be counted back from it: those before the year 0 have no form. */
const earliest = '1000-01-01';

/** Working days are counted by the newest calendar, from the day of the moment. */
async function boundsAt({ at }: Asked, { calendars }: Sources): Promise<DueBounds> {
  const day = dateInVietnam(at);
  return dueBounds(await calendars.workingDays(calendar), day < earliest ? earliest : day);
}

async function rows({ filters, tree, past }: Asked, { database }: Sources, bounds: DueBounds): Promise<ReportRows> {
  const found = await dueCounts(database, { ...filters, bounds }, past ? (parameter) => runningAt(past.position, parameter) : undefined);
  const none = { lateOver10: 0, late6To10: 0, late1To5: 0, in0To5: 0, in6To10: 0, inOver10: 0, undated: 0, running: 0 };
  const [totals, units] = [{ ...none }, new Map<string, typeof none>()];
  for (const row of found) {
    const unit = presentUnit(tree, row.unit);
    const counts = units.get(unit) ?? { ...none };
    units.set(unit, counts);
    for (const of of [...dueRanges, 'running'] as const) for (const sum of [totals, counts]) sum[of] += row[of];
  }
  const shown = [...units].sort(([one], [other]) => (one < other ? -1 : 1));
  return { rows: shown.map(([unit, counts]) => ({ key: unit, unit, ...counts, unitName: tree.get(unit)?.name ?? unit })), totals };
} // prettier-ignore

/** Deadlines `d` that ran after the last event up to the position, and where their procedures belonged, `r`. */
function runningAt(position: bigint, parameter: Parameter): string {
  return `(SELECT DISTINCT ON (p.procedure, p.start_revision, p.rule) p.* FROM ${pastDeadlinesView} p WHERE p.position <= ${parameter(String(position))}
       ORDER BY p.procedure, p.start_revision, p.rule, p.position DESC) d
     JOIN ${rowsAt({ now: 'counted_procedures', past: 'past_counted' }, position, parameter)} r ON r.procedure = d.procedure AND d.runs`;
}

/** Events that are looked through for a page at most. */
const lookedThrough = 1_000;
const list = 'overdue-explained';

/** Each event that changed a deadline or where its procedure belongs, with what runs in the cell after it, less what ran before. */
async function explain(asked: Asked, { row, column }: { readonly row: string; readonly column: string }, sources: Sources, page: PageAsked): Promise<Explanation> {
  const bounds = await boundsAt(asked, sources);
  const cell = (await rows(asked, sources, bounds)).rows.find(({ key }) => key === row);
  if (!cell) throw new NotReported('row');
  const { filters, past, tree } = asked;
  const values: unknown[] = [];
  const parameter: Parameter = (value) => `$${String(values.push(value))}`;
  const [position, procedure] = afterContribution(page, list);
  const [after, subject] = [parameter(position), parameter(procedure)];
  const upTo = past ? `AND p.position <= ${parameter(String(past.position))}` : '';
  const range = dueRanges.find((one) => one === column);
  const isIn = [
    ...['d.runs', `${ownerColumn(filters, parameter)} = ANY (${parameter(unitsInRow(tree, row))}::uuid[])`],
    ...(range ? [dueIn(range, bounds, parameter)] : []),
    ...conditionsOf(filters, parameter),
  ].join(' AND ');
  const changed = (view: string, stream: string): string =>
    `(SELECT p.position, p.procedure, ${stream} AS stream, p.revision, p.type, p.recorded_at FROM ${view} p
      WHERE (p.position, p.procedure) > (${after}::bigint, ${subject}::uuid) ${upTo} ORDER BY p.position, p.procedure LIMIT ${String(lookedThrough)})`;
  const counted = (comparison: '<' | '<='): string =>
    `(SELECT count(*)::integer FROM (
        SELECT DISTINCT ON (p.start_revision, p.rule) p.* FROM ${pastDeadlinesView} p WHERE p.procedure = e.procedure AND p.position ${comparison} e.position
        ORDER BY p.start_revision, p.rule, p.position DESC) d
      CROSS JOIN (SELECT p.* FROM views.past_counted p WHERE p.procedure = e.procedure AND p.position ${comparison} e.position ORDER BY p.revision DESC LIMIT 1) r
      WHERE ${isIn})`;
  const { rows: found } = await sources.database.pool.query<Contribution>(
    `SELECT e.position::text AS position, e.procedure, e.stream, e.revision, e.type, e.recorded_at AS at, ${counted('<=')} - ${counted('<')} AS contributes
     FROM (SELECT u.* FROM (${changed(pastDeadlinesView, 'p.stream')} UNION ${changed('views.past_counted', `'procedure-' || p.procedure`)}) u
       ORDER BY u.position, u.procedure LIMIT ${String(lookedThrough)}) e ORDER BY e.position, e.procedure`,
    values,
  );
  return contributed(cell[column], found, { limit: page.limit, list, most: lookedThrough });
} // prettier-ignore
