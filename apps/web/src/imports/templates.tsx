import { Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { answerOf, client } from '../api/client';
import { ActButton } from '../form/act-button';
import { saveFile } from '../format/save-file';
import type { Word } from '../words/words';
import { useWords } from '../words/words';
import { importKindWords } from './imports-queries';
import type { ImportKind } from './imports-queries';

const kinds = Object.entries(importKindWords) as [ImportKind, Word][];

/** Sheets to be filled. */
export function Templates(): ReactNode {
  const { say } = useWords();
  return (
    <div>
      <Text id="templates">{say('imports.templates')}</Text>
      <Group role="group" aria-labelledby="templates" gap="xs" mt="xs">
        {kinds.map(([kind, word]) => (
          <ActButton key={kind} size="compact-sm" act={() => keepTemplate(kind)} label={say('imports.template', { kind: say(word) })}>
            {say(word)}
          </ActButton>
        ))}
      </Group>
    </div>
  );
}

/** @throws ApiProblem when it is refused */
async function keepTemplate(kind: ImportKind): Promise<void> {
  const params = { query: { kind, format: 'xlsx' as const } };
  saveFile(await answerOf(client.GET('/api/v1/imports/template', { params, parseAs: 'blob' })), `${kind}.xlsx`);
}
