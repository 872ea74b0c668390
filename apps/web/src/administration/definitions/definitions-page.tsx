import { Group, Table, Text } from '@mantine/core';
import { useSuspenseQueries, useSuspenseQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { PageLink } from '../../frame/link';
import { Page } from '../../frame/page';
import { numberText } from '../../format/format';
import { StateMark } from '../../table/state-mark';
import { Titles } from '../../table/titles';
import { kindWords } from '../../words/codes';
import { useWords } from '../../words/words';
import { definitionsQuery, keptQuery } from './definitions-queries';
import { stateWords } from './names';

/** The lifecycles, their versions, and how many procedures keep each. */
export function DefinitionsPage(): ReactNode {
  const { say, language } = useWords();
  const { items } = useSuspenseQuery(definitionsQuery()).data;
  const kept = useSuspenseQueries({ queries: items.map(({ id }) => keptQuery(id)) }).map(({ data }) => data.items);
  return (
    <Page title={say('definitions.title')}>
      <Text mb="md" maw={720}>
        {say('definitions.about')}
      </Text>
      <Table.ScrollContainer minWidth={620} type="native">
        <Table>
          <Titles of={[say('procedure.kind'), say('definitions.version'), say('definitions.keptBy'), say('definitions.state')]} />
          <Table.Tbody>
            {items.flatMap(({ id, kind, current, versions }, index) =>
              versions.toReversed().map(({ version, state }) => {
                const number = (kept[index] ?? []).filter((one) => one.version === version).reduce((sum, { count }) => sum + count, 0);
                return (
                  <Table.Tr key={`${id} ${String(version)}`}>
                    <Table.Td>
                      <PageLink to="/administration/definitions/$name" params={{ name: id }} search={{ version }}>
                        {say('definitions.of', { kind: say(kindWords[kind]), version })}
                      </PageLink>
                    </Table.Td>
                    <Table.Td>{version}</Table.Td>
                    <Table.Td>{say('definitions.procedures', { count: numberText(number, language) })}</Table.Td>
                    <Table.Td>
                      <Group gap="xs">
                        <StateMark weight={state === 'draft' ? 'soon' : 'plain'}>{say(stateWords[state])}</StateMark>
                        {version === current && <StateMark weight="plain">{say('definitions.current')}</StateMark>}
                      </Group>
                    </Table.Td>
                  </Table.Tr>
                );
              }),
            )}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Page>
  );
}
