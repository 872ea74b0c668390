CREATE SCHEMA IF NOT EXISTS notifications;

-- Where notices go. No address and no secret is in the log, which is kept for ever: an address may hold a token.
CREATE TABLE notifications.webhooks (
  id uuid PRIMARY KEY,
  url text NOT NULL,
  description text,
  -- Types of events; null is all.
  events text[],
  enabled boolean NOT NULL DEFAULT true,
  -- Why it was disabled where nobody ordered it: `gone` or `failing`.
  disabled_because text,
  secret bytea NOT NULL,
  -- The command that made the secret: sent again, it makes no other one.
  secret_command uuid NOT NULL,
  -- The secret before a rotation, which signs as well until then.
  former_secret bytea,
  former_until timestamptz(3),
  -- Of the log: up to here its messages were made.
  position bigint NOT NULL,
  -- When the first of the failures came since the last success.
  failing_since timestamptz(3),
  made_at timestamptz(3) NOT NULL,
  made_by uuid NOT NULL,
  -- Of the request that made it: tells a repetition from another request under the same key.
  request_hash text NOT NULL
);

CREATE TABLE notifications.webhook_messages (
  -- Made from the webhook and the event, so it is the same in every retry and replay.
  id uuid PRIMARY KEY,
  webhook uuid NOT NULL REFERENCES notifications.webhooks ON DELETE CASCADE,
  type text NOT NULL,
  -- Of the event.
  position bigint NOT NULL,
  body text NOT NULL,
  -- `pending`, `delivered` or `failed`.
  state text NOT NULL DEFAULT 'pending',
  -- Failed attempts since it was queued.
  failures integer NOT NULL DEFAULT 0,
  queued_at timestamptz(3) NOT NULL,
  -- Null unless it is pending.
  next_attempt_at timestamptz(3),
  -- What became of each attempt, oldest first: { at, status, ms, error }.
  attempts jsonb NOT NULL DEFAULT '[]'
);
CREATE INDEX webhook_messages_of ON notifications.webhook_messages (webhook, position);
CREATE INDEX webhook_messages_pending ON notifications.webhook_messages (webhook, position) WHERE state = 'pending';
CREATE INDEX webhook_messages_queued ON notifications.webhook_messages (queued_at);

-- Attempts by what became of them, of all times.
CREATE TABLE notifications.webhook_outcomes (
  outcome text PRIMARY KEY,
  attempts bigint NOT NULL
);
INSERT INTO notifications.webhook_outcomes VALUES ('delivered', 0), ('retried', 0), ('failed', 0);
