-- 2 statements
SELECT COUNT(*) FROM (SELECT 1 AS one FROM event k WHERE TRUE LIMIT 100001) AS counted;
SELECT k.seq, k.job_id, k.job_seq, k.event_type, a0.job_id, a0.title FROM event k LEFT JOIN job a0 ON a0.job_id = k.job_id WHERE TRUE ORDER BY k.seq ASC LIMIT 101
