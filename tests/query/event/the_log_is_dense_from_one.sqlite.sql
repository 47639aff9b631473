-- 3 statements
SELECT COUNT(*) FROM (SELECT 1 AS one FROM event k WHERE TRUE LIMIT $1) AS counted;
SELECT k.job_id, k.title FROM job k WHERE k.job_id IN (SELECT value FROM json_each($1));
SELECT k.seq, k.job_id, k.job_seq, k.event_type FROM event k WHERE TRUE ORDER BY k.seq ASC LIMIT $1
