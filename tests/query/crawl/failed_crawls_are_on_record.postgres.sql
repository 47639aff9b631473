-- 1 statements
SELECT k.source_id, k.board_token, k.board_key, ARRAY(SELECT ROW(b12.crawl_id, b12.finished_at, b12.closed, b12.error) FROM crawl b12 WHERE b12.source_id = k.source_id AND (b12.outcome = 'FAILED') ORDER BY b12.finished_at DESC, b12.crawl_id DESC LIMIT 20) FROM source k WHERE TRUE ORDER BY k.board_key ASC, k.source_id ASC LIMIT 20
