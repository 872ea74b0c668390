import { Alert, Button, Checkbox, Group, List, Progress, Stack, Table, Text } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { isFinal } from '../../actions/final';
import { CommandForm } from '../../form/command-form';
import { DateField } from '../../form/fields';
import { numberText } from '../../format/format';
import { Dialog } from '../../frame/dialog';
import { conditionName } from '../../words/codes';
import { useWords } from '../../words/words';
import type { Work } from '../work-words';
import { actName, actNamed } from './acts';
import { lookAhead } from './look-ahead';
import { allowedIn, outcomesOf } from './preview';
import type { Prospect } from './preview';
import type { Run } from './run';
import { runs } from './runs';

interface Props {
  readonly act: string;
  readonly works: readonly Work[];
  readonly close: () => void;
}

/** One form for several, then what would come of it for each, and only then it is done. */
export function SeveralDialog({ act, works, close }: Props): ReactNode {
  const { say, language } = useWords();
  const [known, setKnown] = useState<number | null>(null);
  const [looked, setLooked] = useState<{ readonly body: Run['body']; readonly prospects: readonly Prospect[] } | null>(null);
  const name = actName(act, say);
  const chosen = actNamed(act);
  if (!chosen) return null;
  const { Fields, isDated, path } = chosen;
  const look = async (body: Run['body']): Promise<void> => {
    setKnown(0);
    try {
      setLooked({ body, prospects: await lookAhead(act, works, setKnown) });
    } finally {
      setKnown(null);
    }
  };
  const run = (): void => {
    if (!looked) return;
    // What is classified is not left in the browser.
    runs.begin(
      path,
      looked.body,
      allowedIn(looked.prospects),
      works.every(({ classification }) => classification === 'none'),
    );
    close();
  };

  return (
    <Dialog title={say('several.do', { name, number: numberText(works.length, language) })} opened close={close} size="lg">
      {known !== null && (
        <Stack gap="xs" mb="md">
          <Text role="status">
            {say('several.looking', { number: numberText(known, language), of: numberText(works.length, language) })}
          </Text>
          <Progress value={(100 * known) / works.length} aria-label={say('several.preview')} />
        </Stack>
      )}
      {/* What was typed stays while the outcome is looked at. */}
      <div hidden={looked !== null}>
        <CommandForm label={name} submit={say('several.toPreview')} send={look} cancel={close}>
          {isFinal(act) && <Text>{say('actions.final')}</Text>}
          <Fields />
          {isDated === true && <DateField name="occurredOn" label={say('field.occurredOn')} help={say('field.occurredOnHelp')} optional />}
        </CommandForm>
      </div>
      {looked && (
        <Preview
          name={name}
          needsAssurance={isFinal(act)}
          prospects={looked.prospects}
          run={run}
          back={() => setLooked(null)}
          cancel={close}
        />
      )}
    </Dialog>
  );
}

interface PreviewProps {
  readonly name: string;
  /** Whether nothing leads back. */
  readonly needsAssurance: boolean;
  readonly prospects: readonly Prospect[];
  readonly run: () => void;
  readonly back: () => void;
  readonly cancel: () => void;
}

/** How many it will be done with, and why not with the others. */
function Preview({ name, needsAssurance, prospects, run, back, cancel }: PreviewProps): ReactNode {
  const { say, language } = useWords();
  const [isSure, setSure] = useState(!needsAssurance);
  const heading = useRef<HTMLParagraphElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const number = numberText(allowedIn(prospects).length, language);
  const none = allowedIn(prospects).length === 0;
  return (
    <Stack>
      <Text fw={600} ref={heading} tabIndex={-1} role="status">
        {none ? say('several.noneAllowed') : say('several.willDo', { name, number })}
      </Text>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{say('several.outcome')}</Table.Th>
            <Table.Th scope="col">{say('several.number')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {outcomesOf(prospects).map(({ code, pieces }) => (
            <Table.Tr key={code ?? ''}>
              <Table.Td>
                <details>
                  <summary>{code === null ? say('several.allowed') : say('several.notAllowed', { why: conditionName(code, say) })}</summary>
                  <List size="sm" mt="xs">
                    {pieces.map(({ key, title }) => (
                      <List.Item key={key}>{title}</List.Item>
                    ))}
                  </List>
                </details>
              </Table.Td>
              <Table.Td>{numberText(pieces.length, language)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {needsAssurance && !none && (
        <Alert color="orange" variant="light" title={say('actions.final')}>
          <Checkbox
            label={say('several.sure', { name, number })}
            checked={isSure}
            onChange={({ currentTarget: { checked } }) => setSure(checked)}
          />
        </Alert>
      )}
      <Group>
        {!none && isSure && <Button onClick={run}>{say('several.run', { name, number })}</Button>}
        <Button variant="default" onClick={back}>
          {say('several.back')}
        </Button>
        <Button variant="default" onClick={cancel}>
          {say('form.cancel')}
        </Button>
      </Group>
    </Stack>
  );
}
