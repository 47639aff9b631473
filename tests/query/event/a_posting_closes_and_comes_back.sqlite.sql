-- 4 statements
SELECT k.job_id, k.title, k.status, k.openings, k.inactive_at FROM job k WHERE k.job_id IN (SELECT value FROM json_each($1));
SELECT k.seq, k.changes FROM event_body k WHERE k.seq IN (SELECT value FROM json_each($1));
SELECT k.seq, k.job_id, k.event_type FROM event k WHERE (k.event_type = $1) ORDER BY k.seq ASC LIMIT $2;
SELECT parent.value, r.seq, r.job_seq, r.event_type, r.observed_at FROM json_each($1) parent JOIN event r ON r.rowid IN (SELECT k.rowid FROM event k WHERE k.job_id = parent.value AND TRUE ORDER BY k.seq ASC LIMIT $2) ORDER BY parent.value, r.seq ASC
