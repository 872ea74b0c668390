import { Progress } from '../progress/progress.js';
import { NotReported } from './report.js';
import type { Report, ReportColumn } from './report.js';

const columns = [
  { key: 'metric', title: { vi: 'Chỉ tiêu', en: 'Metric' }, type: 'text' },
  { key: 'scope', title: { vi: 'Phạm vi', en: 'Scope' }, type: 'text' },
  { key: 'threshold', title: { vi: 'Mức phải đạt', en: 'Threshold' }, type: 'percent', unit: 'percent' },
  { key: 'deadline', title: { vi: 'Hạn', en: 'Deadline' }, type: 'date' },
  { key: 'numerator', title: { vi: 'Tử số', en: 'Numerator' }, type: 'count' },
  { key: 'denominator', title: { vi: 'Mẫu số', en: 'Denominator' }, type: 'count' },
  { key: 'value', title: { vi: 'Đã đạt', en: 'Value' }, type: 'percent', unit: 'percent' },
  { key: 'score', title: { vi: 'Điểm', en: 'Score' }, type: 'percent' },
  { key: 'reached', title: { vi: 'Hoàn thành', en: 'Reached' }, type: 'flag' },
  { key: 'forecastOn', title: { vi: 'Dự kiến hoàn thành', en: 'Forecast' }, type: 'date' },
  { key: 'workingDaysLeft', title: { vi: 'Còn lại', en: 'Time left' }, type: 'days', unit: 'workingDays' },
  { key: 'overdue', title: { vi: 'Quá hạn', en: 'Overdue' }, type: 'flag' },
  { key: 'withoutBaseline', title: { vi: 'Không có số gốc', en: 'Without a baseline' }, type: 'count' },
  { key: 'state', title: { vi: 'Trạng thái', en: 'State' }, type: 'text' },
] as const satisfies readonly ReportColumn[];

interface Own {
  /** Id of the programme. */
  readonly programme: string;
}

/** How each target of a programme stands. */
export const progress: Report<Own> = {
  name: 'progress',
  title: { vi: 'Tiến độ chỉ tiêu', en: 'Progress of targets' },
  views: ['figures', 'indicators', 'past-units'],
  pasts: ['past_figures', 'past_indicators', 'past_units'],
  isHeavy: true,
  columns: () => columns,
  rows: async ({ filters, tree, past, at, own: { programme } }, { database, programmes, calendars }) => {
    const reading = new Progress(database, programmes, calendars, () => tree);
    const id = programme.toLowerCase();
    const then = past && (await reading.past(id, past.asked, filters));
    const found = past ? then : await reading.now(id, filters, at);
    if (!found) throw new NotReported('subject');
    return {
      rows: found.targets.map(({ target, state, withoutBaseline, ...standing }) => {
        const { id: key, metric, scope, threshold, deadline, baseline } = target;
        return {
          ...{ key, id: key, state, metric, scope, threshold, deadline },
          ...(baseline && { baseline }),
          ...standing,
          ...(withoutBaseline !== null && { withoutBaseline }),
        };
      }),
      ...(then && { moment: then.moment }),
    };
  },
};
