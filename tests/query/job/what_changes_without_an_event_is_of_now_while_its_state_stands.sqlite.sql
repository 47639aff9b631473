-- 3 statements
SELECT COALESCE(MAX(seq), 0) FROM event;
SELECT k.job_id, k.title, k.posted_at, CASE WHEN k.until_seq < 9223372036854775807 THEN k.last_seen_at ELSE (SELECT n.last_seen_at FROM job n WHERE n.job_id = k.job_id) END AS last_seen_at, CASE WHEN k.until_seq < 9223372036854775807 THEN k.missed_crawls ELSE (SELECT n.missed_crawls FROM job n WHERE n.job_id = k.job_id) END AS missed_crawls FROM job_version k WHERE +k.from_seq <= $1 AND k.until_seq > $2 AND TRUE ORDER BY k.posted_at DESC, k.job_id DESC LIMIT 3;
SELECT k.job_id, k.title, k.posted_at, k.last_seen_at, k.missed_crawls FROM job k WHERE TRUE ORDER BY k.posted_at DESC, k.job_id DESC LIMIT 3
