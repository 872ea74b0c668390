import type { ReactNode } from 'react';
import { useSession } from '../api/session';
import { agoText, dateText } from '../format/format';
import { useTimes } from '../format/moment';
import { useAccount } from '../frame/account';
import { keepAhead } from '../frame/going-on';
import { useUnits } from '../frame/units';
import type { ChosenRows } from '../table/choosing';
import { isNarrowed } from '../table/filters';
import type { Pages } from '../table/pages';
import { StateMark } from '../table/state-mark';
import { Table } from '../table/table';
import { stageName } from '../words/codes';
import { useWords } from '../words/words';
import { ClaimingCell } from './claiming';
import { dueFor, dueText, weightOf, whyText, workKey, workText } from './work-words';
import type { Work } from './work-words';
import { addressOf } from './worklist-search';
import type { WorklistSearch } from './worklist-search';

interface Props {
  readonly caption: string;
  readonly pages: Pages<Work>;
  readonly search: WorklistSearch;
  readonly chosen: ChosenRows<Work>;
  readonly choose: (chosen: ChosenRows<Work>) => void;
}

/** Work with what to do first, why it is here and by when. */
export function WorkTable({ caption, pages, search, chosen, choose }: Props): ReactNode {
  const words = useWords();
  const { say, language } = words;
  const times = useTimes();
  const units = useUnits();
  const session = useSession();
  const me = session.state === 'in' ? session.person.id : '';
  const account = useAccount();
  const nameOf = (person: string): string => account?.mayActFor.find(({ id }) => id === person)?.name ?? '';
  const timeText = (moment: string): string => (times === 'relative' ? agoText(moment, language) : dateText(moment));

  return (
    <Table
      caption={caption}
      pages={pages}
      keyOf={workKey}
      choice={{ chosen, choose, nameOf: ({ title }) => title }}
      linkOf={({ id, actingFor }) => ({ to: '/procedures/$id', params: { id }, search: actingFor === null ? {} : { for: actingFor } })}
      opened={() =>
        keepAhead({ search: addressOf(search), items: pages.rows.map(({ id, title, actingFor }) => ({ id, title, actingFor })) })
      }
      empty={
        isNarrowed(search)
          ? { title: say('worklist.none'), what: say('register.noneWhat') }
          : { title: say('worklist.empty'), what: say('worklist.emptyWhat') }
      }
      columns={[
        {
          title: say('worklist.work'),
          cell: (work) => workText(work, words),
          below: (work) => whyText(work, { me, nameOf, timeText }, words),
        },
        {
          title: say('worklist.due'),
          cell: ({ due }) => due && <StateMark weight={weightOf(due)}>{dueText(due, words)}</StateMark>,
          below: (work) => work.due && dueFor(work.due, work, words),
        },
        { title: say('procedure.owningUnit'), cell: ({ owningUnit }) => units.nameOf(owningUnit) },
        { title: say('worklist.claim'), cell: (work) => <ClaimingCell work={work} />, acts: true },
        { title: say('procedure.stage'), cell: ({ stage }) => stageName(stage, say) },
      ]}
    />
  );
}
