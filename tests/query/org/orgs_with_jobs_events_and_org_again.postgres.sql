-- 3 statements
SELECT k.org_id, k.name, k.normalized_name FROM org k WHERE TRUE ORDER BY k.normalized_name ASC, k.org_id ASC LIMIT 21;
SELECT parent.value, r.job_id, r.title, r.posted_at FROM unnest($1::text[]) AS parent (value) CROSS JOIN LATERAL (SELECT k.job_id, k.title, k.posted_at FROM job k WHERE k.org_id = parent.value AND TRUE ORDER BY k.posted_at DESC, k.job_id DESC LIMIT 6) r ORDER BY parent.value, r.posted_at DESC, r.job_id DESC;
SELECT parent.value, r.seq, r.org_id, r.event_type, a0.org_id, a0.name FROM unnest($1::text[]) AS parent (value) CROSS JOIN LATERAL (SELECT k.seq, k.org_id, k.event_type FROM event k WHERE k.job_id = parent.value AND TRUE ORDER BY k.seq DESC LIMIT 3) r LEFT JOIN org a0 ON a0.org_id = r.org_id ORDER BY parent.value, r.seq DESC
