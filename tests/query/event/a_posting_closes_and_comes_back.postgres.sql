-- 3 statements
SELECT k.seq, k.changes FROM event_body k WHERE k.seq = ANY($1);
SELECT k.seq, k.job_id, k.event_type, k_0.job_id, k_0.title, k_0.status, k_0.openings, k_0.inactive_at FROM event k LEFT JOIN job k_0 ON k_0.job_id = k.job_id WHERE (k.event_type = 'JOB_REOPENED') ORDER BY k.seq ASC LIMIT 3;
SELECT parent.value, r.seq, r.job_seq, r.event_type, r.observed_at FROM unnest($1::text[]) AS parent (value) CROSS JOIN LATERAL (SELECT k.seq, k.job_seq, k.event_type, k.observed_at FROM event k WHERE k.job_id = parent.value AND TRUE ORDER BY k.seq ASC LIMIT 20) r ORDER BY parent.value, r.seq ASC
