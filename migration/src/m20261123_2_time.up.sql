-- Postings as they stood after each event, the words of their contents, and counts kept by the writer.
-- Contents are named by the event that wrote them (`content_seq`) and never change, so that a posting of the past
-- reads its places, facts and words where the present one does. 9223372036854775807 stands for "until now".

ALTER TABLE job ADD COLUMN content_seq BIGINT NOT NULL DEFAULT 0;
UPDATE job SET content_seq = (SELECT MAX(event.seq) FROM event WHERE event.job_id = job.job_id);
ALTER TABLE job ADD COLUMN remote_scope_kind TEXT NOT NULL DEFAULT '';
CREATE UNIQUE INDEX job_content ON job (content_seq);

CREATE TABLE job_version (
    job_id TEXT NOT NULL,
    org_id TEXT NOT NULL,
    source_id TEXT NOT NULL,
    provider TEXT NOT NULL,
    provider_job_key TEXT NOT NULL,
    requisition_id TEXT NOT NULL,
    internal_job_key TEXT NOT NULL,
    title TEXT NOT NULL,
    title_key TEXT NOT NULL,
    normalized_title TEXT NOT NULL,
    status TEXT NOT NULL,
    closed_reason TEXT NOT NULL,
    openings INTEGER NOT NULL,
    location_text TEXT,
    city TEXT NOT NULL,
    city_key TEXT NOT NULL,
    region TEXT NOT NULL,
    region_code TEXT NOT NULL,
    country TEXT NOT NULL,
    country_code TEXT NOT NULL,
    department TEXT NOT NULL,
    department_key TEXT NOT NULL,
    department_path TEXT NOT NULL,
    team TEXT NOT NULL,
    employment_type_raw TEXT,
    employment_type TEXT NOT NULL,
    contract_term TEXT NOT NULL,
    workplace_type TEXT NOT NULL,
    remote_policy TEXT NOT NULL,
    remote_scope TEXT,
    salary_raw TEXT,
    salary_min TEXT,
    salary_max TEXT,
    salary_currency TEXT NOT NULL,
    salary_period TEXT NOT NULL,
    salary_provenance TEXT NOT NULL,
    salary_confidence INTEGER NOT NULL,
    salary_annual_min BIGINT NOT NULL,
    salary_annual_max BIGINT NOT NULL,
    source_url TEXT NOT NULL,
    apply_url TEXT NOT NULL,
    language TEXT NOT NULL,
    posted_at BIGINT NOT NULL,
    source_posted_at BIGINT,
    source_updated_at BIGINT NOT NULL,
    application_deadline BIGINT NOT NULL,
    first_seen_at BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL,
    last_checked_at BIGINT NOT NULL,
    last_changed_at BIGINT NOT NULL,
    inactive_at BIGINT NOT NULL,
    missed_crawls INTEGER NOT NULL,
    first_missed_at BIGINT NOT NULL,
    closure_evidence TEXT,
    job_seq INTEGER NOT NULL,
    content_hash TEXT NOT NULL,
    source_hash TEXT NOT NULL,
    normalized_hash TEXT NOT NULL,
    normalizer_version INTEGER NOT NULL,
    description_hash TEXT,
    description_text_hash TEXT,
    raw_sha256 TEXT NOT NULL,
    content_seq BIGINT NOT NULL,
    remote_scope_kind TEXT NOT NULL,
    from_seq SEQUENCE_NUMBER,
    until_seq BIGINT NOT NULL,
    from_at BIGINT NOT NULL,
    until_at BIGINT NOT NULL
);
-- Of a database from before, the past states are not known: each posting begins with its latest one.
INSERT INTO job_version (
    job_id, org_id, source_id, provider, provider_job_key, requisition_id, internal_job_key, title, title_key,
    normalized_title, status, closed_reason, openings, location_text, city, city_key, region, region_code,
    country, country_code, department, department_key, department_path, team, employment_type_raw,
    employment_type, contract_term, workplace_type, remote_policy, remote_scope, salary_raw, salary_min,
    salary_max, salary_currency, salary_period, salary_provenance, salary_confidence, salary_annual_min,
    salary_annual_max, source_url, apply_url, language, posted_at, source_posted_at, source_updated_at,
    application_deadline, first_seen_at, last_seen_at, last_checked_at, last_changed_at, inactive_at,
    missed_crawls, first_missed_at, closure_evidence, job_seq, content_hash, source_hash, normalized_hash,
    normalizer_version, description_hash, description_text_hash, raw_sha256, content_seq, remote_scope_kind, from_seq, until_seq,
    from_at, until_at
)
SELECT
    job.job_id, job.org_id, job.source_id, job.provider, job.provider_job_key, job.requisition_id,
    job.internal_job_key, job.title, job.title_key, job.normalized_title, job.status, job.closed_reason,
    job.openings, job.location_text, job.city, job.city_key, job.region, job.region_code, job.country,
    job.country_code, job.department, job.department_key, job.department_path, job.team,
    job.employment_type_raw, job.employment_type, job.contract_term, job.workplace_type, job.remote_policy,
    job.remote_scope, job.salary_raw, job.salary_min, job.salary_max, job.salary_currency, job.salary_period,
    job.salary_provenance, job.salary_confidence, job.salary_annual_min, job.salary_annual_max, job.source_url,
    job.apply_url, job.language, job.posted_at, job.source_posted_at, job.source_updated_at,
    job.application_deadline, job.first_seen_at, job.last_seen_at, job.last_checked_at, job.last_changed_at,
    job.inactive_at, job.missed_crawls, job.first_missed_at, job.closure_evidence, job.job_seq,
    job.content_hash, job.source_hash, job.normalized_hash, job.normalizer_version, job.description_hash,
    job.description_text_hash, job.raw_sha256, job.content_seq, job.remote_scope_kind, event.seq, 9223372036854775807,
    event.observed_at, 9223372036854775807
