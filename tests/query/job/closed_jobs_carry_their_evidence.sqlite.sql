-- 2 statements
SELECT CAST(COALESCE(SUM((t.total - t.active)), 0) AS BIGINT) FROM rollup_total t WHERE t.dimension = 'ALL' AND t.value = $1;
SELECT k.job_id, k.title, k.closed_reason, k.posted_at, COALESCE((SELECT w.last_complete_at FROM source w WHERE w.source_id = k.source_id AND w.last_complete_at > k.last_seen_at AND k.status = 'ACTIVE' AND k.missed_crawls = 0), k.last_seen_at) AS last_seen_at, k.inactive_at, k.closure_evidence FROM job k WHERE (k.status = 'CLOSED') ORDER BY k.posted_at DESC, k.job_id DESC LIMIT 20
