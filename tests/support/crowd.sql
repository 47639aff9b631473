-- 100,000 postings of some 2,000 employers, over two years until NOW, in proportions that boards have: few large
-- employers and many small, a third closed, most of them in few countries. Both databases read every word of it.
-- `draw` holds numbers from 0 to 99,999 that look random and are the same for ever.

CREATE TABLE place AS WITH RECURSIVE n(p) AS (SELECT 0 UNION ALL SELECT p + 1 FROM n WHERE p < 300)
SELECT
    p,
    CASE p WHEN 0 THEN '' WHEN 1 THEN 'San Francisco' WHEN 2 THEN 'New York' WHEN 3 THEN 'Berlin' WHEN 4 THEN 'London'
        WHEN 5 THEN 'Paris' WHEN 6 THEN 'Tokyo' ELSE 'Town ' || CAST(p AS TEXT) END AS city,
    CASE WHEN p = 0 THEN '' WHEN p IN (1, 2) OR p % 3 = 1 THEN 'US' WHEN p = 3 OR p % 11 = 0 THEN 'DE'
        WHEN p = 4 OR p % 7 = 0 THEN 'GB' WHEN p = 5 OR p % 13 = 0 THEN 'FR' WHEN p = 6 THEN 'JP'
        WHEN p % 2 = 0 THEN 'IN' WHEN p % 5 = 0 THEN 'CA' ELSE 'BR' END AS code
FROM n;
CREATE TABLE work AS WITH RECURSIVE n(t) AS (SELECT 0 UNION ALL SELECT t + 1 FROM n WHERE t < 119)
SELECT
    t,
    CASE t % 5 WHEN 0 THEN 'Senior ' WHEN 1 THEN 'Staff ' WHEN 2 THEN 'Lead ' WHEN 3 THEN 'Junior ' ELSE '' END
    || CASE t / 5 WHEN 0 THEN 'Software Engineer' WHEN 1 THEN 'Account Executive' WHEN 2 THEN 'Product Manager'
        WHEN 3 THEN 'Product Designer' WHEN 4 THEN 'Data Scientist' WHEN 5 THEN 'Site Reliability Engineer'
        WHEN 6 THEN 'Recruiter' WHEN 7 THEN 'Technical Writer' WHEN 8 THEN 'Embedded Rust Engineer'
        WHEN 9 THEN 'Night Shift Engineer' WHEN 10 THEN 'Tea Taster' WHEN 11 THEN 'Harvester'
        ELSE 'Specialist ' || CAST(t / 5 AS TEXT) END AS title,
    CASE t / 5 WHEN 0 THEN 'Engineering' WHEN 5 THEN 'Engineering' WHEN 8 THEN 'Engineering' WHEN 9 THEN 'Engineering'
        WHEN 1 THEN 'Sales' WHEN 2 THEN 'Product' WHEN 3 THEN 'Design' WHEN 4 THEN 'Data' WHEN 6 THEN 'People'
        ELSE 'Department ' || CAST(t / 5 AS TEXT) END AS department
FROM n;

CREATE TABLE drawn AS SELECT
    i, u9, u10, u11, u12, u13,
    1 + u1 * u1 / 100000 * u1 / 100000 * 2000 / 100000 AS org,
    CASE WHEN u4 < 8000 THEN 0 ELSE 1 + u4 * u4 / 100000 * u4 / 100000 * 300 / 100000 END AS p,
    u5 * u5 / 100000 * 120 / 100000 AS t,
    86400000 + u2 * u2 / 100000 * 630720 AS age,
    CASE WHEN u3 < 30000 THEN 1 ELSE 0 END AS is_closed,
    CASE WHEN u3 >= 30000 AND u3 < 32000 THEN 1 ELSE 0 END AS is_reopened,
    CASE WHEN u6 < 40000 THEN 1 ELSE 0 END AS is_updated,
    CASE WHEN u7 < 22000 THEN 'REMOTE' WHEN u7 < 40000 THEN 'HYBRID' WHEN u7 < 75000 THEN 'ON_SITE' ELSE '' END AS place_type,
    CASE WHEN u8 < 30000 THEN 40000 + u8 * 7 ELSE -1 END AS pay