FROM job JOIN event ON event.seq = job.content_seq;
CREATE INDEX job_version_job ON job_version (job_id, from_seq);
CREATE INDEX job_version_until ON job_version (until_seq);
CREATE INDEX job_version_posted ON job_version (posted_at, job_id);
CREATE INDEX job_version_org ON job_version (org_id, posted_at, job_id);
CREATE INDEX job_version_source ON job_version (source_id, posted_at, job_id);
CREATE INDEX job_version_content ON job_version (content_seq);

CREATE TABLE content_body (
    content_seq SEQUENCE_NUMBER,
    native_structured TEXT NOT NULL,
    extensions TEXT NOT NULL,
    facts TEXT NOT NULL,
    metadata TEXT NOT NULL,
    salary_tiers TEXT NOT NULL,
    inferred_at BIGINT NOT NULL
);
INSERT INTO content_body (content_seq, native_structured, extensions, facts, metadata, salary_tiers, inferred_at)
SELECT job.content_seq, b.native_structured, b.extensions, b.facts, b.metadata, b.salary_tiers, b.inferred_at
FROM job_body b JOIN job ON job.job_id = b.job_id;
DROP TABLE job_body;
ALTER TABLE content_body RENAME TO job_body;

CREATE TABLE content_location (
    content_seq BIGINT NOT NULL,
    position INTEGER NOT NULL,
    raw TEXT,
    city TEXT NOT NULL,
    city_key TEXT NOT NULL,
    region TEXT NOT NULL,
    region_code TEXT NOT NULL,
    country TEXT NOT NULL,
    country_code TEXT NOT NULL,
    macro_region TEXT NOT NULL,
    postal_code TEXT,
    remote BOOLEAN NOT NULL,
    confidence INTEGER NOT NULL,
    provenance TEXT NOT NULL,
    PRIMARY KEY (content_seq, position)
);
INSERT INTO content_location (
    content_seq, position, raw, city, city_key, region, region_code, country, country_code, macro_region,
    postal_code, remote, confidence, provenance
)
SELECT
    job.content_seq, l.position, l.raw, l.city, lower(l.city), l.region, l.region_code, l.country, l.country_code,
    l.macro_region, l.postal_code, l.remote, l.confidence, l.provenance
FROM job_location l JOIN job ON job.job_id = l.job_id;
DROP TABLE job_location;
ALTER TABLE content_location RENAME TO job_location;
CREATE INDEX job_location_country ON job_location (country_code, content_seq);
CREATE INDEX job_location_region ON job_location (region_code, content_seq);
CREATE INDEX job_location_city ON job_location (city_key, content_seq);

-- Where a remote posting may be worked from: country codes, macro regions, `WORLDWIDE`.
CREATE TABLE job_remote (
    content_seq BIGINT NOT NULL,
    code TEXT NOT NULL,
    PRIMARY KEY (content_seq, code)
);
CREATE INDEX job_remote_code ON job_remote (code, content_seq);

CREATE INDEX job_team ON job (team, posted_at, job_id);
CREATE INDEX job_last_checked ON job (last_checked_at, job_id);

-- Counts by a dimension (`ALL`, `PROVIDER`, `COUNTRY`, …) and a value of it, `''` for none.
CREATE TABLE rollup_total (
    dimension TEXT NOT NULL,
    value TEXT NOT NULL,
    active BIGINT NOT NULL,
    total BIGINT NOT NULL,
    PRIMARY KEY (dimension, value)
);
CREATE INDEX rollup_total_active ON rollup_total (dimension, active);
CREATE INDEX rollup_total_total ON rollup_total (dimension, total);

-- `day` counts days since 1970 in UTC.
CREATE TABLE rollup_day (
    dimension TEXT NOT NULL,
    value TEXT NOT NULL,
    day BIGINT NOT NULL,
    created BIGINT NOT NULL,
    updated BIGINT NOT NULL,
    closed BIGINT NOT NULL,
    reopened BIGINT NOT NULL,
    PRIMARY KEY (dimension, value, day)
);

-- How many closings came how many whole days after the posting was first seen.
CREATE TABLE rollup_lifetime (
    dimension TEXT NOT NULL,
    value TEXT NOT NULL,
    days BIGINT NOT NULL,
    closings BIGINT NOT NULL,
    PRIMARY KEY (dimension, value, days)
);
