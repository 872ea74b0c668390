import { Button, Table, Text } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { command } from '../../api/client';
import { ActDialog } from '../../form/acts';
import { dateText } from '../../format/format';
import { useUnits } from '../../frame/units';
import { Titles } from '../../table/titles';
import { Wide } from '../../table/wide';
import { roleWords } from '../../words/codes';
import type { Word } from '../../words/words';
import { useWords } from '../../words/words';
import { standingAt } from './grants';
import type { Standing } from './grants';
import type { Person } from './people-queries';

const standingWords = {
  coming: 'people.coming',
  now: 'people.now',
  past: 'people.past',
  closed: 'people.unitClosed',
} as const satisfies Record<Standing, Word>;

/** What somebody may do where, and on which days; each can be taken back by whoever administers its unit. */
export function RolesTable({ person }: { readonly person: Person }): ReactNode {
  const { say } = useWords();
  const units = useUnits();
  const [begun, begin] = useState<Person['roles'][number] | null>(null);
  if (person.roles.length === 0) return <Text>{say('people.noRoleYet')}</Text>;
  const mayTake = (id: string): boolean => units.all.some((unit) => unit.id === id && unit.administered);
  const named = ({ role, unit }: Person['roles'][number]): string => `${say(roleWords[role])}, ${units.nameOf(unit)}`;
  return (
    <>
      <Wide label={say('people.roles')}>
        <Table miw={520} aria-labelledby="roles">
          <Titles
            of={[
              say('people.role'),
              say('procedure.owningUnit'),
              say('people.from'),
              say('people.to'),
              say('people.standing'),
              say('people.revoke'),
            ]}
          />
          <Table.Tbody>
            {person.roles.map((grant) => (
              <Table.Tr key={`${grant.role} ${grant.unit}`}>
                <Table.Td>{say(roleWords[grant.role])}</Table.Td>
                <Table.Td>{units.nameOf(grant.unit)}</Table.Td>
                <Table.Td>{grant.from === undefined ? '' : dateText(grant.from)}</Table.Td>
                <Table.Td>{grant.to === undefined ? say('people.forGood') : dateText(grant.to)}</Table.Td>
                <Table.Td>{say(standingWords[standingAt(units.all, grant)])}</Table.Td>
                <Table.Td>
                  {mayTake(grant.unit) && (
                    <Button
                      variant="default"
                      size="compact-sm"
                      data-action="revoke-role"
                      aria-haspopup="dialog"
                      aria-label={say('people.revokeOne', { role: named(grant) })}
                      onClick={() => begin(grant)}
                    >
                      {say('people.revoke')}
                    </Button>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Wide>
      <ActDialog
        close={() => begin(null)}
        act={
          begun && {
            name: 'revoke-role',
            title: say('people.revoke'),
            effect: say('people.revokeEffect', { role: named(begun), name: person.name }),
            send: (_, key) => command('DELETE', `/api/v1/people/${person.id}/roles/${begun.role}?unit=${begun.unit}`, {}, { key }),
          }
        }
      />
    </>
  );
}
