import { Button, Group, Table } from '@mantine/core';
import type { ReactNode } from 'react';
import { dateText } from '../../format/format';
import { useUnits } from '../../frame/units';
import { StateMark } from '../../table/state-mark';
import { Titles } from '../../table/titles';
import { Wide } from '../../table/wide';
import { roleWords } from '../../words/codes';
import type { Word } from '../../words/words';
import { useWords } from '../../words/words';
import { scopeName } from './account-scopes';
import { stateOf } from './account-state';
import type { AccountState } from './account-state';
import type { ServiceAccount } from './service-accounts-queries';

const stateWords = {
  good: 'serviceAccounts.good',
  expired: 'serviceAccounts.expired',
  revoked: 'serviceAccounts.revoked',
} as const satisfies Record<AccountState, Word>;

interface Props {
  readonly accounts: readonly ServiceAccount[];
  readonly rotate: (account: ServiceAccount) => void;
  readonly revoke: (account: ServiceAccount) => void;
}

/** What each program may do where, until when, and with which keys. */
export function AccountsTable({ accounts, rotate, revoke }: Props): ReactNode {
  const { say } = useWords();
  const units = useUnits();
  return (
    <Wide label={say('serviceAccounts.title')}>
      <Table miw={720} aria-label={say('serviceAccounts.title')}>
        <Titles
          of={[
            say('serviceAccounts.name'),
            say('people.roles'),
            say('serviceAccounts.scopes'),
            say('serviceAccounts.keys'),
            say('serviceAccounts.expiresOn'),
            say('serviceAccounts.state'),
            say('acts.column'),
          ]}
        />
        <Table.Tbody>
          {accounts.map((one) => (
            <Table.Tr key={one.id}>
              <Table.Td>{one.name}</Table.Td>
              <Table.Td>{one.roles.map(({ role, unit }) => `${say(roleWords[role])}, ${units.nameOf(unit)}`).join('; ')}</Table.Td>
              <Table.Td>{one.scopes.map((scope) => scopeName(scope, say)).join(', ')}</Table.Td>
              <Table.Td>
                {(stateOf(one) === 'good' ? one.keys : [])
                  .filter(({ endsAt }) => endsAt === null || Date.parse(endsAt) > Date.now())
                  .map(({ id, madeAt }) => `tgk_${id}… (${dateText(madeAt)})`)
                  .join('; ')}
              </Table.Td>
              <Table.Td>{one.expiresOn === null ? say('people.forGood') : dateText(one.expiresOn)}</Table.Td>
              <Table.Td>
                <StateMark weight="plain">{say(stateWords[stateOf(one)])}</StateMark>
              </Table.Td>
              <Table.Td>
                {one.revokedAt === null && (
                  <Group gap="xs">
                    {stateOf(one) === 'good' && (
                      <Button
                        variant="default"
                        size="compact-sm"
                        data-action="rotate-key"
                        aria-haspopup="dialog"
                        aria-label={say('serviceAccounts.rotateOne', { name: one.name })}
                        onClick={() => rotate(one)}
                      >
                        {say('serviceAccounts.rotate')}
                      </Button>
                    )}
                    <Button
                      variant="default"
                      size="compact-sm"
                      data-action="revoke-account"
                      aria-haspopup="dialog"
                      aria-label={say('serviceAccounts.revokeOne', { name: one.name })}
                      onClick={() => revoke(one)}
                    >
                      {say('serviceAccounts.revoke')}
                    </Button>
                  </Group>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Wide>
  );
}
