import { Card, Skeleton, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { momentText } from '../format/format';
import { NotHad } from '../frame/not-had';
import { useWords } from '../words/words';

interface Report {
  readonly asOf: { readonly at: string };
}

interface Props<Answer extends Report> {
  readonly id: string;
  readonly title: string;
  readonly report: { readonly data: Answer | undefined; readonly error: unknown; readonly refetch: () => Promise<unknown> };
  readonly children: (answer: Answer) => ReactNode;
}

/** Figures under a heading, with the moment up to which they count; or why they could not be had. */
export function Tile<Answer extends Report>({ id, title, report, children }: Props<Answer>): ReactNode {
  const { say, language } = useWords();
  const { data, error, refetch } = report;
  return (
    <Card withBorder mb="lg" component="section" aria-labelledby={id}>
      <Stack gap="sm">
        <Title order={2} size="h4" id={id}>
          {title}
        </Title>
        {data !== undefined && children(data)}
        {data === undefined && error !== null && <NotHad error={error} again={() => void refetch()} />}
        {data === undefined && error === null && <Skeleton height={160} />}
        {data !== undefined && (
          <Text size="sm" c="dimmed">
            {say('dashboard.asOf', { moment: momentText(data.asOf.at, language) })}
          </Text>
        )}
      </Stack>
    </Card>
  );
}
