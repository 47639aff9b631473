//! Endpoints as one writes them by hand: one statement for each question, prepared, its rows written as JSON.
//!
//! They answer what the questions of `questions/` ask, in the shape of their `data`, from the database of a jobgraph.
//! Positions in lists are not sealed: `endCursor` is the place itself.

mod database;
mod json;
mod kept;
mod postings;
mod slices;

use std::sync::Arc;

use anyhow::Context;
use axum::Router;
use axum::body::Bytes;
use axum::http::{StatusCode, header};
use axum::middleware;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use clap::Parser;
use tokio::net::TcpListener;

use crate::database::{Database, Driver};
use crate::kept::Kept;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[derive(Parser)]
struct Arguments {
    #[arg(long, value_enum)]
    driver: Driver,
    /// `postgres://…`, or the file of an SQLite database.
    #[arg(long)]
    database: String,
    #[arg(long, default_value = "127.0.0.1:7100")]
    listen: String,
    /// Keeps answers in memory, each for as long as the database says that nothing was written.
    #[arg(long)]
    keeps_answers: bool,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let database = Arc::new(Database::open(arguments.driver, &arguments.database).await?);
    let kept = arguments.keeps_answers.then(|| Kept::new(&database, &arguments.database)).transpose()?;
    let mut routes = Router::new()
        .route("/a", get(postings::whole))
        .route("/b", get(postings::with_history))
        .route("/c", get(postings::newest))
        .route("/d", get(postings::of_employers))
        .route("/e", get(postings::filtered))
        .route("/f", get(postings::counted))
        .route("/g_org", get(slices::of_one))
        .route("/g_all", get(slices::of_all))
        .route("/h", get(slices::search))
        .with_state(database);
    if let Some(kept) = kept {
        routes = routes.layer(middleware::from_fn_with_state(Arc::new(kept), kept::answer));
    }
    let listener = TcpListener::bind(&arguments.listen).await.context(arguments.listen)?;
    Ok(axum::serve(listener, routes).await?)
}

/// A whole answer.
struct Answer(Bytes);

/// What went wrong; the runner shows it.
struct Failed(anyhow::Error);

impl<E: Into<anyhow::Error>> From<E> for Failed {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        ([(header::CONTENT_TYPE, "application/json")], self.0).into_response()
    }
}

impl IntoResponse for Failed {
    fn into_response(self) -> Response {
        (StatusCode::INTERNAL_SERVER_ERROR, format!("{:#}", self.0)).into_response()
    }
}
