-- 2 statements
SELECT CAST(COALESCE(SUM(t.total), 0) AS BIGINT) FROM rollup_total t WHERE t.dimension = 'COUNTRY' AND t.value = ANY($1);
SELECT COUNT(*) FROM (SELECT 1 AS one FROM job k WHERE (NOT k.country_code = ANY($1)) LIMIT 100001) AS counted
