//! A question with one root field, answered past the executor: read here, and written straight from rows if it can be.
//!
//! To hand such a question to the executor costs more than all else that is done for it but the database's own work. What
//! cannot be written, or failed, goes to the executor after all, which finds here what has been read.

use std::sync::Arc;

use async_graphql::InputType;

use super::arguments::argument;
use super::error::Failure;
use super::event::EventLookup;
use super::job::JobLookup;
use super::node;
use super::org::OrgLookup;
use super::page::{self, Listable, Listed};
use super::request::{Found, Noun, Request};
use super::source::SourceLookup;
use super::written::{Out, Rows, Unwritten};
use crate::plan::Selection;
use crate::store::event::Events;
use crate::store::filter::Filter;
use crate::store::job::Jobs;
use crate::store::org::Orgs;
use crate::store::row::Record;
use crate::store::source::Sources;

/// What was read of a root field.
#[derive(Clone, Debug)]
pub(super) enum Root {
    List(Result<Arc<Listed>, Failure>),
    Row(Result<Option<Arc<Record>>, Failure>),
}

/// Writes the answer's data, if all of it can be.
pub(super) async fn write(request: &Arc<Request>) -> Option<Vec<u8>> {
    let [at] = request.operation.selection.fields("Query").as_slice() else {
        return None;
    };
    let mut out = Out::new("{");
    out.raw(&at.json_key);
    match at.field.as_str() {
        "jobs" => list::<Jobs>(request, at, &mut out).await,
        "orgs" => list::<Orgs>(request, at, &mut out).await,
        "sources" => list::<Sources>(request, at, &mut out).await,
        "events" => list::<Events>(request, at, &mut out).await,
        "job" => row::<Jobs, JobLookup>(request, at, &mut out).await,
        "org" => org(request, at, &mut out).await,
        "source" => row::<Sources, SourceLookup>(request, at, &mut out).await,
        "event" => row::<Events, EventLookup>(request, at, &mut out).await,
        _ => return None,
    }
    .ok()?;
    out.raw("}");
    // The executor says that it is too long.
    (!out.is_too_long()).then(|| out.into_bytes())
}

async fn list<N: Listable>(request: &Arc<Request>, at: &Arc<Selection>, out: &mut Out) -> Result<(), Unwritten> {
    let listed = page::listed::<N>(request, at, "", Filter::default()).await;
    request.keep_root(Root::List(listed.clone()));
    listed.map_err(|_| Unwritten)?.write::<N>(request, at, out)
}

async fn row<N: Noun, L>(request: &Arc<Request>, at: &Arc<Selection>, out: &mut Out) -> Result<(), Unwritten>
where
    L: InputType + Into<Filter<N::Column>>,
{
    let by = argument::<L>(at, "by", &request.variables).ok().flatten().ok_or(Unwritten)?;
    let row = node::row::<N>(request, at, by.into()).await;
    found::<N>(request, at, row, out)
}

async fn org(request: &Arc<Request>, at: &Arc<Selection>, out: &mut Out) -> Result<(), Unwritten> {
    let by = argument::<OrgLookup>(at, "by", &request.variables).ok().flatten().ok_or(Unwritten)?;
    let row = node::org(request, at, by).await;
    found::<Orgs>(request, at, row, out)
}

fn found<N: Noun>(
    request: &Arc<Request>,
    at: &Arc<Selection>,
    row: Result<Option<Arc<Record>>, Failure>,
    out: &mut Out,
) -> Result<(), Unwritten> {
    request.keep_root(Root::Row(row.clone()));
    match row.map_err(|_| Unwritten)? {
        Some(row) => Rows::<N>::new(request, at).write(&row, out),
        None => {
            out.raw("null");
            Ok(())
        }
    }
}

/// The employer of a root field.
pub(super) async fn lookup_org(
    request: &Arc<Request>,
    at: &Arc<Selection>,
    by: OrgLookup,
) -> Result<Option<Found>, Failure> {
    let row = match request.take_root() {
        Some(Root::Row(row)) => row,
        _ => node::org(request, at, by).await,
    };
    Ok(row?.map(|row| Found::new(row, at)))
}

/// The row of a root field.
pub(super) async fn lookup<N: Noun>(
    request: &Arc<Request>,
    at: &Arc<Selection>,
    filter: Filter<N::Column>,
) -> Result<Option<Found>, Failure> {
    let row = match request.take_root() {
        Some(Root::Row(row)) => row,
        _ => node::row::<N>(request, at, filter).await,
    };
    Ok(row?.map(|row| Found::new(row, at)))
}
