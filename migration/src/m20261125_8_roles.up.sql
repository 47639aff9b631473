-- `''` is the key of a posting that says too little to be told by its words.
ALTER TABLE job ADD COLUMN role_key TEXT NOT NULL DEFAULT '';
ALTER TABLE job_version ADD COLUMN role_key TEXT NOT NULL DEFAULT '';
CREATE INDEX job_role ON job (role_key, posted_at, job_id);
CREATE INDEX job_version_role ON job_version (role_key, posted_at, job_id);
