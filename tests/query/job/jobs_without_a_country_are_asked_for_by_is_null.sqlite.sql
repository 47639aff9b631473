-- 3 statements
SELECT COUNT(*) FROM job k WHERE (k.country_code <> $1);
SELECT COUNT(*) FROM job k WHERE (k.country_code = $1);
SELECT k.job_id, k.title, k.location_text, k.country, k.posted_at FROM job k WHERE TRUE AND (k.country_code = $1) ORDER BY k.posted_at DESC, k.job_id DESC LIMIT $2
