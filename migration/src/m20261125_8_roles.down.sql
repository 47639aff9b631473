DROP INDEX job_version_role;
DROP INDEX job_role;
ALTER TABLE job_version DROP COLUMN role_key;
ALTER TABLE job DROP COLUMN role_key;
