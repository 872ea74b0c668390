CREATE SCHEMA processors;
CREATE SCHEMA IF NOT EXISTS views;

-- One row for each thing that follows the log. Version 0 has not been built.
CREATE TABLE processors.processors (
  name text PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('view', 'reaction')),
  version integer NOT NULL,
  code_version text NOT NULL,
  -- Everything up to here is applied; null before the first event.
  position bigint,
  state text NOT NULL,
  owner text,
  fencing_token bigint NOT NULL DEFAULT 0,
  lease_until timestamptz,
  updated_at timestamptz NOT NULL DEFAULT now()
);

-- Events that could not be applied (dead), and later ones of the same stream that wait for them (parked).
CREATE TABLE processors.dead_letters (
  processor text NOT NULL REFERENCES processors.processors,
  version integer NOT NULL,
  stream text NOT NULL,
  position bigint NOT NULL,
  revision integer NOT NULL,
  event_id uuid NOT NULL,
  error text,
  at timestamptz NOT NULL DEFAULT now(),
  status text NOT NULL CHECK (status IN ('dead', 'parked', 'discarded')),
  PRIMARY KEY (processor, version, position)
);

CREATE INDEX dead_letters_that_block ON processors.dead_letters (processor, version, stream) WHERE status <> 'discarded';
