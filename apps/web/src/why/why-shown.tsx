import { Alert, List, Paper, Skeleton, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useActorText } from '../frame/actor-text';
import { NotHad } from '../frame/not-had';
import { StateMark } from '../table/state-mark';
import { roleName } from '../words/codes';
import { useWords } from '../words/words';
import { useUnits } from '../frame/units';
import { Evidence } from './evidence';
import { ruleName, saidOf } from './why-words';
import { useWhy } from './why-query';
import type { Of, WhyAnswer } from './why-query';

/** What held then, each rule with what it rests on, and whether it would be decided the same today. */
export function WhyShown({ of }: { readonly of: Of }): ReactNode {
  const { say } = useWords();
  const { data, error, refetch } = useWhy(of);
  if (error) return <NotHad error={error} again={() => void refetch()} />;
  if (!data) return <Skeleton height={80} aria-label={say('waiting.title')} />;
  return (
    <Paper withBorder p="sm" mt="xs" data-why={data.result}>
      <Stack gap="xs">
        <Held answer={data} />
        <List size="sm" spacing={4}>
          {data.rules.map(({ code, held, because }, place) => (
            <List.Item key={`${code} ${String(place)}`} data-rule={code} data-held={held}>
              <StateMark weight={held ? 'plain' : 'late'}>{say(held ? 'why.held' : 'why.broken')}</StateMark> {ruleName(code, say)}
              {saidOf(because, say).map((sentence) => (
                <Text key={sentence} size="sm" c="dimmed">
                  {sentence}
                </Text>
              ))}
              <Evidence events={because.events} />
            </List.Item>
          ))}
        </List>
        <Again answer={data} />
      </Stack>
    </Paper>
  );
}

function Held({ answer: { definition, authority, calendar, actor } }: { readonly answer: WhyAnswer }): ReactNode {
  const { say, language } = useWords();
  const actorText = useActorText();
  const units = useUnits();
  const roles = actor.roles.map(({ role, unit }) => [roleName(role, say), units.nameOf(unit)].filter(Boolean).join(', '));
  return (
    <div>
      <Text size="sm">
        {say('why.actor', { actor: actorText(actor), roles: roles.length === 0 ? say('why.noRole') : roles.join('; ') })}
      </Text>
      {definition && <Text size="sm">{say('why.definition', { title: definition.title[language], version: definition.version })}</Text>}
      {authority && <Text size="sm">{say('why.authority', { id: authority.id, version: authority.version })}</Text>}
      {calendar && <Text size="sm">{say('why.calendar', { id: calendar.id, version: calendar.version })}</Text>}
    </div>
  );
}

function Again({ answer: { decidedAgain, result } }: { readonly answer: WhyAnswer }): ReactNode {
  const { say } = useWords();
  if (decidedAgain.same) return <Text size="sm">{say(result === 'accepted' ? 'why.sameAccepted' : 'why.sameRefused')}</Text>;
  return (
    <Alert color="orange" title={say('why.otherwise')}>
      <List size="sm">
        {decidedAgain.differences.map(({ path, then, now }) => (
          <List.Item key={path + textOf(then) + textOf(now)}>
            {say('why.difference', { path, then: textOf(then), now: textOf(now) })}
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}

const textOf = (value: unknown): string => (value === undefined ? '—' : typeof value === 'string' ? value : JSON.stringify(value));
