-- Who may run a processor is a lease by the database's clock. Each change of hands raises the fencing token, and what a
-- former owner still writes is refused by it.
ALTER TABLE processors.processors
  -- Nobody runs it while set.
  ADD COLUMN paused boolean NOT NULL DEFAULT false,
  -- What its owner is asked to do next.
  ADD COLUMN wanted text CHECK (wanted IN ('rebuild', 'cancel')),
  -- The owner that was sent away, so that another comes first.
  ADD COLUMN sent_away text,
  -- What the owner says of itself, and when.
  ADD COLUMN report jsonb,
  ADD COLUMN reported_at timestamptz;

-- The processes that run processors, so that they share them.
CREATE TABLE processors.members (
  owner text PRIMARY KEY,
  seen_until timestamptz NOT NULL
);
