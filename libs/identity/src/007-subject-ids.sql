-- The id of whoever is made known by the issuer. It stands in the log for ever, so nothing of the issuer's subject, which may be an address, is in it.
CREATE TABLE identity.subject_ids (
  issuer text NOT NULL,
  subject text NOT NULL,
  person uuid NOT NULL DEFAULT gen_random_uuid(),
  PRIMARY KEY (issuer, subject)
);
