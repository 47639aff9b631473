-- 1 statements
SELECT k.job_id, k.title, k.salary_max, k.salary_currency, k.salary_period, k.salary_annual_max FROM job k WHERE ((k.salary_annual_max < $1 AND k.salary_annual_max > $2)) ORDER BY k.salary_annual_max DESC, k.job_id DESC LIMIT 20
