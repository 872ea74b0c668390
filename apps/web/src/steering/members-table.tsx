import { Button, Table, Text } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { command } from '../api/client';
import { ActDialog } from '../form/acts';
import { DateField } from '../form/fields';
import { dateText } from '../format/format';
import { Titles } from '../table/titles';
import { Wide } from '../table/wide';
import { useWords } from '../words/words';
import { memberRoleWords } from './boards-queries';
import type { Board, Member } from './boards-queries';
import { canEndEarlier } from './terms';

interface Props {
  readonly of: Board;
  /** The call that stands for the actions, without their names. */
  readonly path: `/api/v1/steering-boards/${string}/actions`;
}

/** Who is on a board as what, from when to when. */
export function MembersTable({ of: { members, allowed }, path }: Props): ReactNode {
  const { say } = useWords();
  const [released, release] = useState<Member | null>(null);
  const mayRelease = allowed.some(({ action, unmet }) => action === 'release-member' && unmet.length === 0);
  if (members.length === 0) return <Text>{say('boards.noMembers')}</Text>;
  return (
    <>
      <Wide label={say('boards.title')}>
        <Table role="table">
          <Titles
            of={[
              say('boards.member'),
              say('people.role'),
              say('boards.from'),
              say('boards.to'),
              ...(mayRelease ? [say('boards.release')] : []),
            ]}
          />
          <Table.Tbody>
            {members.map((one) => (
              <Table.Tr key={one.id} data-member={one.id}>
                <Table.Td>{one.name ?? say('boards.erased')}</Table.Td>
                <Table.Td>{say(memberRoleWords[one.role])}</Table.Td>
                <Table.Td>{dateText(one.from)}</Table.Td>
                <Table.Td>{one.to === null ? '' : dateText(one.to)}</Table.Td>
                {mayRelease && (
                  <Table.Td>
                    {canEndEarlier(one) && (
                      <Button
                        variant="default"
                        size="compact-sm"
                        data-action="release-member"
                        aria-haspopup="dialog"
                        aria-label={say('boards.releaseOf', { name: one.name ?? say('boards.erased') })}
                        onClick={() => release(one)}
                      >
                        {say('boards.release')}
                      </Button>
                    )}
                  </Table.Td>
                )}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Wide>
      <ActDialog
        act={
          released && {
            ...{ name: 'release-member', title: say('boards.release'), effect: released.name ?? say('boards.erased') },
            fields: <DateField name="to" label={say('boards.to')} />,
            send: (body, key) => command('POST', `${path}/release-member`, { ...body, member: released.id }, { key }),
          }
        }
        close={() => release(null)}
      />
    </>
  );
}
