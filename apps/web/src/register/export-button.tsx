import { Button, Group } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { client } from '../api/client';
import { saveFile } from '../format/save-file';
import { Refusal } from '../frame/refusal';
import { useWords } from '../words/words';
import type { RegisterSearch } from './register-search';

/** Gives out exactly what is filtered, as a spreadsheet of the language's kind opens it. */
export function ExportButton({ search }: { readonly search: RegisterSearch }): ReactNode {
  const { say, language } = useWords();
  const download = useMutation({
    mutationFn: async () => {
      // Where figures have a decimal comma, spreadsheets take the semicolon.
      const query = { ...search, format: 'csv', separator: language === 'vi' ? ';' : ',' } as const;
      const { data } = await client.GET('/api/v1/procedures/export', { params: { query }, parseAs: 'blob' });
      if (data !== undefined) saveFile(data, 'procedures.csv');
    },
  });
  return (
    <Group data-noprint>
      <Button variant="default" size="compact-sm" loading={download.isPending} onClick={() => download.mutate()}>
        {say('register.export')}
      </Button>
      {download.isError && <Refusal error={download.error} />}
    </Group>
  );
}
