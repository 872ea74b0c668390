import { Card, Stack, Text, Title } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { answerOf, client, command } from '../../api/client';
import { CommandForm } from '../../form/command-form';
import { useDraft } from '../../form/draft';
import type { Draft } from '../../form/draft';
import { LongField, ValuesOfForm } from '../../form/fields';
import { FilesField, ProcedureOfForm } from '../../form/file-field';
import { Moment } from '../../format/moment';
import { NotHad } from '../../frame/not-had';
import { UnderWay } from '../../frame/under-way';
import { useUnits } from '../../frame/units';
import { More } from '../../table/more';
import { roleName } from '../../words/codes';
import { useWords } from '../../words/words';
import { draftOf } from '../actions/draft-of';
import { may } from '../may';
import { commentsOfQuery } from '../procedure-queries';
import { FileLink } from './file-link';
import { OwnName } from './own-name';
import type { SectionProps } from './sections';

/** What people say about it besides acting on it, oldest first, and a place to say something. */
export function Comments({ procedure }: SectionProps): ReactNode {
  const { say } = useWords();
  const { nameOf } = useUnits();
  const { id } = procedure;
  const said = useInfiniteQuery({
    // Beside a plain read of the same, which holds one page alone.
    queryKey: [...commentsOfQuery(id).queryKey, 'pages'],
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam, signal }) => {
      const query = { limit: 50, ...(pageParam !== null && { cursor: pageParam }) };
      return answerOf(client.GET('/api/v1/procedures/{id}/comments', { params: { path: { id }, query }, signal }));
    },
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
  const items = said.data?.pages.flatMap((page) => page.items) ?? [];
  const draft = useDraft(`comment-${id}`, draftOf(procedure));
  return (
    <section aria-labelledby="comments">
      <Title order={2} size="h4" id="comments" mb="sm">
        {say('section.comments')}
      </Title>
      {said.error && <NotHad error={said.error} again={() => void said.refetch()} />}
      {said.isPending && <UnderWay />}
      {said.data && items.length === 0 && <Text c="dimmed">{say('comments.none')}</Text>}
      <Stack gap="sm" mb="lg">
        {items.map(({ id: one, author, addedAt, text, revision, attachments }) => (
          <Card key={one} withBorder component="article">
            <Text size="sm" c="dimmed">
              {author.name ?? say('history.erased')} · {roleName(author.role, say)}, {nameOf(author.unit)} · <Moment at={addedAt} />
              {revision !== null && ` · ${say('comments.about', { revision })}`}
            </Text>
            <Text style={{ whiteSpace: 'pre-line' }}>{text}</Text>
            {attachments.map((file) => (
              <FileLink key={file.hash} procedure={id} file={file} />
            ))}
          </Card>
        ))}
      </Stack>
      <More isOpen={said.hasNextPage} isWaiting={said.isFetchingNextPage} next={() => void said.fetchNextPage()} />
      {draft && may(procedure, 'comment') && (
        <>
          <OwnName />
          <CommentForm key={draft.filling} id={id} draft={draft} />
        </>
      )}
    </section>
  );
}

function CommentForm({ id, draft }: { readonly id: string; readonly draft: Draft }): ReactNode {
  const { say } = useWords();
  const send = async (body: object, key: string): Promise<void> => {
    await command('POST', `/api/v1/procedures/${id}/comments`, body, { key });
    draft.discard();
  };
  return (
    <ProcedureOfForm value={id}>
      <ValuesOfForm value={draft.values}>
        <CommandForm label={say('comments.add')} submit={say('comments.add')} send={send} draft={draft}>
          <LongField name="text" label={say('comments.text')} />
          <FilesField name="attachments" label={say('field.attachment')} />
        </CommandForm>
      </ValuesOfForm>
    </ProcedureOfForm>
  );
}
