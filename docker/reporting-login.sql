-- The login by which Grafana reads the schema `reporting`. Run by psql with --variable=password=…; again, it changes the password.
SELECT set_config('tinhgon.reporting_password', :'password', false);
DO $$
BEGIN
  -- The product makes this role too; whoever comes first does.
  IF to_regrole('tinhgon_reporting') IS NULL THEN CREATE ROLE tinhgon_reporting NOLOGIN; END IF;
  IF to_regrole('tinhgon_grafana') IS NULL THEN CREATE ROLE tinhgon_grafana LOGIN CONNECTION LIMIT 10 IN ROLE tinhgon_reporting; END IF;
  EXECUTE format('ALTER ROLE tinhgon_grafana PASSWORD %L', current_setting('tinhgon.reporting_password'));
END $$;
ALTER ROLE tinhgon_grafana SET default_transaction_read_only = on;
ALTER ROLE tinhgon_grafana SET statement_timeout = '30s';
