import { Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { api } from '../api/client';
import { Page } from '../frame/page';
import { useUnits } from '../frame/units';
import { Table } from '../table/table';
import { numberText } from '../format/format';
import { Moment } from '../format/moment';
import { actionName, stageName } from '../words/codes';
import type { Word } from '../words/words';
import { useWords } from '../words/words';
import { scopes } from './worklist-search';
import type { Scope } from './worklist-search';
import { usePages } from '../table/pages';

const scopeWords = {
  mine: 'worklist.mine',
  unit: 'worklist.unit',
  claimed: 'worklist.claimed',
  waiting: 'worklist.waiting',
  overdue: 'worklist.overdue',
  dueThisWeek: 'worklist.dueThisWeek',
} as const satisfies Record<Scope, Word>;

/** What waits for whoever is signed in. */
export function WorklistPage(): ReactNode {
  const { say, language } = useWords();
  const { scope = 'mine' } = useSearch({ from: '/_signed-in/' });
  const navigate = useNavigate();
  const units = useUnits();
  const counts = useQuery(api.queryOptions('get', '/api/v1/worklist/counts'));
  const pages = usePages('/api/v1/worklist', { scope, limit: 50 });

  return (
    <Page title={say('worklist.title')} busy={pages.isFirst || counts.isPending}>
      <Tabs value={scope} onChange={(chosen) => void navigate({ to: '/', search: chosen === 'mine' ? {} : { scope: chosen as Scope } })}>
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
              <Table
                caption={say(scopeWords[scope])}
                pages={pages}
                keyOf={({ id, actingFor }) => `${id} ${actingFor ?? ''}`}
                linkOf={({ id, actingFor }) => ({
                  to: '/procedures/$id',
                  params: { id },
                  search: actingFor === null ? {} : { for: actingFor },
                })}
                empty={{ title: say('worklist.empty'), what: say('worklist.emptyWhat') }}
                columns={[
                  {
                    title: say('worklist.work'),
                    cell: ({ title, actions }) => {
                      const [first] = actions;
                      return first === undefined ? title : `${actionName(first, say)}: ${title}`;
                    },
                  },
                  { title: say('procedure.owningUnit'), cell: ({ owningUnit }) => units.nameOf(owningUnit) },
                  { title: say('worklist.claim'), cell: ({ claim }) => claim?.name ?? '' },
                  { title: say('worklist.since'), cell: ({ stageSince }) => <Moment at={stageSince} /> },
                  { title: say('procedure.stage'), cell: ({ stage }) => stageName(stage, say) },
                ]}
              />
            )}
          </Tabs.Panel>
        ))}
      </Tabs>
    </Page>
  );
}
