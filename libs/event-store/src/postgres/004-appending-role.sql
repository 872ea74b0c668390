-- Whoever may append needs no right to the tables: positions, times and revisions are given out by these, which run as the owner of the log.
ALTER FUNCTION event_log.append(text[], integer[], integer[], uuid[], text[], integer[], text, text) SECURITY DEFINER SET search_path = pg_catalog, pg_temp;
ALTER FUNCTION event_log.append_as_expected(text[], integer[], text[], integer[], uuid[], text[], integer[], text, text)
  SECURITY DEFINER SET search_path = pg_catalog, pg_temp;
REVOKE ALL ON FUNCTION event_log.append, event_log.append_as_expected FROM PUBLIC;
