-- 7 statements
SELECT COUNT(*) FROM (SELECT 1 AS one FROM job k WHERE ((k.first_seen_at < $1 AND k.first_seen_at > $2)) LIMIT 100001) AS counted;
SELECT COUNT(*) FROM (SELECT 1 AS one FROM job k WHERE (EXISTS (SELECT 1 FROM source s WHERE s.source_id = k.source_id AND ($1 - COALESCE((SELECT w.last_complete_at FROM source w WHERE w.source_id = k.source_id AND w.last_complete_at > k.last_checked_at), k.last_checked_at)) / 1000 > s.crawl_interval_s * $2)) LIMIT 100001) AS counted;
SELECT COUNT(*) FROM (SELECT 1 AS one FROM job k WHERE (NOT EXISTS (SELECT 1 FROM source s WHERE s.source_id = k.source_id AND ($1 - COALESCE((SELECT w.last_complete_at FROM source w WHERE w.source_id = k.source_id AND w.last_complete_at > k.last_checked_at), k.last_checked_at)) / 1000 > s.crawl_interval_s * $2)) LIMIT 100001) AS counted;
SELECT COUNT(*) FROM (SELECT 1 AS one FROM job k WHERE (k.application_deadline > $1 AND (k.application_deadline <= $2 AND k.application_deadline > $3)) LIMIT 100001) AS counted;
SELECT COUNT(*) FROM (SELECT 1 AS one FROM job k WHERE (k.first_seen_at >= $1) LIMIT 100001) AS counted;
SELECT COUNT(*) FROM (SELECT 1 AS one FROM job k WHERE (k.first_seen_at >= $1) LIMIT 100001) AS counted;
SELECT k.job_id, k.posted_at, k.application_deadline FROM job k WHERE (k.application_deadline > $1 AND (k.application_deadline <= $2 AND k.application_deadline > $3)) ORDER BY k.posted_at DESC, k.job_id DESC LIMIT 3
