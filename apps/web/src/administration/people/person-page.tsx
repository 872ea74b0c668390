import { Box, Group, Text, Title } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { PageLink } from '../../frame/link';
import { Page } from '../../frame/page';
import { useUnits } from '../../frame/units';
import { KeyValues } from '../../table/key-values';
import { classificationWords } from '../../words/codes';
import { useWords } from '../../words/words';
import { personQuery } from './people-queries';
import { PersonActs } from './person-acts';
import { RolesTable } from './roles-table';

/** One person: who they are, what they may do where and when, and what their administrators do about it. */
export function PersonPage(): ReactNode {
  const { say } = useWords();
  const { id } = useParams({ from: '/_signed-in/administration/people/$id' });
  const units = useUnits();
  const { data: person } = useSuspenseQuery(personQuery(id));
  const { name, username, clearance, unit, administered, program } = person;
  return (
    <Page title={name}>
      <Group mb="md">
        <PageLink to="/administration/people">{say('people.back')}</PageLink>
        <PageLink to="/administration/delegations" search={{ person: id }}>
          {say('people.delegations')}
        </PageLink>
      </Group>
      <KeyValues
        entries={[
          [say('signIn.username'), username],
          [say('people.kind'), program ? say('people.program') : null],
          [say('procedure.owningUnit'), unit === '' ? null : units.nameOf(unit)],
          [say('people.clearance'), clearance === undefined ? null : say(classificationWords[clearance])],
        ]}
      />
      <Title order={2} size="h4" mt="lg" mb="xs" id="roles">
        {say('people.roles')}
      </Title>
      <RolesTable person={person} />
      <Box mt="md">{administered ? <PersonActs person={person} /> : <Text>{say('people.others')}</Text>}</Box>
    </Page>
  );
}
