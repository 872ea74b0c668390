import { Stack, Table, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { command } from '../api/client';
import { Acts } from '../form/acts';
import { ChoiceField, TextField, WholeField, choicesOf } from '../form/fields';
import { numberText } from '../format/format';
import { useIsHere } from '../frame/here';
import { PageLink } from '../frame/link';
import { Page } from '../frame/page';
import { useUnits } from '../frame/units';
import { Listed } from '../table/listed';
import { usePages } from '../table/pages';
import { StateMark } from '../table/state-mark';
import { Titles } from '../table/titles';
import { Wide } from '../table/wide';
import { useWords } from '../words/words';
import { figureText, perWords, periodText } from './figure-text';

/** Units that are named as missing in a row. */
const mostNamed = 3;

/** Indicators, each with its total of the newest period and who has not reported. */
export function IndicatorsPage(): ReactNode {
  const words = useWords();
  const { say, language } = words;
  const navigate = useNavigate();
  const isHere = useIsHere();
  const units = useUnits();
  const pages = usePages('/api/v1/indicators', { limit: 50 });
  const whoOf = (missing: readonly string[], more: number): string =>
    `${missing.map((unit) => units.nameOf(unit)).join(', ')}${more > 0 ? ` ${say('indicators.andMore', { count: numberText(more, language) })}` : ''}`;
  return (
    <Page title={say('indicators.title')} busy={pages.isFirst}>
      {pages.first?.allowed.includes('define-indicator') === true && (
        <Acts
          label={say('indicators.acts')}
          acts={[
            {
              name: 'define-indicator',
              title: say('indicators.define'),
              effect: say('indicators.defineEffect'),
              fields: <DefinitionFields />,
              send: async (body, key) => {
                const { id } = await command('POST', '/api/v1/indicators', body, { key });
                if (isHere()) await navigate({ to: '/indicators/$id', params: { id } });
              },
            },
          ]}
        />
      )}
      <Listed pages={pages} empty={{ title: say('indicators.empty'), what: say('indicators.emptyWhat') }}>
        {(rows) => (
          <Wide label={say('indicators.title')}>
            <Table miw={680} aria-label={say('indicators.title')}>
              <Titles
                of={[
                  say('indicators.name'),
                  say('indicators.period'),
                  say('indicators.total'),
                  say('indicators.reported'),
                  say('indicators.missing'),
                ]}
              />
              <Table.Tbody>
                {rows.map(({ id, title, code, unitOfMeasure, period, total, of, reported, due, missing }) => (
                  <Table.Tr key={id}>
                    <Table.Td>
                      <PageLink to="/indicators/$id" params={{ id }}>
                        {title}
                      </PageLink>
                      <Text size="sm" c="dimmed">
                        {code}
                      </Text>
                    </Table.Td>
                    <Table.Td>{periodText(period, say)}</Table.Td>
                    <Table.Td>
                      {figureText(total, words)}
                      {of !== null && ` / ${numberText(of, language)}`} {unitOfMeasure}
                    </Table.Td>
                    <Table.Td>
                      {say('indicators.reportedOf', { reported: numberText(reported, language), due: numberText(due, language) })}
                    </Table.Td>
                    <Table.Td>
                      {due === reported ? (
                        <StateMark weight="plain">{say('indicators.nobodyMissing')}</StateMark>
                      ) : (
                        <Text size="sm">{whoOf(missing.slice(0, mostNamed), due - reported - Math.min(mostNamed, missing.length))}</Text>
                      )}
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

function DefinitionFields(): ReactNode {
  const { say } = useWords();
  const [per, choose] = useState('');
  return (
    <Stack>
      <TextField name="code" label={say('indicators.code')} help={say('indicators.codeHelp')} />
      <TextField name="title" label={say('indicators.name')} />
      <TextField name="unitOfMeasure" label={say('indicators.unitOfMeasure')} help={say('indicators.unitOfMeasureHelp')} />
      <ChoiceField name="per" label={say('indicators.per')} choices={choicesOf(perWords, say)} chosen={choose} />
      <WholeField
        name="of"
        label={say('indicators.of')}
        help={say(per === 'service' ? 'indicators.ofHelpService' : 'indicators.ofHelp')}
        optional
      />
    </Stack>
  );
}
