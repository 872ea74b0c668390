import { Waiting } from '#worklist';
import type { Report, ReportColumn } from './report.js';

const columns = [
  { key: 'unit', title: { vi: 'Đơn vị', en: 'Unit' }, type: 'unit' },
  { key: 'owner', title: { vi: 'Cơ quan, đơn vị chủ trì', en: 'Owning unit' }, type: 'unit' },
  { key: 'waiting', title: { vi: 'Đang chờ', en: 'Waiting' }, type: 'count' },
  { key: 'claimed', title: { vi: 'Đã có người nhận', en: 'Claimed' }, type: 'count' },
] as const satisfies readonly ReportColumn[];

/** How much work waits for people at which unit, and whose procedures it is about. What either of two units may do stands at both. */
export const workload: Report = {
  name: 'workload',
  title: { vi: 'Việc đang chờ', en: 'Work that waits' },
  views: ['work'],
  columns: () => columns,
  rows: async ({ filters: { sight, units }, tree }, { database, definitions }) => {
    const rows = await new Waiting(database, definitions).report({ sight, units }, tree);
    const nameOf = (unit: string): string => tree.get(unit)?.name ?? unit;
    return {
      rows: rows.map((row) => ({
        key: `${row.unit}/${row.owner}`,
        ...row,
        unitName: nameOf(row.unit),
        ownerName: nameOf(row.owner),
      })),
    };
  },
};
