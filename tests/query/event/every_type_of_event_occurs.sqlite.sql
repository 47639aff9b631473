-- 4 statements
SELECT COUNT(*) FROM (SELECT 1 AS one FROM event k WHERE (k.event_type = $1) LIMIT $2) AS counted;
SELECT COUNT(*) FROM (SELECT 1 AS one FROM event k WHERE (k.event_type = $1) LIMIT $2) AS counted;
SELECT COUNT(*) FROM (SELECT 1 AS one FROM event k WHERE (k.event_type = $1) LIMIT $2) AS counted;
SELECT COUNT(*) FROM (SELECT 1 AS one FROM event k WHERE (k.event_type = $1) LIMIT $2) AS counted
