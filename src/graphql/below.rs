//! Lists that are read with the rows they stand below: which of them, and how their rows become lists.

use std::collections::HashMap;
use std::sync::Arc;

use super::arguments::ListArguments;
use super::error::Failure;
use super::facet::Facets;
use super::page::{Listable, Listed};
use super::relation::place;
use super::request::{Boxed, Loaded, LoadedByKey, Request};
use crate::plan::Selection;
use crate::store::below::{Below, Foreign};
use crate::store::row::Record;
use crate::store::table::name;

/// How a list can be read with the rows that it stands below.
#[derive(Clone, Copy)]
pub(super) struct ReadBelow {
    foreign: Foreign,
    of: fn(&Arc<Request>, &Arc<Selection>, usize, Foreign) -> Option<Below>,
    listed: for<'a> fn(&'a Arc<Request>, &'a Arc<Selection>, Rows) -> Boxed<'a, Result<LoadedByKey, Failure>>,
}

/// The rows of lists, by the keys of the rows that they stand below.
type Rows = HashMap<String, Vec<Arc<Record>>>;

impl ReadBelow {
    /// The list of `N` whose column of this ordinal equals the column `own` of the row.
    pub(super) fn new<N: Listable, const COLUMN: usize>(own: &'static str) -> Self {
        Self {
            foreign: Foreign { column: name(N::all_columns()[COLUMN]), own },
            of: of::<N>,
            listed: listed::<N, COLUMN>,
        }
    }

    /// The list at `at`, if it is one that can be read with its rows.
    pub(super) fn list(&self, request: &Arc<Request>, at: &Arc<Selection>, tag: usize) -> Option<Below> {
        (self.of)(request, at, tag, self.foreign)
    }

    /// Makes lists of rows that were read so, and loads all that is selected below them.
    pub(super) async fn take(&self, request: &Arc<Request>, at: &Arc<Selection>, rows: Rows) -> LoadedByKey {
        let keys: Vec<String> = rows.keys().cloned().collect();
        match (self.listed)(request, at, rows).await {
            Ok(lists) => lists,
            Err(failure) => keys.into_iter().map(|key| (key, Err(failure.clone()))).collect(),
        }
    }
}

/// Totals and facets are statements of their own; what is ranked or goes on from a cursor differs from row to row.
fn of<N: Listable>(request: &Arc<Request>, at: &Arc<Selection>, tag: usize, foreign: Foreign) -> Option<Below> {
    let selects_counts = at
        .fields(N::CONNECTION_NAME)
        .any(|it| matches!(it.field.as_str(), "facets" | "totalCount" | "totalCountIsExact"));
    let is_now = matches!(request.as_of(at), Ok(None));
    if !request.reader.reads_lists_along() || !is_now || selects_counts || !Listed::selects_rows(at, N::CONNECTION_NAME)
    {
        return None;
    }
    // What is wrong with them is told by the loader.
    let arguments = ListArguments::<N>::read(at, &request.variables, &request.clock, None).ok()?;
    if arguments.scope.search.is_some() || arguments.has_cursor() {
        return None;
    }
    let listing = arguments.listing("").ok()?;
    let selected = Listed::selected::<N>(request, at).with_set(listing.order.columns());
    Some(Below::of::<N>(tag, foreign, selected, listing))
}

fn listed<'a, N: Listable, const COLUMN: usize>(
    request: &'a Arc<Request>,
    at: &'a Arc<Selection>,
    rows: Rows,
) -> Boxed<'a, Result<LoadedByKey, Failure>> {
    Box::pin(async move {
        let arguments = ListArguments::<N>::read(at, &request.variables, &request.clock, None)?;
        let listing = arguments.listing("")?;
        let shows_cursors = Listed::selects_cursors(at, N::CONNECTION_NAME);
        let pages: Vec<_> = rows.into_iter().map(|(key, rows)| (key, listing.page(rows))).collect();
        let all: Vec<Arc<Record>> = pages.iter().flat_map(|(_, page)| page.records.iter().cloned()).collect();
        Listed::prefetch_below::<N>(request, at, &all).await;
        let list = |(key, page): (String, _)| {
            let name =
                if shows_cursors { arguments.list_name(&place(N::all_columns()[COLUMN], &key)) } else { String::new() };
            let listed = Listed::new(page, &listing, name, Facets::default());
            (key, Ok(Loaded::List(Arc::new(listed))))
        };
        Ok(pages.into_iter().map(list).collect())
    })
}
