-- The usual case of event_log.append without its joins: every append names an exact revision or no stream (-1), every stream
-- is there and no id is known. Stores all events and answers where they begin, or stores nothing and answers nulls; then
-- event_log.append gives each its verdict.
--
-- Events are given as parallel arrays in the order of their positions; JSON documents come joined by line feeds.
CREATE FUNCTION event_log.append_as_expected(
  streams text[], expecteds integer[],
  event_streams text[], revisions integer[], ids uuid[], types text[], schema_versions integer[], datas text, metadatas text,
  OUT before bigint, OUT at timestamptz
)
LANGUAGE plpgsql VOLATILE
-- A plan made while the table was empty would scan it for ever.
SET enable_seqscan = off SET plan_cache_mode = force_generic_plan
AS $$
#variable_conflict use_column
DECLARE
  head_position bigint;
  moment timestamptz(3);
  new_head bigint;
BEGIN
  SELECT h.position, greatest(h.recorded_at, clock_timestamp()) INTO head_position, moment FROM event_log.head h FOR UPDATE;

  -- A stream that is further on, a stream that should not be there and a known id each break a unique index below.
  IF EXISTS (
    SELECT FROM unnest(streams, expecteds) AS a (stream, expected)
    WHERE a.expected >= 0 AND NOT EXISTS (SELECT FROM event_log.events e WHERE e.stream = a.stream AND e.revision = a.expected OFFSET 0)
  ) THEN
    RETURN;
  END IF;

  INSERT INTO event_log.events (position, stream, revision, id, type, schema_version, recorded_at, data, metadata)
  SELECT head_position + i.place, i.stream, i.revision, i.id, i.type, i.schema_version, moment, i.data::json, i.metadata::json
  FROM unnest(event_streams, revisions, ids, types, schema_versions, string_to_array(datas, E'\n'), string_to_array(metadatas, E'\n'))
    WITH ORDINALITY AS i (stream, revision, id, type, schema_version, data, metadata, place);

  new_head := head_position + cardinality(ids);
  UPDATE event_log.head SET position = new_head, recorded_at = moment;
  PERFORM pg_notify('event_log', new_head::text);
  before := head_position;
  at := moment;
EXCEPTION WHEN unique_violation THEN
  before := NULL;
END
$$;
