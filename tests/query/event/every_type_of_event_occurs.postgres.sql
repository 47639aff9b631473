-- 4 statements
SELECT COUNT(*) FROM (SELECT 1 AS one FROM event k WHERE (k.event_type = 'JOB_CLOSED') LIMIT 100001) AS counted;
SELECT COUNT(*) FROM (SELECT 1 AS one FROM event k WHERE (k.event_type = 'JOB_CREATED') LIMIT 100001) AS counted;
SELECT COUNT(*) FROM (SELECT 1 AS one FROM event k WHERE (k.event_type = 'JOB_REOPENED') LIMIT 100001) AS counted;
SELECT COUNT(*) FROM (SELECT 1 AS one FROM event k WHERE (k.event_type = 'JOB_UPDATED') LIMIT 100001) AS counted
