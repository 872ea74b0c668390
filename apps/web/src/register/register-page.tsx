import { Group, Text } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useSession } from '../api/session';
import { PageLink } from '../frame/link';
import { Page } from '../frame/page';
import { useUnits } from '../frame/units';
import { dateText, numberText } from '../format/format';
import { FilterChips } from '../table/filter-chips';
import { FilterFields } from '../table/filter-fields';
import { isNarrowed } from '../table/filters';
import { usePages } from '../table/pages';
import { Table } from '../table/table';
import { kindName, stageName } from '../words/codes';
import { useWords } from '../words/words';
import { CountedChips } from './counted-chips';
import { ExportButton } from './export-button';
import { readRegisterSearch, sorts } from './register-search';
import { sortName } from './sort-words';

/** The register: every procedure that the person may see. */
export function RegisterPage(): ReactNode {
  const { say, language } = useWords();
  const search = useSearch({ from: '/_signed-in/procedures/' });
  const navigate = useNavigate();
  const units = useUnits();
  const pages = usePages('/api/v1/procedures', { ...search, limit: 50, total: 'true' });
  const total = pages.first?.total;
  const session = useSession();
  const change = (changed: Readonly<Record<string, string>>): void =>
    void navigate({ to: '/procedures', search: readRegisterSearch({ ...search, ...changed }), replace: true });

  return (
    <Page
      title={say('register.title')}
      busy={pages.isFirst}
      aside={
        session.state === 'in' &&
        session.person.roles.includes('officer') && <PageLink to="/procedures/new">{say('registration.title')}</PageLink>
      }
    >
      <FilterFields
        label={say('register.filters')}
        filters={search}
        change={change}
        sort={{ by: search.sort ?? '-registered', orders: sorts.map((sort) => ({ value: sort, label: sortName(sort, say) })) }}
      />
      <FilterChips filters={search} change={change} />
      <CountedChips counted={search} change={change} />
      <Group justify="space-between" mb="xs">
        <Text aria-live="polite">
          {total && say(total.more ? 'register.totalMore' : 'register.total', { number: numberText(total.count, language) })}
        </Text>
        <ExportButton search={search} />
      </Group>
      <Table
        caption={say('register.title')}
        pages={pages}
        sorted={{ by: search.sort ?? '-registered', change: (sort) => change({ sort }) }}
        keyOf={({ id }) => id}
        linkOf={({ id }) => ({ to: '/procedures/$id', params: { id } })}
        empty={
          !isNarrowed(search)
            ? { title: say('register.empty'), what: say('register.emptyWhat') }
            : { title: say('register.none'), what: say('register.noneWhat') }
        }
        columns={[
          { title: say('procedure.title'), sort: 'title', cell: ({ title }) => title },
          { title: say('procedure.code'), cell: ({ code }) => code ?? '' },
          {
            title: say('procedure.kind'),
            cell: ({ kind, group }) => kindName(kind, group, say),
          },
          { title: say('procedure.owningUnit'), cell: ({ owningUnit }) => units.nameOf(owningUnit) },
          { title: say('procedure.stageSince'), sort: 'stageSince', cell: ({ stageSince }) => dateText(stageSince) },
          { title: say('procedure.stage'), sort: 'stage', cell: ({ stage }) => stageName(stage, say) },
        ]}
      />
    </Page>
  );
}