FROM draw;
CREATE TABLE job_of AS SELECT
    drawn.*, CASE WHEN org <= 100 AND i % 2 = 0 THEN org + 2000 ELSE org END AS source,
    '0000000000000000000000000000' || CAST(100000000000 + i * 7919 % 100003 AS TEXT) AS job_id,
    '00000000-0000-5000-8000-' || CAST(100000000000 + org AS TEXT) AS org_id,
    NOW_AT - age AS seen_at, title, department, city, code
FROM drawn JOIN place ON place.p = drawn.p JOIN work ON work.t = drawn.t;

CREATE TABLE step AS SELECT
    ROW_NUMBER() OVER (ORDER BY at, i, nth) AS seq, ROW_NUMBER() OVER (PARTITION BY i ORDER BY at, nth) AS job_seq, i, kind, at
FROM (
    SELECT i, 1 AS nth, 'JOB_CREATED' AS kind, seen_at AS at FROM job_of
    UNION ALL SELECT i, 2, 'JOB_UPDATED', seen_at + age / 100 * (10 + i % 30) FROM job_of WHERE is_updated = 1
    UNION ALL SELECT i, 3, 'JOB_CLOSED', seen_at + age / 100 * (50 + i % 30) FROM job_of WHERE is_closed + is_reopened > 0
    UNION ALL SELECT i, 4, 'JOB_REOPENED', seen_at + age / 100 * (85 + i % 10) FROM job_of WHERE is_reopened = 1
) AS happened;
CREATE TABLE version_of AS SELECT
    seq, job_seq, i, kind, at,
    COALESCE(LEAD(seq) OVER (PARTITION BY i ORDER BY seq), 9223372036854775807) AS until_seq,
    COALESCE(LEAD(at) OVER (PARTITION BY i ORDER BY seq), 9223372036854775807) AS until_at,
    MAX(CASE WHEN kind IN ('JOB_CREATED', 'JOB_UPDATED') THEN seq ELSE 0 END) OVER (PARTITION BY i ORDER BY seq) AS content_seq
FROM step;

INSERT INTO org (
    org_id, name, normalized_name, slug, domains, first_seen_at, last_seen_at, active_job_count, job_count
)
SELECT
    org_id, 'Employer ' || CAST(org AS TEXT), 'employer ' || CAST(org AS TEXT), 'employer-' || CAST(org AS TEXT), '[]',
    MIN(seen_at), NOW_AT, SUM(1 - is_closed), COUNT(*)
FROM job_of GROUP BY org_id, org;
INSERT INTO source (
    source_id, org_id, provider, board_token, board_key, name, board_url, api_url, status, health, crawl_interval_s,
    last_crawled_at, last_success_at, last_complete_at, last_non_empty_at, next_crawl_after, consecutive_failures,
    active_job_count, job_count, first_seen_at, close_after_misses, empty_confirmations, drop_guard_percent,
    blast_radius_percent
)
SELECT
    '00000000-0000-5000-9000-' || CAST(100000000000 + source AS TEXT), org_id, 'greenhouse',
    'board-' || CAST(source AS TEXT), 'board-' || CAST(source AS TEXT), 'Employer ' || CAST(source AS TEXT),
    'https://boards.example/' || CAST(source AS TEXT), 'https://api.boards.example/' || CAST(source AS TEXT), 'ACTIVE',
    CASE WHEN source % 20 = 0 THEN 'FAILING' ELSE 'OK' END, 86400, NOW_AT, NOW_AT, NOW_AT - source % 20 / 19 * 400000000,
    NOW_AT, NOW_AT + 86400000, 0, SUM(1 - is_closed), COUNT(*), MIN(seen_at), 2, 3, 70, 50
