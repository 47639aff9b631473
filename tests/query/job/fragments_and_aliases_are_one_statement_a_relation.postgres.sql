-- 2 statements
SELECT CAST(COALESCE(SUM(t.total), 0) AS BIGINT) FROM rollup_total t WHERE t.dimension = 'ALL' AND t.value = $1;
SELECT k.job_id, k.org_id, k.source_id, k.title, k.location_text, k.posted_at, a0.org_id, a0.name, a0.slug, a0.job_count, a1.source_id, a1.board_token FROM job k LEFT JOIN org a0 ON a0.org_id = k.org_id LEFT JOIN source a1 ON a1.source_id = k.source_id WHERE TRUE ORDER BY k.posted_at DESC, k.job_id DESC LIMIT 3
