import { Button, Group } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { client } from '../api/client';
import { saveFile } from '../format/save-file';
import { Refusal } from '../frame/refusal';
import { SeparatorChoice, useSeparator } from '../table/separator-choice';
import { useWords } from '../words/words';
import type { RegisterSearch } from './register-search';

/** Gives out exactly what is filtered, in the order that it has, for a spreadsheet; or all of the register for a program, to be verified. */
export function ExportButton({ search }: { readonly search: Omit<RegisterSearch, 'columns'> }): ReactNode {
  const { say } = useWords();
  const [separator, choose] = useSeparator();
  const download = useMutation({
    mutationFn: async () => {
      const query = { ...search, format: 'csv', separator } as const;
      const { data } = await client.GET('/api/v1/procedures/export', { params: { query }, parseAs: 'blob' });
      if (data !== undefined) saveFile(data, 'procedures.csv');
    },
  });
  const whole = useMutation({
    mutationFn: async () => {
      const { data } = await client.GET('/api/v1/exports/register', { parseAs: 'blob' });
      if (data !== undefined) saveFile(data, 'register.jsonl');
    },
  });
  return (
    <Group gap="xs" data-noprint>
      <SeparatorChoice separator={separator} choose={choose} />
      <Button variant="default" size="compact-sm" loading={download.isPending} onClick={() => download.mutate()}>
        {say('register.export')}
      </Button>
      <Button variant="subtle" size="compact-sm" title={say('register.wholeHelp')} loading={whole.isPending} onClick={() => whole.mutate()}>
        {say('register.whole')}
      </Button>
      {whole.isError && <Refusal error={whole.error} />}
      {download.isError && <Refusal error={download.error} />}
    </Group>
  );
}
