import { Button, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { roleWords } from '../../words/codes';
import { useWords } from '../../words/words';
import { ruleName } from './difference-words';
import { objectAt, textAt } from './document';
import { WrittenChoice } from './fields';
import { placeWords } from './names';
import { Row } from './row';
import { useWriting } from './writing';

/** Who may do what: a role, and where it is held. */
export function RulesForm(): ReactNode {
  const words = useWords();
  const { say } = words;
  const { document, change } = useWriting();
  const [typed, type] = useState('');
  const rules = objectAt(document, 'authority', 'rules');
  const isRule = /^[a-z][a-z-]{0,39}(:[a-z][a-z-]{0,39})?$/.test(typed) && !Object.hasOwn(rules, typed);
  const roles = Object.entries(roleWords).map(([value, word]) => ({ value, label: say(word) }));
  const places = Object.entries(placeWords).map(([value, word]) => ({ value, label: say(word) }));
  const wordOf = (choices: typeof roles, value: string): string => choices.find((one) => one.value === value)?.label ?? value;
  return (
    <section aria-labelledby="rules">
      <Title order={2} size="h5" id="rules" mb="xs">
        {say('definitions.rules')}
      </Title>
      <Text size="sm" c="dimmed" mb="xs">
        {say('definitions.rulesHelp')}
      </Text>
      <Stack gap="xs">
        {Object.entries(rules).map(([rule, who]) => (
          <Row
            key={rule}
            path={['authority', 'rules', rule]}
            title={ruleName(rule, words)}
            summary={`${wordOf(roles, textAt(who, 'role'))}, ${wordOf(places, textAt(who, 'at'))}`}
          >
            <Group grow align="start">
              <WrittenChoice path={['authority', 'rules', rule, 'role']} label={say('definitions.role')} choices={roles} />
              <WrittenChoice path={['authority', 'rules', rule, 'at']} label={say('definitions.at.place')} choices={places} />
            </Group>
          </Row>
        ))}
        <Group align="end">
          <TextInput
            label={say('definitions.newRule')}
            description={say('definitions.newRuleHelp')}
            value={typed}
            onChange={({ currentTarget: { value } }) => type(value)}
          />
          <Button
            variant="default"
            disabled={!isRule}
            onClick={() => {
              change(['authority', 'rules', typed], { role: 'officer', at: 'own-or-above' });
              type('');
            }}
          >
            {say('definitions.addRule')}
          </Button>
        </Group>
      </Stack>
    </section>
  );
}