FROM job_of GROUP BY source, org_id;
INSERT INTO crawl (
    crawl_id, source_id, started_at, finished_at, outcome, pages, seen, created, updated, closed, reopened, unchanged,
    touched, warnings, raw_sha256, suspect_keys
)
SELECT
    '00000000-0000-5000-a000-' || CAST(CAST(substr(source_id, 25) AS BIGINT) * 5 + n AS TEXT), source_id,
    NOW_AT - n * 86400000, NOW_AT - n * 86400000, CASE WHEN n = 3 THEN 'FAILED' ELSE 'COMPLETE' END, 1, job_count, 0, 0, 0,
    0, job_count, 0, '[]', '', '[]'
FROM source CROSS JOIN (SELECT 0 AS n UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4) AS turns;

INSERT INTO job (JOB_COLUMNS) SELECT JOB_COLUMNS FROM (
    SELECT
        j.job_id, j.org_id, '00000000-0000-5000-9000-' || CAST(100000000000 + j.source AS TEXT) AS source_id,
        'greenhouse' AS provider, CAST(4000000 + j.i AS TEXT) AS provider_job_key,
        CASE WHEN j.u9 < 50000 THEN 'R-' || CAST(j.u9 AS TEXT) ELSE '' END AS requisition_id, '' AS internal_job_key,
        j.title || CASE WHEN j.u10 < 30000 THEN ', ' || CAST(j.u10 AS TEXT) ELSE '' END AS title,
        lower(j.title || CASE WHEN j.u10 < 30000 THEN ', ' || CAST(j.u10 AS TEXT) ELSE '' END) AS title_key,
        lower(j.title) AS normalized_title, CASE WHEN j.is_closed = 1 THEN 'CLOSED' ELSE 'ACTIVE' END AS status,
        CASE WHEN j.is_closed = 1 THEN 'NOT_LISTED' ELSE '' END AS closed_reason, 1 AS openings, j.city AS location_text,
        j.city, lower(j.city) AS city_key, CASE WHEN j.p % 4 = 1 THEN 'State ' || CAST(j.p % 12 AS TEXT) ELSE '' END AS region,
        CASE WHEN j.p % 4 = 1 THEN j.code || '-' || CAST(10 + j.p % 12 AS TEXT) ELSE '' END AS region_code,
        CASE WHEN j.code = '' THEN '' ELSE 'Land of ' || j.code END AS country, j.code AS country_code, j.department,
        lower(j.department) AS department_key, '[]' AS department_path,
        CASE WHEN j.u11 < 20000 THEN 'Team ' || CAST(j.u11 % 400 AS TEXT) ELSE '' END AS team,
        NULL AS employment_type_raw,
        CASE WHEN j.u11 < 60000 THEN 'FULL_TIME' WHEN j.u11 < 70000 THEN 'CONTRACT' ELSE '' END AS employment_type,
        CASE WHEN j.u11 > 95000 THEN 'FIXED_TERM' ELSE '' END AS contract_term, j.place_type AS workplace_type,
        j.place_type AS remote_policy,
        CASE WHEN j.place_type = 'REMOTE' THEN '{"countryCodes":["' || j.code || '"],"kind":"COUNTRIES","macros":[]}' END
            AS remote_scope,
        NULL AS salary_raw, CASE WHEN j.pay > 0 THEN CAST(j.pay AS TEXT) END AS salary_min,
        CASE WHEN j.pay > 0 THEN CAST(j.pay * 3 / 2 AS TEXT) END AS salary_max,
        CASE WHEN j.pay < 0 THEN '' WHEN j.code IN ('DE', 'FR') THEN 'EUR' WHEN j.code = 'GB' THEN 'GBP' ELSE 'USD' END
            AS salary_currency,
        CASE WHEN j.pay < 0 THEN '' WHEN j.u9 < 15000 THEN 'HOUR' ELSE 'YEAR' END AS salary_period,
        CASE WHEN j.pay < 0 THEN '' WHEN j.u9 < 60000 THEN 'PROVIDER_FIELD' ELSE 'DESCRIPTION' END AS salary_provenance,
        CASE WHEN j.pay < 0 THEN 0 WHEN j.u9 < 60000 THEN 97 ELSE 70 END AS salary_confidence,
        CASE WHEN j.pay < 0 THEN (-9223372036854775807 - 1) ELSE j.pay END AS salary_annual_min,
        CASE WHEN j.pay < 0 THEN (-9223372036854775807 - 1) ELSE j.pay * 3 / 2 END AS salary_annual_max,
        'https://boards.example/' || CAST(j.source AS TEXT) || '/jobs/' || CAST(4000000 + j.i AS TEXT) AS source_url,
        'https://boards.example/' || CAST(j.source AS TEXT) || '/jobs/' || CAST(4000000 + j.i AS TEXT) AS apply_url,
        CASE WHEN j.code = 'DE' AND j.u12 < 60000 THEN 'de' WHEN j.code = 'JP' THEN 'ja' ELSE 'en' END AS language,
        j.seen_at - j.u12 * 10000 AS posted_at, CAST(NULL AS BIGINT) AS source_posted_at, v.at AS source_updated_at,
        CASE WHEN j.u12 < 4000 THEN NOW_AT + j.u12 * 4000000 ELSE (-9223372036854775807 - 1) END AS application_deadline,
        j.seen_at AS first_seen_at, CASE WHEN j.is_closed = 1 THEN v.at ELSE NOW_AT END AS last_seen_at,
        NOW_AT - j.source * 37000 - j.source % 20 / 19 * 400000000 AS last_checked_at, v.at AS last_changed_at,
        CASE WHEN j.is_closed = 1 THEN v.at ELSE (-9223372036854775807 - 1) END AS inactive_at, 0 AS missed_crawls,
        (-9223372036854775807 - 1) AS first_missed_at, NULL AS closure_evidence, v.job_seq,
        '0000000000000000000000000000000000000000000000000000' || CAST(100000000000 + v.content_seq AS TEXT) AS content_hash,
        '0000000000000000000000000000000000000000000000000000' || CAST(100000000000 + v.content_seq AS TEXT) AS source_hash,
        '0000000000000000000000000000000000000000000000000000' || CAST(100000000000 + v.content_seq AS TEXT)
            AS normalized_hash,
        1 AS normalizer_version, 'd' || CAST(v.content_seq % 5000 AS TEXT) AS description_hash,
        'd' || CAST(v.content_seq % 5000 AS TEXT) AS description_text_hash, '' AS raw_sha256, v.content_seq,
        CASE WHEN j.place_type = 'REMOTE' AND j.u13 < 3000 THEN 'WORLDWIDE' WHEN j.place_type = 'REMOTE' THEN 'COUNTRIES'
            ELSE '' END AS remote_scope_kind,
        CASE WHEN j.u10 < 40000 THEN 'SENIOR' WHEN j.u10 < 55000 THEN 'MANAGER' ELSE '' END AS seniority,
        CASE WHEN j.u9 < 30000 THEN 'ENGINEERING' WHEN j.u9 < 50000 THEN 'SALES' ELSE '' END AS function,
        CASE WHEN v.content_seq % 5000 = 0 THEN '' ELSE 'r' || CAST(v.content_seq % 5000 AS TEXT) END AS role_key
    FROM job_of j JOIN version_of v ON v.i = j.i AND v.until_seq = 9223372036854775807
    ORDER BY v.content_seq
) AS made;

