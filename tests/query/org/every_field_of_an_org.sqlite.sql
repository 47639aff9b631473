-- 7 statements
SELECT COUNT(*) FROM (SELECT 1 AS one FROM org k WHERE TRUE LIMIT 100001) AS counted;
SELECT k.org_id, k.name, k.normalized_name, k.slug, k.domains, k.website_url, k.careers_url, k.first_seen_at, k.last_seen_at, k.active_job_count, k.job_count, k.aliases FROM org k WHERE TRUE ORDER BY k.normalized_name ASC, k.org_id ASC LIMIT 21;
SELECT parent.value, (SELECT CAST(COALESCE(SUM(t.active), 0) AS BIGINT) FROM rollup_total t WHERE t.dimension = 'ORG' AND t.value = parent.value) FROM json_each($1) parent;
SELECT parent.value, (SELECT COUNT(*) FROM (SELECT 1 AS one FROM event k WHERE k.org_id = parent.value AND TRUE LIMIT 100001) AS counted) FROM json_each($1) parent;
SELECT parent.value, r.job_id, r.title, r.posted_at FROM json_each($1) parent JOIN job r ON r.rowid IN (SELECT k.rowid FROM job k WHERE k.org_id = parent.value AND (k.status = 'ACTIVE') ORDER BY k.posted_at DESC, k.job_id DESC LIMIT 1) ORDER BY parent.value, r.posted_at DESC, r.job_id DESC;
SELECT parent.value, r.seq, r.event_type FROM json_each($1) parent JOIN event r ON r.rowid IN (SELECT k.rowid FROM event k WHERE k.org_id = parent.value AND TRUE ORDER BY k.seq DESC LIMIT 1) ORDER BY parent.value, r.seq DESC;
SELECT parent.value, r.source_id, r.board_token, r.board_key FROM json_each($1) parent JOIN source r ON r.rowid IN (SELECT k.rowid FROM source k WHERE k.org_id = parent.value AND TRUE ORDER BY k.board_key ASC, k.source_id ASC LIMIT 20) ORDER BY parent.value, r.board_key ASC, r.source_id ASC
