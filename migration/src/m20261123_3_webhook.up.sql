-- Where events are sent, and what came of it. TEXT is given byte order on PostgreSQL by `m20261123_3_webhook.rs`.

CREATE TABLE webhook (
    webhook_id TEXT NOT NULL PRIMARY KEY,
    url TEXT NOT NULL,
    secret TEXT NOT NULL,
    filter TEXT NOT NULL,
    position BIGINT NOT NULL,
    pending_seq BIGINT NOT NULL,
    replays BIGINT NOT NULL,
    deliveries BIGINT NOT NULL,
    status TEXT NOT NULL,
    consecutive_failures BIGINT NOT NULL,
    next_attempt_at BIGINT NOT NULL,
    last_error TEXT,
    created_at BIGINT NOT NULL,
    last_success_at BIGINT NOT NULL,
    lease_owner TEXT NOT NULL,
    leased_until BIGINT NOT NULL
);

CREATE TABLE webhook_delivery (
    webhook_id TEXT NOT NULL REFERENCES webhook (webhook_id),
    number BIGINT NOT NULL,
    delivery_id TEXT NOT NULL,
    first_seq BIGINT NOT NULL,
    last_seq BIGINT NOT NULL,
    events BIGINT NOT NULL,
    attempt BIGINT NOT NULL,
    started_at BIGINT NOT NULL,
    finished_at BIGINT NOT NULL,
    http_status INTEGER,
    outcome TEXT NOT NULL,
    error TEXT,
    PRIMARY KEY (webhook_id, number)
);

CREATE INDEX webhook_created ON webhook (created_at, webhook_id);
