import { Button, Group } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { client } from '../api/client';
import { saveFile } from '../format/save-file';
import { Refusal } from '../frame/refusal';
import { SeparatorChoice, useSeparator } from '../table/separator-choice';
import { useWords } from '../words/words';
import type { AuditSearch } from './audit-search';

/** Gives out exactly what is filtered, for a spreadsheet. */
export function TrailExport({ search }: { readonly search: AuditSearch }): ReactNode {
  const { say } = useWords();
  const [separator, choose] = useSeparator();
  const download = useMutation({
    mutationFn: async (format: 'csv' | 'xlsx') => {
      const query = { ...search, format, separator };
      const { data } = await client.GET('/api/v1/audit/events/export', { params: { query }, parseAs: 'blob' });
      if (data !== undefined) saveFile(data, `trail.${format}`);
    },
  });
  const waitsFor = (format: string): boolean => download.isPending && download.variables === format;
  return (
    <Group gap="xs" data-noprint>
      <SeparatorChoice separator={separator} choose={choose} />
      <Button variant="default" size="compact-sm" loading={waitsFor('csv')} onClick={() => download.mutate('csv')}>
        {say('audit.csv')}
      </Button>
      <Button variant="default" size="compact-sm" loading={waitsFor('xlsx')} onClick={() => download.mutate('xlsx')}>
        {say('audit.xlsx')}
      </Button>
      {download.isError && <Refusal error={download.error} />}
    </Group>
  );
}
