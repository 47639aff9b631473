//! The moment that each part of a request is answered as of: now, unless a root field names another.
//!
//! `asOf` on a root field holds for everything below it. A connection's `snapshot`, when asked for, pins its root field
//! to the end of the log at the request's start, so that what is shown and what is named are the same.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::OneofObject;
use serde_json::{Map, Value};

use super::arguments::argument;
use super::error::Failure;
use super::scalar::{DateTime, Seq};
use crate::plan::{Children, Operation, Selection};
use crate::store::reader::Reader;
use crate::store::scope::AsOf;

/// A moment of the past: exactly one. The answer is as it stood then, filters and counts included.
#[derive(OneofObject, Clone, Debug)]
#[graphql(name = "AsOfInput")]
pub(in crate::graphql) enum AsOfInput {
    /// When everything observed until this time was known, by `observedAt` of the events. A moment
    /// given so has no `snapshot`.
    Time(DateTime),
    /// When the log ended with this event, as a connection's `snapshot` names it.
    Seq(Seq),
}

/// The moments of a request by the ids of its selections; those of now have none.
pub(super) type Moments = HashMap<usize, Result<AsOf, Failure>>;

/// Reads the moments, and the end of the log if one depends on it.
pub(super) async fn moments(operation: &Operation, variables: &Map<String, Value>, reader: &Reader) -> Moments {
    let mut moments = Moments::new();
    let mut head = None;
    // Collected, as the iterator cannot wait.
    for field in fields(&operation.selection).collect::<Vec<_>>() {
        let asked = asked(field, variables).transpose();
        let moment = match asked {
            Some(Ok(AsOf::Time(at))) => Ok(AsOf::Time(at)),
            None if !selects_snapshot(field) => continue,
            Some(Err(failure)) => Err(failure),
            asked => {
                if head.is_none() {
                    head = Some(reader.head().await.map_err(Failure::from));
                }
                match (head.clone().unwrap_or(Ok(0)), asked) {
                    (Ok(head), Some(Ok(AsOf::Seq(seq)))) if seq > head => Err(Failure::BadInput(format!(
                        "\"asOf\" names the event {seq}, the log ends with {head}\nhint: name an event that has happened"
                    ))),
                    (Ok(_), Some(Ok(moment))) => Ok(moment),
                    (Ok(head), _) => Ok(AsOf::Seq(head)),
                    (Err(failure), _) => Err(failure),
                }
            }
        };
        mark(field, &moment, &mut moments);
    }
    moments
}

fn asked(field: &Selection, variables: &Map<String, Value>) -> Result<Option<AsOf>, Failure> {
    Ok(match argument::<AsOfInput>(field, "asOf", variables)? {
        None => None,
        Some(AsOfInput::Time(time)) => Some(AsOf::Time(time.0)),
        Some(AsOfInput::Seq(seq)) => Some(AsOf::Seq(seq.0)),
    })
}

fn fields(at: &Selection) -> Box<dyn Iterator<Item = &Arc<Selection>> + '_> {
    match &at.children {
        Children::Leaf => Box::new(std::iter::empty()),
        Children::Object(fields) => Box::new(fields.iter()),
        Children::Abstract(types) => Box::new(types.iter().flat_map(|(_, fields)| fields)),
    }
}

fn selects_snapshot(at: &Selection) -> bool {
    fields(at).any(|field| field.field == "snapshot" || selects_snapshot(field))
}

fn mark(at: &Selection, moment: &Result<AsOf, Failure>, moments: &mut Moments) {
    moments.insert(at.id, moment.clone());
    fields(at).for_each(|field| mark(field, moment, moments));
}
