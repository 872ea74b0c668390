import { Button, Group, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Hash } from '../../form/file-drop';
import { numberText } from '../../format/format';
import { Refusal } from '../../frame/refusal';
import { useWords } from '../../words/words';
import { keepFile } from '../keep-file';

interface Props {
  /** Procedure id. */
  readonly procedure: string;
  readonly file: { readonly hash: string; readonly name: string; readonly size: number };
}

/** A file of a procedure: what it is called and known by, and how one gets it. It is saved, never shown as a part of this site. */
export function FileLink({ procedure, file: { hash, name, size } }: Props): ReactNode {
  const { say, language } = useWords();
  const getting = useMutation({ mutationFn: () => keepFile(procedure, { hash, name }) });
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
