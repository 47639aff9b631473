-- 1 statements
SELECT k.job_id, k.title, k.title_key, k.first_seen_at FROM job k INDEXED BY job_first_seen WHERE TRUE AND (k.first_seen_at, k.title_key, k.job_id) < ($1, $2, $3) ORDER BY k.first_seen_at DESC, k.title_key DESC, k.job_id DESC LIMIT 3
