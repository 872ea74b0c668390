import { Badge, Group, List, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { dateText } from '../format/format';
import { Moment } from '../format/moment';
import { actionName, conditionName, eventName, stageName } from '../words/codes';
import { Scan } from '../procedure/scan';
import type { Say } from '../words/words';
import { useWords } from '../words/words';
import { useActorText } from '../frame/actor-text';
import { ProofMark } from '../why/proof-mark';
import { filesOf, occurredOn, papersOf, reasonsOf, refusedIn } from './entry-facts';
import type { Paper } from './entry-facts';
import { Files } from './files';
import type { Entry } from './history-queries';
import { Record } from './record';

interface Props {
  readonly procedure: string;
  readonly entry: Entry;
}

/** One thing that happened: what, when, by whom and for whom, on which papers, and why. */
export function EntryItem({ procedure, entry }: Props): ReactNode {
  const { say } = useWords();
  const actorText = useActorText();
  const { revision, recordedAt, stageBefore, stageAfter } = entry;
  const refused = refusedIn(entry);
  const day = occurredOn(entry);
  return (
    <Stack gap={4}>
      <Group gap="xs">
        <Text fw={600}>{titleOf(entry, say)}</Text>
        {revision !== null && refused === null && (
          <Badge variant="default" tt="none" fw={500}>
            {say('history.revision', { revision })}
          </Badge>
        )}
      </Group>
      <Text size="sm">
        <Moment at={recordedAt} /> · {actorText(entry.actor)}
      </Text>
      <ProofMark position={entry.position} proof={entry.proof} />
      {day !== null && dateText(day) !== dateText(recordedAt) && (
        <Text size="sm">{say('history.occurredOn', { date: dateText(day) })}</Text>
      )}
      {stageAfter !== null && stageBefore !== stageAfter && (
        <Text size="sm">
          {stageBefore === null ? '' : `${stageName(stageBefore, say)} → `}
          {stageName(stageAfter, say)}
        </Text>
      )}
      {papersOf(entry).map((paper) => (
        <div key={paper.kind}>
          <Text size="sm">{paperText(paper, say)}</Text>
          {paper.scan !== null && <Scan procedure={procedure} hash={paper.scan} />}
        </div>
      ))}
      {reasonsOf(entry).map((reason) => (
        <Text key={reason} size="sm" fs="italic">
          “{reason}”
        </Text>
      ))}
      {refused !== null && (
        <List size="sm">
          {refused.unmet.map(({ code, message }) => {
            const name = conditionName(code, say);
            return <List.Item key={`${code} ${message}`}>{name === code ? message : name}</List.Item>;
          })}
        </List>
      )}
      <Files procedure={procedure} files={filesOf(entry)} />
      {refused === null && <Record data={entry.data} />}
    </Stack>
  );
}

/** What happened, in a few words. */
export function titleOf(entry: Entry, say: Say): string {
  const refused = refusedIn(entry);
  return refused === null ? eventName(entry.type, say) : say('history.refusedAct', { action: actionName(refused.action, say) });
}

function paperText({ kind, number, date, title, signer }: Paper, say: Say): string {
  const name = say(kind === 'decision' ? 'history.decision' : 'history.document', { number: number ?? title ?? '' });
  const rest = [
    number !== null && title,
    date !== null && say('history.dated', { date: dateText(date) }),
    signer !== null && say('history.signed', { name: signer }),
  ];
  return [name, ...rest.filter((one) => one !== null && one !== false)].join(', ');
}
