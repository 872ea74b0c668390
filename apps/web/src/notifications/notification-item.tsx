import { Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { ActButton } from '../form/act-button';
import { Moment } from '../format/moment';
import { PageLink } from '../frame/link';
import { StateMark } from '../table/state-mark';
import { useWords } from '../words/words';
import { notificationWords } from './notification-words';
import type { Notification } from './notification-words';
import classes from './notifications.module.css';

interface Props {
  readonly notification: Notification;
  /** Marks it as read. */
  readonly read: () => Promise<void>;
}

export function NotificationItem({ notification, read }: Props): ReactNode {
  const { say } = useWords();
  const { type, title, at, read: isRead } = notification;
  return (
    <li className={isRead ? classes.item : `${classes.item ?? ''} ${classes.unread ?? ''}`}>
      <div className={classes.what}>
        <Group gap="xs">
          <Text fw={isRead ? 400 : 600}>{say(notificationWords[type])}</Text>
          {!isRead && <StateMark weight="soon">{say('notifications.unread')}</StateMark>}
        </Group>
        <AboutLink notification={notification} />
        <Text size="sm" c="dimmed">
          <Moment at={at} />
        </Text>
      </div>
      {!isRead && (
        <ActButton act={read} size="compact-sm" label={say('notifications.readOne', { title })}>
          {say('notifications.read')}
        </ActButton>
      )}
    </li>
  );
}

/** Leads to what it is about. */
function AboutLink({ notification: { title, procedure, data } }: Pick<Props, 'notification'>): ReactNode {
  const { inspection, board, indicator, period } = data;
  if (procedure !== null)
    return (
      <PageLink to="/procedures/$id" params={{ id: procedure }}>
        {title}
      </PageLink>
    );
  if (typeof inspection === 'string')
    return (
      <PageLink to="/inspections/$id" params={{ id: inspection }}>
        {title}
      </PageLink>
    );
  if (typeof board === 'string')
    return (
      <PageLink to="/steering-boards/$id" params={{ id: board }}>
        {title}
      </PageLink>
    );
  return (
    <PageLink to="/indicators/$id" params={{ id: String(indicator) }} search={{ period: String(period) }}>
      {title}
    </PageLink>
  );
}
