import { dateText, decimalText, momentText } from '../format/format';
import { actionName, eventName, kindWords, metricWords, onTimeWords, optionStateWords, optionTypeWords, stageName } from '../words/codes';
import type { Say, Word, Words } from '../words/words';
import type { ReportColumn, ReportRow } from './report-queries';

/** What the text of a cell needs besides its value. */
export interface CellWords extends Words {
  /** Of a unit. */
  readonly nameOf: (id: string) => string;
}

const nothing = '–';
const figure = /^-?\d+(\.\d+)?$/;
const id = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether a column stands to the right as figures: numbers, or text that is one where a unit or the report says so. */
export function isFigures({ key, unit }: ReportColumn, values: readonly unknown[], known: readonly string[] = []): boolean {
  const there = values.filter((value) => value !== null && value !== undefined);
  const mayBeText = unit !== undefined || known.includes(key);
  const isOne = (value: unknown): boolean => typeof value === 'number' || (mayBeText && typeof value === 'string' && figure.test(value));
  return there.length === 0 ? unit !== undefined : there.every(isOne);
}

/** So many columns at the beginning say what a row is of: those before the first figure, and one at least. */
export function namesIn(figures: readonly boolean[]): number {
  const first = figures.indexOf(true);
  return Math.max(1, first === -1 ? 1 : first);
}

const units: Readonly<Record<string, Word>> = {
  percent: 'reports.percent',
  workingDays: 'reports.workingDays',
  days: 'reports.days',
  dong: 'reports.money',
  'VND/year': 'reports.moneyAYear',
};

/** With what its figures are in. */
export function titleText({ title, unit }: ReportColumn, say: Say): string {
  // Some titles say it themselves.
  if (unit === undefined || title.endsWith(')')) return title;
  const word = Object.hasOwn(units, unit) ? units[unit] : undefined;
  return `${title} (${word === undefined ? unit : say(word)})`;
}

const named =
  (words: Readonly<Record<string, Word>>) =>
  (code: string, say: Say): string => {
    const word = Object.hasOwn(words, code) ? words[code] : undefined;
    return word === undefined ? code : say(word);
  };
const metricName = named(metricWords);
const stateName = named({ ...optionStateWords, active: 'reports.active', withdrawn: 'programmes.withdrawn', closed: 'programmes.closed' });

/** What codes of a column are called. */
const codes: Readonly<Record<string, (code: string, say: Say) => string>> = {
  kind: named(kindWords),
  stage: stageName,
  action: actionName,
  event: eventName,
  measure: named(onTimeWords),
  metric: (code, say) =>
    code.startsWith('indicator:') ? say('programmes.metric.indicator', { code: code.slice('indicator:'.length) }) : metricName(code, say),
  type: named(optionTypeWords),
  authority: named({ own: 'reports.decidesItself', proposedUp: 'reports.decidedAbove' }),
  status: stateName,
  state: stateName,
};

/** A value as people read it. @param key Of its column, which says of what codes are */
export function valueText(key: string, value: unknown, words: CellWords): string {
  const { say, language, nameOf } = words;
  if (value === null || value === undefined || value === '') return nothing;
  if (typeof value === 'boolean') return say(value ? 'reports.yes' : 'reports.no');
  if (typeof value === 'number') return decimalText(value, language);
  if (Array.isArray(value)) return value.map((one) => valueText(key, one, words)).join(', ') || nothing;
  if (typeof value === 'object') {
    const parts = Object.entries(value).filter(([, part]) => part !== null && part !== undefined);
    if (parts.length === 0) return key === 'scope' ? say('programmes.everything') : nothing;
    return parts.map(([name, part]) => (name === 'group' ? say('programmes.group', { group: String(part) }) : valueText(name, part, words))).join(', ');
  }
  if (typeof value !== 'string') return nothing;
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return dateText(value);
  if (/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(value)) return momentText(value, language);
  if (id.test(value)) return nameOf(value);
  const code = Object.hasOwn(codes, key) ? codes[key] : undefined;
  return code === undefined ? value : code(value, say);
} // prettier-ignore

/** What stands in a cell; of a unit the name that came with it. */
export function cellText({ key }: ReportColumn, row: Readonly<Record<string, unknown>>, isFigure: boolean, words: CellWords): string {
  // What the system did is of no unit.
  if (key === 'unit' && row.key === 'system') return words.say('reports.system');
  const value = row[`${key}Name`] ?? row[key];
  return isFigure && typeof value === 'string' ? decimalText(value, words.language) : valueText(key, value, words);
}

/** What a row is of, in words. */
export const rowName = (columns: readonly ReportColumn[], row: ReportRow, names: number, words: CellWords): string =>
  columns
    .slice(0, names)
    .filter(({ key }) => (row[key] !== null && row[key] !== undefined) || row.key === 'system')
    .map((column) => cellText(column, row, false, words))
    .join(', ');
