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
import { usePages } from '../table/pages';
import { StateMark } from '../table/state-mark';
import { Table } from '../table/table';
import { useWords } from '../words/words';
import { DueMark } from '../recommendations/due-mark';
import { stateWords } from './inspection-words';
import { inspectionStates, readInspectionsSearch } from './inspections-search';

/** Who inspects whom, how far that is, and what is late. */
export function InspectionsPage(): ReactNode {
  const { say, language } = useWords();
  const search = useSearch({ from: '/_signed-in/inspections/' });
  const navigate = useNavigate();
  const isHere = useIsHere();
  const units = useUnits();
  const pages = usePages('/api/v1/inspections', { ...search, limit: 50 });
  const change = (changed: Readonly<Record<string, string>>): void =>
    void navigate({ to: '/inspections', search: readInspectionsSearch({ ...search, ...changed }), replace: true });
  return (
    <Page title={say('inspections.title')} busy={pages.isFirst}>
      {pages.first?.allowed.includes('announce-inspection') === true && (
        <Acts
          label={say('inspections.acts')}
          acts={[
            {
              name: 'announce-inspection',
              title: say('inspections.announce'),
              fields: <AnnouncementFields />,
              send: async (body, key) => {
                const { id } = await command('POST', '/api/v1/inspections', body, { key });
                if (isHere()) await navigate({ to: '/inspections/$id', params: { id } });
              },
            },
          ]}
        />
      )}
      <Group align="end" mb="md" role="search" aria-label={say('inspections.filters')}>
        <NativeSelect
          label={say('deadlines.state')}
          value={search.state ?? ''}
          onChange={({ currentTarget: { value } }) => change({ state: value })}
          data={[
            { value: '', label: say('register.any') },
            ...inspectionStates.map((state) => ({ value: state, label: say(stateWords[state]) })),
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
        {!pages.isFirst &&
          say(pages.hasNext ? 'inspections.foundMore' : 'inspections.found', { number: numberText(pages.rows.length, language) })}
      </Text>
      <Table
        caption={say('inspections.title')}
        pages={pages}
        keyOf={({ id }) => id}
        linkOf={({ id }) => ({ to: '/inspections/$id', params: { id } })}
        empty={
          Object.keys(search).length === 0
            ? { title: say('inspections.empty'), what: say('inspections.emptyWhat') }
            : { title: say('inspections.none'), what: say('deadlines.noneWhat') }
        }
        columns={[
          { title: say('inspections.name'), cell: ({ title }) => title },
          { title: say('inspections.by'), cell: ({ by }) => units.nameOf(by) },
          { title: say('inspections.of'), cell: ({ of }) => units.nameOf(of) },
          {
            title: say('inspections.recommendations'),
            cell: ({ recommendations: all, accepted }) => (all === 0 ? '' : say('inspections.accepted', { accepted, all })),
          },
          { title: say('inspections.due'), cell: (inspection) => <DueMark of={inspection} /> },
          {
            title: say('deadlines.state'),
            cell: ({ state }) => <StateMark weight={state === 'closed' ? 'plain' : 'soon'}>{say(stateWords[state])}</StateMark>,
          },
        ]}
      />
    </Page>
  );
}

function AnnouncementFields(): ReactNode {
  const { say } = useWords();
  const own = useAccount()?.unit;
  return (
    <Stack>
      <TextField name="title" label={say('inspections.name')} />
      <UnitField name="by" label={say('inspections.by')} {...(own !== undefined && { defaultValue: own })} />
      <UnitField name="of" label={say('inspections.of')} help={say('inspections.ofHelp')} />
      <DateField name="announcedOn" label={say('inspections.announcedOn')} />
    </Stack>
  );
}
