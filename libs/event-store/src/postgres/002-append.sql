-- Stores a batch of appends, each with a verdict of its own: ok, repeated, wrong-revision or duplicate-id.
--
-- Appends are given as parallel arrays; `owners` says to which append (from 1) an event belongs. JSON documents come
-- joined by line feeds, which JSON text never holds raw. Expected: a revision, or -1 no stream, -2 exists, -3 any. A stream
-- may stand there more than once when all its appends expect any; an id only once.
--
-- VOLATILE, so that each statement takes a new snapshot: the verdicts must see what was committed while we waited for
-- the counter row.
CREATE FUNCTION event_log.append(
  streams text[], expecteds integer[],
  owners integer[], ids uuid[], types text[], schema_versions integer[], datas text, metadatas text,
  OUT append integer, OUT verdict text, OUT revision integer, OUT at_position bigint, OUT at timestamptz, OUT found_id uuid, OUT found_stream text
) RETURNS SETOF record
LANGUAGE plpgsql VOLATILE
-- A plan made while the table was empty would scan it for ever; nested loops stay where an index is asked event by event.
SET enable_seqscan = off SET enable_nestloop = off SET enable_mergejoin = off SET plan_cache_mode = force_generic_plan SET jit = off
AS $$
#variable_conflict use_column
DECLARE
  head_position bigint;
  moment timestamptz(3);
  new_head bigint;
BEGIN
  SELECT h.position, greatest(h.recorded_at, clock_timestamp()) INTO head_position, moment FROM event_log.head h FOR UPDATE;

  RETURN QUERY
  WITH appends AS MATERIALIZED (
    SELECT a.append::integer, a.stream, a.expected,
      coalesce((SELECT e.revision FROM event_log.events e WHERE e.stream = a.stream ORDER BY e.revision DESC LIMIT 1), -1) AS current
    FROM unnest(streams, expecteds) WITH ORDINALITY AS a (stream, expected, append)
  ),
  incoming AS MATERIALIZED (
    SELECT i.* FROM unnest(owners, ids, types, schema_versions, string_to_array(datas, E'\n'), string_to_array(metadatas, E'\n'))
      WITH ORDINALITY AS i (append, id, type, schema_version, data, metadata, place)
  ),
  found AS MATERIALIZED (
    SELECT i.append, i.place, i.id, e.stream, e.revision, e.position, e.recorded_at
    FROM incoming i CROSS JOIN LATERAL (SELECT * FROM event_log.events l WHERE l.id = i.id LIMIT 1) e
  ),
  known AS MATERIALIZED (
    SELECT f.append, count(*) AS seen, min(f.revision) AS first_revision, max(f.revision) AS last_revision,
      max(f.position) AS last_position, max(f.recorded_at) AS recorded_at,
      bool_and(f.stream = a.stream) AS same_stream, count(DISTINCT f.revision - f.place) = 1 AS same_order,
      (array_agg(f.id ORDER BY f.place))[1] AS id, (array_agg(f.stream ORDER BY f.place))[1] AS stream,
      (array_agg(f.revision ORDER BY f.place))[1] AS revision
    FROM found f JOIN appends a ON a.append = f.append GROUP BY f.append
  ),
  sizes AS MATERIALIZED (SELECT i.append, count(*) AS events FROM incoming i GROUP BY i.append),
  verdicts AS MATERIALIZED (
    SELECT a.append, a.stream, a.current,
      CASE
        WHEN k.append IS NOT NULL THEN
          CASE WHEN k.same_stream AND k.same_order AND k.seen = s.events AND (a.expected < -1 OR k.first_revision = a.expected + 1)
            THEN 'repeated' ELSE 'duplicate-id' END
        WHEN a.expected = -3 OR a.expected = a.current OR (a.expected = -2 AND a.current >= 0) THEN 'ok'
        ELSE 'wrong-revision'
      END AS verdict
    FROM appends a JOIN sizes s ON s.append = a.append LEFT JOIN known k ON k.append = a.append
  ),
  placed AS MATERIALIZED (
    SELECT i.*, v.stream, v.current + row_number() OVER (PARTITION BY v.stream ORDER BY i.place) AS revision,
      head_position + row_number() OVER (ORDER BY i.place) AS position
    FROM incoming i JOIN verdicts v ON v.append = i.append WHERE v.verdict = 'ok'
  ),
  stored AS (
    INSERT INTO event_log.events (position, stream, revision, id, type, schema_version, recorded_at, data, metadata)
    SELECT p.position, p.stream, p.revision, p.id, p.type, p.schema_version, moment, p.data::json, p.metadata::json FROM placed p ORDER BY p.position
  ),
  ends AS MATERIALIZED (SELECT p.append, max(p.revision)::integer AS revision, max(p.position) AS position FROM placed p GROUP BY p.append),
  counted AS (
    UPDATE event_log.head SET position = c.last, recorded_at = moment
    FROM (SELECT max(p.position) AS last FROM ends p) c WHERE c.last IS NOT NULL
  )
  SELECT v.append, v.verdict,
    CASE v.verdict WHEN 'ok' THEN n.revision WHEN 'repeated' THEN k.last_revision WHEN 'duplicate-id' THEN k.revision ELSE v.current END,
    CASE v.verdict WHEN 'ok' THEN n.position WHEN 'repeated' THEN k.last_position END,
    CASE v.verdict WHEN 'repeated' THEN k.recorded_at ELSE moment END,
    k.id, k.stream
  FROM verdicts v LEFT JOIN ends n ON n.append = v.append LEFT JOIN known k ON k.append = v.append;

  SELECT h.position INTO new_head FROM event_log.head h;
  IF new_head > head_position THEN
    PERFORM pg_notify('event_log', new_head::text);
  END IF;
END
$$;
