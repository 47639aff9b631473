-- 4 statements
SELECT k.source_id, k.board_token, k.board_key FROM source k WHERE TRUE ORDER BY k.board_key ASC, k.source_id ASC LIMIT 2;
SELECT k.source_id, k.name FROM source k WHERE k.source_id IN (SELECT value FROM json_each($1));
SELECT parent.value, (SELECT COUNT(*) FROM (SELECT 1 AS one FROM crawl k WHERE k.source_id = parent.value AND TRUE LIMIT 100001) AS counted) FROM json_each($1) parent;
SELECT parent.value, r.crawl_id, r.source_id, r.started_at, r.finished_at, r.outcome, r.http_status, r.pages, r.declared_total, r.seen, r.created, r.updated, r.closed, r.reopened, r.unchanged, r.touched, r.guard, r.error, r.warnings, r.raw_sha256 FROM json_each($1) parent JOIN crawl r ON r.rowid IN (SELECT k.rowid FROM crawl k WHERE k.source_id = parent.value AND TRUE ORDER BY k.finished_at ASC, k.crawl_id ASC LIMIT 20) ORDER BY parent.value, r.finished_at ASC, r.crawl_id ASC
