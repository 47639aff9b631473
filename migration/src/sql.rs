//! SQL that both databases read, but for two words.

use sea_orm_migration::prelude::{DbErr, SchemaManager};
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};

/// Runs statements in which `TEXT` is given byte order on PostgreSQL and `SEQUENCE_NUMBER` is the 64-bit primary key.
pub(crate) async fn run(manager: &SchemaManager<'_>, sql: &str) -> Result<(), DbErr> {
    let db = manager.get_connection();
    let sql = match db.get_database_backend() {
        DbBackend::Postgres => {
            sql.replace(" TEXT", " TEXT COLLATE \"C\"").replace("SEQUENCE_NUMBER", "BIGINT PRIMARY KEY")
        }
        // Only `INTEGER PRIMARY KEY` is the row's own number on SQLite.
        _ => sql.replace("SEQUENCE_NUMBER", "INTEGER PRIMARY KEY"),
    };
    db.execute_unprepared(&sql).await.map(|_| ())
}
