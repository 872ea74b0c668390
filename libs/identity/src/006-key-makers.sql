-- Who made the key: whoever can use it counts as the account in the separation of duties, besides who made the account.
ALTER TABLE identity.service_keys ADD COLUMN made_by uuid;
-- A rotation left its trace in the same transaction, and so at the same time.
UPDATE identity.service_keys k SET made_by =
  (SELECT e.by FROM identity.security_events e WHERE e.type = 'ServiceKeyRotated' AND e.person = k.account AND e.at = k.made_at LIMIT 1);
