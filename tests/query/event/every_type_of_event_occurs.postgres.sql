-- 4 statements
SELECT COUNT(*) FROM event k WHERE (k.event_type = $1);
SELECT COUNT(*) FROM event k WHERE (k.event_type = $1);
SELECT COUNT(*) FROM event k WHERE (k.event_type = $1);
SELECT COUNT(*) FROM event k WHERE (k.event_type = $1)
