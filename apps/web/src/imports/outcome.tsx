import { Group, Progress, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { answerOf, client, queries } from '../api/client';
import { ActButton } from '../form/act-button';
import { numberText } from '../format/format';
import { StateMark } from '../table/state-mark';
import type { Weight } from '../table/state-mark';
import type { Word } from '../words/words';
import { useWords } from '../words/words';
import { importQuery, isUnderWay } from './imports-queries';
import type { Import } from './imports-queries';

const words = {
  checking: 'imports.state.checking',
  running: 'imports.state.running',
  done: 'imports.state.done',
  refused: 'imports.state.refused',
  cancelled: 'imports.state.cancelled',
  failed: 'imports.state.failed',
} as const satisfies Record<Import['state'], Word>;
const weights: Partial<Record<Import['state'], Weight>> = { refused: 'late', failed: 'late', checking: 'soon', running: 'soon' };

/** How far an import has come, in figures. */
export function Outcome({ shown }: { readonly shown: Import }): ReactNode {
  const { say, language } = useWords();
  const { id, state, dryRun, rows, accepted, repeated, refusedRows } = shown;
  const number = (count: number): string => numberText(count, language);
  const done = accepted + repeated + refusedRows;
  const word: Word = state === 'done' && dryRun ? 'imports.state.good' : words[state];
  return (
    <Stack gap="xs" role="status">
      <Group gap="xs">
        <StateMark weight={weights[state] ?? 'plain'}>{say(word)}</StateMark>
        <Text>
          {say(dryRun ? 'imports.wouldBe' : 'imports.were', {
            rows: number(rows),
            accepted: number(accepted),
            repeated: number(repeated),
            refused: number(refusedRows),
          })}
        </Text>
      </Group>
      {isUnderWay(shown) && (
        <>
          <Progress value={rows === 0 ? 0 : (100 * done) / rows} aria-label={say('imports.progress')} />
          <ActButton action="cancel-import" act={() => cancel(id)}>
            {say('imports.cancel')}
          </ActButton>
        </>
      )}
    </Stack>
  );
}

/** @throws ApiProblem when it is refused */
async function cancel(id: string): Promise<void> {
  const ended = await answerOf(client.POST('/api/v1/imports/{id}/cancel', { params: { path: { id } } }));
  queries.setQueryData(importQuery(id).queryKey, ended);
}
