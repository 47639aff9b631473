-- Back to one row a posting; contents of the past are given up.

DROP TABLE rollup_lifetime;
DROP TABLE rollup_day;
DROP TABLE rollup_total;
DROP INDEX job_last_checked;
DROP INDEX job_team;
DROP TABLE job_remote;
DROP TABLE content_search;

CREATE TABLE former_location (
    job_id TEXT NOT NULL REFERENCES job (job_id),
    position INTEGER NOT NULL,
    raw TEXT,
    city TEXT NOT NULL,
    region TEXT NOT NULL,
    region_code TEXT NOT NULL,
    country TEXT NOT NULL,
    country_code TEXT NOT NULL,
    macro_region TEXT NOT NULL,
    postal_code TEXT,
    remote BOOLEAN NOT NULL,
    confidence INTEGER NOT NULL,
    provenance TEXT NOT NULL,
    PRIMARY KEY (job_id, position)
);
INSERT INTO former_location (
    job_id, position, raw, city, region, region_code, country, country_code, macro_region, postal_code, remote,
    confidence, provenance
)
SELECT
    job.job_id, l.position, l.raw, l.city, l.region, l.region_code, l.country, l.country_code, l.macro_region,
    l.postal_code, l.remote, l.confidence, l.provenance
FROM job_location l JOIN job ON job.content_seq = l.content_seq;
DROP TABLE job_location;
ALTER TABLE former_location RENAME TO job_location;
CREATE INDEX job_location_country ON job_location (country_code, job_id);

CREATE TABLE former_body (
    job_id TEXT NOT NULL REFERENCES job (job_id) PRIMARY KEY,
    native_structured TEXT NOT NULL,
    extensions TEXT NOT NULL,
    facts TEXT NOT NULL,
    metadata TEXT NOT NULL,
    salary_tiers TEXT NOT NULL,
    inferred_at BIGINT NOT NULL
);
INSERT INTO former_body (job_id, native_structured, extensions, facts, metadata, salary_tiers, inferred_at)
SELECT job.job_id, b.native_structured, b.extensions, b.facts, b.metadata, b.salary_tiers, b.inferred_at
FROM job_body b JOIN job ON job.content_seq = b.content_seq;
DROP TABLE job_body;
ALTER TABLE former_body RENAME TO job_body;

DROP TABLE job_version;
DROP INDEX job_content;
ALTER TABLE job DROP COLUMN remote_scope_kind;
ALTER TABLE job DROP COLUMN content_seq;
