-- 7 statements
SELECT COALESCE(MAX(seq), 0) FROM event;
SELECT COUNT(*) FROM (SELECT 1 AS one FROM org k WHERE k.first_seen_at <= $1 AND TRUE LIMIT 100001) AS counted;
SELECT k.org_id, k.name, k.normalized_name FROM org k WHERE COALESCE((SELECT MIN(e.seq) FROM event e WHERE e.org_id = k.org_id), 0) <= $1 AND (EXISTS (SELECT 1 FROM job_version k_ WHERE k_.org_id = k.org_id AND k_.from_seq <= $2 AND k_.until_seq > $3 AND (k_.status = 'CLOSED'))) ORDER BY k.normalized_name ASC, k.org_id ASC LIMIT 20;
SELECT k.org_id, k.name, k.normalized_name FROM org k WHERE k.first_seen_at <= $1 AND TRUE ORDER BY k.normalized_name ASC, k.org_id ASC LIMIT 20;
SELECT k.org_id, k.name, k.normalized_name, k.active_job_count FROM org k WHERE COALESCE((SELECT MIN(e.seq) FROM event e WHERE e.org_id = k.org_id), 0) <= $1 AND (EXISTS (SELECT 1 FROM job_version k_ WHERE k_.org_id = k.org_id AND k_.from_seq <= $2 AND k_.until_seq > $3 AND (k_.status = 'ACTIVE'))) ORDER BY k.normalized_name ASC, k.org_id ASC LIMIT 20;
SELECT parent.value, (SELECT COUNT(*) FROM (SELECT 1 AS one FROM job_version k WHERE k.org_id = parent.value AND k.from_seq <= $2 AND k.until_seq > $3 AND TRUE LIMIT 100001) AS counted) FROM json_each($1) parent;
SELECT parent.value, (SELECT COUNT(*) FROM (SELECT 1 AS one FROM job_version k WHERE k.org_id = parent.value AND k.from_seq <= $2 AND k.until_seq > $3 AND k.status = 'ACTIVE' LIMIT 100001) AS counted) FROM json_each($1) parent
