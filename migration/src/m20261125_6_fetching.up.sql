-- What a board answered last, so that it can be asked whether that still holds. TEXT is given byte order on PostgreSQL.

CREATE TABLE source_answer (
    source_id TEXT NOT NULL PRIMARY KEY,
    raw_sha256 TEXT NOT NULL,
    answered_at BIGINT NOT NULL,
    validators TEXT NOT NULL
);

-- What pages show of their postings is lost and comes back more often than what interfaces answer.
UPDATE source SET close_after_misses = 4 WHERE provider = 'jsonld' AND close_after_misses = 2;
