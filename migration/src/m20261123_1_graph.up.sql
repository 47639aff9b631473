-- The graph. TEXT is given byte order on PostgreSQL, so that both databases sort alike; SEQUENCE_NUMBER is the
-- 64-bit primary key of either. Both words are replaced by `m20261123_1_graph.rs`.

CREATE TABLE org (
    org_id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    normalized_name TEXT NOT NULL,
    slug TEXT NOT NULL,
    domains TEXT NOT NULL,
    website_url TEXT,
    careers_url TEXT,
    first_seen_at BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL,
    active_job_count BIGINT NOT NULL,
    job_count BIGINT NOT NULL
);

CREATE TABLE org_alias (
    alias_id TEXT NOT NULL PRIMARY KEY,
    org_id TEXT NOT NULL REFERENCES org (org_id)
);

CREATE TABLE source (
    source_id TEXT NOT NULL PRIMARY KEY,
    org_id TEXT NOT NULL REFERENCES org (org_id),
    provider TEXT NOT NULL,
    board_token TEXT NOT NULL,
    board_key TEXT NOT NULL,
    name TEXT NOT NULL,
    board_url TEXT NOT NULL,
    api_url TEXT NOT NULL,
    status TEXT NOT NULL,
    health TEXT NOT NULL,
    crawl_interval_s BIGINT NOT NULL,
    last_crawled_at BIGINT NOT NULL,
    last_success_at BIGINT NOT NULL,
    last_complete_at BIGINT NOT NULL,
    last_non_empty_at BIGINT NOT NULL,
    next_crawl_after BIGINT NOT NULL,
    consecutive_failures BIGINT NOT NULL,
    last_error TEXT,
    active_job_count BIGINT NOT NULL,
    job_count BIGINT NOT NULL,
    first_seen_at BIGINT NOT NULL,
    close_after_misses INTEGER NOT NULL,
    empty_confirmations INTEGER NOT NULL,
    drop_guard_percent INTEGER NOT NULL,
    blast_radius_percent INTEGER NOT NULL
);

CREATE TABLE crawl (
    crawl_id TEXT NOT NULL PRIMARY KEY,
    source_id TEXT NOT NULL REFERENCES source (source_id),
    started_at BIGINT NOT NULL,
    finished_at BIGINT NOT NULL,
    outcome TEXT NOT NULL,
    http_status INTEGER,
    pages INTEGER NOT NULL,
    declared_total BIGINT,
    seen BIGINT NOT NULL,
    created BIGINT NOT NULL,
    updated BIGINT NOT NULL,
    closed BIGINT NOT NULL,
    reopened BIGINT NOT NULL,
    unchanged BIGINT NOT NULL,
    touched BIGINT NOT NULL,
    guard TEXT,
    error TEXT,
    warnings TEXT NOT NULL,
    raw_sha256 TEXT NOT NULL,
    suspect_keys TEXT NOT NULL
);

CREATE TABLE raw_payload (
    sha256 TEXT NOT NULL PRIMARY KEY,
    uri TEXT NOT NULL,
    archive_key TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    fetched_at BIGINT NOT NULL
);

CREATE TABLE job (
    job_id TEXT NOT NULL PRIMARY KEY,
    org_id TEXT NOT NULL REFERENCES org (org_id),
    source_id TEXT NOT NULL REFERENCES source (source_id),
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
    raw_sha256 TEXT NOT NULL
);

