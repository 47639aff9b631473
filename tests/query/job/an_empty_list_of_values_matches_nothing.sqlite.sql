-- 2 statements
SELECT COUNT(*) FROM (SELECT 1 AS one FROM job k WHERE (NOT k.country_code IN (SELECT value FROM json_each($1))) LIMIT 100001) AS counted;
SELECT COUNT(*) FROM (SELECT 1 AS one FROM job k WHERE (k.country_code IN (SELECT value FROM json_each($1))) LIMIT 100001) AS counted
