-- 4 statements
SELECT k.org_id, k.name, k.normalized_name FROM org k WHERE TRUE ORDER BY k.normalized_name ASC, k.org_id ASC LIMIT 3;
SELECT parent.value, (SELECT CAST(COALESCE(SUM(t.active), 0) AS BIGINT) FROM rollup_total t WHERE t.dimension = 'ORG' AND t.value = parent.value) FROM json_each($1) parent;
SELECT parent.value, r.job_id, r.title, r.posted_at FROM json_each($1) parent JOIN job r ON r.rowid IN (SELECT k.rowid FROM job k WHERE k.org_id = parent.value AND TRUE ORDER BY k.posted_at DESC, k.job_id DESC LIMIT 2) ORDER BY parent.value, r.posted_at DESC, r.job_id DESC;
SELECT parent.value, r.job_id, r.title, r.title_key FROM json_each($1) parent JOIN job r ON r.rowid IN (SELECT k.rowid FROM job k WHERE k.org_id = parent.value AND (k.status = 'ACTIVE') ORDER BY k.title_key ASC, k.job_id ASC LIMIT 2) ORDER BY parent.value, r.title_key ASC, r.job_id ASC