CREATE TABLE job_location (
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

CREATE TABLE job_body (
    job_id TEXT NOT NULL REFERENCES job (job_id) PRIMARY KEY,
    native_structured TEXT NOT NULL,
    extensions TEXT NOT NULL,
    facts TEXT NOT NULL,
    metadata TEXT NOT NULL,
    salary_tiers TEXT NOT NULL,
    inferred_at BIGINT NOT NULL
);

CREATE TABLE description (
    description_hash TEXT NOT NULL PRIMARY KEY,
    html TEXT NOT NULL,
    markdown TEXT NOT NULL,
    text TEXT NOT NULL
);

CREATE TABLE event (
    seq SEQUENCE_NUMBER,
    event_key TEXT NOT NULL,
    job_id TEXT NOT NULL REFERENCES job (job_id),
    job_seq INTEGER NOT NULL,
    org_id TEXT NOT NULL,
    source_id TEXT NOT NULL,
    provider TEXT NOT NULL,
    crawl_id TEXT NOT NULL REFERENCES crawl (crawl_id),
    event_type TEXT NOT NULL,
    cause TEXT NOT NULL,
    observed_at BIGINT NOT NULL,
    effective_at BIGINT,
    recorded_at BIGINT NOT NULL,
    content_hash_before TEXT,
    content_hash_after TEXT NOT NULL,
    source_hash_before TEXT,
    source_hash_after TEXT NOT NULL,
    normalized_hash_after TEXT NOT NULL,
    raw_sha256 TEXT NOT NULL
);

CREATE TABLE event_body (
    seq SEQUENCE_NUMBER REFERENCES event (seq),
    changes TEXT NOT NULL,
    snapshot TEXT,
    tombstone TEXT,
    metadata TEXT NOT NULL
);

CREATE UNIQUE INDEX org_slug ON org (slug);
CREATE INDEX org_name ON org (normalized_name, org_id);
CREATE INDEX org_active_job_count ON org (active_job_count, org_id);
CREATE INDEX org_job_count ON org (job_count, org_id);
CREATE INDEX org_first_seen ON org (first_seen_at, org_id);
CREATE INDEX org_last_seen ON org (last_seen_at, org_id);

CREATE UNIQUE INDEX source_board ON source (provider, board_key);
CREATE INDEX source_token ON source (board_key, source_id);
CREATE INDEX source_org ON source (org_id, board_key, source_id);
CREATE INDEX source_status ON source (status, board_key, source_id);
CREATE INDEX source_health ON source (health, board_key, source_id);
CREATE INDEX source_active_job_count ON source (active_job_count, source_id);
CREATE INDEX source_last_crawled ON source (last_crawled_at, source_id);
CREATE INDEX source_first_seen ON source (first_seen_at, source_id);

CREATE INDEX crawl_source ON crawl (source_id, finished_at, crawl_id);
CREATE INDEX crawl_raw ON crawl (raw_sha256);

CREATE UNIQUE INDEX job_key ON job (source_id, provider_job_key);
CREATE INDEX job_source_url ON job (source_url, job_id);
CREATE INDEX job_apply_url ON job (apply_url, job_id);
CREATE INDEX job_description ON job (description_hash);
CREATE INDEX job_posted ON job (posted_at, job_id);
CREATE INDEX job_first_seen ON job (first_seen_at, job_id);
CREATE INDEX job_last_changed ON job (last_changed_at, job_id);
CREATE INDEX job_title ON job (title_key, job_id);
CREATE INDEX job_salary_max ON job (salary_annual_max, job_id);
CREATE INDEX job_salary_min ON job (salary_annual_min, job_id);
CREATE INDEX job_source_updated ON job (source_updated_at, job_id);
CREATE INDEX job_inactive ON job (inactive_at, job_id);
CREATE INDEX job_deadline ON job (application_deadline, job_id);
CREATE INDEX job_org_id ON job (org_id, posted_at, job_id);
CREATE INDEX job_source_id ON job (source_id, posted_at, job_id);
CREATE INDEX job_provider ON job (provider, posted_at, job_id);
CREATE INDEX job_status ON job (status, posted_at, job_id);
CREATE INDEX job_closed_reason ON job (closed_reason, posted_at, job_id);
CREATE INDEX job_city_key ON job (city_key, posted_at, job_id);
CREATE INDEX job_region_code ON job (region_code, posted_at, job_id);
CREATE INDEX job_country_code ON job (country_code, posted_at, job_id);
CREATE INDEX job_department_key ON job (department_key, posted_at, job_id);
CREATE INDEX job_employment_type ON job (employment_type, posted_at, job_id);
CREATE INDEX job_contract_term ON job (contract_term, posted_at, job_id);
CREATE INDEX job_workplace_type ON job (workplace_type, posted_at, job_id);
CREATE INDEX job_remote_policy ON job (remote_policy, posted_at, job_id);
CREATE INDEX job_salary_currency ON job (salary_currency, posted_at, job_id);
CREATE INDEX job_language ON job (language, posted_at, job_id);
CREATE INDEX job_requisition_id ON job (requisition_id, posted_at, job_id);

CREATE INDEX job_location_country ON job_location (country_code, job_id);

CREATE UNIQUE INDEX event_key ON event (event_key);
CREATE INDEX event_job_id ON event (job_id, seq);
CREATE INDEX event_org_id ON event (org_id, seq);
CREATE INDEX event_source_id ON event (source_id, seq);
CREATE INDEX event_crawl_id ON event (crawl_id, seq);
CREATE INDEX event_event_type ON event (event_type, seq);
CREATE INDEX event_cause ON event (cause, seq);
CREATE INDEX event_provider ON event (provider, seq);
CREATE INDEX event_observed ON event (observed_at, seq);
