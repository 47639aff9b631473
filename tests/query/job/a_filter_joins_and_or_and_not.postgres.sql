-- 2 statements
SELECT COUNT(*) FROM (SELECT 1 AS one FROM job k WHERE (((k.country_code = ANY($1)) OR (k.workplace_type = 'REMOTE')) AND NOT ((k.status = 'CLOSED'))) LIMIT 100001) AS counted;
SELECT k.job_id, k.title, k.title_key, k.status, k.country, k.workplace_type FROM job k WHERE (((k.country_code = ANY($1)) OR (k.workplace_type = 'REMOTE')) AND NOT ((k.status = 'CLOSED'))) ORDER BY k.title_key ASC, k.job_id ASC LIMIT 20
