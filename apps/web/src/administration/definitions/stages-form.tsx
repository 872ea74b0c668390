import { Button, Group, Stack, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { readLifecycle } from '../../lifecycle/lifecycle';
import { stageTitle } from '../../lifecycle/titles';
import { useWords } from '../../words/words';
import { objectAt, withStageRenamed } from './document';
import { WrittenChoice, WrittenFlag, WrittenTitle } from './fields';
import { Row } from './row';
import { amissAt, useWriting } from './writing';

/** The stages, and in which one a registration begins. */
export function StagesForm(): ReactNode {
  const words = useWords();
  const { say } = words;
  const writing = useWriting();
  const { document, change } = writing;
  const lifecycle = readLifecycle(document);
  const [added, setAdded] = useState<string | null>(null);
  const names = Object.keys(objectAt(document, 'stages'));
  const add = (): void => {
    const number = [...Array(100).keys()].find((one) => !names.includes(`stage${String(one + 1)}`)) ?? 100;
    const name = `stage${String(number + 1)}`;
    setAdded(name);
    change(['stages', name], { title: { vi: '', en: '' } });
  };
  return (
    <section aria-labelledby="stages">
      <Title order={2} size="h5" id="stages" mb="xs">
        {say('definitions.stages')}
      </Title>
      <Stack gap="xs">
        {lifecycle.stages.map(({ name, isEnd }, index) => (
          // A stage that is renamed stays the row that it is.
          <Row
            key={index}
            path={['stages', name]}
            title={stageTitle(lifecycle, name, words)}
            summary={[name, isEnd ? say('lifecycle.ends') : '', name === lifecycle.initial ? say('lifecycle.begins') : '']
              .filter((one) => one !== '')
              .join(' · ')}
            isNew={name === added}
          >
            <StageName name={name} />
            <WrittenTitle path={['stages', name, 'title']} legend={say('definitions.name')} />
            <WrittenFlag path={['stages', name, 'end']} label={say('definitions.isEnd')} optional />
          </Row>
        ))}
        <Group>
          <Button variant="default" size="compact-sm" onClick={add}>
            {say('definitions.addStage')}
          </Button>
        </Group>
        <WrittenChoice
          path={['initial']}
          label={say('definitions.initial')}
          choices={lifecycle.stages.map(({ name }) => ({ value: name, label: stageTitle(lifecycle, name, words) }))}
        />
        {amissAt(writing, ['stages'])}
      </Stack>
    </section>
  );
}

/** What transitions call it. It is changed everywhere once the field is left. */
function StageName({ name }: { readonly name: string }): ReactNode {
  const { say } = useWords();
  const { document, replace } = useWriting();
  const [typed, type] = useState(name);
  const isTaken = typed !== name && typed in objectAt(document, 'stages');
  const isName = /^[a-z][a-zA-Z0-9]{0,49}$/.test(typed);
  return (
    <TextInput
      label={say('definitions.stageName')}
      description={say('definitions.stageNameHelp')}
      value={typed}
      onChange={({ currentTarget: { value } }) => type(value)}
      error={isTaken ? say('definitions.nameTaken') : isName ? null : say('definitions.noName')}
      onBlur={() => {
        if (isName && !isTaken && typed !== name) replace(withStageRenamed(document, name, typed));
      }}
    />
  );
}
