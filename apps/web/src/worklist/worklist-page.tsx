import { Tabs, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { numberText } from '../format/format';
import { Page } from '../frame/page';
import { FilterChips } from '../table/filter-chips';
import { FilterFields } from '../table/filter-fields';
import { isNarrowed } from '../table/filters';
import { usePages } from '../table/pages';
import type { Word } from '../words/words';
import { useWords } from '../words/words';
import { Several } from './several/several';
import { countsQuery, worklistQuery } from './worklist-queries';
import { orders, readWorklistSearch, scopes } from './worklist-search';
import type { Scope } from './worklist-search';

const scopeWords = {
  mine: 'worklist.mine',
  unit: 'worklist.unit',
  claimed: 'worklist.claimed',
  waiting: 'worklist.waiting',
  overdue: 'worklist.overdue',
  dueThisWeek: 'worklist.dueThisWeek',
} as const satisfies Record<Scope, Word>;
const orderWords = { due: 'worklist.byDue', waiting: 'worklist.byWaiting' } as const satisfies Record<(typeof orders)[number], Word>;

/** What waits for whoever is signed in. */
export function WorklistPage(): ReactNode {
  const { say, language } = useWords();
  const search = useSearch({ from: '/_signed-in/' });
  const { scope = 'mine', sort = 'due' } = search;
  const navigate = useNavigate();
  const counts = useQuery(countsQuery());
  const pages = usePages('/api/v1/worklist', worklistQuery(search));
  const total = pages.first?.total;
  const change = (changed: Readonly<Record<string, string>>): void =>
    void navigate({ to: '/', search: readWorklistSearch({ ...search, ...changed }), replace: true });

  return (
    <Page title={say('worklist.title')} busy={pages.isFirst || counts.isPending}>
      <Tabs value={scope} onChange={(chosen) => change({ scope: chosen ?? 'mine' })}>
        <Tabs.List mb="md">
          {scopes.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {say(scopeWords[one])} {counts.data && `(${numberText(counts.data[one], language)})`}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {scopes.map((one) => (
          <Tabs.Panel key={one} value={one}>
            {one === scope && (
              <>
                <FilterFields
                  label={say('worklist.filters')}
                  filters={search}
                  change={change}
                  sort={{ by: sort, orders: orders.map((order) => ({ value: order, label: say(orderWords[order]) })) }}
                />
                <FilterChips filters={search} change={change} />
                <Text aria-live="polite" size="sm" mb="xs">
                  {isNarrowed(search) &&
                    total &&
                    say(search.q === undefined ? 'worklist.found' : 'worklist.foundFor', {
                      number: numberText(total.count, language),
                      q: search.q ?? '',
                    })}
                </Text>
                <Several pages={pages} search={search} caption={say(scopeWords[scope])} />
              </>
            )}
          </Tabs.Panel>
        ))}
      </Tabs>
    </Page>
  );
}
