-- 6 statements
SELECT COALESCE(MAX(seq), 0) FROM event;
SELECT k.job_id, k.title, k.posted_at FROM job k WHERE TRUE ORDER BY k.posted_at DESC, k.job_id DESC LIMIT 2;
SELECT k.job_id, k.title, k.posted_at FROM job_version k WHERE +k.from_seq <= $1 AND k.until_seq > $2 AND (k.status = 'ACTIVE') ORDER BY k.posted_at DESC, k.job_id DESC LIMIT 3;
SELECT k.seq FROM event k WHERE k.seq IN (SELECT value FROM json_each($1));
SELECT parent.value, r.from_seq, r.until_seq, r.until_at, r.job_seq FROM json_each($1) parent JOIN job_version r ON r.rowid IN (SELECT k.rowid FROM job_version k WHERE k.job_id = parent.value AND TRUE ORDER BY k.from_seq DESC LIMIT 20) ORDER BY parent.value, r.from_seq DESC;
SELECT parent.value, r.from_seq, r.until_seq, r.until_at, r.job_seq FROM json_each($1) parent JOIN job_version r ON r.rowid IN (SELECT k.rowid FROM job_version k WHERE k.job_id = parent.value AND k.from_seq <= $2 AND TRUE ORDER BY k.from_seq DESC LIMIT 20) ORDER BY parent.value, r.from_seq DESC
