-- What is kept here goes to the log, too, where nobody changes it: the id that it has there, and whether it is there yet.
ALTER TABLE identity.security_events
  ADD COLUMN event uuid NOT NULL DEFAULT gen_random_uuid(),
  ADD COLUMN logged boolean NOT NULL DEFAULT false;
CREATE INDEX security_events_to_log ON identity.security_events (id) WHERE NOT logged;
