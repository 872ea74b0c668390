import { Group, NativeSelect, Table, Text } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { DayFilter } from '../../form/day-filter';
import { PersonField } from '../../form/person-field';
import { inOrder } from '../../format/format';
import { Moment } from '../../format/moment';
import { Page } from '../../frame/page';
import { UnitFilter } from '../../frame/unit-filter';
import { Listed } from '../../table/listed';
import { usePages } from '../../table/pages';
import { StateMark } from '../../table/state-mark';
import { Titles } from '../../table/titles';
import { Wide } from '../../table/wide';
import { securityWords } from '../../words/security-words';
import type { SecurityEventType } from '../../words/security-words';
import { useWords } from '../../words/words';
import { readSecurityEventsSearch, securityTypes } from './security-events-search';

/** What somebody should look at. */
const alarming: readonly SecurityEventType[] = ['SignInFailed', 'SignInLocked', 'RefreshTokenReused'];

/** Who signed in, who failed to, and what else happened around it, the newest first. */
export function SecurityEventsPage(): ReactNode {
  const { say } = useWords();
  const search = useSearch({ from: '/_signed-in/administration/security-events' });
  const navigate = useNavigate();
  const pages = usePages('/api/v1/security-events', { ...search, limit: 50 });
  const change = (changed: Readonly<Record<string, string>>): void =>
    void navigate({ to: '/administration/security-events', search: readSecurityEventsSearch({ ...search, ...changed }), replace: true });

  return (
    <Page title={say('security.title')} busy={pages.isFirst}>
      <Group align="end" mb="md" role="search" aria-label={say('security.filters')}>
        <NativeSelect
          label={say('security.type')}
          value={search.type ?? ''}
          onChange={({ currentTarget: { value } }) => change({ type: value })}
          data={[
            { value: '', label: say('register.any') },
            ...securityTypes
              .map((value) => ({ value, label: say(securityWords[value]) }))
              .sort((one, other) => inOrder(one.label, other.label)),
          ]}
        />
        <PersonField
          key={search.person ?? ''}
          name="person"
          label={say('security.person')}
          optional
          {...(search.person !== undefined && { defaultValue: search.person })}
          chosen={(person) => change({ person })}
        />
        <UnitFilter unit={search.unit} choose={(unit) => change({ unit })} />
        <DayFilter name="from" label={say('security.from')} day={search.from} choose={(from) => change({ from })} />
        <DayFilter name="to" label={say('security.to')} day={search.to} choose={(to) => change({ to })} />
      </Group>
      <Listed pages={pages} empty={{ title: say('security.none'), what: say('deadlines.noneWhat') }}>
        {(rows) => (
          <Wide label={say('security.title')}>
            <Table miw={640}>
              <Titles of={[say('security.type'), say('security.person'), say('security.by'), say('security.at')]} />
              <Table.Tbody>
                {rows.map(({ id, type, person, personName, by, byName, at, times }) => (
                  <Table.Tr key={id} data-security-event={type}>
                    <Table.Td>
                      <StateMark weight={alarming.includes(type) ? 'late' : 'plain'}>{say(securityWords[type])}</StateMark>
                      {times > 1 && <Text size="sm">{say('security.times', { times })}</Text>}
                    </Table.Td>
                    <Table.Td>{person === null ? say('security.nobody') : (personName ?? say('history.erased'))}</Table.Td>
                    <Table.Td>{by === null ? null : (byName ?? say('history.erased'))}</Table.Td>
                    <Table.Td>
                      <Moment at={at} />
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
