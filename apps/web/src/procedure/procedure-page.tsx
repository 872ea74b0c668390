import { Group } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useParams, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { GoingOn } from '../frame/going-on-bar';
import { PageLink } from '../frame/link';
import { Page } from '../frame/page';
import { useWords } from '../words/words';
import { Actions } from './actions/actions';
import { Holder } from './holder';
import { Identity } from './identity';
import { Meanwhile } from './meanwhile';
import { NextSteps } from './next-steps';
import { Past } from './past';
import { procedureQuery } from './procedure-queries';
import { Sections } from './sections/sections';

/** One procedure: where it stands, what can be done with it, and what it says. */
export function ProcedurePage(): ReactNode {
  const { say } = useWords();
  const { id } = useParams({ from: '/_signed-in/procedures/$id/' });
  const { asOf } = useSearch({ from: '/_signed-in/procedures/$id/' });
  const { data: procedure, isFetching } = useSuspenseQuery(procedureQuery(id, asOf));

  return (
    <Page title={procedure.title} busy={isFetching && asOf === undefined} aside={<Identity procedure={procedure} />}>
      {asOf === undefined && <Meanwhile id={id} />}
      {asOf !== undefined && <Past procedure={procedure} asOf={asOf} />}
      {asOf === undefined && <GoingOn id={id} />}
      <Group mb="md" data-noprint>
        <PageLink to="/procedures/$id/history" params={{ id }} search={asOf === undefined ? {} : { asOf }}>
          {say('history.title')}
        </PageLink>
      </Group>
      {asOf === undefined && <NextSteps procedure={procedure} />}
      {asOf === undefined && <Holder procedure={procedure} />}
      {asOf === undefined && <Actions procedure={procedure} />}
      <Sections procedure={procedure} />
    </Page>
  );
}
