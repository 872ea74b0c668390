CREATE SCHEMA IF NOT EXISTS notifications;

-- What somebody has read; by event, because positions are others in another log.
CREATE TABLE notifications.read (
  person uuid,
  event uuid,
  -- When the event was recorded: what is older than a year is in no list, and is forgotten here.
  at timestamptz NOT NULL,
  PRIMARY KEY (person, event)
);
