-- 6 statements
SELECT COUNT(*) FROM (SELECT 1 AS one FROM job k WHERE (EXISTS (SELECT 1 FROM job_location k_ WHERE k_.content_seq = k.content_seq AND (k_.provenance = $1))) LIMIT 100001) AS counted;
SELECT COUNT(*) FROM (SELECT 1 AS one FROM job k WHERE (NOT (EXISTS (SELECT 1 FROM job_location k_ WHERE k_.content_seq = k.content_seq AND (k_.remote)))) LIMIT 100001) AS counted;
SELECT COUNT(*) FROM (SELECT 1 AS one FROM job k WHERE (k.content_seq IN (SELECT k_.content_seq FROM job_location k_ WHERE (k_.city_key = $1 AND k_.confidence >= $2))) LIMIT 100001) AS counted;
SELECT COUNT(*) FROM (SELECT 1 AS one FROM job k WHERE (k.content_seq IN (SELECT k_.content_seq FROM job_location k_ WHERE (k_.country_code = $1))) LIMIT 100001) AS counted;
SELECT k.content_seq, k.position, k.raw, k.city, k.city_key, k.region, k.region_code, k.country, k.country_code, k.macro_region, k.postal_code, k.remote, k.confidence, k.provenance FROM job_location k WHERE k.content_seq IN (SELECT value FROM json_each($1));
SELECT k.job_id, k.title, k.posted_at, k.content_seq FROM job k WHERE (k.content_seq IN (SELECT k_.content_seq FROM job_location k_ WHERE (k_.country_code = $1))) ORDER BY k.posted_at DESC, k.job_id DESC LIMIT 5
