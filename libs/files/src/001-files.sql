-- Content stands here by its hash; the log holds the hash alone.
CREATE SCHEMA IF NOT EXISTS files;

CREATE TABLE files.contents (
  -- SHA-256, hexadecimal.
  hash text PRIMARY KEY CHECK (hash ~ '^[0-9a-f]{64}$'),
  -- Bytes.
  size integer NOT NULL CHECK (size > 0)
);

CREATE TABLE files.chunks (
  hash text NOT NULL REFERENCES files.contents,
  -- From 0.
  no integer NOT NULL,
  bytes bytea NOT NULL,
  PRIMARY KEY (hash, no)
);
-- What is uploaded is mostly compressed already; to try again costs more than it saves.
ALTER TABLE files.chunks ALTER COLUMN bytes SET STORAGE EXTERNAL;

-- Which files belong to a procedure, each under the name that it came with first.
CREATE TABLE files.attachments (
  procedure uuid NOT NULL,
  hash text NOT NULL REFERENCES files.contents,
  name text NOT NULL,
  type text NOT NULL,
  uploaded_by uuid NOT NULL,
  uploaded_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (procedure, hash)
);
