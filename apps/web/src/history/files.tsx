import { Button, Group, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { client } from '../api/client';
import { Refusal } from '../frame/refusal';
import { saveFile } from '../format/save-file';
import { useWords } from '../words/words';
import type { StoredFile } from './entry-facts';

interface Props {
  readonly procedure: string;
  readonly files: readonly StoredFile[];
}

/** The files that an event names, each to be kept. */
export function Files({ procedure, files }: Props): ReactNode {
  const { say } = useWords();
  const download = useMutation({
    mutationFn: async ({ hash, name }: StoredFile) => {
      const path = { id: procedure, hash };
      const { data } = await client.GET('/api/v1/procedures/{id}/attachments/{hash}', { params: { path }, parseAs: 'blob' });
      if (data instanceof Blob) saveFile(data, name);
    },
  });
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
