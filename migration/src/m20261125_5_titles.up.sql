-- The level and the kind of work that a title tells; '' for none.
ALTER TABLE job ADD COLUMN seniority TEXT NOT NULL DEFAULT '';
ALTER TABLE job ADD COLUMN function TEXT NOT NULL DEFAULT '';
ALTER TABLE job_version ADD COLUMN seniority TEXT NOT NULL DEFAULT '';
ALTER TABLE job_version ADD COLUMN function TEXT NOT NULL DEFAULT '';
CREATE INDEX job_seniority ON job (seniority, posted_at, job_id);
CREATE INDEX job_function ON job (function, posted_at, job_id);
