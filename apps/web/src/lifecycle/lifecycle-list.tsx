import { List, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { actionName } from '../words/codes';
import { useWords } from '../words/words';
import { anyOpen, staysOf, stepsOf } from './lifecycle';
import type { Lifecycle } from './lifecycle';
import { stageTitle, stepTitle } from './titles';

/** The same as the picture in words: each stage, what leaves it and where that leads. */
export function LifecycleList({ lifecycle }: { readonly lifecycle: Lifecycle }): ReactNode {
  const words = useWords();
  const { say } = words;
  const steps = stepsOf(lifecycle);
  const stays = staysOf(lifecycle);
  const leaving = (from: string): ReactNode => (
    <List size="sm" withPadding>
      {steps
        .filter((step) => step.from === from)
        .map((step) => (
          <List.Item key={`${step.action} ${step.to} ${step.when ?? ''}`}>
            {stepTitle(step, words)} → {stageTitle(lifecycle, step.to, words)}
          </List.Item>
        ))}
      {(stays.get(from)?.length ?? 0) > 0 && (
        <List.Item>
          {say('lifecycle.stays', { actions: (stays.get(from) ?? []).map((action) => actionName(action, say)).join(', ') })}
        </List.Item>
      )}
    </List>
  );
  return (
    <List type="ordered" spacing="xs">
      {lifecycle.stages.map(({ name, isEnd }) => (
        <List.Item key={name}>
          <Text span fw={600}>
            {stageTitle(lifecycle, name, words)}
          </Text>
          {name === lifecycle.initial && ` · ${say('lifecycle.begins')}`}
          {isEnd && ` · ${say('lifecycle.ends')}`}
          {leaving(name)}
        </List.Item>
      ))}
      <List.Item>
        <Text span fw={600}>
          {say('lifecycle.anyOpen')}
        </Text>
        {leaving(anyOpen)}
      </List.Item>
    </List>
  );
}
