-- The login by which the product works; `migrate` lets it add to the log and change nothing in it. Again, this changes its password.
SELECT set_config('tinhgon.application_password', :'password', false);
DO $$
BEGIN
  IF to_regrole('tinhgon_app') IS NULL THEN CREATE ROLE tinhgon_app LOGIN; END IF;
  EXECUTE format('ALTER ROLE tinhgon_app PASSWORD %L', current_setting('tinhgon.application_password'));
END $$;
