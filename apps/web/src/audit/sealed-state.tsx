import { Group, Paper, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api } from '../api/client';
import { agoText, numberText } from '../format/format';
import { Moment } from '../format/moment';
import { NotHad } from '../frame/not-had';
import { Titles } from '../table/titles';
import { Wide } from '../table/wide';
import { useWords } from '../words/words';

/** In ms: what is sealed goes on by itself, and an age grows. */
const again = 15_000;
/** More events than are counted. */
const most = 1000;

/** What was signed last of the log, how old that is, and what each witness saw of it. */
export function SealedState(): ReactNode {
  const { say, language } = useWords();
  const { data, error, refetch } = useQuery({ ...api.queryOptions('get', '/api/v1/audit/state'), refetchInterval: again });
  if (!data) return error ? <NotHad error={error} again={() => void refetch()} /> : null;
  const { size, root, sealedAt, behind, key, origin, witnesses, witnessedSize } = data;
  return (
    <Paper component="section" aria-labelledby="sealed-state" withBorder p="md" mb="md">
      <Title order={2} size="h5" id="sealed-state" mb="xs">
        {say('audit.checkpoint')}
      </Title>
      {sealedAt === null ? (
        <Text>{say('audit.nothingSealed')}</Text>
      ) : (
        <>
          <Text data-sealed-size={size}>
            {say('audit.sealedUpTo', { size: numberText(size, language), age: agoText(sealedAt, language) })} <Moment at={sealedAt} />
          </Text>
          <Text data-behind={behind}>
            {behind === 0
              ? say('audit.nothingBehind')
              : say('audit.behind', { number: `${behind >= most ? '≥ ' : ''}${numberText(behind, language)}` })}
          </Text>
          <Text size="sm">{say('audit.origin', { origin: origin ?? '' })}</Text>
          <Text size="sm">{say('audit.root', { root: root ?? '' })}</Text>
          <Text size="sm">{say('audit.key', { key: key ?? '' })}</Text>
        </>
      )}
      {witnesses.length === 0 ? (
        <Group mt="xs">
          <Text size="sm">{say('audit.noWitnesses')}</Text>
        </Group>
      ) : (
        <>
          <Text mt="xs">
            {witnessedSize === null ? say('audit.notWitnessed') : say('audit.witnessedUpTo', { size: numberText(witnessedSize, language) })}
          </Text>
          <Wide label={say('audit.witnesses')}>
            <Table>
              <Titles of={[say('audit.witness'), say('audit.witnessSaw'), say('audit.witnessAt')]} />
              <Table.Tbody>
                {witnesses.map(({ name, key: id, size: saw, at }) => (
                  <Table.Tr key={id} data-witness={name}>
                    <Table.Td>{name}</Table.Td>
                    <Table.Td>
                      {saw === null ? say('audit.witnessNever') : say('audit.leaves', { size: numberText(saw, language) })}
                    </Table.Td>
                    <Table.Td>
                      {at !== null && (
                        <>
                          {agoText(at, language)} · <Moment at={at} />
                        </>
                      )}
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Wide>
        </>
      )}
    </Paper>
  );
}
