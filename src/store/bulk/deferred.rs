//! What slows loading and is made behind it: indexes, and on PostgreSQL constraints.

/// Something that is dropped, and how it is made again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deferred {
    pub name: String,
    pub(super) drop: String,
    pub(super) make: String,
}

/// The tables that are loaded; no other refers to them, but for `org_alias`.
pub(super) const LOADED: [&str; 13] = [
    "org",
    "org_alias",
    "source",
    "crawl",
    "description",
    "job",
    "job_body",
    "job_location",
    "job_remote",
    "job_version",
    "event",
    "event_body",
    "content_search",
];

/// A list of the loaded tables for SQL.
fn loaded() -> String {
    LOADED.map(|table| format!("'{table}'")).join(", ")
}

/// The indexes of SQLite that are no part of a table: name, how it is dropped, how it is made.
pub(super) fn of_sqlite() -> String {
    format!(
        "SELECT name, 'DROP INDEX ' || name, sql FROM sqlite_master
         WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ({}) ORDER BY tbl_name, name",
        loaded()
    )
}

/// The same of PostgreSQL, in the order in which they are made: keys, indexes, references.
pub(super) fn of_postgres() -> String {
    let tables = loaded();
    format!(
        "SELECT name, dropped, made FROM (
             SELECT CASE contype WHEN 'f' THEN 3 ELSE 1 END AS turn, conname::text AS name,
                 format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) AS dropped,
                 format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) AS made
             FROM pg_constraint WHERE contype IN ('p', 'u', 'f') AND connamespace = current_schema()::regnamespace
                 AND conrelid::regclass::text IN ({tables})
             UNION ALL
             SELECT 2, indexname::text, format('DROP INDEX %I', indexname), indexdef FROM pg_indexes
             WHERE schemaname = current_schema() AND tablename IN ({tables})
                 AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = indexname)
         ) AS deferred ORDER BY turn, name"
    )
}
