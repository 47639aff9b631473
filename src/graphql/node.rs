//! Global ids and the interface of everything that has one.
//!
//! An id is a word for the kind, `_` and the row's own key. Wherever an id is read, the plain key is read too.

use std::sync::Arc;

use async_graphql::{Context, ID, Interface};

use super::error::Failure;
use super::event::Event;
use super::job::Job;
use super::org::{Org, OrgLookup};
use super::relation::selected;
use super::request::{Found, Noun, Request};
use super::source::Source;
use crate::plan::Selection;
use crate::store::event::Events;
use crate::store::filter::{Comparison, Filter};
use crate::store::job::Jobs;
use crate::store::org::Orgs;
use crate::store::row::Record;
use crate::store::source::Sources;

/// Anything with a global id.
#[derive(Interface)]
#[graphql(field(name = "id", ty = "ID", desc = "Names it among everything in this graph. Opaque."))]
pub(super) enum Node {
    Job(Job),
    Org(Org),
    Source(Source),
    Event(Event),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Job,
    Org,
    Source,
    Event,
}

const KINDS: [(Kind, &str); 4] =
    [(Kind::Job, "job_"), (Kind::Org, "org_"), (Kind::Source, "source_"), (Kind::Event, "event_")];

impl Kind {
    pub(super) fn id(self, key: &str) -> ID {
        let prefix = KINDS.iter().find(|(kind, _)| *kind == self).map_or("", |(_, prefix)| prefix);
        ID(format!("{prefix}{key}"))
    }

    /// The kind of a type of the graph, by its name.
    pub(super) fn named(type_name: &str) -> Option<Self> {
        match type_name {
            Jobs::TYPE_NAME => Some(Self::Job),
            Orgs::TYPE_NAME => Some(Self::Org),
            Sources::TYPE_NAME => Some(Self::Source),
            Events::TYPE_NAME => Some(Self::Event),
            _ => None,
        }
    }

    /// The global id of something of this kind, which was given as that or plain. Of another kind's it makes one that names nothing.
    pub(super) fn own(self, id: &str) -> ID {
        if kinds(id) == [self] { ID(id.to_owned()) } else { self.id(id) }
    }
}

/// The row's own key within an id.
pub(super) fn plain(id: &str) -> &str {
    KINDS.iter().find_map(|(_, prefix)| id.strip_prefix(prefix)).unwrap_or(id)
}

/// The kinds that an id may be of: one if it says so, else those whose keys have its form.
fn kinds(id: &str) -> Vec<Kind> {
    if let Some((kind, _)) = KINDS.iter().find(|(_, prefix)| id.starts_with(prefix)) {
        return vec![*kind];
    }
    match id.len() {
        36 => vec![Kind::Org, Kind::Source],
        40 => vec![Kind::Job, Kind::Event],
        _ => Vec::new(),
    }
}

/// The things that `ids` name, in the order of the ids; nothing for an id that names nothing.
pub(super) async fn find(ctx: &Context<'_>, at: &Arc<Selection>, ids: &[ID]) -> Result<Vec<Option<Node>>, Failure> {
    let request = Request::of(ctx)?;
    let mut found: Vec<Option<Node>> = ids.iter().map(|_| None).collect();
    for (kind, _) in KINDS {
        let wanted = lost(ids, kind, &found);
        if wanted.is_empty() {
            continue;
        }
        match kind {
            Kind::Job => {
                fill::<Jobs>(request, at, entity::job::Column::JobId, &wanted, &mut found, |it| Node::Job(it.into()))
                    .await?
            }
            Kind::Org => {
                fill::<Orgs>(request, at, entity::org::Column::OrgId, &wanted, &mut found, |it| Node::Org(it.into()))
                    .await?
            }
            Kind::Source => {
                fill::<Sources>(request, at, entity::source::Column::SourceId, &wanted, &mut found, |it| {
                    Node::Source(it.into())
                })
                .await?
            }
            Kind::Event => {
                fill::<Events>(request, at, entity::event::Column::EventKey, &wanted, &mut found, |it| {
                    Node::Event(it.into())
                })
                .await?
            }
        }
    }
    let aliases = lost(ids, Kind::Org, &found);
    let keys: Vec<String> = aliases.iter().map(|(_, alias)| (*alias).to_owned()).collect();
    let joined = request.reader.org_aliases(&keys).await?;
    if !joined.is_empty() {
        let wanted: Vec<(usize, &str)> =
            aliases.iter().filter_map(|(index, alias)| Some((*index, joined.get(*alias)?.as_str()))).collect();
        fill::<Orgs>(request, at, entity::org::Column::OrgId, &wanted, &mut found, |it| Node::Org(it.into())).await?;
    }
    Ok(found)
}

/// The ids that may name something of a kind, and have named nothing yet, with their places.
fn lost<'a>(ids: &'a [ID], kind: Kind, found: &[Option<Node>]) -> Vec<(usize, &'a str)> {
    ids.iter()
        .enumerate()
        .filter(|(index, id)| found[*index].is_none() && kinds(id).contains(&kind))
        .map(|(index, id)| (index, plain(id)))
        .collect()
}

async fn fill<N: Noun>(
    request: &Arc<Request>,
    at: &Arc<Selection>,
    key: N::Column,
    wanted: &[(usize, &str)],
    found: &mut [Option<Node>],
    node: fn(Found) -> Node,
) -> Result<(), Failure> {
    let keys: Vec<String> = wanted.iter().map(|(_, key)| (*key).to_owned()).collect();
    let rows = request
        .reader
        .load_at::<N>(request.as_of(at)?, selected::<N>(request, at, false).with(&[key]), key, &keys)
        .await?;
    request.prefetch::<N>(at, &rows).await;
    for (index, wanted_key) in wanted {
        let row = rows.iter().find(|row| row.text(key) == *wanted_key);
        found[*index] = row.map(|row| node(Found::new(Arc::clone(row), at)));
    }
    Ok(())
}

/// The row that meets `filter`, and all that is selected below it.
pub(super) async fn row<N: Noun>(
    request: &Arc<Request>,
    at: &Arc<Selection>,
    filter: Filter<N::Column>,
) -> Result<Option<Arc<Record>>, Failure> {
    let row = request.reader.find::<N>(request.as_of(at)?, selected::<N>(request, at, true), &filter).await?;
    if let Some(row) = &row {
        request.prefetch::<N>(at, std::slice::from_ref(row)).await;
    }
    Ok(row)
}

/// The employer that `by` finds, by what it is called or was called before others were joined into it.
pub(super) async fn org(
    request: &Arc<Request>,
    at: &Arc<Selection>,
    by: OrgLookup,
) -> Result<Option<Arc<Record>>, Failure> {
    let alias = by.alias();
    if let Some(found) = row::<Orgs>(request, at, by.into()).await? {
        return Ok(Some(found));
    }
    match request.reader.org_aliases(std::slice::from_ref(&alias)).await?.get(&alias) {
        Some(org_id) => row::<Orgs>(request, at, is(entity::org::Column::OrgId, org_id)).await,
        None => Ok(None),
    }
}

/// The condition that a column equals a text.
pub(super) fn is<C>(column: C, text: &str) -> Filter<C> {
    Filter::Compare(column, Comparison::Eq(text.into()))
}
