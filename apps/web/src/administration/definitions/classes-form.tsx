import { NativeSelect, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useWords } from '../../words/words';
import { className } from './difference-words';
import { objectAt, textAt, textsAt } from './document';
import { WrittenChoice, WrittenFlag, WrittenSome } from './fields';
import { levelWords } from './names';
import { Row } from './row';
import { amissAt, useWriting } from './writing';

/** Who owns, publishes and approves: by group of internal procedures, or by kind. */
export function ClassesForm(): ReactNode {
  const words = useWords();
  const { say } = words;
  const { document } = useWriting();
  const classes = objectAt(document, 'authority', 'classes');
  const levels = Object.entries(levelWords).map(([value, word]) => ({ value, label: say(word) }));
  const levelOf = (value: string): string => levels.find((one) => one.value === value)?.label ?? value;
  return (
    <section aria-labelledby="classes">
      <Title order={2} size="h5" id="classes" mb="xs">
        {say('definitions.classes')}
      </Title>
      <Text size="sm" c="dimmed" mb="xs">
        {say('definitions.classesHelp')}
      </Text>
      <Stack gap="xs">
        {Object.entries(classes).map(([name, held]) => {
          const path = ['authority', 'classes', name];
          return (
            <Row
              key={name}
              path={path}
              isFixed
              title={className(name, words)}
              summary={say('definitions.classSays', {
                owners: textsAt(held, 'owners').map(levelOf).join(', '),
                publisher: levelOf(textAt(held, 'publisher')),
              })}
            >
              <WrittenSome path={[...path, 'owners']} label={say('definitions.owners')} choices={levels} />
              <WrittenChoice path={[...path, 'publisher']} label={say('definitions.publisher')} choices={levels} />
              <Approver path={[...path, 'approver']} levels={levels} />
              <WrittenFlag path={[...path, 'nationalDatabase']} label={say('definitions.nationalDatabase')} />
            </Row>
          );
        })}
      </Stack>
    </section>
  );
}

interface ApproverProps {
  readonly path: readonly string[];
  readonly levels: readonly { readonly value: string; readonly label: string }[];
}

/** A level, or nobody: then there are no options to approve. */
function Approver({ path, levels }: ApproverProps): ReactNode {
  const { say } = useWords();
  const writing = useWriting();
  return (
    <NativeSelect
      name={path.join('.')}
      label={say('definitions.approver')}
      value={textAt(writing.document, ...path)}
      error={amissAt(writing, path)}
      onChange={({ currentTarget: { value } }) => writing.change(path, value === '' ? null : value)}
      data={[{ value: '', label: say('definitions.nobody') }, ...levels]}
    />
  );
}
