-- 1 statements
SELECT k.job_id, k.title, k.title_key, k.last_changed_at FROM job k WHERE TRUE ORDER BY k.last_changed_at DESC, k.title_key ASC, k.job_id ASC LIMIT 11
