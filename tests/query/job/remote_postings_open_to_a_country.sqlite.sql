-- 6 statements
SELECT COUNT(*) FROM (SELECT 1 AS one FROM job k WHERE (k.remote_scope_kind = $1) LIMIT $2) AS counted;
SELECT COUNT(*) FROM (SELECT 1 AS one FROM job k WHERE (k.workplace_type = $1 AND k.content_seq IN (SELECT k_.content_seq FROM job_remote k_ WHERE k_.code IN (SELECT value FROM json_each($2)))) LIMIT $3) AS counted;
SELECT COUNT(*) FROM (SELECT 1 AS one FROM job k WHERE (k.workplace_type = $1 AND k.content_seq IN (SELECT k_.content_seq FROM job_remote k_ WHERE k_.code IN (SELECT value FROM json_each($2)))) LIMIT $3) AS counted;
SELECT COUNT(*) FROM (SELECT 1 AS one FROM job k WHERE (k.workplace_type = $1 AND k.content_seq IN (SELECT k_.content_seq FROM job_remote k_ WHERE k_.code IN (SELECT value FROM json_each($2)))) LIMIT $3) AS counted;
SELECT k.job_id, k.title, k.location_text, k.posted_at FROM job k WHERE (k.workplace_type = $1 AND k.content_seq IN (SELECT k_.content_seq FROM job_remote k_ WHERE k_.code IN (SELECT value FROM json_each($2)))) ORDER BY k.posted_at DESC, k.job_id DESC LIMIT $3;
SELECT k.job_id, k.title, k.location_text, k.remote_scope, k.posted_at FROM job k WHERE (k.workplace_type = $1 AND k.content_seq IN (SELECT k_.content_seq FROM job_remote k_ WHERE k_.code IN (SELECT value FROM json_each($2)))) ORDER BY k.posted_at DESC, k.job_id DESC LIMIT $3
