import { dueBounds, dueCounts, dueRanges } from '#deadlines';
import { dateInVietnam } from '#platform';
import type { Report, ReportColumn } from './report.js';

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
  views: ['deadlines', 'register'],
  columns: () => columns,
  rows: async ({ filters, tree, at }, { database, calendars }) => {
    const bounds = dueBounds(await calendars.workingDays(calendar), dateInVietnam(at));
    const rows = await dueCounts(database, { ...filters, bounds });
    const totals = { lateOver10: 0, late6To10: 0, late1To5: 0, in0To5: 0, in6To10: 0, inOver10: 0, undated: 0, running: 0 };
    for (const row of rows) for (const of of [...dueRanges, 'running'] as const) totals[of] += row[of];
    return { rows: rows.map((row) => ({ key: row.unit, ...row, unitName: tree.get(row.unit)?.name ?? row.unit })), totals };
  },
};
