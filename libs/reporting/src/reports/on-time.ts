import { OnTime } from '../on-time.js';
import type { Report, ReportColumn } from './report.js';

const columns = [
  { key: 'measure', title: { vi: 'Quy định', en: 'Measure' }, type: 'text' },
  { key: 'kind', title: { vi: 'Loại', en: 'Kind' }, type: 'text' },
  { key: 'group', title: { vi: 'Nhóm', en: 'Group' }, type: 'text' },
  { key: 'met', title: { vi: 'Đúng hạn', en: 'On time' }, type: 'count' },
  { key: 'late', title: { vi: 'Trễ hạn', en: 'Late' }, type: 'count' },
  { key: 'open', title: { vi: 'Chưa đến hạn', en: 'With time left' }, type: 'count' },
  { key: 'unknown', title: { vi: 'Không xác định', en: 'Unknown' }, type: 'count' },
] as const satisfies readonly ReportColumn[];

interface Own {
  readonly signedFrom?: string;
  readonly signedTo?: string;
}

/** How many publications were signed and disclosed in time, the latest of each procedure. */
export const onTime: Report<Own> = {
  name: 'on-time',
  title: { vi: 'Công bố đúng hạn', en: 'Publications on time' },
  views: ['publications', 'register'],
  columns: () => columns,
  rows: async ({ filters, at, own: { signedFrom, signedTo } }, { database, definitions, calendars }) => {
    const rows = await new OnTime(database, definitions, calendars).report({ ...filters, signedFrom, signedTo }, at);
    return { rows: rows.map((row) => ({ key: `${row.measure}/${row.kind}/${row.group ?? ''}`, ...row })) };
  },
};
