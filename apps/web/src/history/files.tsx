import { Button, Group, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Refusal } from '../frame/refusal';
import { keepFile } from '../procedure/keep-file';
import { useWords } from '../words/words';
import type { StoredFile } from './entry-facts';

interface Props {
  readonly procedure: string;
  readonly files: readonly StoredFile[];
}

/** The files that an event names, each to be kept. */
export function Files({ procedure, files }: Props): ReactNode {
  const { say } = useWords();
  const download = useMutation({ mutationFn: (file: StoredFile) => keepFile(procedure, file) });
  if (files.length === 0) return null;
  return (
    <Stack gap={4} align="start">
      <Group gap="xs">
        {files.map((file) => (
          <Button
            key={`${file.hash} ${file.name}`}
            variant="default"
            size="compact-sm"
            loading={download.isPending && download.variables.hash === file.hash}
            onClick={() => download.mutate(file)}
          >
            {say('history.file', { name: file.name })}
          </Button>
        ))}
      </Group>
      {download.isError && <Refusal error={download.error} />}
    </Stack>
  );
}
