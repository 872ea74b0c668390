import { Stack, Table, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Moment } from '../format/moment';
import { useActorText } from '../frame/actor-text';
import { PageLink } from '../frame/link';
import type { Item } from '../table/pages';
import { StateMark } from '../table/state-mark';
import { Titles } from '../table/titles';
import { Wide } from '../table/wide';
import { typeName } from '../why/event-words';
import { ProofMark } from '../why/proof-mark';
import { Why } from '../why/why';
import { actionName, conditionName } from '../words/codes';
import { useWords } from '../words/words';
import type { Say } from '../words/words';
import type { AuditSearch } from './audit-search';
import { resultWords } from './trail-words';

type Event = Item<'/api/v1/audit/events'>;

const nobody = '00000000-0000-0000-0000-000000000000';

interface Props {
  readonly rows: readonly Event[];
  readonly search: AuditSearch;
}

/** Who did what, when and to what, each with why where rules were asked. */
export function TrailTable({ rows, search }: Props): ReactNode {
  const { say } = useWords();
  const actorText = useActorText();
  return (
    <Wide label={say('audit.title')}>
      <Table miw={760}>
        <Titles of={[say('audit.what'), say('audit.actor'), say('audit.about'), say('audit.at')]} />
        <Table.Tbody>
          {rows.map((event) => (
            <Table.Tr key={event.position} data-trail={event.type}>
              <Table.Td>
                <Stack gap={4} align="start">
                  <Text fw={500}>{titleOf(event, say)}</Text>
                  {event.result !== 'accepted' && <StateMark weight="late">{say(resultWords[event.result])}</StateMark>}
                  {event.unmet.map((code) => (
                    <Text key={code} size="sm">
                      {conditionName(code, say)}
                    </Text>
                  ))}
                  <WhyOf event={event} />
                </Stack>
              </Table.Td>
              <Table.Td>
                {event.actor.id === nobody ? (
                  say('audit.nobody')
                ) : (
                  <PageLink to="/audit" search={{ ...search, actor: event.actor.id }} title={say('audit.allOfThem')}>
                    {actorText(event.actor)}
                  </PageLink>
                )}
              </Table.Td>
              <Table.Td>
                {event.procedure && (
                  <PageLink to="/procedures/$id/history" params={{ id: event.procedure.id }}>
                    {event.procedure.title}
                  </PageLink>
                )}
                {event.about !== event.procedure?.title && event.result !== 'refused' && <Text size="sm">{event.about}</Text>}
              </Table.Td>
              <Table.Td>
                <Moment at={event.recordedAt} />
                <ProofMark position={event.position} proof={event.proof} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Wide>
  );
}

const titleOf = ({ type, action }: Event, say: Say): string =>
  type === 'CommandRefused' ? say('history.refusedAct', { action: actionName(action, say) }) : typeName(type, say);

/** Where rules were asked: of what was done to a procedure, and of what was refused. */
function WhyOf({ event: { type, stream, revision, position, procedure } }: { readonly event: Event }): ReactNode {
  if (type === 'CommandRefused') return <Why of={{ refusal: position }} />;
  return procedure && stream === `procedure-${procedure.id}` ? <Why of={{ procedure: procedure.id, revision }} /> : null;
}
