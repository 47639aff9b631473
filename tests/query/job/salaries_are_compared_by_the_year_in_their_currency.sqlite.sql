-- 7 statements
SELECT COUNT(*) FROM (SELECT 1 AS one FROM job k WHERE (NOT k.salary_period = '' AND k.salary_period IN ('HOUR', 'YEAR') AND NOT k.salary_period = '' AND k.salary_confidence >= $1 AND k.salary_provenance IN (SELECT value FROM json_each($2))) LIMIT 100001) AS counted;
SELECT COUNT(*) FROM (SELECT 1 AS one FROM job k WHERE (k.salary_currency = $1 AND (k.salary_annual_min <= $2 AND k.salary_annual_min > $3)) LIMIT 100001) AS counted;
SELECT COUNT(*) FROM (SELECT 1 AS one FROM job k WHERE (k.salary_currency = $1 AND k.salary_annual_max >= $2) LIMIT 100001) AS counted;
SELECT COUNT(*) FROM (SELECT 1 AS one FROM job k WHERE (k.salary_currency = $1 AND k.salary_annual_max >= $2) LIMIT 100001) AS counted;
SELECT COUNT(*) FROM (SELECT 1 AS one FROM job k WHERE (k.salary_period = '') LIMIT 100001) AS counted;
SELECT k.job_id, k.salary_raw, k.posted_at FROM job k WHERE (k.salary_currency = $1 AND (k.salary_annual_min <= $2 AND k.salary_annual_min > $3)) ORDER BY k.posted_at DESC, k.job_id DESC LIMIT 3;
SELECT k.job_id, k.salary_raw, k.salary_min, k.salary_max, k.salary_currency, k.salary_period, k.salary_provenance, k.salary_confidence, k.salary_annual_min, k.salary_annual_max, k.posted_at, k.content_seq FROM job k WHERE (k.salary_currency = $1 AND k.salary_annual_max >= $2) ORDER BY k.posted_at DESC, k.job_id DESC LIMIT 3
