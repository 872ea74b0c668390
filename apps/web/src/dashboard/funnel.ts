import { numberText } from '../format/format';
import { kindWords, knownStages, stageName } from '../words/codes';
import type { Words } from '../words/words';
import type { FunnelAnswer } from './dashboard-queries';
import type { DashboardSearch } from './dashboard-search';
import type { Said } from './tile';

type Row = FunnelAnswer['rows'][number];

/** Internal procedures by their groups, then the other kinds. */
const classes = [
  { kind: 'internal', group: 'A' },
  { kind: 'internal', group: 'B' },
  { kind: 'internal', group: 'C' },
  { kind: 'internal', group: 'D' },
  { kind: 'public', group: null },
  { kind: 'quality', group: null },
] as const satisfies readonly Pick<Row, 'kind' | 'group'>[];

/** How many procedures stand in each stage, by kind and group. */
export function funnelSaid({ rows, total }: FunnelAnswer, search: DashboardSearch, { say, language }: Words): Said {
  if (total === 0) return { conclusion: say('register.empty'), figures: null };
  const stages = stagesOf(rows);
  const sum = (stage: string, of?: Pick<Row, 'kind' | 'group'>): number =>
    rows
      .filter((row) => row.stage === stage && (of === undefined || (row.kind === of.kind && row.group === of.group)))
      .reduce((so, { count }) => so + count, 0);
  const there = classes.filter((one) => stages.some((stage) => sum(stage, one) > 0));
  const most = stages.reduce((first, stage) => (sum(stage) > sum(first) ? stage : first));
  return {
    conclusion: say('dashboard.funnelSays', {
      total: numberText(total, language),
      stage: stageName(most, say),
      number: numberText(sum(most), language),
    }),
    figures: {
      names: [say('procedure.stage')],
      columns: [
        ...there.map(({ kind, group }) => (group === null ? say(kindWords[kind]) : say('dashboard.internalGroup', { group }))),
        say('dashboard.total'),
      ],
      bar: there.length,
      rows: stages.map((stage) => ({
        key: stage,
        names: [stageName(stage, say)],
        figures: [
          ...there.map(({ kind, group }) => ({
            number: sum(stage, { kind, group }),
            list: { to: '/procedures' as const, search: { ...search, stage, kind, ...(group !== null && { group }) } },
          })),
          { number: sum(stage), list: { to: '/procedures', search: { ...search, stage } } },
        ],
      })),
    },
  };
}

/** Those that hold something, in the order of the lifecycle; ones that only a definition knows stand last. */
function stagesOf(rows: readonly Row[]): readonly string[] {
  const there = new Set(rows.filter(({ count }) => count > 0).map(({ stage }) => stage));
  return [...knownStages.filter((stage) => there.has(stage)), ...[...there].filter((stage) => !knownStages.includes(stage))];
}
