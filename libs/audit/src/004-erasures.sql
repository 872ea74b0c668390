-- Of whom the salts were erased as the log says: a row is no more than a note that it was done.
CREATE TABLE audit.erasures (
  person uuid PRIMARY KEY
);
