import { Checkbox, Group, Stack, Text, Timeline } from '@mantine/core';
import { useInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { client } from '../api/client';
import { PageLink } from '../frame/link';
import { Page } from '../frame/page';
import { Refusal } from '../frame/refusal';
import { useUnits } from '../frame/units';
import { momentText } from '../format/format';
import { procedureQuery } from '../procedure/procedure-queries';
import { Identity } from '../procedure/identity';
import { More } from '../table/more';
import { eventName, roleWords, stageName } from '../words/codes';
import { useWords } from '../words/words';
import { Record } from './record';

const from = '/_signed-in/procedures/$id/history';

/** Everything that happened to a procedure, the newest first; each entry leads to how it stood then. */
export function HistoryPage(): ReactNode {
  const { say, language } = useWords();
  const { id } = useParams({ from });
  const search = useSearch({ from });
  const navigate = useNavigate();
  const units = useUnits();
  const { data: procedure } = useSuspenseQuery(procedureQuery(id, search.asOf));
  const refused = search.refused === true;
  const history = useInfiniteQuery({
    queryKey: ['history', id, refused],
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam, signal }) => {
      const query = {
        order: '-revision',
        limit: 50,
        ...(refused && { refused: 'true' as const }),
        ...(pageParam !== null && { cursor: pageParam }),
      } as const;
      const { data } = await client.GET('/api/v1/procedures/{id}/history', { params: { path: { id }, query }, signal });
      if (data === undefined) throw new Error('An accepted call has an answer.');
      return data;
    },
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
  const items = history.data?.pages.flatMap((page) => page.items) ?? [];
  const role = (code: string): string => (Object.hasOwn(roleWords, code) ? say(roleWords[code as keyof typeof roleWords]) : code);

  return (
    <Page title={say('history.of', { title: procedure.title })} aside={<Identity procedure={procedure} />} busy={history.isPending}>
      <Group mb="lg" data-noprint>
        <PageLink to="/procedures/$id" params={{ id }}>
          {say('history.back')}
        </PageLink>
        <Checkbox
          label={say('history.refused')}
          checked={refused}
          onChange={({ currentTarget: { checked } }) =>
            void navigate({ to: '/procedures/$id/history', params: { id }, search: checked ? { refused: true } : {}, replace: true })
          }
        />
      </Group>
      {history.isError && <Refusal error={history.error} />}
      <Timeline active={items.length} bulletSize={16} lineWidth={2}>
        {items.map((item) => (
          <Timeline.Item
            key={`${item.position} ${item.type}`}
            color={item.type === 'CommandRefused' ? 'red' : 'brand'}
            title={eventName(item.type, say)}
          >
            <Stack gap={4}>
              <Text size="sm">
                {momentText(item.recordedAt, language)} · {item.actor.name ?? say('history.erased')} · {role(item.actor.role)},{' '}
                {units.nameOf(item.actor.unit)}
                {item.actor.onBehalfOf !== undefined &&
                  ` · ${say('history.onBehalfOf', { name: item.actor.onBehalfOfName ?? say('history.erased') })}`}
              </Text>
              {item.stageAfter !== null && item.stageBefore !== item.stageAfter && (
                <Text size="sm">
                  {item.stageBefore === null ? '' : `${stageName(item.stageBefore, say)} → `}
                  {stageName(item.stageAfter, say)}
                </Text>
              )}
              <Record data={item.data} />
              {item.revision !== null && item.type !== 'CommandRefused' && (
                <PageLink size="sm" to="/procedures/$id" params={{ id }} search={{ asOf: String(item.revision) }} data-noprint>
                  {say('history.then', { revision: item.revision })}
                </PageLink>
              )}
            </Stack>
          </Timeline.Item>
        ))}
      </Timeline>
      <More isOpen={history.hasNextPage} isWaiting={history.isFetchingNextPage} next={() => void history.fetchNextPage()} />
    </Page>
  );
}
