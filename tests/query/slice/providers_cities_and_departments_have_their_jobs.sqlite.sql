-- 12 statements
SELECT COUNT(*) FROM (SELECT 1 AS one FROM rollup_total k WHERE ((k.dimension = $1 AND k.value <> $2 AND k.total <> $3) AND TRUE) LIMIT 100001) AS counted;
SELECT COUNT(*) FROM (SELECT 1 AS one FROM rollup_total k WHERE ((k.dimension = $1 AND k.value <> $2 AND k.total <> $3) AND TRUE) LIMIT 100001) AS counted;
SELECT k.dimension, k.value, k.active FROM rollup_total k WHERE ((k.dimension = $1 AND k.value <> $2 AND k.total <> $3) AND ((k.value >= $4 AND k.value < $5))) ORDER BY k.active DESC, k.value DESC LIMIT 3;
SELECT k.dimension, k.value, k.active, k.total FROM rollup_total k WHERE ((k.dimension = $1 AND k.value <> $2 AND k.total <> $3) AND TRUE) ORDER BY k.active DESC, k.value DESC LIMIT 20;
SELECT k.dimension, k.value, k.active, k.total FROM rollup_total k WHERE ((k.dimension = $1 AND k.value <> $2 AND k.total <> $3) AND TRUE) ORDER BY k.active DESC, k.value DESC LIMIT 4;
SELECT parent.value, (SELECT CAST(COALESCE(SUM(t.active), 0) AS BIGINT) FROM rollup_total t WHERE t.dimension = 'DEPARTMENT' AND t.value = parent.value) FROM (SELECT CAST($1 AS TEXT) AS value) AS parent;
SELECT parent.value, (SELECT CAST(COALESCE(SUM(t.total), 0) AS BIGINT) FROM rollup_total t WHERE t.dimension = 'CITY' AND t.value = parent.value) FROM json_each($1) parent;
SELECT parent.value, (SELECT CAST(COALESCE(SUM(t.total), 0) AS BIGINT) FROM rollup_total t WHERE t.dimension = 'PROVIDER' AND t.value = parent.value) FROM (SELECT CAST($1 AS TEXT) AS value) AS parent;
SELECT parent.value, (SELECT l.city FROM job l WHERE l.city_key = parent.value ORDER BY l.posted_at DESC, l.job_id DESC LIMIT 1) FROM json_each($1) parent;
SELECT parent.value, (SELECT l.department FROM job l WHERE l.department_key = parent.value ORDER BY l.posted_at DESC, l.job_id DESC LIMIT 1) FROM (SELECT CAST($1 AS TEXT) AS value) AS parent;
SELECT parent.value, r.job_id, r.title, r.city, r.posted_at FROM json_each($1) parent JOIN job r ON r.rowid IN (SELECT k.rowid FROM job k WHERE k.city_key = parent.value AND TRUE ORDER BY k.posted_at DESC, k.job_id DESC LIMIT 1) ORDER BY parent.value, r.posted_at DESC, r.job_id DESC;
SELECT parent.value, r.job_id, r.title, r.posted_at FROM (SELECT CAST($1 AS TEXT) AS value) AS parent JOIN job r ON r.rowid IN (SELECT k.rowid FROM job k WHERE k.provider = parent.value AND TRUE ORDER BY k.posted_at DESC, k.job_id DESC LIMIT 1) ORDER BY parent.value, r.posted_at DESC, r.job_id DESC
