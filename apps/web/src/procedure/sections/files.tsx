import { Card, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { FileDrop } from '../../form/file-drop';
import { momentText } from '../../format/format';
import { NotHad } from '../../frame/not-had';
import { UnderWay } from '../../frame/under-way';
import { PageLink } from '../../frame/link';
import { useWords } from '../../words/words';
import { may } from '../may';
import { filesOfQuery } from '../procedure-queries';
import { FileLink } from './file-link';
import { OwnName } from './own-name';
import type { SectionProps } from './sections';

/** Its files, each with its hash and where it is named; and a place to bring one. */
export function Files({ procedure }: SectionProps): ReactNode {
  const { say, language } = useWords();
  const { id } = procedure;
  const { data, error, refetch } = useQuery(filesOfQuery(id));
  return (
    <section aria-labelledby="files">
      <Title order={2} size="h4" id="files" mb="sm">
        {say('section.files')}
      </Title>
      {error && <NotHad error={error} again={() => void refetch()} />}
      {!data && !error && <UnderWay />}
      {data?.items.length === 0 && <Text c="dimmed">{say('files.none')}</Text>}
      <Stack gap="sm" mb="lg">
        {data?.items.map((file) => (
          <Card key={file.hash} withBorder component="article">
            <FileLink procedure={id} file={file} />
            <Text size="sm" c="dimmed">
              {say('files.brought', { who: file.by.name ?? say('history.erased'), when: momentText(file.uploadedAt, language) })}
              {file.comments.length > 0 && ` · ${say('files.inComments', { number: file.comments.length })}`}
            </Text>
            {file.revisions.map((revision) => (
              <PageLink key={revision} size="sm" to="/procedures/$id" params={{ id }} search={{ asOf: String(revision) }}>
                {say('files.inRevision', { revision })}
              </PageLink>
            ))}
          </Card>
        ))}
      </Stack>
      {may(procedure, 'comment') && (
        <>
          <OwnName />
          <FileDrop id="file-of-procedure" label={say('files.add')} procedure={id} error={null} />
        </>
      )}
    </section>
  );
}
