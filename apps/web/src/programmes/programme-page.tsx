import { Box, Group, Stack, Text } from '@mantine/core';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { command } from '../api/client';
import { ActDialog, Acts } from '../form/acts';
import type { Act } from '../form/acts';
import { DayFilter } from '../form/day-filter';
import { DateField, DecimalField, LongField, TextField } from '../form/fields';
import { Moment } from '../format/moment';
import { dateText, endOf } from '../format/format';
import { PageLink } from '../frame/link';
import { NotHad } from '../frame/not-had';
import { Page } from '../frame/page';
import { PrintButton } from '../frame/print-button';
import { KeyValues } from '../table/key-values';
import { Wide } from '../table/wide';
import { metricText } from '../words/codes';
import { useWords } from '../words/words';
import { readProgrammeSearch } from './programme-search';
import { programmeQuery, progressQuery } from './programmes-queries';
import type { Standing } from './programmes-queries';
import { TargetFields } from './target-fields';
import { TargetPlan } from './target-plan';

import { TargetsTable } from './targets-table';

/** A programme: what is to be reached in it, and how far it is, now or at the end of a day. */
export function ProgrammePage(): ReactNode {
  const { say } = useWords();
  const { id } = useParams({ from: '/_signed-in/programmes/$id' });
  const { asOf, target } = useSearch({ from: '/_signed-in/programmes/$id' });
  const navigate = useNavigate();
  const [leaving, leave] = useState<Standing | null>(null);
  const [stated, state] = useState<Standing | null>(null);
  const { data: programme } = useSuspenseQuery(programmeQuery(id));
  const progress = useQuery(progressQuery(id, asOf === undefined ? undefined : endOf(asOf)));
  const { code, title, from, to, state: stands, allowed } = programme;
  const path = `/api/v1/programmes/${id}`;
  const targets = progress.data?.targets ?? [];
  const acts: readonly Act[] = [
    {
      name: 'set-target',
      title: say('programmes.setTarget'),
      fields: <TargetFields />,
      send: (body, key) => command('POST', `${path}/targets`, body, { key }),
    },
    {
      name: 'close-programme',
      title: say('programmes.close'),
      effect: say('programmes.closeEffect'),
      isFinal: true,
      fields: <LongField name="reason" label={say('field.reason')} />,
      send: (body, key) => command('POST', `${path}/close`, body, { key }),
    },
  ];
  const mayState = allowed.includes('state-figure') && asOf === undefined;
  const mayWithdraw = allowed.includes('withdraw-target') && asOf === undefined;
  return (
    <Page title={title} busy={progress.isPending} aside={<PrintButton />}>
      <Group mb="md" data-noprint>
        <PageLink to="/programmes">{say('programmes.back')}</PageLink>
      </Group>
      <KeyValues
        entries={[
          [say('programmes.code'), code],
          [say('programmes.period'), `${dateText(from)} – ${dateText(to)}`],
          [say('deadlines.state'), say(stands === 'open' ? 'programmes.open' : 'programmes.closed')],
        ]}
      />
      <Box mt="md">
        <Acts label={say('programmes.acts')} acts={allowed.includes('set-target') ? acts : []} />
      </Box>
      <Group align="end" mb="md" role="search" aria-label={say('programmes.moment')} data-noprint>
        <DayFilter
          name="asOf"
          label={say('programmes.asOf')}
          day={asOf}
          choose={(day) =>
            void navigate({ to: '/programmes/$id', params: { id }, search: readProgrammeSearch({ asOf: day, target }), replace: true })
          }
        />
      </Group>
      {progress.error && <NotHad error={progress.error} again={() => void progress.refetch()} />}
      {progress.data && targets.length === 0 && <Text>{say('programmes.noTargets')}</Text>}
      {targets.length > 0 && (
        <Wide label={say('programmes.targets')}>
          <TargetsTable
            targets={targets}
            {...(asOf === undefined && { programme: id })}
            {...(mayWithdraw && { withdraw: leave })}
            {...(mayState && { state })}
          />
        </Wide>
      )}
      {target !== undefined && asOf === undefined && <TargetPlan programme={id} target={target} />}
      {progress.data && (
        <Stack gap={0} mt="sm">
          <Text size="sm" c="dimmed">
            {say('programmes.pace')}
          </Text>
          <Text size="sm" c="dimmed">
            {say('dashboard.asOf')} <Moment at={progress.data.asOf.at} />
          </Text>
        </Stack>
      )}
      <ActDialog
        close={() => state(null)}
        act={
          stated && {
            name: 'state-figure',
            title: say('programmes.stateFigure'),
            effect: say('programmes.stateFigureEffect', { metric: metricText(stated.metric, say) }),
            fields: (
              <>
                <DecimalField name="value" label={say('programmes.publishedValue')} />
                <TextField name="document.number" label={say('field.document.number')} />
                <DateField name="document.date" label={say('field.document.date')} />
              </>
            ),
            send: (body, key) => command('POST', `${path}/targets/${stated.id}/published-figure`, body, { key }),
          }
        }
      />
      <ActDialog
        close={() => leave(null)}
        act={
          leaving && {
            name: 'withdraw-target',
            title: say('programmes.withdraw'),
            effect: say('programmes.withdrawEffect', { metric: metricText(leaving.metric, say) }),
            fields: <LongField name="reason" label={say('field.reason')} />,
            send: (body, key) => command('POST', `${path}/targets/${leaving.id}/withdraw`, body, { key }),
          }
        }
      />
    </Page>
  );
}
