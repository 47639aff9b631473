-- 6 statements
SELECT COUNT(*) FROM (SELECT 1 AS one FROM job k WHERE (k.remote_scope_kind = 'WORLDWIDE') LIMIT 100001) AS counted;
SELECT COUNT(*) FROM (SELECT 1 AS one FROM job k WHERE (k.workplace_type = 'REMOTE' AND k.content_seq IN (SELECT k_.content_seq FROM job_remote k_ WHERE k_.code IN (SELECT value FROM json_each($1)))) LIMIT 100001) AS counted;
SELECT COUNT(*) FROM (SELECT 1 AS one FROM job k WHERE (k.workplace_type = 'REMOTE' AND k.content_seq IN (SELECT k_.content_seq FROM job_remote k_ WHERE k_.code IN (SELECT value FROM json_each($1)))) LIMIT 100001) AS counted;
SELECT COUNT(*) FROM (SELECT 1 AS one FROM job k WHERE (k.workplace_type = 'REMOTE' AND k.content_seq IN (SELECT k_.content_seq FROM job_remote k_ WHERE k_.code IN (SELECT value FROM json_each($1)))) LIMIT 100001) AS counted;
SELECT k.job_id, k.title, k.location_text, k.posted_at FROM job k WHERE (k.workplace_type = 'REMOTE' AND k.content_seq IN (SELECT k_.content_seq FROM job_remote k_ WHERE k_.code IN (SELECT value FROM json_each($1)))) ORDER BY k.posted_at DESC, k.job_id DESC LIMIT 5;
SELECT k.job_id, k.title, k.location_text, k.remote_scope, k.posted_at FROM job k WHERE (k.workplace_type = 'REMOTE' AND k.content_seq IN (SELECT k_.content_seq FROM job_remote k_ WHERE k_.code IN (SELECT value FROM json_each($1)))) ORDER BY k.posted_at DESC, k.job_id DESC LIMIT 5
