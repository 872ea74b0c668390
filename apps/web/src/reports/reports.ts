import type { paths } from '../api/schema';
import type { By, FilterName } from './report-search';
import type { Word } from '../words/words';

/** What the pages know of a report besides what it answers: its columns come with the answer. */
export interface ReportLine {
  readonly title: Word;
  /** What it says, in a sentence. */
  readonly says: Word;
  readonly filters: readonly FilterName[];
  /** How its call names the first and the last day of a period. (Default: it has no period) */
  readonly period?: readonly [from: string, to: string];
  /** By what it can be grouped, first as it is where nothing is chosen. (Default: it cannot) */
  readonly by?: readonly [By, ...By[]];
  /** It is of one programme, which is chosen first. (Default: it is not) */
  readonly ofProgramme?: true;
  /** The column that is drawn as bars. (Default: none) */
  readonly charted?: string;
  /** The column by which a row is called; it leads to the procedure of the row, where it is of one. (Default: the first) */
  readonly head?: string;
  /** Columns that are ids, of which others say the words. (Default: none) */
  readonly hidden?: readonly string[];
  /** So many columns at the beginning say what a row is of. (Default: those before the first figure) */
  readonly names?: number;
  /** Columns without a unit whose text is a figure. (Default: none) */
  readonly figures?: readonly string[];
}

/** The calls of reports, by their names. */
type Served = {
  [Path in keyof paths]: Path extends `/api/v1/reports/${infer Name}` ? (Name extends `${string}/${string}` ? never : Name) : never;
}[keyof paths];

const everyFilter: readonly FilterName[] = ['kind', 'group', 'unit', 'field'];

/** Every report that has a page; a further one is a line, and two words. */
const reports = {
  funnel: { title: 'reports.funnel', says: 'reports.funnelSays', filters: everyFilter, charted: 'count' },
  progress: {
    ...{ title: 'reports.progress', says: 'reports.progressSays', filters: everyFilter, ofProgramme: true, charted: 'value' },
    ...{ names: 2, figures: ['score'] },
  },
  savings: {
    ...{ title: 'reports.savings', says: 'reports.savingsSays', filters: everyFilter, period: ['from', 'to'] },
    ...{ by: ['kind', 'group', 'field', 'unit'], charted: 'implemented' },
  },
  overdue: { title: 'reports.overdue', says: 'reports.overdueSays', filters: everyFilter, charted: 'running' },
  'on-time': {
    ...{ title: 'reports.onTime', says: 'reports.onTimeSays', filters: everyFilter, period: ['signedFrom', 'signedTo'], charted: 'met' },
  },
  'cycle-times': {
    ...{ title: 'reports.cycleTimes', says: 'reports.cycleTimesSays', filters: everyFilter, period: ['from', 'to'], charted: 'median' },
  },
  activity: {
    ...{ title: 'reports.activity', says: 'reports.activitySays', filters: [...everyFilter, 'role'], period: ['from', 'to'] },
    ...{ charted: 'total' },
  },
  'review-results': {
    ...{ title: 'reports.reviewResults', says: 'reports.reviewResultsSays', filters: everyFilter, period: ['from', 'to'] },
    ...{ head: 'title', hidden: ['procedure', 'option'], names: 3 },
  },
  workload: { title: 'reports.workload', says: 'reports.workloadSays', filters: ['unit'], charted: 'waiting' },
} as const satisfies Partial<Readonly<Record<Served, ReportLine>>>;

export type ReportName = keyof typeof reports;
export const reportNames = Object.keys(reports) as readonly ReportName[];

export const isReport = (name: string): name is ReportName => Object.hasOwn(reports, name);
export const lineOf = (name: ReportName): ReportLine => reports[name];