INSERT INTO event (
    seq, event_key, job_id, job_seq, org_id, source_id, provider, crawl_id, event_type, cause, observed_at, recorded_at,
    content_hash_after, source_hash_after, normalized_hash_after, raw_sha256
)
SELECT
    v.seq, '0000000000000000000000000001' || CAST(100000000000 + v.seq * 7919 % 1000003 AS TEXT), j.job_id, v.job_seq,
    j.org_id, '00000000-0000-5000-9000-' || CAST(100000000000 + j.source AS TEXT), 'greenhouse',
    '00000000-0000-5000-a000-' || CAST((100000000000 + j.source) * 5 + v.seq % 5 AS TEXT), v.kind,
    CASE WHEN v.seq % 50 = 0 THEN 'NORMALIZER' ELSE 'SOURCE' END, v.at, v.at, '', '', '', ''
FROM version_of v JOIN job_of j ON j.i = v.i ORDER BY v.seq;
INSERT INTO event_body (seq, changes, metadata) SELECT seq, '[]', '{}' FROM step ORDER BY seq;

INSERT INTO job_version (JOB_COLUMNS, from_seq, until_seq, from_at, until_at)
SELECT JOB_COLUMNS, from_seq, until_seq, from_at, until_at FROM (
    SELECT
        VERSION_COLUMNS, CASE WHEN v.kind = 'JOB_CLOSED' THEN 'CLOSED' ELSE 'ACTIVE' END AS status, v.job_seq,
        v.content_seq, v.at AS last_changed_at, v.seq AS from_seq, v.until_seq, v.at AS from_at, v.until_at
    FROM version_of v JOIN job_of o ON o.i = v.i JOIN job j ON j.job_id = o.job_id ORDER BY v.seq
) AS made;

