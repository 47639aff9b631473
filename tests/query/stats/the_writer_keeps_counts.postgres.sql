-- 10 statements
SELECT CAST('' AS TEXT), COUNT(*), CAST(SUM(CASE WHEN s.last_complete_at < $1 - 2000 * s.crawl_interval_s THEN 1 ELSE 0 END) AS BIGINT), MAX(s.last_crawled_at), MIN(s.last_complete_at) FROM source s WHERE s.status = 'ACTIVE' GROUP BY CAST('' AS TEXT);
SELECT d.value, d.day, d.created, d.updated, d.closed, d.reopened FROM rollup_day d WHERE d.dimension = $1 AND d.value = $2 AND d.day >= $3 AND d.day <= $4 ORDER BY d.value, d.day;
SELECT d.value, d.day, d.created, d.updated, d.closed, d.reopened FROM rollup_day d WHERE d.dimension = $1 AND d.value = ANY($2) AND d.day >= $3 AND d.day <= $4 ORDER BY d.value, d.day;
SELECT l.value, l.days, l.closings FROM rollup_lifetime l WHERE l.dimension = $1 AND l.value = $2 ORDER BY l.value, l.days;
SELECT parent.value, (SELECT l.country FROM job l WHERE l.country_code = parent.value ORDER BY l.posted_at DESC, l.job_id DESC LIMIT 1) FROM unnest($1::text[]) AS parent (value);
SELECT parent.value, (SELECT l.name FROM org l WHERE l.org_id = parent.value ORDER BY l.org_id LIMIT 1) FROM unnest($1::text[]) AS parent (value);
SELECT s.org_id, COUNT(*), CAST(SUM(CASE WHEN s.last_complete_at < $1 - 2000 * s.crawl_interval_s THEN 1 ELSE 0 END) AS BIGINT), MAX(s.last_crawled_at), MIN(s.last_complete_at) FROM source s WHERE s.status = 'ACTIVE' AND s.org_id = ANY($2) GROUP BY s.org_id;
SELECT t.value, t.active, t.total FROM rollup_total t WHERE t.dimension = $1 AND t.value = ANY($2) ORDER BY t.active DESC, t.value DESC LIMIT $3;
SELECT t.value, t.active, t.total FROM rollup_total t WHERE t.dimension = $1 ORDER BY t.active DESC, t.value DESC LIMIT $2;
SELECT t.value, t.active, t.total FROM rollup_total t WHERE t.dimension = $1 ORDER BY t.active DESC, t.value DESC LIMIT $2
