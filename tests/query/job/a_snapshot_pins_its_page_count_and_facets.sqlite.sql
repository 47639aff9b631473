-- 4 statements
SELECT 0 AS facet, ranked.parent, ranked.value, CAST(NULL AS TEXT) AS label, ranked.n, ranked.distinct_values, ranked.counted, ranked.place FROM (SELECT g.parent, g.value, g.n, COUNT(*) OVER (PARTITION BY g.parent) AS distinct_values, CAST(SUM(g.n) OVER (PARTITION BY g.parent) AS BIGINT) AS counted, ROW_NUMBER() OVER (PARTITION BY g.parent ORDER BY g.n DESC, g.value) AS place FROM (SELECT b.parent, b.value, COUNT(*) AS n FROM (SELECT '' AS parent, k.status AS value FROM job_version k WHERE k.from_seq <= $1 AND k.until_seq > $2 AND TRUE LIMIT $3) AS b GROUP BY b.parent, b.value) AS g) AS ranked WHERE ranked.place <= $4 ORDER BY 1, 2, 8;
SELECT COALESCE(MAX(seq), 0) FROM event;
SELECT COUNT(*) FROM (SELECT 1 AS one FROM job_version k WHERE k.from_seq <= $1 AND k.until_seq > $2 AND TRUE LIMIT $3) AS counted;
SELECT k.job_id, k.title, k.posted_at FROM job_version k WHERE +k.from_seq <= $1 AND k.until_seq > $2 AND TRUE ORDER BY k.posted_at DESC, k.job_id DESC LIMIT $3
