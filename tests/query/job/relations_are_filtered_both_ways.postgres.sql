-- 12 statements
SELECT COUNT(*) FROM (SELECT 1 AS one FROM event k WHERE (k.event_type = 'JOB_CLOSED' AND EXISTS (SELECT 1 FROM job_version k_ WHERE k_.from_seq = k.seq AND (k_.status = 'CLOSED' AND k_.country_code <> $1))) LIMIT 100001) AS counted;
SELECT COUNT(*) FROM (SELECT 1 AS one FROM job k WHERE (EXISTS (SELECT 1 FROM event k_ WHERE k_.job_id = k.job_id AND ((k_.event_type = 'JOB_REOPENED')))) LIMIT 100001) AS counted;
SELECT COUNT(*) FROM (SELECT 1 AS one FROM job k WHERE (EXISTS (SELECT 1 FROM org k_ WHERE k_.org_id = k.org_id AND (k_.active_job_count >= $1))) LIMIT 100001) AS counted;
SELECT COUNT(*) FROM (SELECT 1 AS one FROM job k WHERE (EXISTS (SELECT 1 FROM source k_ WHERE k_.source_id = k.source_id AND (k_.provider = $1 AND k_.health = 'OK'))) LIMIT 100001) AS counted;
SELECT COUNT(*) FROM (SELECT 1 AS one FROM job k WHERE (NOT (EXISTS (SELECT 1 FROM event k_ WHERE k_.job_id = k.job_id AND ((k_.event_type IN ('JOB_CLOSED', 'JOB_UPDATED')))))) LIMIT 100001) AS counted;
SELECT COUNT(*) FROM (SELECT 1 AS one FROM org k WHERE (EXISTS (SELECT 1 FROM job k_ WHERE k_.org_id = k.org_id AND (k_.workplace_type = 'REMOTE'))) LIMIT 100001) AS counted;
SELECT COUNT(*) FROM (SELECT 1 AS one FROM org k WHERE (EXISTS (SELECT 1 FROM source k_ WHERE k_.org_id = k.org_id AND (k_.health = 'OK'))) LIMIT 100001) AS counted;
SELECT COUNT(*) FROM (SELECT 1 AS one FROM source k WHERE (NOT (EXISTS (SELECT 1 FROM job k_ WHERE k_.source_id = k.source_id AND (k_.status = 'CLOSED')))) LIMIT 100001) AS counted;
SELECT k.job_id, k.title, k.openings, k.posted_at FROM job k WHERE (EXISTS (SELECT 1 FROM event k_ WHERE k_.job_id = k.job_id AND ((k_.event_type = 'JOB_REOPENED')))) ORDER BY k.posted_at DESC, k.job_id DESC LIMIT 3;
SELECT k.org_id, k.name, k.normalized_name FROM org k WHERE (EXISTS (SELECT 1 FROM job k_ WHERE k_.org_id = k.org_id AND (k_.workplace_type = 'REMOTE'))) ORDER BY k.normalized_name ASC, k.org_id ASC LIMIT 20;
SELECT k.seq, k.job_id, k_0.job_id, k_0.title FROM event k LEFT JOIN job k_0 ON k_0.job_id = k.job_id WHERE (k.event_type = 'JOB_CLOSED' AND EXISTS (SELECT 1 FROM job_version k_ WHERE k_.from_seq = k.seq AND (k_.status = 'CLOSED' AND k_.country_code <> $1))) ORDER BY k.seq DESC LIMIT 2;
SELECT k.source_id, k.board_token, k.board_key FROM source k WHERE (NOT (EXISTS (SELECT 1 FROM job k_ WHERE k_.source_id = k.source_id AND (k_.status = 'CLOSED')))) ORDER BY k.board_key ASC, k.source_id ASC LIMIT 20
