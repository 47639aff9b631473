-- 6 statements
SELECT k.job_id, k.org_id, k.title, k_0.org_id, k_0.name FROM job k LEFT JOIN org k_0 ON k_0.org_id = k.org_id WHERE k.job_id = ANY($1);
SELECT k.job_id, k.title FROM job k WHERE k.job_id = $1 ORDER BY k.job_id LIMIT 1;
SELECT k.org_id, k.name FROM org k WHERE k.org_id = ANY($1);
SELECT k.org_id, k.name FROM org k WHERE k.org_id = COALESCE((SELECT a.org_id FROM org_alias a WHERE a.alias_id = $1), $1) ORDER BY k.org_id LIMIT 1;
SELECT k.seq, k.event_key FROM event k WHERE k.event_key = $1;
SELECT k.source_id, k.board_token FROM source k WHERE k.source_id = $1
