-- 4 statements
SELECT CAST(COALESCE(SUM(t.total), 0) AS BIGINT) FROM rollup_total t WHERE t.dimension = $1 AND t.value = $2;
SELECT k.job_id, k.org_id, k.source_id, k.title, k.location_text, k.posted_at FROM job k WHERE TRUE ORDER BY k.posted_at DESC, k.job_id DESC LIMIT $1;
SELECT k.org_id, k.name, k.slug, k.job_count FROM org k WHERE k.org_id IN (SELECT value FROM json_each($1));
SELECT k.source_id, k.board_token FROM source k WHERE k.source_id IN (SELECT value FROM json_each($1))
