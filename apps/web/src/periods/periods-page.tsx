import { Stack } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { command } from '../api/client';
import { Acts } from '../form/acts';
import { TextField } from '../form/fields';
import { UnitField } from '../form/unit-field';
import { Moment } from '../format/moment';
import { dateText } from '../format/format';
import { useAccount } from '../frame/account';
import { useIsHere } from '../frame/here';
import { Page } from '../frame/page';
import { useUnits } from '../frame/units';
import { usePages } from '../table/pages';
import { Table } from '../table/table';
import { useWords } from '../words/words';

/** Reporting periods that were closed, and the closing of another. */
export function PeriodsPage(): ReactNode {
  const { say } = useWords();
  const navigate = useNavigate();
  const isHere = useIsHere();
  const units = useUnits();
  const pages = usePages('/api/v1/periods', { limit: 50 });
  return (
    <Page title={say('periods.title')} busy={pages.isFirst}>
      {pages.first?.allowed.includes('close-period') === true && (
        <Acts
          label={say('periods.acts')}
          acts={[
            {
              name: 'close-period',
              title: say('periods.close'),
              effect: say('periods.closeEffect'),
              isFinal: true,
              fields: <ClosingFields />,
              send: async (body, key) => {
                const { id } = await command('POST', '/api/v1/periods', body, { key });
                if (isHere()) await navigate({ to: '/periods/$id', params: { id } });
              },
            },
          ]}
        />
      )}
      <Table
        caption={say('periods.title')}
        pages={pages}
        keyOf={({ id }) => id}
        linkOf={({ id }) => ({ to: '/periods/$id', params: { id } })}
        empty={{ title: say('periods.empty'), what: say('periods.emptyWhat') }}
        columns={[
          { title: say('periods.period'), cell: ({ period }) => period },
          { title: say('periods.unit'), cell: ({ unit }) => units.nameOf(unit) },
          { title: say('periods.days'), cell: ({ begins, ends }) => `${dateText(begins)} – ${dateText(ends)}` },
          { title: say('periods.closedAt'), cell: ({ closedAt }) => <Moment at={closedAt} /> },
        ]}
      />
    </Page>
  );
}

function ClosingFields(): ReactNode {
  const { say } = useWords();
  const own = useAccount()?.unit;
  return (
    <Stack>
      <UnitField name="unit" label={say('periods.unit')} {...(own !== undefined && { defaultValue: own })} />
      <TextField name="period" label={say('periods.period')} help={say('periods.periodHelp')} />
    </Stack>
  );
}
