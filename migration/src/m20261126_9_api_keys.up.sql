-- Who may ask: a key's secret is kept as a hash alone. Times are milliseconds, the smallest number where there is none.

CREATE TABLE api_key (
    key_id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    secret_hash TEXT NOT NULL UNIQUE,
    scopes TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    last_used_at BIGINT NOT NULL,
    revoked_at BIGINT NOT NULL
);

CREATE INDEX api_key_created ON api_key (created_at, key_id);
