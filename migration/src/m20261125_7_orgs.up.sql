-- The ids and short names of employers that were joined into one: a JSON list. `org_alias` finds by each.

ALTER TABLE org ADD COLUMN aliases TEXT NOT NULL DEFAULT '[]';
CREATE INDEX org_alias_org ON org_alias (org_id);
