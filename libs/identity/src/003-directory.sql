-- Units and roles are computed from the log, as the view `directory`.
DROP TABLE identity.person_roles;
DROP TABLE identity.units;

-- Somebody who signs in elsewhere has no password here.
ALTER TABLE identity.accounts ALTER COLUMN password_hash DROP NOT NULL;
