-- 11 statements
SELECT k.content_seq, k.facts FROM job_body k WHERE k.content_seq = ANY($1);
SELECT k.content_seq, k.position, k.raw, k.city, k.city_key, k.region, k.region_code, k.country, k.country_code, k.macro_region, k.postal_code, k.remote, k.confidence, k.provenance FROM job_location k WHERE k.content_seq = ANY($1);
SELECT k.description_hash, k.text FROM description k WHERE k.description_hash = ANY($1);
SELECT k.from_seq, k.job_id, k.title, k.status FROM job_version k WHERE k.from_seq = ANY($1);
SELECT k.from_seq, k.job_id, k.title, k.status, k.salary_max, k.description_hash, k.content_seq FROM job_version k WHERE k.from_seq = ANY($1);
SELECT k.job_id, k.title, k.posted_at FROM job k WHERE (EXISTS (SELECT 1 FROM event k_ WHERE k_.job_id = k.job_id AND ((k_.event_type = 'JOB_UPDATED')))) ORDER BY k.posted_at DESC, k.job_id DESC LIMIT 2;
SELECT k.seq, k.event_type FROM event k WHERE k.seq = ANY($1);
SELECT parent.value, (SELECT COUNT(*) FROM (SELECT 1 AS one FROM job_version k WHERE k.job_id = parent.value AND TRUE LIMIT 100001) AS counted) FROM unnest($1::text[]) AS parent (value);
SELECT parent.value, r.from_seq, r.job_seq FROM unnest($1::text[]) AS parent (value) CROSS JOIN LATERAL (SELECT k.from_seq, k.job_seq FROM job_version k WHERE k.job_id = parent.value AND k.job_seq = $2 ORDER BY k.from_seq DESC LIMIT 1) r ORDER BY parent.value, r.from_seq DESC;
SELECT parent.value, r.from_seq, r.job_seq FROM unnest($1::text[]) AS parent (value) CROSS JOIN LATERAL (SELECT k.from_seq, k.job_seq FROM job_version k WHERE k.job_id = parent.value AND k.job_seq = $2 ORDER BY k.from_seq DESC LIMIT 1) r ORDER BY parent.value, r.from_seq DESC;
SELECT parent.value, r.from_seq, r.until_seq, r.from_at, r.until_at, r.job_seq FROM unnest($1::text[]) AS parent (value) CROSS JOIN LATERAL (SELECT k.from_seq, k.until_seq, k.from_at, k.until_at, k.job_seq FROM job_version k WHERE k.job_id = parent.value AND TRUE ORDER BY k.from_seq ASC LIMIT 3) r ORDER BY parent.value, r.from_seq ASC
