-- 4 statements
SELECT ARRAY(SELECT ROW(counted.*) FROM (SELECT ranked.facet, ranked.value, ranked.n FROM (SELECT g.facet, g.parent, g.value, g.n, ROW_NUMBER() OVER (PARTITION BY g.facet, g.parent ORDER BY g.place, g.value) AS place FROM (SELECT c.facet, c.parent, c.value, c.n, -c.n AS place FROM (SELECT CASE WHEN GROUPING(b.v0) = 0 THEN 0 END AS facet, CAST('' AS TEXT) AS parent, COALESCE(b.v0) AS value, COUNT(*) AS n FROM (SELECT '' AS parent, k.status AS v0 FROM job_version k WHERE k.from_seq <= $1 AND k.until_seq > $2 AND TRUE LIMIT 1000001) AS b GROUP BY GROUPING SETS ((b.v0))) AS c) AS g) AS ranked WHERE ranked.place <= 10) AS counted);
SELECT COALESCE(MAX(seq), 0) FROM event;
SELECT COUNT(*) FROM (SELECT 1 AS one FROM job_version k WHERE k.from_seq <= $1 AND k.until_seq > $2 AND TRUE LIMIT 100001) AS counted;
SELECT k.job_id, k.title, k.posted_at FROM job_version k WHERE k.from_seq <= $1 AND k.until_seq > $2 AND TRUE ORDER BY k.posted_at DESC, k.job_id DESC LIMIT 3
