import { Group, NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Page } from '../frame/page';
import { useUnits } from '../frame/units';
import { useWords } from '../words/words';
import { funnelQuery, onTimeQuery } from './dashboard-queries';
import { Funnel } from './funnel';
import { OnTime } from './on-time';
import { Tile } from './tile';

/** How the whole stands: how far procedures came, and whether they came there in time. */
export function DashboardPage(): ReactNode {
  const { say } = useWords();
  const search = useSearch({ from: '/_signed-in/dashboard' });
  const navigate = useNavigate();
  const units = useUnits();
  const funnel = useQuery(funnelQuery(search));
  const onTime = useQuery(onTimeQuery(search));

  return (
    <Page title={say('dashboard.title')} busy={funnel.isPending || onTime.isPending}>
      <Group mb="md">
        <NativeSelect
          label={say('procedure.owningUnit')}
          value={search.unit ?? ''}
          onChange={({ currentTarget: { value } }) =>
            void navigate({ to: '/dashboard', search: value === '' ? {} : { unit: value }, replace: true })
          }
          data={[{ value: '', label: say('register.any') }, ...units.all.map(({ id, name }) => ({ value: id, label: name }))]}
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
