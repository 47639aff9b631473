//! The address of the archived answer that a row was read from.

use async_graphql::Context;
use entity::Ordinal;
use entity::raw_payload::Column;

use super::error::Failure;
use super::relation::side;
use super::request::{FetchFn, Found, Noun, Relation, Slot};
use super::written::{Link, Out, Unwritten};
use crate::store::crawl::RawPayloads;
use crate::store::row::{ColumnSet, Record};

/// The way to it from the column `from`, which has the answer's hash.
pub(super) fn to_uri(from: impl Ordinal, key: fn(&Record) -> Option<String>) -> Relation {
    let fetch: FetchFn = |request, _, keys| Box::pin(side::<RawPayloads>(request, columns(), keys));
    Relation::new(Slot::Field, key, fetch).along::<RawPayloads>(from, |_| columns())
}

/// The address; nothing when no answer was archived.
pub(super) async fn uri<N: Noun>(found: &Found, ctx: &Context<'_>) -> Result<Option<String>, Failure> {
    let archived = found.side::<N>(ctx, Slot::Field).await?;
    Ok(archived.and_then(|row| row.optional_text(Column::Uri).map(ToOwned::to_owned)))
}

pub(super) fn write_uri(link: &Link<'_>, out: &mut Out) -> Result<(), Unwritten> {
    out.value(&link.side(Slot::Field)?.as_deref().and_then(|row| row.optional_text(Column::Uri)));
    Ok(())
}

fn columns() -> ColumnSet {
    ColumnSet::of(&[Column::Uri])
}
