import { Button, Group } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { client } from '../api/client';
import { saveFile } from '../format/save-file';
import { Refusal } from '../frame/refusal';
import { SeparatorChoice, useSeparator } from '../table/separator-choice';
import { useWords } from '../words/words';
import type { RegisterSearch } from './register-search';

/** Gives out exactly what is filtered, in the order that it has, for a spreadsheet. */
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
  return (
    <Group gap="xs" data-noprint>
      <SeparatorChoice separator={separator} choose={choose} />
      <Button variant="default" size="compact-sm" loading={download.isPending} onClick={() => download.mutate()}>
        {say('register.export')}
      </Button>
      {download.isError && <Refusal error={download.error} />}
    </Group>
  );
}
