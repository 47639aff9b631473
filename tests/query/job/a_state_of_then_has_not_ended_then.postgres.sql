-- 5 statements
SELECT COALESCE(MAX(seq), 0) FROM event;
SELECT k.job_id, k.title, k.posted_at FROM job_version k WHERE k.from_seq <= $1 AND k.until_seq > $2 AND (k.status = 'ACTIVE') ORDER BY k.posted_at DESC, k.job_id DESC LIMIT 3;
SELECT k.job_id, k.title, k.posted_at, ARRAY(SELECT ROW(b44.from_seq, b44.until_seq, b44.until_at, b44.job_seq) FROM job_version b44 WHERE b44.job_id = k.job_id AND TRUE ORDER BY b44.from_seq DESC LIMIT 20) FROM job k WHERE TRUE ORDER BY k.posted_at DESC, k.job_id DESC LIMIT 2;
SELECT k.seq FROM event k WHERE k.seq = ANY($1);
SELECT parent.value, r.from_seq, r.until_seq, r.until_at, r.job_seq FROM unnest($1::text[]) AS parent (value) CROSS JOIN LATERAL (SELECT k.from_seq, k.until_seq, k.until_at, k.job_seq FROM job_version k WHERE k.job_id = parent.value AND k.from_seq <= $2 AND TRUE ORDER BY k.from_seq DESC LIMIT 20) r ORDER BY parent.value, r.from_seq DESC
