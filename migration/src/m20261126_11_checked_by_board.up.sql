-- A complete crawl notes in its board's row that it saw or missed every posting: what a posting's own row tells of its last
-- check is no order of postings any more. It may be among those that a first load left out.
DROP INDEX IF EXISTS job_last_checked;
DELETE FROM deferred_index WHERE name = 'job_last_checked';
