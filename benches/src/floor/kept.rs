//! Answers given again while a look at the database, for each request, finds nothing new in it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use axum::body::{Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use sqlx::PgPool;

use crate::database::{Database, open_here};
use crate::{Answer, Failed};

pub(crate) struct Kept {
    look: Look,
    /// By the addresses that were asked for: the version of the data, and the body.
    answers: Mutex<HashMap<String, (String, Bytes)>>,
}

enum Look {
    Postgres(PgPool),
    /// The version tells what others than this connection have written.
    Sqlite(Mutex<rusqlite::Connection>),
}

impl Kept {
    /// `file` is where the database is, if it is one of SQLite.
    pub(crate) fn new(database: &Database, file: &str) -> anyhow::Result<Self> {
        let look = match database {
            Database::Postgres(pool) => Look::Postgres(pool.clone()),
            Database::Sqlx(_) | Database::Rusqlite(_) => Look::Sqlite(Mutex::new(open_here(file)?)),
        };
        Ok(Self { look, answers: Mutex::default() })
    }
}

impl Look {
    async fn version(&self) -> anyhow::Result<String> {
        Ok(match self {
            Self::Postgres(pool) => sqlx::query_scalar("SELECT pg_current_snapshot()::text").fetch_one(pool).await?,
            Self::Sqlite(connection) => {
                let connection = connection.lock().unwrap_or_else(PoisonError::into_inner);
                let mut look = connection.prepare_cached("PRAGMA data_version")?;
                look.query_row([], |row| row.get::<_, i64>(0))?.to_string()
            }
        })
    }
}

pub(crate) async fn answer(State(kept): State<Arc<Kept>>, request: Request, next: Next) -> Result<Response, Failed> {
    let address = request.uri().to_string();
    let version = kept.look.version().await?;
    let known = kept.answers.lock().unwrap_or_else(PoisonError::into_inner).get(&address).cloned();
    if let Some((_, body)) = known.filter(|(known, _)| *known == version) {
        return Ok(Answer(body).into_response());
    }
    let answer = next.run(request).await;
    if !answer.status().is_success() {
        return Ok(answer);
    }
    let body = to_bytes(answer.into_body(), usize::MAX).await?;
    if kept.look.version().await? == version {
        kept.answers.lock().unwrap_or_else(PoisonError::into_inner).insert(address, (version, body.clone()));
    }
    Ok(Answer(body).into_response())
}
