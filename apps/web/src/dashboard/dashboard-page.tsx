import { Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Page } from '../frame/page';
import { UnitFilter } from '../frame/unit-filter';
import { useWords } from '../words/words';
import { funnelQuery, onTimeQuery } from './dashboard-queries';
import { readDashboardSearch } from './dashboard-search';
import { Funnel } from './funnel';
import { OnTime } from './on-time';
import { Tile } from './tile';

/** How the whole stands: how far procedures came, and whether they came there in time. */
export function DashboardPage(): ReactNode {
  const { say } = useWords();
  const search = useSearch({ from: '/_signed-in/dashboard' });
  const navigate = useNavigate();
  const funnel = useQuery(funnelQuery(search));
  const onTime = useQuery(onTimeQuery(search));

  return (
    <Page title={say('dashboard.title')} busy={funnel.isPending || onTime.isPending}>
      <Group mb="md">
        <UnitFilter
          unit={search.unit}
          choose={(unit) => void navigate({ to: '/dashboard', search: readDashboardSearch({ unit }), replace: true })}
        />
      </Group>
      <Tile id="funnel" title={say('dashboard.funnel')} report={funnel}>
        {({ rows, total }) => <Funnel rows={rows} total={total} search={search} />}
      </Tile>
      <Tile id="on-time" title={say('dashboard.onTime')} report={onTime}>
        {({ rows }) => <OnTime rows={rows} search={search} />}
      </Tile>
    </Page>
  );
}
