import { Button, Group, NativeSelect } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { client } from '../api/client';
import { saveFile } from '../format/save-file';
import { Refusal } from '../frame/refusal';
import { useWords } from '../words/words';
import type { RegisterSearch } from './register-search';

type Separator = ',' | ';';

/** Gives out exactly what is filtered, in the order that it has, for a spreadsheet. */
export function ExportButton({ search }: { readonly search: Omit<RegisterSearch, 'columns'> }): ReactNode {
  const { say, language } = useWords();
  // Where figures have a decimal comma, spreadsheets take the semicolon.
  const [chosen, choose] = useState<Separator | null>(null);
  const separator = chosen ?? (language === 'vi' ? ';' : ',');
  const download = useMutation({
    mutationFn: async () => {
      const query = { ...search, format: 'csv', separator } as const;
      const { data } = await client.GET('/api/v1/procedures/export', { params: { query }, parseAs: 'blob' });
      if (data !== undefined) saveFile(data, 'procedures.csv');
    },
  });
  return (
    <Group gap="xs" data-noprint>
      <NativeSelect
        size="xs"
        aria-label={say('register.separator')}
        value={separator}
        onChange={({ currentTarget: { value } }) => choose(value === ';' ? ';' : ',')}
        data={[
          { value: ';', label: say('register.semicolon') },
          { value: ',', label: say('register.comma') },
        ]}
      />
      <Button variant="default" size="compact-sm" loading={download.isPending} onClick={() => download.mutate()}>
        {say('register.export')}
      </Button>
      {download.isError && <Refusal error={download.error} />}
    </Group>
  );
}
