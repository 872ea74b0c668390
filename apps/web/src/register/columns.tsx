import { dateText } from '../format/format';
import type { Column } from '../table/column';
import type { EndlessRow } from '../table/endless';
import { classificationWords, kindName, stageName } from '../words/codes';
import type { Word } from '../words/words';
import { columnWords } from './columns-menu';
import type { ColumnName } from './register-search';

interface Saying {
  readonly say: (word: Word) => string;
  /** Of a unit, by id. */
  readonly nameOf: (unit: string) => string;
}

/** The title and what was chosen to stand beside it. */
export function columnsOf(chosen: readonly ColumnName[], { say, nameOf }: Saying): readonly Column<EndlessRow>[] {
  const all: Readonly<Record<ColumnName, Pick<Column<EndlessRow>, 'cell' | 'sort'>>> = {
    code: { cell: ({ code }) => code ?? '' },
    kind: { cell: ({ kind, group }) => kindName(kind, group, say) },
    owningUnit: { cell: ({ owningUnit }) => nameOf(owningUnit) },
    field: { cell: ({ field }) => field, sort: 'field' },
    classification: { cell: ({ classification }) => say(classificationWords[classification]) },
    registeredAt: { cell: ({ registeredAt }) => dateText(registeredAt), sort: 'registered' },
    stageSince: { cell: ({ stageSince }) => dateText(stageSince), sort: 'stageSince' },
    stage: { cell: ({ stage }) => stageName(stage, say), sort: 'stage' },
  };
  return [
    { title: say('procedure.title'), cell: ({ title }) => title, sort: 'title' },
    ...chosen.map((name) => ({ title: say(columnWords[name]), ...all[name] })),
  ];
}
