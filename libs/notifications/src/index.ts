export { migrateNotifications } from './migrate.js';
export { Inbox } from './inbox/inbox.js';
export type { InboxPage, Notification } from './inbox/inbox.js';
export { notificationTypes } from './inbox/notified.js';
export type { NotificationType } from './inbox/notified.js';
export { notificationsView } from './inbox/notifications-view.js';
