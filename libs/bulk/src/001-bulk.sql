-- One action over many procedures: who ordered what over which of them, and what became of each.
CREATE SCHEMA IF NOT EXISTS bulk;

CREATE TABLE bulk.runs (
  -- Also the batch that its events name.
  id uuid PRIMARY KEY,
  -- Person id.
  person uuid NOT NULL,
  -- Person id; null for nobody.
  acting_for uuid,
  -- How whoever ordered it last was let in: in a session, by a key, or by a token of the issuer.
  entered text NOT NULL,
  -- SHA-256 of the request that made it, hexadecimal.
  request_hash text NOT NULL,
  action text NOT NULL,
  -- As it was sent, in its order.
  body json NOT NULL,
  reason text,
  -- In which all were when they were selected; null where they were not selected by it.
  stage text,
  dry_run boolean NOT NULL,
  -- running, paused, preview, done, cancelled or failed
  state text NOT NULL DEFAULT 'running',
  count integer NOT NULL,
  correlation_id uuid NOT NULL,
  made_at timestamptz NOT NULL DEFAULT now(),
  ended_at timestamptz,
  -- Whether commands were handed out whose outcomes are not kept yet.
  unsettled boolean NOT NULL DEFAULT false,
  -- Which process works on it, and until when nobody else does.
  owner uuid,
  leased_until timestamptz
);
CREATE INDEX ON bulk.runs (person, made_at);

CREATE TABLE bulk.items (
  run uuid NOT NULL REFERENCES bulk.runs ON DELETE CASCADE,
  -- From 1, in the order in which they are worked.
  no integer NOT NULL,
  -- Procedure id.
  procedure uuid NOT NULL,
  -- accepted, or the code of what stood against it first; null until it is known.
  outcome text,
  -- [{ code, message, path? }]
  unmet jsonb NOT NULL DEFAULT '[]',
  PRIMARY KEY (run, no)
);
CREATE INDEX ON bulk.items (run, no) WHERE outcome IS NULL;
