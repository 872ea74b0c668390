import { createFileRoute } from '@tanstack/react-router';
import { NotificationsPage } from '../notifications/notifications-page';
import { readNotificationsSearch } from '../notifications/notifications-search';

export const Route = createFileRoute('/_signed-in/notifications')({
  validateSearch: readNotificationsSearch,
  component: NotificationsPage,
});
