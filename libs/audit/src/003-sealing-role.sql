-- As in 001, run as the owner of the tree, so that whoever seals needs no right to its tables; and a tile only grows.
CREATE OR REPLACE FUNCTION audit.seal(
  from_size bigint, positions bigint[], event_ids uuid[], entries text, salts bytea,
  tile_levels smallint[], tile_numbers bigint[], tile_hashes bytea[],
  newly_classified uuid[], root bytea, note text, at timestamptz
) RETURNS boolean
LANGUAGE plpgsql VOLATILE
SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  to_size bigint := from_size + cardinality(positions);
  tiles_written bigint;
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
  INSERT INTO audit.tiles AS t (level, number, hashes) SELECT * FROM unnest(tile_levels, tile_numbers, tile_hashes)
  ON CONFLICT (level, number) DO UPDATE SET hashes = excluded.hashes
  WHERE substring(excluded.hashes FROM 1 FOR octet_length(t.hashes)) = t.hashes;
  GET DIAGNOSTICS tiles_written = ROW_COUNT;
  IF tiles_written < cardinality(tile_levels) THEN
    RAISE EXCEPTION 'A tile of the tree would lose hashes that it has.';
  END IF;
  INSERT INTO audit.classified (procedure_id) SELECT unnest(newly_classified) ON CONFLICT DO NOTHING;
  DELETE FROM audit.checkpoints c
  WHERE c.size = (SELECT max(b.size) FROM audit.checkpoints b) AND date_trunc('minute', c.signed_at) = date_trunc('minute', at)
    AND NOT EXISTS (SELECT FROM audit.cosignatures o WHERE o.size = c.size);
  INSERT INTO audit.checkpoints (size, root, note, signed_at) VALUES (to_size, root, note, at);
  RETURN true;
END
$$;
REVOKE ALL ON FUNCTION audit.seal FROM PUBLIC;
