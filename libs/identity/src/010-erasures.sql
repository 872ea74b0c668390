-- Of whom what stood about them here was removed, and when. The log says who is to be: a row is no more than a note that it was done.
CREATE TABLE identity.erasures (
  person uuid PRIMARY KEY,
  removed_at timestamptz NOT NULL DEFAULT now()
);
