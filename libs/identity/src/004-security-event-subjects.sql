-- What a person did it to, where that is no person: a webhook id.
ALTER TABLE identity.security_events ADD COLUMN subject uuid;
