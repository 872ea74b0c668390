import { Button, Group } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { saveFile } from '../format/save-file';
import { Refusal } from '../frame/refusal';
import { SeparatorChoice, useSeparator } from '../table/separator-choice';
import { useWords } from '../words/words';
import { reportFile } from './report-queries';
import type { ReportName } from './reports';

const formats = ['csv', 'xlsx', 'pdf'] as const;
type Format = (typeof formats)[number];

interface Props {
  readonly name: ReportName;
  /** As what is shown was asked. */
  readonly asked: Readonly<Record<string, string>>;
}

/** Gives out exactly what is shown, and what further pages would show, as a file. */
export function Exports({ name, asked }: Props): ReactNode {
  const { say } = useWords();
  const [separator, choose] = useSeparator();
  const download = useMutation({
    mutationFn: async (format: Format) =>
      saveFile(await reportFile(name, asked, { format, ...(format === 'csv' && { separator }) }), `${name}.${format}`),
  });
  const words = { csv: say('register.export'), xlsx: say('reports.xlsx'), pdf: say('reports.pdf') };
  return (
    <Group gap="xs" data-noprint>
      <SeparatorChoice separator={separator} choose={choose} />
      {formats.map((format) => (
        <Button
          key={format}
          variant="default"
          size="compact-sm"
          loading={download.isPending && download.variables === format}
          onClick={() => download.mutate(format)}
        >
          {words[format]}
        </Button>
      ))}
      {download.isError && <Refusal error={download.error} />}
    </Group>
  );
}
