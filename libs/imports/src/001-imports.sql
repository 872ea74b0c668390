-- What people bring in from sheets: how far each has come, and its file until it ends.
CREATE SCHEMA IF NOT EXISTS imports;

CREATE TABLE imports.imports (
  id uuid PRIMARY KEY,
  -- Person id.
  person uuid NOT NULL,
  kind text NOT NULL,
  format text NOT NULL,
  file text NOT NULL,
  dry_run boolean NOT NULL,
  partial boolean NOT NULL,
  -- receiving, checking, running, done, refused, cancelled or failed
  state text NOT NULL DEFAULT 'receiving',
  -- Bytes, and their SHA-256, hexadecimal; known once all have come.
  size bigint NOT NULL DEFAULT 0,
  hash text,
  rows integer NOT NULL DEFAULT 0,
  accepted integer NOT NULL DEFAULT 0,
  repeated integer NOT NULL DEFAULT 0,
  refused_rows integer NOT NULL DEFAULT 0,
  -- The first of them: [{ row, column, code, message, vi }]
  refused jsonb NOT NULL DEFAULT '[]',
  -- Lines that were refused when it was checked and are passed over.
  passed_over integer[] NOT NULL DEFAULT '{}',
  -- The last line whose outcome is counted.
  done_to integer NOT NULL DEFAULT 0,
  -- Of the log when it began to run: what was accepted up to here, it did not bring.
  began_at numeric,
  correlation_id uuid NOT NULL,
  made_at timestamptz NOT NULL DEFAULT now(),
  ended_at timestamptz,
  -- Which process works on it, and until when nobody else does.
  owner uuid,
  leased_until timestamptz
);
CREATE INDEX ON imports.imports (person, made_at);

CREATE TABLE imports.chunks (
  import uuid NOT NULL REFERENCES imports.imports ON DELETE CASCADE,
  -- From 0.
  no integer NOT NULL,
  bytes bytea NOT NULL,
  PRIMARY KEY (import, no)
);
ALTER TABLE imports.chunks ALTER COLUMN bytes SET STORAGE EXTERNAL;

-- Keeps names from being guessed out of the ids that the log holds of rows about people.
CREATE TABLE imports.secret (is_only boolean PRIMARY KEY DEFAULT true CHECK (is_only), secret bytea NOT NULL);