INSERT INTO job_body (content_seq, native_structured, extensions, facts, metadata, salary_tiers, inferred_at)
SELECT
    v.seq, '{}', '{}',
    '[{"confidence":' || CASE WHEN j.u12 < 50000 THEN '0.95' ELSE '0.6' END
    || ',"conflicts":[],"evidence":null,"field":"workplaceType","provenance":"'
    || CASE WHEN j.u13 < 30000 THEN 'LOCATION_TEXT' ELSE 'DESCRIPTION' END || '","rule":"r","value":"' || j.place_type
    || '"}]', '[]', '[]', v.at
FROM version_of v JOIN job_of j ON j.i = v.i WHERE v.content_seq = v.seq ORDER BY v.seq;
INSERT INTO job_location (
    content_seq, position, raw, city, city_key, region, region_code, country, country_code, macro_region, remote,
    confidence, provenance
)
SELECT
    v.seq, n, j.city, j.city, lower(j.city), '', '', j.code, j.code, '', j.place_type = 'REMOTE',
    CASE WHEN j.u12 < 50000 THEN 95 ELSE 60 END, CASE WHEN j.u13 < 30000 THEN 'LOCATION_TEXT' ELSE 'PROVIDER_FIELD' END
FROM version_of v JOIN job_of j ON j.i = v.i JOIN (SELECT 0 AS n UNION ALL SELECT 1) AS places ON n = 0 OR j.u13 < 15000
WHERE v.content_seq = v.seq ORDER BY v.seq, n;
INSERT INTO job_remote (content_seq, code)
SELECT v.seq, CASE WHEN j.u13 < 3000 THEN 'WORLDWIDE' WHEN j.u13 < 10000 THEN 'EU' ELSE j.code END
FROM version_of v JOIN job_of j ON j.i = v.i WHERE v.content_seq = v.seq AND j.place_type = 'REMOTE' ORDER BY v.seq;
INSERT INTO description (description_hash, html, markdown, text)
SELECT 'd' || CAST(seq AS TEXT), 'Words', 'Words', 'Words' FROM step WHERE seq < 5000;
INSERT INTO description (description_hash, html, markdown, text) VALUES ('d0', 'Words', 'Words', 'Words');

CREATE TABLE worded AS SELECT
    v.seq, lower(j.title) AS title, 'employer ' || CAST(j.org AS TEXT) AS org, lower(j.department) AS department,
    lower(j.city) AS place,
    'we are a team that builds what people need every day '
    || CASE WHEN j.u9 % 10 < 3 THEN 'robots and machines ' ELSE 'software for all ' END
    || CASE WHEN j.u10 % 20 = 0 THEN 'trees grow ' ELSE '' END || CASE WHEN j.u11 % 40 = 0 THEN 'paper mills ' ELSE '' END
    || CASE WHEN j.u12 % 100 = 0 THEN 'at night ' ELSE '' END || CASE WHEN j.u13 % 8 = 0 THEN 'engineer your future ' ELSE '' END || 'word'
    || CAST(j.u9 AS TEXT) || ' word' || CAST(j.u10 % 5000 AS TEXT) || ' word' || CAST(j.u11 % 500 AS TEXT) AS description
FROM version_of v JOIN job_of j ON j.i = v.i WHERE v.content_seq = v.seq;
