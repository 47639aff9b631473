-- 9 statements
SELECT k.job_id, found.search_rank FROM (SELECT content_seq, CASE WHEN document @@ $1::tsquery THEN 3 WHEN document @@ $2::tsquery THEN 2 ELSE 1 END AS search_rank FROM content_search WHERE document @@ $3::tsquery) AS found JOIN job k ON k.content_seq = found.content_seq WHERE TRUE ORDER BY found.search_rank ASC, k.job_id ASC LIMIT 2;
SELECT k.job_id, k.title, k.application_deadline FROM job k WHERE TRUE ORDER BY k.application_deadline DESC, k.job_id DESC LIMIT 2;
SELECT k.job_id, k.title, k.inactive_at FROM job k WHERE TRUE ORDER BY k.inactive_at DESC, k.job_id DESC LIMIT 2;
SELECT k.job_id, k.title, k.last_changed_at FROM job k WHERE TRUE ORDER BY k.last_changed_at DESC, k.job_id DESC LIMIT 2;
SELECT k.job_id, k.title, k.posted_at FROM job k WHERE TRUE ORDER BY k.posted_at ASC, k.job_id ASC LIMIT 2;
SELECT k.job_id, k.title, k.salary_annual_min FROM job k WHERE TRUE ORDER BY k.salary_annual_min DESC, k.job_id DESC LIMIT 2;
SELECT k.job_id, k.title, k.source_updated_at FROM job k WHERE TRUE ORDER BY k.source_updated_at DESC, k.job_id DESC LIMIT 2;
SELECT k.job_id, k.title, k.title_key, k.first_seen_at FROM job k WHERE TRUE ORDER BY k.first_seen_at DESC, k.title_key ASC, k.job_id ASC LIMIT 2;
SELECT k.job_id, k.title, k.title_key, k.salary_annual_max, k.inactive_at FROM job k WHERE TRUE ORDER BY k.inactive_at ASC, k.salary_annual_max DESC, k.title_key ASC, k.job_id ASC LIMIT 2
