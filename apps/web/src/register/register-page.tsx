import { Group, Text } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useDeferredValue, useMemo } from 'react';
import type { ReactNode } from 'react';
import { useSession } from '../api/session';
import { numberText } from '../format/format';
import { PageLink } from '../frame/link';
import { Page } from '../frame/page';
import { useUnits } from '../frame/units';
import { useEndless } from '../table/endless';
import { EndlessTable } from '../table/endless-table';
import { FilterChips } from '../table/filter-chips';
import { FilterFields } from '../table/filter-fields';
import { readFilters } from '../table/filters';
import { useIsNarrow } from '../table/room';
import { useWords } from '../words/words';
import { columnsOf } from './columns';
import { ColumnsMenu } from './columns-menu';
import { CountedChips } from './counted-chips';
import { ExportButton } from './export-button';
import { columnsIn, readRegisterSearch, sorts, writeColumns } from './register-search';
import type { RegisterSearch } from './register-search';
import { SavedViews } from './saved-views';
import { sortName } from './sort-words';

const hrefOf = ({ id }: { readonly id: string }): string => `/procedures/${id}`;

/** The register: every procedure that the person may see. */
export function RegisterPage(): ReactNode {
  const { say, language } = useWords();
  // What is typed goes before: the page follows it piece by piece, and holds up no key.
  const search = useDeferredValue(useSearch({ from: '/_signed-in/procedures/' }));
  const { columns, sort = '-registered', ...filters } = search;
  const navigate = useNavigate();
  const { nameOf, all } = useUnits();
  const list = useEndless({ ...filters, sort });
  const isNarrow = useIsNarrow();
  const session = useSession();
  const apply = (next: RegisterSearch): void => void navigate({ to: '/procedures', search: next, replace: true, resetScroll: false });
  const change = (changed: Readonly<Record<string, string>>): void =>
    void navigate({
      to: '/procedures',
      search: (before) => readRegisterSearch({ ...before, ...changed }),
      replace: true,
      resetScroll: false,
    });
  const chosen = columnsIn(columns);
  // Rows that stay are drawn again only where what stands in them reads otherwise.
  const shown = useMemo(() => columnsOf(columnsIn(columns), { say, nameOf }), [columns, language, all]);
  const { total } = list;
  const values = total && { number: numberText(total.count, language), q: filters.q ?? '' };

  // What narrows the list down stays as it is while one scrolls over it.
  const tools = useMemo(
    () => (
      <>
        <FilterFields
          label={say('register.filters')}
          filters={filters}
          change={change}
          isOpen={!isNarrow}
          sort={{ by: sort, orders: sorts.map((one) => ({ value: one, label: sortName(one, say) })) }}
        >
          <ColumnsMenu
            columns={chosen}
            change={(next) => {
              apply(readRegisterSearch({ ...search, columns: writeColumns(next) }));
            }}
          />
          <SavedViews search={search} apply={apply} />
        </FilterFields>
        <FilterChips filters={filters} change={change} />
        <CountedChips counted={filters} change={change} />
      </>
    ),
    [search, isNarrow, language],
  );

  return (
    <Page
      title={say('register.title')}
      busy={list.isFirst}
      aside={
        session.state === 'in' &&
        session.person.roles.includes('officer') && <PageLink to="/procedures/new">{say('registration.title')}</PageLink>
      }
    >
      {tools}
      <Group justify="space-between" mb="xs">
        <Text aria-live="polite">
          {values &&
            (filters.q === undefined
              ? say(total.more ? 'register.totalMore' : 'register.total', values)
              : say(total.more ? 'register.foundMore' : 'register.found', values))}
        </Text>
        <Group gap="md">
          <PageLink to="/bulk" search={readFilters(filters)} data-noprint>
            {say('bulk.open')}
          </PageLink>
          <ExportButton search={{ ...filters, sort }} />
        </Group>
      </Group>
      <EndlessTable
        caption={say('register.title')}
        list={list}
        sorted={{ by: sort, change: (by) => change({ sort: by }) }}
        hrefOf={hrefOf}
        empty={
          Object.keys(filters).length > 0
            ? { title: say('register.none'), what: say('register.noneWhat') }
            : { title: say('register.empty'), what: say('register.emptyWhat') }
        }
        columns={shown}
      />
    </Page>
  );
}
