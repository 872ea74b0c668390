CREATE SCHEMA event_log;

CREATE TABLE event_log.events (
  position bigint PRIMARY KEY,
  stream text NOT NULL,
  revision integer NOT NULL,
  id uuid NOT NULL UNIQUE,
  type text NOT NULL,
  schema_version integer NOT NULL,
  recorded_at timestamptz(3) NOT NULL,
  -- json keeps the text as it was written; jsonb would not, and proofs are made over it.
  data json NOT NULL,
  metadata json NOT NULL,
  UNIQUE (stream, revision)
);

-- One row. Whoever holds it gives out the next positions, so they are dense and become visible in order.
CREATE TABLE event_log.head (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  position bigint NOT NULL,
  recorded_at timestamptz(3) NOT NULL
) WITH (fillfactor = 10);

INSERT INTO event_log.head (position, recorded_at) VALUES (0, '-infinity');
