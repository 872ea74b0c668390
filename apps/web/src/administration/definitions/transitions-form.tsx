import { Button, Checkbox, Group, Stack, Title } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { readLifecycle } from '../../lifecycle/lifecycle';
import { actionName, knownActions } from '../../words/codes';
import { useWords } from '../../words/words';
import { ruleName, stageName } from './difference-words';
import { isObject, listAt, objectAt, textAt, textsAt } from './document';
import { WrittenChoice, WrittenFlag, WrittenSome } from './fields';
import { conditionWords, inputWords, inputsOf, requirementWords } from './names';
import { Row } from './row';
import { useWriting } from './writing';

/** The actions: which stage each leaves, where it leads, what it asks for. */
export function TransitionsForm(): ReactNode {
  const words = useWords();
  const { say } = words;
  const { document, change } = useWriting();
  const lifecycle = readLifecycle(document);
  const [added, setAdded] = useState(-1);
  const transitions = listAt(document, 'transitions');
  const nameOf = (stage: string): string => stageName(stage, lifecycle, words);
  const summaryOf = (one: unknown): string => {
    const from = objectAt(one)['from'] === 'open' ? nameOf('open') : textsAt(one, 'from').map(nameOf).join(', ');
    return `${from} → ${nameOf(textAt(one, 'to'))}`;
  };
  const add = (): void => {
    setAdded(transitions.length);
    const fields = {
      action: 'review',
      from: [],
      to: 'same',
      requires: ['necessary'],
      differentFrom: [],
      authority: 'review',
      worklist: true,
    };
    change(['transitions', transitions.length], fields);
  };
  return (
    <section aria-labelledby="transitions">
      <Title order={2} size="h5" id="transitions" mb="xs">
        {say('definitions.transitions')}
      </Title>
      <Stack gap="xs">
        {transitions.map((one, index) => (
          <Row
            key={`${String(index)} ${String(transitions.length)}`}
            path={['transitions', index]}
            title={actionName(textAt(one, 'action'), say)}
            summary={summaryOf(one)}
            isNew={index === added}
          >
            <TransitionFields index={index} nameOf={nameOf} />
          </Row>
        ))}
        <Group>
          <Button variant="default" size="compact-sm" onClick={add}>
            {say('definitions.addTransition')}
          </Button>
        </Group>
      </Stack>
    </section>
  );
}

function TransitionFields({ index, nameOf }: { readonly index: number; readonly nameOf: (stage: string) => string }): ReactNode {
  const words = useWords();
  const { say } = words;
  const { document, change } = useWriting();
  const at = ['transitions', index] as const;
  const transition = objectAt(document, ...at);
  const action = textAt(transition, 'action');
  const stages = Object.keys(objectAt(document, 'stages')).map((value) => ({ value, label: nameOf(value) }));
  const targets = [...['same', 'origin'].map((value) => ({ value, label: nameOf(value) })), ...stages];
  const actions = knownActions.map((value) => ({ value, label: actionName(value, say) }));
  const rules = [...Object.keys(objectAt(document, 'authority', 'rules')), 'as-corrected'].map((value) => ({
    value,
    label: ruleName(value, words),
  }));
  const done = new Set(listAt(document, 'transitions').map((one) => textAt(one, 'action')));
  const inputs = (Object.hasOwn(inputsOf, action) ? inputsOf[action] : undefined) ?? [];
  const isOpen = transition['from'] === 'open';
  const hasInstead = isObject(transition['instead']);
  return (
    <>
      <WrittenChoice path={[...at, 'action']} label={say('definitions.action')} choices={actions} />
      <Checkbox
        label={say('definitions.fromAny')}
        checked={isOpen}
        onChange={({ currentTarget: { checked } }) => change([...at, 'from'], checked ? 'open' : [])}
      />
      {!isOpen && <WrittenSome path={[...at, 'from']} label={say('definitions.from')} choices={stages} />}
      <WrittenChoice path={[...at, 'to']} label={say('definitions.to')} choices={targets} />
      <Checkbox
        label={say('definitions.hasInstead')}
        checked={hasInstead}
        onChange={({ currentTarget: { checked } }) =>
          change([...at, 'instead'], checked ? { when: 'check-failed', to: 'origin' } : undefined)
        }
      />
      {hasInstead && (
        <Group align="start">
          <WrittenChoice
            path={[...at, 'instead', 'when']}
            label={say('definitions.when')}
            choices={Object.entries(conditionWords).map(([value, word]) => ({ value, label: say(word) }))}
          />
          <WrittenChoice path={[...at, 'instead', 'to']} label={say('definitions.to')} choices={targets} />
        </Group>
      )}
      <WrittenSome
        path={[...at, 'requires']}
        label={say('definitions.requires')}
        choices={Object.entries(requirementWords).map(([value, word]) => ({ value, label: say(word) }))}
      />
      {inputs.length > 0 && (
        <WrittenSome
          path={[...at, 'inputs']}
          label={say('definitions.inputs')}
          choices={inputs.map((value) => ({ value, label: inputWords[value] === undefined ? value : say(inputWords[value]) }))}
          optional
        />
      )}
      <WrittenChoice path={[...at, 'authority']} label={say('definitions.rule')} choices={rules} />
      <WrittenSome
        path={[...at, 'differentFrom']}
        label={say('definitions.differentFrom')}
        choices={actions.filter(({ value }) => done.has(value) && value !== action)}
      />
      <WrittenFlag path={[...at, 'worklist']} label={say('definitions.worklist')} />
    </>
  );
}
