import { Stack, Table } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { command } from '../api/client';
import { Acts } from '../form/acts';
import { DateField, TextField } from '../form/fields';
import { dateText, numberText } from '../format/format';
import { useIsHere } from '../frame/here';
import { PageLink } from '../frame/link';
import { Page } from '../frame/page';
import { Listed } from '../table/listed';
import { usePages } from '../table/pages';
import { StateMark } from '../table/state-mark';
import { Titles } from '../table/titles';
import { Wide } from '../table/wide';
import { useWords } from '../words/words';

/** Programmes of simplification, each with the number of its targets. */
export function ProgrammesPage(): ReactNode {
  const { say, language } = useWords();
  const navigate = useNavigate();
  const isHere = useIsHere();
  const pages = usePages('/api/v1/programmes', { limit: 50 });
  return (
    <Page title={say('programmes.title')} busy={pages.isFirst}>
      {pages.first?.allowed.includes('make-programme') === true && (
        <Acts
          label={say('programmes.acts')}
          acts={[
            {
              name: 'make-programme',
              title: say('programmes.make'),
              fields: <ProgrammeFields />,
              send: async (body, key) => {
                const { id } = await command('POST', '/api/v1/programmes', body, { key });
                if (isHere()) await navigate({ to: '/programmes/$id', params: { id } });
              },
            },
          ]}
        />
      )}
      <Listed pages={pages} empty={{ title: say('programmes.empty'), what: say('programmes.emptyWhat') }}>
        {(rows) => (
          <Wide label={say('programmes.title')}>
            <Table aria-label={say('programmes.title')}>
              <Titles
                of={[
                  say('programmes.name'),
                  say('programmes.code'),
                  say('programmes.period'),
                  say('programmes.targets'),
                  say('deadlines.state'),
                ]}
              />
              <Table.Tbody>
                {rows.map(({ id, title, code, from, to, targets, state }) => (
                  <Table.Tr key={id}>
                    <Table.Td>
                      <PageLink to="/programmes/$id" params={{ id }}>
                        {title}
                      </PageLink>
                    </Table.Td>
                    <Table.Td>{code}</Table.Td>
                    <Table.Td>
                      {dateText(from)} – {dateText(to)}
                    </Table.Td>
                    <Table.Td>{numberText(targets.filter((one) => one.state !== 'withdrawn').length, language)}</Table.Td>
                    <Table.Td>
                      <StateMark weight={state === 'open' ? 'soon' : 'plain'}>
                        {say(state === 'open' ? 'programmes.open' : 'programmes.closed')}
                      </StateMark>
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Wide>
        )}
      </Listed>
    </Page>
  );
}

function ProgrammeFields(): ReactNode {
  const { say } = useWords();
  return (
    <Stack>
      <TextField name="code" label={say('programmes.code')} help={say('programmes.codeHelp')} />
      <TextField name="title" label={say('programmes.name')} />
      <DateField name="from" label={say('programmes.from')} />
      <DateField name="to" label={say('programmes.to')} />
    </Stack>
  );
}
