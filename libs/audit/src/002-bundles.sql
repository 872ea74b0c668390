-- What auditors asked to be handed out. What goes out is made when it is fetched, of the tree as it was at the position.
CREATE TABLE audit.bundles (
  id uuid PRIMARY KEY,
  scope jsonb NOT NULL,
  person uuid NOT NULL,
  -- Of the newest event then.
  position bigint NOT NULL,
  asked_at timestamptz(3) NOT NULL
);

CREATE INDEX ON audit.bundles (asked_at);
