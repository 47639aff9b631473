-- 1 statements
SELECT k.job_id, k.title FROM job k WHERE k.job_id = $1 ORDER BY k.job_id LIMIT 1
