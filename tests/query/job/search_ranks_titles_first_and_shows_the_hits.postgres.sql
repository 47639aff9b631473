-- 7 statements
SELECT COUNT(*) FROM (SELECT 1 AS one FROM (SELECT content_seq, CASE WHEN document @@ $1::tsquery THEN 3 WHEN document @@ $2::tsquery THEN 2 ELSE 1 END AS search_rank FROM content_search WHERE document @@ $3::tsquery) AS found JOIN job k ON k.content_seq = found.content_seq WHERE TRUE LIMIT 100001) AS counted;
SELECT k.description_hash, k.text FROM description k WHERE k.description_hash = $1;
SELECT k.description_hash, k.text FROM description k WHERE k.description_hash = ANY($1);
SELECT k.job_id, k.org_id, k.title, k.location_text, k.department, k.posted_at, k.description_hash, found.search_rank FROM (SELECT content_seq, CASE WHEN document @@ $1::tsquery THEN 3 WHEN document @@ $2::tsquery THEN 2 ELSE 1 END AS search_rank FROM content_search WHERE document @@ $3::tsquery) AS found JOIN job k ON k.content_seq = found.content_seq WHERE TRUE ORDER BY found.search_rank DESC, k.posted_at DESC, k.job_id DESC LIMIT 2;
SELECT k.job_id, k.org_id, k.title, k.location_text, k.department, k.posted_at, k.description_hash, found.search_rank FROM (SELECT content_seq, CASE WHEN document @@ $1::tsquery THEN 3 WHEN document @@ $2::tsquery THEN 2 ELSE 1 END AS search_rank FROM content_search WHERE document @@ $3::tsquery) AS found JOIN job k ON k.content_seq = found.content_seq WHERE TRUE ORDER BY found.search_rank DESC, k.posted_at DESC, k.job_id DESC LIMIT 4;
SELECT k.org_id, k.name FROM org k WHERE k.org_id = $1;
SELECT k.org_id, k.name FROM org k WHERE k.org_id = $1
