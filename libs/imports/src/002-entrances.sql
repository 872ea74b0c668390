-- By what whoever imports was let in: a session or a key with its id, or a token of the issuer. What names none is not gone on with.
ALTER TABLE imports.imports ADD COLUMN entrance text NOT NULL DEFAULT '';
-- Under which names it is counted: of a person by themselves, of a program by the people behind it.
ALTER TABLE imports.imports ADD COLUMN parties text[] NOT NULL DEFAULT '{}';
UPDATE imports.imports SET parties = ARRAY[person::text];
-- Cells that are wrong and are not among those that are told.
ALTER TABLE imports.imports ADD COLUMN more_refused integer NOT NULL DEFAULT 0;
