import { decimalText, numberText } from '../format/format';
import { kindWords } from '../words/codes';
import type { Word, Words } from '../words/words';
import type { SavingsAnswer } from './dashboard-queries';
import type { DashboardSearch } from './dashboard-search';
import type { Said } from './tile';

const figures = ['promised', 'approved', 'implemented', 'measured'] as const;
const figureWords = {
  promised: 'dashboard.promised',
  approved: 'dashboard.approved',
  implemented: 'dashboard.implemented',
  measured: 'dashboard.measured',
} as const satisfies Record<(typeof figures)[number], Word>;

/** How much of the yearly cost was promised to be saved, and how far that came. */
export function moneySaid({ rows, totals }: SavingsAnswer, search: DashboardSearch, { say, language }: Words): Said {
  if (totals.promised === 0 && totals.before === 0) return { conclusion: say('dashboard.noMoney'), figures: null };
  const { implemented, before, cutPercent } = totals;
  return {
    conclusion: say('dashboard.moneySays', {
      implemented: numberText(implemented, language),
      before: numberText(before, language),
      percent: cutPercent === null ? '–' : decimalText(cutPercent, language),
    }),
    figures: {
      names: [say('procedure.kind')],
      columns: figures.map((figure) => say(figureWords[figure])),
      rows: rows.map(({ key, kind, ...row }) => ({
        key,
        names: [kind === undefined ? key : say(kindWords[kind])],
        figures: figures.map((column) => ({
          number: row[column],
          list: { to: '/reports/$name', params: { name: 'savings' }, search: { ...search, row: key, column } },
        })),
      })),
      bar: figures.indexOf('implemented'),
    },
  };
}
