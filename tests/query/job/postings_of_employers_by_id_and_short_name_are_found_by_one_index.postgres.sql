-- 5 statements
SELECT CAST(COALESCE(SUM(t.total), 0) AS BIGINT) FROM rollup_total t WHERE t.dimension = 'ORG' AND t.value = COALESCE((SELECT a.org_id FROM org_alias a WHERE a.alias_id = $1), $1);
SELECT COUNT(*) FROM (SELECT 1 AS one FROM job k WHERE (k.org_id = ANY(ARRAY(SELECT o.org_id FROM org o WHERE o.slug = ANY($1) UNION ALL SELECT a.org_id FROM org_alias a WHERE a.alias_id = ANY($1)))) LIMIT 100001) AS counted;
SELECT k.job_id, k.org_id, k.title, k.posted_at, k_0.org_id, k_0.slug FROM job k LEFT JOIN org k_0 ON k_0.org_id = k.org_id WHERE (k.org_id = COALESCE((SELECT o.org_id FROM org o WHERE o.slug = $1), (SELECT a.org_id FROM org_alias a WHERE a.alias_id = $1), '-')) ORDER BY k.posted_at DESC, k.job_id DESC LIMIT 2;
SELECT k.job_id, k.title, k.posted_at FROM job k WHERE (k.org_id = ANY(ARRAY(SELECT o.org_id FROM org o WHERE o.slug = ANY($1) UNION ALL SELECT a.org_id FROM org_alias a WHERE a.alias_id = ANY($1)))) ORDER BY k.posted_at DESC, k.job_id DESC LIMIT 2;
SELECT k.job_id, k.title, k.posted_at FROM job k WHERE (k.org_id = COALESCE((SELECT a.org_id FROM org_alias a WHERE a.alias_id = $1), $1)) ORDER BY k.posted_at DESC, k.job_id DESC LIMIT 2
