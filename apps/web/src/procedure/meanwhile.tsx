import { Alert, CloseButton, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { api } from '../api/client';
import type { Change } from '../api/heard';
import { sessions } from '../api/session';
import { stream } from '../api/stream';
import { momentText } from '../format/format';
import { PageLink } from '../frame/link';
import { eventName } from '../words/codes';
import { useWords } from '../words/words';

/** Says that somebody else acted on the procedure while its page was open; what the page shows is theirs already. */
export function Meanwhile({ id }: { readonly id: string }): ReactNode {
  const { say, language } = useWords();
  const [change, setChange] = useState<Change | null>(null);
  const by = change?.by ?? null;
  const person = useQuery({
    ...api.queryOptions('get', '/api/v1/people/{id}', { params: { path: { id: by ?? '' } } }),
    enabled: by !== null,
  });

  useEffect(() => {
    setChange(null);
    return stream.listen((heard) => {
      if (heard.kind === 'change' && heard.change.procedure === id && heard.change.about === null && !isOwn(heard.change))
        setChange(heard.change);
    });
  }, [id]);

  const name = person.data?.name;
  return (
    <div role="status" data-noprint>
      {change && (
        <Alert color="blue" variant="light" mb="md" data-meanwhile={change.type}>
          <Group justify="space-between" wrap="nowrap" align="start">
            <Text size="sm">
              {say(name === undefined ? 'meanwhile.what' : 'meanwhile.who', {
                name: name ?? '',
                what: eventName(change.type, say),
                moment: momentText(change.recordedAt, language),
              })}{' '}
              <PageLink to="/procedures/$id/history" params={{ id }} inherit underline="always">
                {say('meanwhile.see')}
              </PageLink>
            </Text>
            <CloseButton aria-label={say('meanwhile.close')} onClick={() => setChange(null)} />
          </Group>
        </Alert>
      )}
    </div>
  );
}

function isOwn({ by }: Change): boolean {
  const session = sessions.now();
  return session.state === 'in' && session.person.id === by;
}
