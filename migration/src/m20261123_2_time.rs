//! Makes every state of every posting readable: versions, immutable contents, an index of words, and rollups.

use sea_orm_migration::prelude::{DbErr, DeriveMigrationName, MigrationTrait, SchemaManager, async_trait};
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};

use crate::sql;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// What is counted by: a dimension's name and its column.
const DIMENSIONS: [(&str, &str); 9] = [
    ("ALL", "CAST('' AS TEXT)"),
    ("PROVIDER", "provider"),
    ("ORG", "org_id"),
    ("SOURCE", "source_id"),
    ("COUNTRY", "country_code"),
    ("CITY", "city_key"),
    ("DEPARTMENT", "department_key"),
    ("WORKPLACE_TYPE", "workplace_type"),
    ("EMPLOYMENT_TYPE", "employment_type"),
];

/// The words of every content by its number. On SQLite the index keeps no copy of the texts, and as contents never
/// change, nothing is ever taken out of it; what `ascii` cuts apart is what the program has put between words.
const SEARCH_SQLITE: &str = "CREATE VIRTUAL TABLE content_search USING fts5(
    title, org, department, place, description, content = '', tokenize = \"ascii tokenchars '+#'\"
)";
const SEARCH_POSTGRES: &str =
    "CREATE TABLE content_search (content_seq BIGINT PRIMARY KEY, document TSVECTOR NOT NULL);
CREATE INDEX content_search_document ON content_search USING GIN (document)";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::run(manager, include_str!("m20261123_2_time.up.sql")).await?;
        let db = manager.get_connection();
        let search = if db.get_database_backend() == DbBackend::Postgres { SEARCH_POSTGRES } else { SEARCH_SQLITE };
        db.execute_unprepared(search).await?;
        for (dimension, column) in DIMENSIONS {
            db.execute_unprepared(&rollups(dimension, column)).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::run(manager, include_str!("m20261123_2_time.down.sql")).await
    }
}

/// Counts what a database from before holds.
fn rollups(dimension: &str, column: &str) -> String {
    let is = |event_type: &str| format!("SUM(CASE WHEN e.event_type = '{event_type}' THEN 1 ELSE 0 END)");
    let value = if dimension == "ALL" { column.to_owned() } else { format!("j.{column}") };
    format!(
        "INSERT INTO rollup_total (dimension, value, active, total)
         SELECT '{dimension}', {value}, SUM(CASE WHEN j.status = 'ACTIVE' THEN 1 ELSE 0 END), COUNT(*)
         FROM job j GROUP BY {value};
         INSERT INTO rollup_day (dimension, value, day, created, updated, closed, reopened)
         SELECT '{dimension}', {value}, e.observed_at / 86400000, {}, {}, {}, {}
         FROM event e JOIN job j ON j.job_id = e.job_id GROUP BY {value}, e.observed_at / 86400000;
         INSERT INTO rollup_lifetime (dimension, value, days, closings)
         SELECT '{dimension}', {value}, (e.observed_at - j.first_seen_at) / 86400000, COUNT(*)
         FROM event e JOIN job j ON j.job_id = e.job_id WHERE e.event_type = 'JOB_CLOSED'
         GROUP BY {value}, (e.observed_at - j.first_seen_at) / 86400000;",
        is("JOB_CREATED"),
        is("JOB_UPDATED"),
        is("JOB_CLOSED"),
        is("JOB_REOPENED"),
    )
}
