import { Button, Table } from '@mantine/core';
import type { ReactNode } from 'react';
import { dateText } from '../../format/format';
import type { Item } from '../../table/pages';
import { StateMark } from '../../table/state-mark';
import type { Weight } from '../../table/state-mark';
import { Titles } from '../../table/titles';
import { Wide } from '../../table/wide';
import { useWords } from '../../words/words';
import { PersonLink } from '../people/person-link';
import { delegableName } from './delegable';
import { namesIn, stateWords } from './delegation-words';
import type { DelegationState } from './delegations-search';

export type Delegation = Item<'/api/v1/delegations'>;

const weights: Readonly<Record<DelegationState, Weight>> = { inForce: 'soon', coming: 'plain', ended: 'plain', revoked: 'plain' };

interface Props {
  readonly delegations: readonly Delegation[];
  /** Begins to end one. */
  readonly end: (delegation: Delegation) => void;
}

/** Who acts for whom, in what, from when until when. */
export function DelegationsTable({ delegations, end }: Props): ReactNode {
  const { say } = useWords();
  return (
    <Wide label={say('delegations.title')}>
      <Table miw={720} aria-label={say('delegations.title')}>
        <Titles
          of={[
            say('delegations.to'),
            say('delegations.from'),
            say('delegations.what'),
            say('delegations.startsOn'),
            say('delegations.endsOn'),
            say('field.reason'),
            say('delegations.state'),
            say('delegations.end'),
          ]}
        />
        <Table.Tbody>
          {delegations.map((one) => (
            <Table.Tr key={one.id}>
              <Table.Td>
                <PersonLink id={one.to} name={one.toName} />
              </Table.Td>
              <Table.Td>
                <PersonLink id={one.from} name={one.fromName} />
              </Table.Td>
              <Table.Td>
                {one.actions === 'all' ? say('account.allActions') : one.actions.map((action) => delegableName(action, say)).join(', ')}
              </Table.Td>
              <Table.Td>{dateText(one.startsOn)}</Table.Td>
              <Table.Td>{dateText(one.endsOn)}</Table.Td>
              <Table.Td>{one.reason}</Table.Td>
              <Table.Td>
                <StateMark weight={weights[one.state]}>{say(stateWords[one.state])}</StateMark>
              </Table.Td>
              <Table.Td>
                {one.mayRevoke && (
                  <Button
                    variant="default"
                    size="compact-sm"
                    data-action="revoke-delegation"
                    aria-haspopup="dialog"
                    aria-label={say('delegations.endOne', namesIn(one, say))}
                    onClick={() => end(one)}
                  >
                    {say('delegations.end')}
                  </Button>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Wide>
  );
}
