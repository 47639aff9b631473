-- 2 statements
SELECT COUNT(*) FROM job k WHERE (NOT k.country_code = ANY($1));
SELECT COUNT(*) FROM job k WHERE (k.country_code = ANY($1))
