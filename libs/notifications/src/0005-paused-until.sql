-- Until when a receiver asked, by `Retry-After`, to be left alone; null where it did not.
ALTER TABLE notifications.webhooks ADD COLUMN paused_until timestamptz(3);
