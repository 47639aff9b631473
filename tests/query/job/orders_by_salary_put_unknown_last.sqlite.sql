-- 1 statements
SELECT k.job_id, k.title, k.salary_raw, k.salary_min, k.salary_max, k.salary_currency, k.salary_period, k.salary_provenance, k.salary_confidence, k.salary_annual_min, k.salary_annual_max, k.content_seq FROM job k WHERE TRUE ORDER BY k.salary_annual_max DESC, k.job_id DESC LIMIT 100
