-- 2 statements
SELECT CAST(COALESCE(SUM(t.total), 0) AS BIGINT) FROM rollup_total t WHERE t.dimension = 'ALL' AND t.value = $1;
SELECT k.job_id, k.org_id, k.source_id, k.title, k.location_text, k.posted_at, k_0.org_id, k_0.name, k_0.slug, k_0.job_count, k_1.source_id, k_1.board_token FROM job k LEFT JOIN org k_0 ON k_0.org_id = k.org_id LEFT JOIN source k_1 ON k_1.source_id = k.source_id WHERE TRUE ORDER BY k.posted_at DESC, k.job_id DESC LIMIT 2
