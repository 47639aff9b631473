-- 1 statements
SELECT k.job_id, k.title, k.title_key FROM job k WHERE ((k.title_key >= $1 AND k.title_key < $2)) ORDER BY k.title_key ASC, k.job_id ASC LIMIT 20
