import { Checkbox, Group, NativeSelect } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { command } from '../../api/client';
import { Acts } from '../../form/acts';
import { ChoiceField, PasswordField, TextField } from '../../form/fields';
import { UnitField } from '../../form/unit-field';
import { WordsField } from '../../form/words-field';
import { useIsHere } from '../../frame/here';
import { Page } from '../../frame/page';
import { UnitFilter } from '../../frame/unit-filter';
import { useUnits } from '../../frame/units';
import { usePages } from '../../table/pages';
import { Table } from '../../table/table';
import { classificationWords, roleWords } from '../../words/codes';
import { useWords } from '../../words/words';
import { useClearancesToGive } from './clearances';
import { standingAt } from './grants';
import { readPeopleSearch, roles } from './people-search';

/** Everybody who may sign in, with what they may do where. */
export function PeoplePage(): ReactNode {
  const { say } = useWords();
  const search = useSearch({ from: '/_signed-in/administration/people/' });
  const navigate = useNavigate();
  const isHere = useIsHere();
  const units = useUnits();
  const { all, ...sought } = search;
  const pages = usePages('/api/v1/people', { ...sought, program: 'false', ...(all !== true && { administered: 'true' }), limit: 50 });
  const change = (changed: Readonly<Record<string, unknown>>): void =>
    void navigate({ to: '/administration/people', search: readPeopleSearch({ ...search, ...changed }), replace: true });

  return (
    <Page title={say('people.title')} busy={pages.isFirst}>
      <Acts
        label={say('people.acts')}
        acts={[
          {
            name: 'register-person',
            title: say('people.make'),
            effect: say('people.makeEffect'),
            fields: <NewPersonFields />,
            send: async (body, key) => {
              const { id } = await command('POST', '/api/v1/people', body, { key });
              if (isHere()) await navigate({ to: '/administration/people/$id', params: { id } });
            },
          },
        ]}
      />
      <Group align="end" mb="md" role="search" aria-label={say('people.filters')}>
        <WordsField label={say('people.q')} words={search.q ?? ''} seek={(q) => change({ q })} />
        <UnitFilter unit={search.unit} choose={(unit) => change({ unit })} />
        <NativeSelect
          label={say('people.role')}
          value={search.role ?? ''}
          onChange={({ currentTarget: { value } }) => change({ role: value })}
          data={[{ value: '', label: say('register.any') }, ...roles.map((role) => ({ value: role, label: say(roleWords[role]) }))]}
        />
        <Checkbox
          label={say('people.all')}
          checked={all === true}
          onChange={({ currentTarget: { checked } }) => change({ all: checked })}
        />
      </Group>
      <Table
        caption={say('people.title')}
        pages={pages}
        keyOf={({ id }) => id}
        linkOf={({ id }) => ({ to: '/administration/people/$id', params: { id } })}
        empty={{ title: say('people.none'), what: say('people.noneWhat') }}
        columns={[
          { title: say('people.name'), cell: ({ name }) => name },
          { title: say('signIn.username'), cell: ({ username }) => username ?? '' },
          { title: say('procedure.owningUnit'), cell: ({ unit }) => (unit === '' ? '' : units.nameOf(unit)) },
          {
            title: say('people.roles'),
            cell: ({ roles: held }) => rolesText(held.filter((one) => ['coming', 'now'].includes(standingAt(units.all, one)))),
          },
          { title: say('people.clearance'), cell: ({ clearance }) => (clearance === undefined ? '' : say(classificationWords[clearance])) },
        ]}
      />
    </Page>
  );

  function rolesText(held: readonly { readonly role: keyof typeof roleWords }[]): string {
    return held.length === 0 ? say('people.noRole') : [...new Set(held.map(({ role }) => say(roleWords[role])))].join(', ');
  }
}

function NewPersonFields(): ReactNode {
  const { say } = useWords();
  const clearances = useClearancesToGive();
  return (
    <>
      <TextField name="name" label={say('people.name')} />
      <TextField name="username" label={say('signIn.username')} help={say('people.usernameHelp')} />
      <PasswordField
        name="password"
        label={say('people.password')}
        help={say('people.passwordHelp')}
        autoComplete="new-password"
        optional
      />
      <ChoiceField
        name="clearance"
        label={say('people.clearance')}
        help={say('people.clearanceHelp')}
        choices={clearances.map((one) => ({ value: one, label: say(classificationWords[one]) }))}
        optional
      />
      <UnitField
        name="unit"
        label={say('people.home')}
        help={say('people.homeHelp')}
        among={({ closed, administered }) => !closed && administered}
        optional
      />
    </>
  );
}
