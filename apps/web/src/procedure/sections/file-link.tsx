import { Button, Group, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { client } from '../../api/client';
import { Hash } from '../../form/file-drop';
import { numberText } from '../../format/format';
import { saveFile } from '../../format/save-file';
import { Refusal } from '../../frame/refusal';
import { useWords } from '../../words/words';

interface Props {
  /** Procedure id. */
  readonly procedure: string;
  readonly file: { readonly hash: string; readonly name: string; readonly size: number };
}

/** A file of a procedure: what it is called and known by, and how one gets it. It is saved, never shown as a part of this site. */
export function FileLink({ procedure, file: { hash, name, size } }: Props): ReactNode {
  const { say, language } = useWords();
  const getting = useMutation({
    mutationFn: async () => {
      const params = { path: { id: procedure, hash } };
      const { data } = await client.GET('/api/v1/procedures/{id}/attachments/{hash}', { params, parseAs: 'blob' });
      if (data === undefined) throw new Error('An accepted call has an answer.');
      saveFile(data, name);
    },
  });
  return (
    <div>
      <Group gap="xs">
        <Text fw={500}>
          <bdi>{name}</bdi>
        </Text>
        <Text size="sm" c="dimmed">
          {say('file.size', { kilobytes: numberText(Math.max(1, Math.round(size / 1024)), language) })}
        </Text>
        <Button
          variant="default"
          size="compact-sm"
          loading={getting.isPending}
          onClick={() => getting.mutate()}
          aria-label={say('file.saveOne', { name })}
        >
          {say('file.save')}
        </Button>
      </Group>
      <Hash hash={hash} />
      {getting.error && <Refusal error={getting.error} />}
    </div>
  );
}
