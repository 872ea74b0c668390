import { Button, Checkbox, Group, Stack, Title } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { readLifecycle } from '../../lifecycle/lifecycle';
import { stageTitle } from '../../lifecycle/titles';
import { actionName, knownActions } from '../../words/codes';
import { useWords } from '../../words/words';
import { DayLimitFields } from './day-limit-fields';
import { isObject, listAt, objectAt, textAt } from './document';
import { WrittenChoice, WrittenDays, WrittenSome } from './fields';
import { clockStopWords } from './names';
import { Row } from './row';
import { useWriting } from './writing';

/** How long an action, or a stay in a stage, may take. */
export function DeadlinesForm(): ReactNode {
  const words = useWords();
  const { say } = words;
  const { document, change } = useWriting();
  const lifecycle = readLifecycle(document);
  const [added, setAdded] = useState(-1);
  const deadlines = listAt(document, 'deadlines');
  const stageName = (stage: string): string => stageTitle(lifecycle, stage, words);
  const titleOf = (one: unknown): string => {
    const stage = textAt(one, 'stage');
    return stage === '' ? actionName(textAt(one, 'action'), say) : say('deadlines.stay', { stage: stageName(stage) });
  };
  const add = (): void => {
    setAdded(deadlines.length);
    change(['deadlines', deadlines.length], { action: 'review', days: 5, counting: 'working' });
  };
  return (
    <section aria-labelledby="deadlines">
      <Title order={2} size="h5" id="deadlines" mb="xs">
        {say('definitions.deadlines')}
      </Title>
      <Stack gap="xs">
        {deadlines.map((one, index) => (
          <Row
            key={`${String(index)} ${String(deadlines.length)}`}
            path={['deadlines', index]}
            title={titleOf(one)}
            summary={say(textAt(one, 'counting') === 'calendar' ? 'definitions.calendarDays' : 'definitions.workingDays', {
              days: isObject(objectAt(one)['days']) ? Object.values(objectAt(one, 'days')).join(' / ') : textAt(one, 'days'),
            })}
            isNew={index === added}
          >
            <DeadlineFields index={index} stages={lifecycle.stages.map(({ name }) => ({ value: name, label: stageName(name) }))} />
          </Row>
        ))}
        <Group>
          <Button variant="default" size="compact-sm" onClick={add}>
            {say('definitions.addDeadline')}
          </Button>
        </Group>
      </Stack>
    </section>
  );
}

interface Fields {
  readonly index: number;
  readonly stages: readonly { readonly value: string; readonly label: string }[];
}

function DeadlineFields({ index, stages }: Fields): ReactNode {
  const { say } = useWords();
  const { document, change } = useWriting();
  const at = ['deadlines', index] as const;
  const deadline = objectAt(document, ...at);
  const isOfStage = 'stage' in deadline;
  const become = (next: 'action' | 'stage'): void => {
    const rest = Object.fromEntries(Object.entries(deadline).filter(([field]) => field !== 'action' && field !== 'stage'));
    change(at, { ...(next === 'stage' ? { stage: stages[0]?.value ?? '' } : { action: 'review' }), ...rest });
  };
  return (
    <>
      <Checkbox
        label={say('definitions.ofStage')}
        checked={isOfStage}
        onChange={({ currentTarget: { checked } }) => become(checked ? 'stage' : 'action')}
      />
      {isOfStage ? (
        <WrittenChoice path={[...at, 'stage']} label={say('definitions.stage')} choices={stages} />
      ) : (
        <WrittenChoice
          path={[...at, 'action']}
          label={say('definitions.action')}
          choices={knownActions.map((value) => ({ value, label: actionName(value, say) }))}
        />
      )}
      <DayLimitFields path={at} />
      <Group align="start">
        <WrittenDays path={[...at, 'warnBefore']} label={say('definitions.warnBefore')} optional />
        <WrittenDays path={[...at, 'escalateAfter']} label={say('definitions.escalateAfter')} optional />
      </Group>
      <WrittenSome
        path={[...at, 'stopsWhile']}
        label={say('definitions.stopsWhile')}
        optional
        choices={Object.entries(clockStopWords).map(([value, word]) => ({ value, label: say(word) }))}
      />
    </>
  );
}
