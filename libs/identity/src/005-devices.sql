-- Wrong passwords in a row, of whoever tries: a name from an address, a device, a session. For names that somebody has and others alike.
-- Hashed: people type passwords into the wrong field.
DROP TABLE identity.sign_in_attempts;
CREATE TABLE identity.sign_in_attempts (
  key_sha256 bytea PRIMARY KEY,
  wrong integer NOT NULL,
  blocked_until timestamptz NOT NULL,
  last_at timestamptz NOT NULL
);

-- Wrong passwords of a name over all addresses. They are forgotten one by one; at this time the last of them is.
CREATE TABLE identity.sign_in_names (
  username_sha256 bytea PRIMARY KEY,
  forgotten_at timestamptz NOT NULL,
  -- Whether somebody has the name: guessing at others pushes no such row out.
  is_taken boolean NOT NULL
);

-- Browsers and programs that a person signed in with, by a token that they keep.
CREATE TABLE identity.devices (
  -- 256 random bits need no slow hash.
  token_sha256 bytea PRIMARY KEY,
  person uuid NOT NULL REFERENCES identity.people ON DELETE CASCADE,
  made_at timestamptz NOT NULL DEFAULT now(),
  -- When it last came back; null until it did.
  used_at timestamptz
);
CREATE INDEX devices_of ON identity.devices (person);
