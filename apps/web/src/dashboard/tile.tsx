import { Button, Card, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { saveFile } from '../format/save-file';
import { Moment } from '../format/moment';
import { PageLink } from '../frame/link';
import { NotHad } from '../frame/not-had';
import { csvOf } from '../table/csv';
import { useWords } from '../words/words';
import { FigureTable } from './figure-table';
import type { Figures } from './figures';

interface Report {
  readonly asOf: { readonly at: string };
}

/** What a report says, and its figures; none where there is nothing to count. */
export interface Said {
  readonly conclusion: string;
  readonly figures: Figures | null;
  /** Under the figures. (Default: nothing) */
  readonly more?: ReactNode;
}

interface Props<Answer extends Report> {
  readonly id: string;
  readonly title: string;
  /** Where more of it is asked. (Default: nowhere) */
  readonly more?: { readonly name: string; readonly unit: string | undefined };
  readonly report: { readonly data: Answer | undefined; readonly error: unknown; readonly refetch: () => Promise<unknown> };
  readonly say: (answer: Answer) => Said;
}

/** A report under a heading: what it comes to, its figures, and the moment up to which they count; or why it could not be had. */
export function Tile<Answer extends Report>({ id, title, more, report: { data, error, refetch }, say: tell }: Props<Answer>): ReactNode {
  const { say, language } = useWords();
  const said = data === undefined ? null : tell(data);
  return (
    <Card withBorder component="section" aria-labelledby={id}>
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={2} size="h4" id={id}>
            {title}
          </Title>
          {said?.figures && (
            <Button
              variant="default"
              size="compact-sm"
              aria-label={say('dashboard.exportOf', { title })}
              onClick={() => saveFile(fileOf(said.figures, language === 'vi' ? ';' : ','), `${id}.csv`)}
              data-noprint
            >
              {say('register.export')}
            </Button>
          )}
        </Group>
        {said && <Text>{said.conclusion}</Text>}
        {said?.figures && <FigureTable label={say('dashboard.tableOf', { title })} figures={said.figures} />}
        {said?.more}
        {data === undefined && error !== null && <NotHad error={error} again={() => void refetch()} />}
        {data === undefined && error === null && <Skeleton height={160} />}
        {data !== undefined && (
          <Group justify="space-between">
            <Text size="sm" c="dimmed">
              {say('dashboard.asOf')} <Moment at={data.asOf.at} />
            </Text>
            {more && (
              <PageLink
                to="/reports/$name"
                params={{ name: more.name }}
                search={more.unit === undefined ? {} : { unit: more.unit }}
                size="sm"
                aria-label={say('dashboard.reportOf', { title })}
                data-noprint
              >
                {say('dashboard.report')}
              </PageLink>
            )}
          </Group>
        )}
      </Stack>
    </Card>
  );
}

function fileOf(figures: Figures | null, separator: ',' | ';'): Blob {
  const lines = figures
    ? [[...figures.names, ...figures.columns], ...figures.rows.map((row) => [...row.names, ...row.figures.map(({ number }) => number)])]
    : [];
  return new Blob([csvOf(lines, separator)], { type: 'text/csv;charset=utf-8' });
}
