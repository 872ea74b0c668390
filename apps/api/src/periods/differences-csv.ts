import { csvLine, mark } from '../reading/register-csv.js';

interface Shown {
  readonly report: string;
  readonly row: string;
  readonly title: string;
  readonly closed: number;
  readonly now: number;
  readonly difference: number;
  readonly events: readonly {
    readonly recordedAt: string;
    readonly type: string;
    readonly stream: string;
    readonly revision: number;
    readonly contributes: number | null;
    readonly reason: string | null;
  }[];
}

const titles = {
  vi: ['Báo cáo', 'Dòng', 'Cột', 'Khi chốt', 'Hiện nay', 'Chênh lệch', 'Ghi nhận lúc', 'Sự kiện', 'Thủ tục', 'Phần đóng góp', 'Lý do'],
  en: ['Report', 'Row', 'Column', 'When closed', 'Now', 'Difference', 'Recorded at', 'Event', 'Procedure', 'Contributes', 'Reason'],
} as const;

const cell = (value: number | null): string | { readonly figure: string } => (value === null ? '' : { figure: String(value) });

/** The sheet of differences: a line for each, and one for each event that it rests on. */
export function differencesCsv(items: readonly Shown[], language: 'vi' | 'en'): string {
  const lines = items.flatMap(({ report, row, title, closed, now, difference, events }) => [
    [report, row, title, cell(closed), cell(now), cell(difference), '', '', '', '', ''],
    ...events.map(({ recordedAt, type, stream, revision, contributes, reason }) => [
      ...[report, row, title, '', '', '', recordedAt, type, `${stream}@${String(revision)}`, cell(contributes), reason ?? ''],
    ]),
  ]);
  return `${mark}${[[...titles[language]], ...lines].map((line) => csvLine(line, ',')).join('')}`;
}
