-- Children before parents.

DROP TABLE event_body;
DROP TABLE event;
DROP TABLE description;
DROP TABLE job_body;
DROP TABLE job_location;
DROP TABLE job;
DROP TABLE raw_payload;
DROP TABLE crawl;
DROP TABLE source;
DROP TABLE org_alias;
DROP TABLE org;
