-- 1 statements
SELECT k.job_id, k.title, k.title_key, k.first_seen_at FROM job k WHERE TRUE ORDER BY k.first_seen_at DESC, k.title_key DESC, k.job_id DESC LIMIT 4
