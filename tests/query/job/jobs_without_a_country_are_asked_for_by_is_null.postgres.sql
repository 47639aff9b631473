-- 3 statements
SELECT CAST(COALESCE(SUM(t.total), 0) AS BIGINT) FROM rollup_total t WHERE t.dimension = 'COUNTRY' AND t.value = $1;
SELECT COUNT(*) FROM (SELECT 1 AS one FROM job k WHERE (k.country_code <> $1) LIMIT 100001) AS counted;
SELECT k.job_id, k.title, k.location_text, k.country, k.posted_at FROM job k WHERE (k.country_code = $1) ORDER BY k.posted_at DESC, k.job_id DESC LIMIT 20
