-- Personal data stands here and nowhere else; the log points at it by id and version.
CREATE SCHEMA IF NOT EXISTS identity;

CREATE TABLE identity.units (
  id uuid PRIMARY KEY,
  name text NOT NULL,
  level text NOT NULL CHECK (level IN ('ministry', 'service', 'unit')),
  parent uuid REFERENCES identity.units,
  CHECK ((level = 'ministry') = (parent IS NULL))
);

CREATE TABLE identity.people (
  id uuid PRIMARY KEY,
  -- The newest row of person_versions.
  version integer NOT NULL,
  clearance text NOT NULL DEFAULT 'none' CHECK (clearance IN ('none', 'confidential', 'secret', 'topSecret'))
);

-- Only ever inserted into; erasing a person is deleting rows here. commitment = SHA-256(salt || name).
CREATE TABLE identity.person_versions (
  person uuid NOT NULL REFERENCES identity.people,
  version integer NOT NULL,
  name text NOT NULL,
  salt bytea NOT NULL,
  commitment text NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (person, version)
);

CREATE TABLE identity.person_roles (
  person uuid NOT NULL REFERENCES identity.people,
  role text NOT NULL CHECK (role IN ('officer', 'checker', 'authority', 'leader', 'auditor', 'administrator')),
  unit uuid NOT NULL REFERENCES identity.units,
  -- The first is what the person is shown as.
  place integer NOT NULL,
  PRIMARY KEY (person, role, unit)
);

CREATE TABLE identity.accounts (
  person uuid PRIMARY KEY REFERENCES identity.people,
  username text NOT NULL UNIQUE,
  password_hash text NOT NULL,
  demo boolean NOT NULL
);

-- Shared by all processes of an installation.
CREATE TABLE identity.signing_keys (
  purpose text PRIMARY KEY,
  secret bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
