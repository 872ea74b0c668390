import { Group, List, Stack, Text, Title } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { command } from '../../api/client';
import { CommandForm } from '../../form/command-form';
import { LongField } from '../../form/fields';
import { ActionButton } from './action-button';
import { numberText } from '../../format/format';
import { readLifecycle } from '../../lifecycle/lifecycle';
import { LifecycleList } from '../../lifecycle/lifecycle-list';
import { definitionQuery } from '../../lifecycle/lifecycle-queries';
import { stageTitle } from '../../lifecycle/titles';
import { useWords } from '../../words/words';
import { keptQuery } from './definitions-queries';
import type { Definition, Version } from './definitions-queries';
import { Picture } from './picture';

interface Props {
  readonly definition: Definition;
  readonly version: Version;
}

/** A version as a picture and in words, and who keeps it. */
export function PictureView({ definition: { id, current }, version: { version, state } }: Props): ReactNode {
  const words = useWords();
  const { say, language } = words;
  const lifecycle = readLifecycle(useSuspenseQuery(definitionQuery(id, version)).data);
  const kept = useSuspenseQuery(keptQuery(id)).data.items.filter((one) => one.version === version);
  const [isRetiring, setRetiring] = useState(false);
  const name = say(state === 'draft' ? 'definitions.drop' : 'definitions.retire');
  const retire = async (body: object, key: string): Promise<void> => {
    await command('POST', `/api/v1/definitions/${id}/versions/${String(version)}/retire`, body, { key });
    setRetiring(false);
  };
  return (
    <Stack>
      {version === current && <Text>{say('definitions.currentWhat')}</Text>}
      {state === 'draft' && <Text>{say('definitions.draftWhat')}</Text>}
      {state !== 'retired' && (
        <Group data-noprint>
          <ActionButton action="retire" isBegun={isRetiring} begin={() => setRetiring(!isRetiring)}>
            {name}
          </ActionButton>
        </Group>
      )}
      {isRetiring && (
        <CommandForm label={name} submit={name} send={retire} cancel={() => setRetiring(false)}>
          <Text>{say(state === 'draft' ? 'definitions.dropWhat' : 'definitions.retireWhat')}</Text>
          <LongField name="reason" label={say('field.reason')} />
        </CommandForm>
      )}
      <Picture lifecycle={lifecycle} />
      <section aria-labelledby="kept">
        <Title order={2} size="h4" id="kept" mb="xs">
          {say('definitions.keptBy')}
        </Title>
        {kept.length === 0 && <Text c="dimmed">{say('definitions.keptByNone')}</Text>}
        <List>
          {kept.map(({ stage, count }) => (
            <List.Item key={stage}>
              {stageTitle(lifecycle, stage, words)}: {say('definitions.procedures', { count: numberText(count, language) })}
            </List.Item>
          ))}
        </List>
      </section>
      <section aria-labelledby="in-words">
        <Title order={2} size="h4" id="in-words" mb="xs">
          {say('definitions.inWords')}
        </Title>
        <LifecycleList lifecycle={lifecycle} />
      </section>
    </Stack>
  );
}
