export interface NotificationsSearch {
  /** (Default: read ones, too) */
  readonly unread?: true;
}

/** What the address says; what is unreadable counts as left out. */
export function readNotificationsSearch({ unread }: Record<string, unknown>): NotificationsSearch {
  return unread === true || unread === 'true' ? { unread: true } : {};
}
