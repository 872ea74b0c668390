import { Checkbox } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { client, readAnew } from '../api/client';
import type { components } from '../api/schema';
import { ActButton } from '../form/act-button';
import { Page } from '../frame/page';
import { Listed } from '../table/listed';
import { usePages } from '../table/pages';
import { useWords } from '../words/words';
import { NotificationItem } from './notification-item';
import classes from './notifications.module.css';

/** What the person was told, the newest first. */
export function NotificationsPage(): ReactNode {
  const { say } = useWords();
  const { unread = false } = useSearch({ from: '/_signed-in/notifications' });
  const navigate = useNavigate();
  const pages = usePages('/api/v1/notifications', { unread: unread ? 'true' : 'false', limit: 50 });
  const newest = pages.rows[0];

  return (
    <Page
      title={say('notifications.title')}
      busy={pages.isFirst}
      aside={
        newest !== undefined &&
        pages.rows.some(({ read }) => !read) && (
          <ActButton act={() => markRead({ upTo: newest.position })}>{say('notifications.readAll')}</ActButton>
        )
      }
    >
      <Checkbox
        mb="md"
        label={say('notifications.unreadOnly')}
        checked={unread}
        onChange={({ currentTarget: { checked } }) =>
          void navigate({ to: '/notifications', search: checked ? { unread: true } : {}, replace: true })
        }
      />
      <Listed
        pages={pages}
        empty={{
          title: say(unread ? 'notifications.none' : 'notifications.empty'),
          what: say(unread ? 'notifications.noneWhat' : 'notifications.emptyWhat'),
        }}
      >
        {(rows) => (
          <ul className={classes.list}>
            {rows.map((row) => (
              <NotificationItem key={row.id} notification={row} read={() => markRead({ ids: [row.id] })} />
            ))}
          </ul>
        )}
      </Listed>
    </Page>
  );
}

async function markRead(body: components['schemas']['ReadNotificationsDto']): Promise<void> {
  await client.POST('/api/v1/notifications/read', { body });
  await readAnew(({ queryKey }) => queryKey[1] === '/api/v1/notifications');
}
