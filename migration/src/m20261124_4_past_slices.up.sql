-- The slices of a posting's page and its lookups by address, as they stood then.
CREATE INDEX job_version_provider ON job_version (provider, posted_at, job_id);
CREATE INDEX job_version_city_key ON job_version (city_key, posted_at, job_id);
CREATE INDEX job_version_department_key ON job_version (department_key, posted_at, job_id);
CREATE INDEX job_version_workplace_type ON job_version (workplace_type, posted_at, job_id);
CREATE INDEX job_version_source_url ON job_version (source_url, job_id);
CREATE INDEX job_version_apply_url ON job_version (apply_url, job_id);
