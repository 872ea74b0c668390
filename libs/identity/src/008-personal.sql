-- What people have saved and set for themselves: none of it is an act of a procedure, so it stands here and not in the log.
CREATE TABLE identity.saved_views (
  person uuid NOT NULL REFERENCES identity.people ON DELETE CASCADE,
  -- Made by the client, and so unique for each person alone.
  id uuid NOT NULL,
  page text NOT NULL,
  name text NOT NULL,
  search text NOT NULL,
  saved_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (person, id)
);

CREATE TABLE identity.preferences (
  person uuid PRIMARY KEY REFERENCES identity.people ON DELETE CASCADE,
  chosen jsonb NOT NULL
);
