-- What only the boards' rows tell goes into the postings' own, where the rules before this look for it.
UPDATE job SET
    raw_sha256 = COALESCE((
        SELECT c.raw_sha256 FROM source s
        JOIN crawl c ON c.source_id = s.source_id AND c.finished_at = s.last_complete_at
        WHERE s.source_id = job.source_id AND s.last_complete_at > job.last_seen_at
    ), raw_sha256),
    last_seen_at = COALESCE((
        SELECT s.last_complete_at FROM source s
        WHERE s.source_id = job.source_id AND s.last_complete_at > job.last_seen_at
    ), last_seen_at)
WHERE status = 'ACTIVE' AND missed_crawls = 0;
UPDATE job SET last_checked_at = COALESCE((
    SELECT s.last_complete_at FROM source s
    WHERE s.source_id = job.source_id AND s.last_complete_at > job.last_checked_at
), last_checked_at);
CREATE INDEX job_last_checked ON job (last_checked_at, job_id);
