DROP INDEX job_function;
DROP INDEX job_seniority;
ALTER TABLE job_version DROP COLUMN function;
ALTER TABLE job_version DROP COLUMN seniority;
ALTER TABLE job DROP COLUMN function;
ALTER TABLE job DROP COLUMN seniority;
