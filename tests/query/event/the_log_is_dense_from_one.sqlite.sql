-- 2 statements
SELECT COUNT(*) FROM (SELECT 1 AS one FROM event k WHERE TRUE LIMIT 100001) AS counted;
SELECT k.seq, k.job_id, k.job_seq, k.event_type, k_0.job_id, k_0.title FROM event k LEFT JOIN job k_0 ON k_0.job_id = k.job_id WHERE TRUE ORDER BY k.seq ASC LIMIT 100
