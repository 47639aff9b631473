-- 2 statements
SELECT k.source_id, k.board_token, k.board_key FROM source k WHERE TRUE ORDER BY k.board_key ASC, k.source_id ASC LIMIT 20;
SELECT parent.value, r.crawl_id, r.finished_at, r.closed, r.error FROM json_each($1) parent JOIN crawl r ON r.rowid IN (SELECT k.rowid FROM crawl k WHERE k.source_id = parent.value AND (k.outcome = 'FAILED') ORDER BY k.finished_at DESC, k.crawl_id DESC LIMIT 20) ORDER BY parent.value, r.finished_at DESC, r.crawl_id DESC
