import { indicatorIn } from '#programmes';
import type { ProgrammeTarget } from '#programmes';
import type { ProcedureTarget } from '../progress/progress.js';
import { conditionsOf } from '#procedures';
import { Progress, inScope, isCounted } from '../progress/progress.js';
import { explainIndicator } from '../progress/indicator-explained.js';
import { measureOf } from '../progress/measures.js';
import { contributions, withEvent } from './past-rows.js';
import type { Parameter, Sums } from './past-rows.js';
import { NotReported } from './report.js';
import type { Asked, Explanation, PageAsked, Report, ReportColumn, ReportRows, Sources } from './report.js';

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
  { key: 'published', title: { vi: 'Số đã công bố', en: 'As published' }, type: 'percent', unit: 'percent' },
  { key: 'publishedIn', title: { vi: 'Văn bản công bố', en: 'Published in' }, type: 'text' },
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
  rows,
  explain,
};

async function rows(asked: Asked<Own>, { database, programmes, calendars }: Sources): Promise<ReportRows> {
  const { filters, tree, past, at, own } = asked;
  const reading = new Progress(database, programmes, calendars, () => tree);
  const id = own.programme.toLowerCase();
  const then = past && (await reading.past(id, past.asked, filters, tree));
  const found = past ? then : await reading.now(id, filters, at);
  if (!found) throw new NotReported('subject');
  return {
    rows: found.targets.map(({ target, state, withoutBaseline, ...standing }) => {
      const { id: key, metric, scope, threshold, deadline, baseline, published } = target;
      return {
        ...{ key, id: key, state, metric, scope, threshold, deadline },
        ...(baseline && { baseline }),
        ...standing,
        ...(withoutBaseline !== null && { withoutBaseline }),
        ...(published && { published: published.value, publishedIn: `${published.document.number}, ${published.document.date}` }),
      };
    }),
    ...(then && { moment: then.moment }),
  };
}

/** Columns that say what a target is, which rest on the event that set it and those that ended it. */
const ofTarget: readonly string[] = ['metric', 'scope', 'threshold', 'deadline', 'state'];
/** Columns that a paper says, which rest on the events that stated them. */
const ofPaper: readonly string[] = ['published', 'publishedIn'];

async function explain(asked: Asked<Own>, cell: { readonly row: string; readonly column: string }, sources: Sources, page: PageAsked): Promise<Explanation> {
  const { row, column } = cell;
  const found = (await rows(asked, sources)).rows.find(({ key }) => key === row);
  if (!found) throw new NotReported('row');
  const value = found[column] ?? null;
  const target = await targetOf(asked, row, sources);
  const own = await sources.programmes.targetEvents(asked.own.programme.toLowerCase(), row);
  const known = own.filter(({ position }) => asked.past === null || BigInt(position) <= asked.past.position);
  const isStated = ofPaper.includes(column);
  const set = known.filter(({ type }) => (type === 'FigureStated') === isStated);
  if (isStated || ofTarget.includes(column)) return { value, events: set.map((event) => ({ ...event, contributes: null })), nextCursor: null };
  if (!isCounted(target)) {
    const { tree: units, past } = asked;
    const code = indicatorIn(target.metric) ?? '';
    return { value, ...(await explainIndicator(sources.database, { code, column, units, position: past?.position }, page)) };
  }
  const { baseline } = target;
  const stated = baseline && 'value' in baseline ? Number(baseline.value) : null;
  const counted = await contributions(sources.database, asked, page, (parameter) => sumsOf(asked, target, { column, isStated: stated !== null }, parameter));
  // A whole that is stated comes from the event that set the target.
  const [setting] = stated === null || column === 'numerator' || column === 'withoutBaseline' ? [] : set;
  const part = column === 'denominator' ? {} : ({ part: 'denominator' } as const);
  return { value, ...(setting ? withEvent(counted, { ...setting, contributes: stated, ...part }, page) : counted) };
} // prettier-ignore

async function targetOf({ own, past }: Asked<Own>, row: string, { programmes }: Sources): Promise<ProgrammeTarget> {
  const id = own.programme.toLowerCase();
  const state = past ? (await programmes.findAt(id, past.asked))?.state : (await programmes.find(id))?.state;
  const target = state?.targets.find((one) => one.id === row);
  if (!target) throw new NotReported('row');
  return target;
}

function sumsOf(
  { filters, tree }: Asked<Own>,
  target: ProcedureTarget,
  { column, isStated }: { readonly column: string; readonly isStated: boolean },
  parameter: Parameter,
): Sums {
  const { numerator, denominator, without } = measureOf(target.metric, target.baseline, parameter);
  const ratio = [{ sum: numerator, part: 'numerator' as const }, ...(isStated ? [] : [{ sum: denominator, part: 'denominator' as const }])];
  const single: Readonly<Record<string, string | null>> = { numerator, denominator, withoutBaseline: without };
  const isSingle = Object.hasOwn(single, column);
  const sum = single[column] ?? null;
  const among = [...inScope(target, { units: tree, owner: filters.owner }, parameter), ...conditionsOf(filters, parameter)];
  const isNothing = isSingle && (sum === null || (column === 'denominator' && isStated));
  return { past: 'past_figures', among, parts: isSingle && sum !== null ? [{ sum }] : ratio, ...(isNothing && { types: [] }) };
}
