import { Group, NativeSelect, Text } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { agoText, lastDayText, numberText } from '../format/format';
import { Page } from '../frame/page';
import { UnitFilter } from '../frame/unit-filter';
import { useUnits } from '../frame/units';
import { usePages } from '../table/pages';
import type { Item } from '../table/pages';
import { StateMark } from '../table/state-mark';
import type { Weight } from '../table/state-mark';
import { Table } from '../table/table';
import { actionName, dueRangeWords, dueRanges, stageName } from '../words/codes';
import type { Word, Words } from '../words/words';
import { useWords } from '../words/words';
import { deadlineStates, readDeadlinesSearch } from './deadlines-search';
import type { DeadlineState } from './deadlines-search';

type Deadline = Item<'/api/v1/deadlines'>;

const stateWords = {
  open: 'deadlines.open',
  warned: 'deadlines.warned',
  missed: 'deadlines.missed',
} as const satisfies Record<DeadlineState, Word>;
const weights: Readonly<Record<DeadlineState, Weight>> = { open: 'plain', warned: 'soon', missed: 'late' };

/** What has to be done by when, the next due first. */
export function DeadlinesPage(): ReactNode {
  const words = useWords();
  const { say } = words;
  const search = useSearch({ from: '/_signed-in/deadlines' });
  const navigate = useNavigate();
  const units = useUnits();
  const pages = usePages('/api/v1/deadlines', { ...search, limit: 50 });
  const change = (changed: Readonly<Record<string, string>>): void =>
    void navigate({ to: '/deadlines', search: readDeadlinesSearch({ ...search, ...changed }), replace: true });

  return (
    <Page title={say('deadlines.title')} busy={pages.isFirst}>
      <Group align="end" mb="md" role="search" aria-label={say('deadlines.filters')}>
        <NativeSelect
          label={say('deadlines.state')}
          value={search.state ?? ''}
          onChange={({ currentTarget: { value } }) => change({ state: value })}
          data={[
            { value: '', label: say('register.any') },
            ...deadlineStates.map((state) => ({ value: state, label: say(stateWords[state]) })),
          ]}
        />
        <NativeSelect
          label={say('deadlines.dueIn')}
          value={search.due ?? ''}
          onChange={({ currentTarget: { value } }) => change({ due: value })}
          data={[{ value: '', label: say('register.any') }, ...dueRanges.map((due) => ({ value: due, label: say(dueRangeWords[due]) }))]}
        />
        <UnitFilter unit={search.unit} choose={(unit) => change({ unit })} />
      </Group>
      <Text mb="xs" aria-live="polite">
        {!pages.isFirst &&
          say(pages.hasNext ? 'deadlines.foundMore' : 'deadlines.found', { number: numberText(pages.rows.length, words.language) })}
      </Text>
      <Table
        caption={say('deadlines.title')}
        pages={pages}
        keyOf={({ procedure, action, stage, startedAt }) => `${procedure} ${action ?? ''} ${stage ?? ''} ${startedAt}`}
        linkOf={({ procedure }) => ({ to: '/procedures/$id', params: { id: procedure } })}
        empty={
          Object.keys(search).length === 0
            ? { title: say('deadlines.empty'), what: say('deadlines.emptyWhat') }
            : { title: say('deadlines.none'), what: say('deadlines.noneWhat') }
        }
        columns={[
          { title: say('procedure.title'), cell: ({ title }) => title },
          { title: say('deadlines.what'), cell: (deadline) => whatText(deadline, words) },
          { title: say('procedure.owningUnit'), cell: ({ owningUnit }) => units.nameOf(owningUnit) },
          { title: say('deadlines.due'), cell: (deadline) => dueText(deadline, words) },
          {
            title: say('deadlines.state'),
            cell: ({ state, escalated }) => (
              <StateMark weight={weights[state]}>{say(escalated ? 'deadlines.escalated' : stateWords[state])}</StateMark>
            ),
          },
        ]}
      />
    </Page>
  );
}

function whatText({ action, stage }: Deadline, { say }: Words): string {
  if (action !== null) return actionName(action, say);
  return stage === null ? '' : say('deadlines.stay', { stage: stageName(stage, say) });
}

/** When, as a date and as how far away. */
function dueText({ dueAt, stopped }: Deadline, { say, language }: Words): string {
  if (dueAt === null) return say(stopped ? 'deadlines.stopped' : 'deadlines.unknown');
  return `${lastDayText(dueAt)} (${agoText(dueAt, language)})`;
}
