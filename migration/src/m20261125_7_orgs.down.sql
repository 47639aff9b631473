DROP INDEX org_alias_org;
ALTER TABLE org DROP COLUMN aliases;
