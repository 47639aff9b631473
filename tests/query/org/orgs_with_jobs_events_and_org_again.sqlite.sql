-- 3 statements
SELECT k.org_id, k.name, k.normalized_name FROM org k WHERE TRUE ORDER BY k.normalized_name ASC, k.org_id ASC LIMIT 20;
SELECT parent.value, r.job_id, r.title, r.posted_at FROM json_each($1) parent JOIN job r ON r.rowid IN (SELECT k.rowid FROM job k WHERE k.org_id = parent.value AND TRUE ORDER BY k.posted_at DESC, k.job_id DESC LIMIT 5) ORDER BY parent.value, r.posted_at DESC, r.job_id DESC;
SELECT parent.value, r.seq, r.org_id, r.event_type, r_0.org_id, r_0.name FROM json_each($1) parent JOIN event r ON r.rowid IN (SELECT k.rowid FROM event k WHERE k.job_id = parent.value AND TRUE ORDER BY k.seq DESC LIMIT 2) LEFT JOIN org r_0 ON r_0.org_id = r.org_id ORDER BY parent.value, r.seq DESC
