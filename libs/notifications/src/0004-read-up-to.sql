-- Up to where somebody has read what they are told by a role: who takes over another one finds what it was told unread.
CREATE TABLE notifications.read_up_to (
  person uuid,
  -- The role held and where; `person` and the person for what is told to them by name.
  role text,
  unit uuid,
  -- The newest that was read; by event, because positions are others in another log.
  event uuid NOT NULL,
  PRIMARY KEY (person, role, unit)
);
