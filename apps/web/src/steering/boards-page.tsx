import { Group, NativeSelect, Stack, Text } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { command } from '../api/client';
import { Acts } from '../form/acts';
import { DateField, TextField } from '../form/fields';
import { UnitField } from '../form/unit-field';
import { numberText } from '../format/format';
import { useAccount } from '../frame/account';
import { useIsHere } from '../frame/here';
import { Page } from '../frame/page';
import { UnitFilter } from '../frame/unit-filter';
import { useUnits } from '../frame/units';
import { DueMark } from '../recommendations/due-mark';
import { usePages } from '../table/pages';
import { StateMark } from '../table/state-mark';
import { Table } from '../table/table';
import { useWords } from '../words/words';
import { boardStateWords } from './boards-queries';
import { boardStates, readBoardsSearch } from './boards-search';

/** Steering boards, what they ask for and what of it is late. */
export function BoardsPage(): ReactNode {
  const { say, language } = useWords();
  const search = useSearch({ from: '/_signed-in/steering-boards/' });
  const navigate = useNavigate();
  const isHere = useIsHere();
  const units = useUnits();
  const pages = usePages('/api/v1/steering-boards', { ...search, limit: 50 });
  const change = (changed: Readonly<Record<string, string>>): void =>
    void navigate({ to: '/steering-boards', search: readBoardsSearch({ ...search, ...changed }), replace: true });
  return (
    <Page title={say('boards.title')} busy={pages.isFirst}>
      {pages.first?.allowed.includes('establish-board') === true && (
        <Acts
          label={say('boards.acts')}
          acts={[
            {
              name: 'establish-board',
              title: say('boards.establish'),
              fields: <EstablishmentFields />,
              send: async (body, key) => {
                const { id } = await command('POST', '/api/v1/steering-boards', body, { key });
                if (isHere()) await navigate({ to: '/steering-boards/$id', params: { id } });
              },
            },
          ]}
        />
      )}
      <Group align="end" mb="md" role="search" aria-label={say('boards.filters')}>
        <NativeSelect
          label={say('deadlines.state')}
          value={search.state ?? ''}
          onChange={({ currentTarget: { value } }) => change({ state: value })}
          data={[
            { value: '', label: say('register.any') },
            ...boardStates.map((state) => ({ value: state, label: say(boardStateWords[state]) })),
          ]}
        />
        <NativeSelect
          label={say('inspections.due')}
          value={search.overdue ?? ''}
          onChange={({ currentTarget: { value } }) => change({ overdue: value })}
          data={[
            { value: '', label: say('register.any') },
            { value: 'true', label: say('inspections.late') },
            { value: 'false', label: say('inspections.notLate') },
          ]}
        />
        <UnitFilter unit={search.unit} choose={(unit) => change({ unit })} />
      </Group>
      <Text mb="xs" aria-live="polite">
        {!pages.isFirst && say(pages.hasNext ? 'boards.foundMore' : 'boards.found', { number: numberText(pages.rows.length, language) })}
      </Text>
      <Table
        caption={say('boards.title')}
        pages={pages}
        keyOf={({ id }) => id}
        linkOf={({ id }) => ({ to: '/steering-boards/$id', params: { id } })}
        empty={
          Object.keys(search).length === 0
            ? { title: say('boards.empty'), what: say('boards.emptyWhat') }
            : { title: say('boards.none'), what: say('deadlines.noneWhat') }
        }
        columns={[
          { title: say('boards.name'), cell: ({ title }) => title },
          { title: say('boards.unit'), cell: ({ unit }) => units.nameOf(unit) },
          {
            title: say('inspections.recommendations'),
            cell: ({ recommendations: all, accepted }) => (all === 0 ? '' : say('inspections.accepted', { accepted, all })),
          },
          { title: say('inspections.due'), cell: (board) => <DueMark of={board} /> },
          {
            title: say('deadlines.state'),
            cell: ({ state }) => <StateMark weight={state === 'active' ? 'soon' : 'plain'}>{say(boardStateWords[state])}</StateMark>,
          },
        ]}
      />
    </Page>
  );
}

function EstablishmentFields(): ReactNode {
  const { say } = useWords();
  const own = useAccount()?.unit;
  return (
    <Stack>
      <TextField name="title" label={say('boards.name')} />
      <UnitField name="unit" label={say('boards.unit')} {...(own !== undefined && { defaultValue: own })} />
      <TextField name="document.number" label={say('field.document.number')} />
      <DateField name="document.date" label={say('field.document.date')} />
    </Stack>
  );
}
