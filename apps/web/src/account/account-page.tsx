import { List, Title } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { dateText } from '../format/format';
import { Page } from '../frame/page';
import { KeyValues } from '../table/key-values';
import { actionName, classificationWords, roleWords } from '../words/codes';
import { useWords } from '../words/words';
import { accountQuery } from '../frame/account';
import { ChangePassword } from './change-password';
import { Looks } from './looks';
import { OpenSessions } from './open-sessions';

/** Who the person is here, and what is theirs alone: sessions, password, looks. */
export function AccountPage(): ReactNode {
  const { say } = useWords();
  const { data: account } = useSuspenseQuery(accountQuery());
  const { name, username, clearance, roles, mayActFor, inSession } = account;

  return (
    <Page title={say('account.title')}>
      <KeyValues
        entries={[
          [say('account.name'), name],
          [say('signIn.username'), username],
          [
            say('account.roles'),
            roles.length === 0 ? null : (
              <List listStyleType="none">
                {roles.map(({ role, unit }) => (
                  <List.Item key={`${role} ${unit.id}`}>
                    {say(roleWords[role])}, {unit.name}
                  </List.Item>
                ))}
              </List>
            ),
          ],
          [say('account.clearance'), say(classificationWords[clearance])],
          [
            say('account.mayActFor'),
            mayActFor.length === 0 ? null : (
              <List listStyleType="none">
                {mayActFor.map(({ id, name: other, actions, until }) => (
                  <List.Item key={id}>
                    {say('account.actFor', {
                      name: other,
                      what: actions === 'all' ? say('account.allActions') : actions.map((action) => actionName(action, say)).join(', '),
                      until: dateText(until),
                    })}
                  </List.Item>
                ))}
              </List>
            ),
          ],
        ]}
      />
      <Title order={2} size="h4" mt="xl" mb="xs">
        {say('account.looks')}
      </Title>
      <Looks />
      {inSession && <OpenSessions />}
      {inSession && <ChangePassword username={username} />}
    </Page>
  );
}
