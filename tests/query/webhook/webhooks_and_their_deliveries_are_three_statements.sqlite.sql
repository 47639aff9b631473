-- 3 statements
SELECT COALESCE(MAX(seq), 0) FROM event;
SELECT k.webhook_id, k.url, k.filter, k.position, k.status, k.consecutive_failures, k.next_attempt_at, k.last_error, k.created_at, k.last_success_at FROM webhook k WHERE TRUE ORDER BY k.created_at ASC, k.webhook_id ASC LIMIT 50;
SELECT parent.value, r.webhook_id, r.number, r.delivery_id, r.first_seq, r.last_seq, r.events, r.attempt, r.started_at, r.finished_at, r.http_status, r.outcome, r.error FROM json_each($1) parent JOIN webhook_delivery r ON r.rowid IN (SELECT k.rowid FROM webhook_delivery k WHERE k.webhook_id = parent.value AND TRUE ORDER BY k.number DESC LIMIT 20) ORDER BY parent.value, r.number DESC
