import { Checkbox, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useWords } from '../../words/words';
import { DayLimitFields } from './day-limit-fields';
import { objectAt } from './document';
import { measureWords } from './names';
import { useWriting } from './writing';

const measures = Object.entries(measureWords);

/** By what a publication is on time. Left out of the definition where nothing is measured. */
export function PunctualityForm(): ReactNode {
  const { say } = useWords();
  const { document, change } = useWriting();
  const punctuality = objectAt(document, 'punctuality');
  const measure = (name: string, isMeasured: boolean): void => {
    const others = Object.fromEntries(Object.entries(punctuality).filter(([one]) => one !== name));
    const next = isMeasured ? { ...others, [name]: { days: 5, counting: 'working' } } : others;
    change(['punctuality'], Object.keys(next).length === 0 ? undefined : next);
  };
  return (
    <section aria-labelledby="punctuality">
      <Title order={2} size="h5" id="punctuality" mb="xs">
        {say('definitions.punctuality')}
      </Title>
      <Text size="sm" c="dimmed" mb="xs">
        {say('definitions.punctualityHelp')}
      </Text>
      <Stack gap="xs">
        {measures.map(([name, word]) => (
          <Stack key={name} gap="xs">
            <Checkbox
              label={say(word)}
              checked={Object.hasOwn(punctuality, name)}
              onChange={({ currentTarget: { checked } }) => measure(name, checked)}
            />
            {Object.hasOwn(punctuality, name) && (
              <Stack gap="xs" pl="lg">
                <DayLimitFields path={['punctuality', name]} />
              </Stack>
            )}
          </Stack>
        ))}
      </Stack>
    </section>
  );
}
