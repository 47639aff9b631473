DROP INDEX job_version_apply_url;
DROP INDEX job_version_source_url;
DROP INDEX job_version_workplace_type;
DROP INDEX job_version_department_key;
DROP INDEX job_version_city_key;
DROP INDEX job_version_provider;
