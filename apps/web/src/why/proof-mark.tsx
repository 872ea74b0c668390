import { Button, Group, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { client } from '../api/client';
import { saveFile } from '../format/save-file';
import { Refusal } from '../frame/refusal';
import { useWords } from '../words/words';
import type { Word } from '../words/words';

type ProofState = 'recorded' | 'sealed' | 'witnessed';

const proofWords = {
  recorded: 'audit.proof.recorded',
  sealed: 'audit.proof.sealed',
  witnessed: 'audit.proof.witnessed',
} as const satisfies Record<ProofState, Word>;

interface Props {
  readonly position: string;
  readonly proof: ProofState;
}

/** How far an event is beyond doubt, and the proof of it to take away. */
export function ProofMark({ position, proof }: Props): ReactNode {
  const { say } = useWords();
  const download = useMutation({
    mutationFn: async () => {
      const { data } = await client.GET('/api/v1/audit/proof', { params: { query: { position } }, parseAs: 'blob' });
      if (data !== undefined) saveFile(data, `event-${position}.tlog-proof`);
    },
  });
  return (
    <>
      <Group gap="xs">
        <Text size="sm" c="dimmed" data-proof={proof}>
          {say(proofWords[proof])}
        </Text>
        {proof !== 'recorded' && (
          <Button
            variant="subtle"
            size="compact-sm"
            data-noprint
            aria-label={say('audit.proofOf', { position })}
            loading={download.isPending}
            onClick={() => download.mutate()}
          >
            {say('audit.proof')}
          </Button>
        )}
      </Group>
      {download.isError && <Refusal error={download.error} />}
    </>
  );
}
