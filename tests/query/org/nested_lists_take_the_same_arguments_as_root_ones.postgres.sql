-- 4 statements
SELECT k.org_id, k.name, k.normalized_name FROM org k WHERE TRUE ORDER BY k.normalized_name ASC, k.org_id ASC LIMIT 4;
SELECT parent.value, (SELECT CAST(COALESCE(SUM(t.active), 0) AS BIGINT) FROM rollup_total t WHERE t.dimension = 'ORG' AND t.value = parent.value) FROM unnest($1::text[]) AS parent (value);
SELECT parent.value, r.job_id, r.title, r.posted_at FROM unnest($1::text[]) AS parent (value) CROSS JOIN LATERAL (SELECT k.job_id, k.title, k.posted_at FROM job k WHERE k.org_id = parent.value AND TRUE ORDER BY k.posted_at DESC, k.job_id DESC LIMIT 2) r ORDER BY parent.value, r.posted_at DESC, r.job_id DESC;
SELECT parent.value, r.job_id, r.title, r.title_key FROM unnest($1::text[]) AS parent (value) CROSS JOIN LATERAL (SELECT k.job_id, k.title, k.title_key FROM job k WHERE k.org_id = parent.value AND (k.status = 'ACTIVE') ORDER BY k.title_key ASC, k.job_id ASC LIMIT 3) r ORDER BY parent.value, r.title_key ASC, r.job_id ASC
