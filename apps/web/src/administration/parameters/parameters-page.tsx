import { Stack, Table, Text, Title } from '@mantine/core';
import { useInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { Acts } from '../../form/acts';
import { DateField, LongField, MoneyField, WholeField } from '../../form/fields';
import { dateText, numberText } from '../../format/format';
import { Page } from '../../frame/page';
import { More } from '../../table/more';
import { Titles } from '../../table/titles';
import { Wide } from '../../table/wide';
import { useWords } from '../../words/words';
import type { Word } from '../../words/words';
import { olderVersionsQuery, parametersQuery, setParameter } from './parameters-queries';
import type { Parameter } from './parameters-queries';

const words = {
  hourlyWage: { title: 'parameters.hourlyWage', says: 'parameters.hourlyWageSays', unset: 'parameters.noWage' },
  periodLastDay: { title: 'parameters.periodLastDay', says: 'parameters.periodLastDaySays', unset: 'parameters.noLastDay' },
} as const satisfies Record<Parameter['name'], Readonly<Record<'title' | 'says' | 'unset', Word>>>;

/** Figures that costs and periods are reckoned with, from when on, and where they come from. */
export function ParametersPage(): ReactNode {
  const { say } = useWords();
  const { items } = useSuspenseQuery(parametersQuery()).data;
  return (
    <Page title={say('parameters.title')}>
      <Text mb="md">{say('parameters.says')}</Text>
      <Stack gap="xl">
        {items.map((parameter) => (
          <Versions key={parameter.name} parameter={parameter} />
        ))}
      </Stack>
    </Page>
  );
}

function Versions({ parameter: { name, inForce, versions, nextCursor } }: { readonly parameter: Parameter }): ReactNode {
  const { say, language } = useWords();
  const { title, says, unset } = words[name];
  const [isOpen, open] = useState(false);
  const older = useInfiniteQuery({ ...olderVersionsQuery(name, nextCursor), enabled: isOpen && nextCursor !== null });
  const shown = [versions, ...(older.data?.pages ?? []).map((page) => page.versions)].flatMap((page) => page.toReversed());
  return (
    <section aria-labelledby={name} data-parameter={name}>
      <Title order={2} size="h4" id={name} mb="xs">
        {say(title)}
      </Title>
      <Text mb="xs">{say(says)}</Text>
      <Text mb="sm" fw={600}>
        {inForce === null
          ? say(unset)
          : say('parameters.inForce', { value: numberText(inForce.value, language), from: dateText(inForce.validFrom) })}
      </Text>
      <Acts
        label={say('parameters.set', { what: say(title) })}
        heading={3}
        acts={[
          {
            name: `set-${name}`,
            title: say('parameters.set', { what: say(title) }),
            fields: (
              <>
                {name === 'hourlyWage' ? (
                  <MoneyField name="value" label={say('parameters.value')} />
                ) : (
                  <WholeField name="value" label={say('parameters.value')} help={say('parameters.dayHelp')} />
                )}
                <DateField name="validFrom" label={say('parameters.validFrom')} />
                <LongField name="source" label={say('parameters.source')} help={say('parameters.sourceHelp')} />
              </>
            ),
            send: (body, key) => setParameter(name, body, key),
          },
        ]}
      />
      {shown.length > 0 && (
        <Wide label={say('parameters.versionsOf', { what: say(title) })}>
          <Table aria-label={say('parameters.versionsOf', { what: say(title) })}>
            <Titles of={[say('parameters.version'), say('parameters.value'), say('parameters.validFrom'), say('parameters.source')]} />
            <Table.Tbody>
              {shown.map(({ version, value, validFrom, source }) => (
                <Table.Tr key={version}>
                  <Table.Td>{numberText(version, language)}</Table.Td>
                  <Table.Td>{numberText(value, language)}</Table.Td>
                  <Table.Td>{dateText(validFrom)}</Table.Td>
                  <Table.Td>{source}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Wide>
      )}
      <More
        isOpen={isOpen ? older.hasNextPage : nextCursor !== null}
        isWaiting={older.isFetching}
        next={() => {
          if (isOpen) void older.fetchNextPage();
          else open(true);
        }}
      />
    </section>
  );
}
