-- 2 statements
SELECT CAST(COALESCE(SUM(t.total), 0) AS BIGINT) FROM rollup_total t WHERE t.dimension = 'COUNTRY' AND t.value IN (SELECT value FROM json_each($1));
SELECT COUNT(*) FROM (SELECT 1 AS one FROM job k WHERE (NOT k.country_code IN (SELECT value FROM json_each($1))) LIMIT 100001) AS counted
