-- Where and how often somebody wants mail. Addresses are personal data: they stand here and never in the log.
CREATE TABLE notifications.settings (
  person uuid PRIMARY KEY,
  -- Confirmed by a code that was mailed there; null where there is none.
  email text,
  digest text NOT NULL,
  -- What was recorded before is in no digest.
  since timestamptz NOT NULL,
  -- The newest period of which it is known that there is nothing more to send.
  settled_period text
);

-- An address that waits for its code.
CREATE TABLE notifications.confirmations (
  person uuid PRIMARY KEY,
  -- Null once it was confirmed; the count of codes stays.
  email text,
  code_sha256 bytea,
  ends_at timestamptz NOT NULL,
  wrong integer NOT NULL,
  mailed_on date NOT NULL,
  mailed integer NOT NULL
);

-- What was in a digest that was sent.
CREATE TABLE notifications.mailed (
  person uuid,
  event uuid,
  at timestamptz NOT NULL,
  PRIMARY KEY (person, event)
);

-- One row per person and period in which there was something to send. No address.
CREATE TABLE notifications.deliveries (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  person uuid NOT NULL,
  period text NOT NULL,
  state text NOT NULL,
  attempts integer NOT NULL,
  -- When a failed one is tried again.
  next_at timestamptz,
  -- What the mail server or the line to it said, as a code.
  error text,
  changed_at timestamptz NOT NULL,
  UNIQUE (person, period)
);
CREATE INDEX deliveries_under_way ON notifications.deliveries (state) WHERE state IN ('sending', 'failed');
