import type { ReactNode } from 'react';
import { useUnits } from '../frame/units';
import type { ChosenRows } from '../table/choosing';
import type { Item, Pages } from '../table/pages';
import { Table } from '../table/table';
import { kindName, stageName } from '../words/codes';
import { useWords } from '../words/words';

type Row = Item<'/api/v1/procedures'>;

interface Props {
  readonly pages: Pages<Row>;
  readonly chosen: ChosenRows<Row>;
  readonly choose: (chosen: ChosenRows<Row>) => void;
  readonly isNarrowed: boolean;
}

/** Procedures that match, of which some can be chosen. */
export function ProcedureRows({ pages, chosen, choose, isNarrowed }: Props): ReactNode {
  const { say } = useWords();
  const { nameOf } = useUnits();
  return (
    <Table
      caption={say('bulk.which')}
      pages={pages}
      keyOf={({ id }) => id}
      linkOf={({ id }) => ({ to: '/procedures/$id', params: { id } })}
      choice={{ chosen, choose, nameOf: ({ title }) => title }}
      empty={
        isNarrowed
          ? { title: say('register.none'), what: say('register.noneWhat') }
          : { title: say('register.empty'), what: say('register.emptyWhat') }
      }
      columns={[
        { title: say('procedure.title'), cell: ({ title }) => title },
        { title: say('procedure.kind'), cell: ({ kind, group }) => kindName(kind, group, say) },
        { title: say('procedure.owningUnit'), cell: ({ owningUnit }) => nameOf(owningUnit) },
        { title: say('procedure.stage'), cell: ({ stage }) => stageName(stage, say) },
      ]}
    />
  );
}
