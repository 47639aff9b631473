-- 1 statements
SELECT k.job_id, k.title, k.status, k.city, k.country, k.department_path, k.workplace_type, k.salary_min, k.salary_currency, k.posted_at FROM job k WHERE TRUE ORDER BY k.posted_at DESC, k.job_id DESC LIMIT 5
