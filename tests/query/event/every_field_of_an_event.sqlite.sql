-- 6 statements
SELECT k.crawl_id, k.outcome FROM crawl k WHERE k.crawl_id IN (SELECT value FROM json_each($1));
SELECT k.job_id, k.title FROM job k WHERE k.job_id IN (SELECT value FROM json_each($1));
SELECT k.org_id, k.name FROM org k WHERE k.org_id IN (SELECT value FROM json_each($1));
SELECT k.seq, k.changes, k.tombstone, k.metadata FROM event_body k WHERE k.seq IN (SELECT value FROM json_each($1));
SELECT k.seq, k.event_key, k.job_id, k.job_seq, k.org_id, k.source_id, k.provider, k.crawl_id, k.event_type, k.cause, k.observed_at, k.effective_at, k.recorded_at, k.content_hash_before, k.content_hash_after, k.source_hash_before, k.source_hash_after, k.raw_sha256 FROM event k WHERE (k.event_type IN (SELECT value FROM json_each($1))) ORDER BY k.seq DESC LIMIT $2;
SELECT k.source_id, k.board_token FROM source k WHERE k.source_id IN (SELECT value FROM json_each($1))
