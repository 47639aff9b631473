-- 2 statements
SELECT COUNT(*) FROM job k WHERE (NOT k.country_code IN (SELECT value FROM json_each($1)));
SELECT COUNT(*) FROM job k WHERE (k.country_code IN (SELECT value FROM json_each($1)))
