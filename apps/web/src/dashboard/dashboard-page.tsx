import { Button, Group } from '@mantine/core';
import { useQueries, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { mondayOf, today } from '../format/format';
import { Page } from '../frame/page';
import { PrintButton } from '../frame/print-button';
import { UnitFilter } from '../frame/unit-filter';
import { useUnits } from '../frame/units';
import { useWords } from '../words/words';
import {
  funnelQuery,
  movedQuery,
  onTimeQuery,
  overdueQuery,
  programmesQuery,
  progressQuery,
  registeredQuery,
  savingsQuery,
  workloadQuery,
} from './dashboard-queries';
import { readDashboardSearch } from './dashboard-search';
import classes from './dashboard.module.css';
import { funnelSaid } from './funnel';
import { moneySaid } from './money';
import { onTimeSaid } from './on-time';
import { overdueSaid } from './overdue';
import { targetsSaid } from './targets';
import { Tile } from './tile';
import { waitingSaid, workloadSaid } from './waiting';
import { weekSaid } from './week';

/** Programmes under way that are shown: there is rarely more than one. */
const mostProgrammes = 3;

/** How the whole stands: what is late, what waits for whom, how far procedures came, and whether in time. */
export function DashboardPage(): ReactNode {
  const words = useWords();
  const { say } = words;
  const search = useSearch({ from: '/_signed-in/dashboard' });
  const navigate = useNavigate();
  const units = useUnits();
  const since = mondayOf(today());
  const overdue = useQuery(overdueQuery(search));
  const workload = useQuery(workloadQuery(search));
  const funnel = useQuery(funnelQuery(search));
  const onTime = useQuery(onTimeQuery(search));
  const moved = useQuery(movedQuery(search, since));
  const registered = useQuery(registeredQuery(search, since));
  const week = {
    // Both are of one tile, which is there when both are.
    data: moved.data && registered.data ? { asOf: moved.data.asOf, since, moved: moved.data, registered: registered.data } : undefined,
    error: moved.error ?? registered.error,
    refetch: () => Promise.all([moved.refetch(), registered.refetch()]),
  };
  const savings = useQuery(savingsQuery(search));
  const programmes = useQuery(programmesQuery());
  const open = (programmes.data?.items ?? []).filter(({ state }) => state === 'open').slice(0, mostProgrammes);
  const progress = useQueries({ queries: open.map(({ id }) => progressQuery(id)) });
  const standings = progress.flatMap(({ data }) => (data ? [data] : []));
  const targets = {
    data:
      programmes.data && standings.length === open.length
        ? {
            asOf: standings[0]?.asOf ?? programmes.data.asOf,
            programmes: open.map(({ id, title }, at) => ({ id, title, targets: standings[at]?.targets ?? [] })),
          }
        : undefined,
    error: programmes.error ?? progress.find(({ error }) => error)?.error ?? null,
    refetch: () => Promise.all([programmes.refetch(), ...progress.map(({ refetch }) => refetch())]),
  };
  const choose = (unit: string): void =>
    void navigate({ to: '/dashboard', search: readDashboardSearch({ unit }), replace: true, resetScroll: false });
  const reportOf = (name: string) => ({ name, unit: search.unit });

  return (
    <Page
      title={say('dashboard.title')}
      busy={
        [overdue, workload, funnel, onTime, moved, registered, savings, programmes, ...progress].some(({ isPending }) => isPending) ||
        !units.isKnown
      }
      aside={<PrintButton />}
    >
      <Group mb="md" align="end" data-noprint>
        <UnitFilter unit={search.unit} choose={choose} />
        {search.unit !== undefined && (
          <Button variant="subtle" onClick={() => choose('')}>
            {say('dashboard.allUnits')}
          </Button>
        )}
      </Group>
      <div className={classes.tiles}>
        <Tile
          id="overdue"
          more={reportOf('overdue')}
          title={say('dashboard.overdue')}
          report={overdue}
          say={(answer) => overdueSaid(answer, search, units, words)}
        />
        <Tile id="targets" title={say('dashboard.targets')} report={targets} say={(answer) => targetsSaid(answer.programmes, words)} />
        <Tile
          id="money"
          more={reportOf('savings')}
          title={say('dashboard.money')}
          report={savings}
          say={(answer) => moneySaid(answer, search, words)}
        />
        <Tile id="week" title={say('dashboard.week')} report={week} say={(answer) => weekSaid(answer, search, words)} />
        <Tile
          id="workload"
          more={reportOf('workload')}
          title={say('dashboard.workload')}
          report={workload}
          say={(answer) => workloadSaid(answer, search, words)}
        />
        <Tile id="waiting" title={say('dashboard.whoWaits')} report={workload} say={(answer) => waitingSaid(answer, units, words)} />
        <Tile
          id="funnel"
          more={reportOf('funnel')}
          title={say('dashboard.funnel')}
          report={funnel}
          say={(answer) => funnelSaid(answer, search, words)}
        />
        <Tile
          id="on-time"
          more={reportOf('on-time')}
          title={say('dashboard.onTime')}
          report={onTime}
          say={(answer) => onTimeSaid(answer, search, words)}
        />
      </div>
    </Page>
  );
}
