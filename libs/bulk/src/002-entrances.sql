-- By what whoever ordered it last was let in: a session or a key with its id, or a token of the issuer. What names none is not gone on with.
ALTER TABLE bulk.runs RENAME COLUMN entered TO entrance;
-- Under which names it is counted: of a person by themselves, of a program by the people behind it.
ALTER TABLE bulk.runs ADD COLUMN parties text[] NOT NULL DEFAULT '{}';
UPDATE bulk.runs SET parties = ARRAY[person::text];
