import { numberText } from '../format/format';
import { kindName, onTimeWords } from '../words/codes';
import type { Word, Words } from '../words/words';
import type { OnTimeAnswer } from './dashboard-queries';
import type { DashboardSearch } from './dashboard-search';
import type { Said } from './tile';

const states = ['met', 'late', 'open', 'unknown'] as const;
const stateWords = {
  met: 'dashboard.met',
  late: 'dashboard.late',
  open: 'dashboard.open',
  unknown: 'dashboard.unknown',
} as const satisfies Record<(typeof states)[number], Word>;

/** How many publications were signed and disclosed in time. */
export function onTimeSaid({ rows }: OnTimeAnswer, search: DashboardSearch, { say, language }: Words): Said {
  if (rows.length === 0) return { conclusion: say('dashboard.nonePublished'), figures: null };
  const sum = (state: 'met' | 'late'): number => rows.reduce((so, row) => so + row[state], 0);
  return {
    conclusion: say('dashboard.onTimeSays', {
      met: numberText(sum('met'), language),
      all: numberText(sum('met') + sum('late'), language),
    }),
    figures: {
      names: [say('dashboard.measure'), say('procedure.kind')],
      columns: states.map((state) => say(stateWords[state])),
      rows: rows.map(({ measure, kind, group, ...row }) => ({
        key: `${measure} ${kind} ${group ?? ''}`,
        names: [say(onTimeWords[measure]), kindName(kind, group, say)],
        figures: states.map((state) => ({
          number: row[state],
          list: {
            to: '/procedures',
            search: { ...search, kind, ...(group !== null && { group }), onTime: `${measure}.${state}` },
          },
          isLate: state === 'late',
        })),
      })),
    },
  };
}
