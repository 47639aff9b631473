-- 1 statements
SELECT k.source_id, k.board_token, k.board_key, ARRAY(SELECT ROW(b16.crawl_id, b16.finished_at, b16.closed, b16.error) FROM crawl b16 WHERE b16.source_id = k.source_id AND (b16.outcome = 'FAILED') ORDER BY b16.finished_at DESC, b16.crawl_id DESC LIMIT 20) FROM source k WHERE TRUE ORDER BY k.board_key ASC, k.source_id ASC LIMIT 20
