CREATE SCHEMA audit;

-- One row: how far the tree goes, and how far in the log its leaves were held against the events.
CREATE TABLE audit.tree (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  size bigint NOT NULL,
  -- Leaves before this index stand in the log of this database; fewer than size after a log was moved, until it was read again.
  matched bigint NOT NULL CHECK (matched <= size),
  -- Of the event of the last matched leaf; null before the first.
  position bigint
) WITH (fillfactor = 10);

INSERT INTO audit.tree (size, matched, position) VALUES (0, 0, NULL);

CREATE TABLE audit.leaves (
  index bigint PRIMARY KEY,
  -- Of its event in the log of this installation; null until a moved tree was held against its log.
  position bigint,
  event_id uuid NOT NULL,
  -- Canonical JSON, octet for octet what was hashed.
  entry text NOT NULL
);

CREATE UNIQUE INDEX ON audit.leaves (position);
CREATE INDEX ON audit.leaves (event_id);

-- 32 random octets for each leaf. What is erased leaves no row, and its leaf stands as it was stored.
CREATE TABLE audit.salts (
  index bigint PRIMARY KEY,
  salt bytea NOT NULL
);

-- Hashes of level and number, end to end, as c2sp.org/tlog-tiles has them: up to 256 of 32 octets.
CREATE TABLE audit.tiles (
  level smallint NOT NULL,
  number bigint NOT NULL,
  hashes bytea NOT NULL,
  PRIMARY KEY (level, number)
);

-- Procedures of which leaves show nothing.
CREATE TABLE audit.classified (
  procedure_id uuid PRIMARY KEY
);

-- What was signed. One tree for each size, for ever; of sizes that nobody cosigned one a minute is kept.
CREATE TABLE audit.checkpoints (
  size bigint PRIMARY KEY,
  root bytea NOT NULL,
  note text NOT NULL,
  signed_at timestamptz(3) NOT NULL,
  -- As many cosigned it as the policy asks for.
  is_witnessed boolean NOT NULL DEFAULT false
);

CREATE INDEX ON audit.checkpoints (size) WHERE is_witnessed;

-- The newest line of each witness under a checkpoint.
CREATE TABLE audit.cosignatures (
  size bigint NOT NULL REFERENCES audit.checkpoints (size),
  witness text NOT NULL,
  line text NOT NULL,
  signed_at timestamptz(3) NOT NULL,
  PRIMARY KEY (size, witness)
);

-- Lays leaves at the end of the tree, in one step: leaves, salts, tiles, what is classified from here on, and what was signed.
-- Answers false, and does nothing, where the tree is not where the caller left it.
--
-- Leaves are given as parallel arrays in the order of their indices; entries come joined by line feeds, which canonical JSON never
-- holds raw, and salts end to end.
CREATE FUNCTION audit.seal(
  from_size bigint, positions bigint[], event_ids uuid[], entries text, salts bytea,
  tile_levels smallint[], tile_numbers bigint[], tile_hashes bytea[],
  newly_classified uuid[], root bytea, note text, at timestamptz
) RETURNS boolean
LANGUAGE plpgsql VOLATILE
AS $$
DECLARE
  to_size bigint := from_size + cardinality(positions);
BEGIN
  UPDATE audit.tree t SET size = to_size, matched = to_size, position = positions[cardinality(positions)]
  WHERE t.size = from_size AND t.matched = from_size;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  INSERT INTO audit.leaves (index, position, event_id, entry)
  SELECT from_size + l.place - 1, l.position, l.event_id, l.entry
  FROM unnest(positions, event_ids, string_to_array(entries, E'\n')) WITH ORDINALITY AS l (position, event_id, entry, place);
  INSERT INTO audit.salts (index, salt)
  SELECT from_size + s.place, substring(salts FROM (s.place * 32 + 1)::integer FOR 32) FROM generate_series(0, to_size - from_size - 1) AS s (place);
  INSERT INTO audit.tiles (level, number, hashes) SELECT * FROM unnest(tile_levels, tile_numbers, tile_hashes)
  ON CONFLICT (level, number) DO UPDATE SET hashes = excluded.hashes;
  INSERT INTO audit.classified (procedure_id) SELECT unnest(newly_classified) ON CONFLICT DO NOTHING;
  DELETE FROM audit.checkpoints c
  WHERE c.size = (SELECT max(b.size) FROM audit.checkpoints b) AND date_trunc('minute', c.signed_at) = date_trunc('minute', at)
    AND NOT EXISTS (SELECT FROM audit.cosignatures o WHERE o.size = c.size);
  INSERT INTO audit.checkpoints (size, root, note, signed_at) VALUES (to_size, root, note, at);
  RETURN true;
END
$$;
