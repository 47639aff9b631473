//! Lists that are read with the rows they stand below: which of them, and how their rows become lists.

use std::collections::HashMap;
use std::sync::Arc;

use super::arguments::ListArguments;
use super::error::Failure;
use super::facet;
use super::page::{Listable, Listed};
use super::request::{Boxed, Loaded, LoadedByKey, Request, Slot, tag};
use crate::plan::Selection;
use crate::store::below::{self, Below, Foreign};
use crate::store::role::Belonging;
use crate::store::row::Record;

/// How a list can be read with the rows that it stands below.
#[derive(Clone, Copy)]
pub(super) struct ReadBelow {
    /// The column of the row that the list's rows have in one of theirs.
    own: &'static str,
    of: fn(&Arc<Request>, &Arc<Selection>, &'static str, bool) -> Option<Below>,
    listed: ListedFn,
}

type ListedFn = for<'a> fn(&'a Arc<Request>, &'a Arc<Selection>, Lists) -> Boxed<'a, Result<LoadedByKey, Failure>>;

/// What was read of lists, by the keys of the rows that they stand below.
type Lists = HashMap<String, below::Listed>;

impl ReadBelow {
    /// The list of `N` whose column of this ordinal equals the column `own` of the row.
    pub(super) fn new<N: Listable, const COLUMN: usize>(own: &'static str) -> Self {
        Self { own, of: of::<N, COLUMN>, listed: listed::<N, COLUMN> }
    }

    /// The list at `at`, if it is one that can be read with its row; `is_one` is whether there is no other such row.
    pub(super) fn list(&self, request: &Arc<Request>, at: &Arc<Selection>, is_one: bool) -> Option<Below> {
        (self.of)(request, at, self.own, is_one)
    }

    /// Makes lists of what was read so, and loads all that is selected below them.
    pub(super) async fn take(&self, request: &Arc<Request>, at: &Arc<Selection>, read: Lists) -> LoadedByKey {
        let keys: Vec<String> = read.keys().cloned().collect();
        match (self.listed)(request, at, read).await {
            Ok(lists) => lists,
            Err(failure) => keys.into_iter().map(|key| (key, Err(failure.clone()))).collect(),
        }
    }
}

/// What is ranked or goes on from a cursor differs from row to row, and totals are statements of their own. So are facets
/// of several rows: there is one limit of counting for all of them.
fn of<N: Listable, const COLUMN: usize>(
    request: &Arc<Request>,
    at: &Arc<Selection>,
    own: &'static str,
    is_one: bool,
) -> Option<Below> {
    let is_now = matches!(request.as_of(at), Ok(None));
    let facets: Vec<_> = facet::fields::<N>(at).collect();
    if !request.reader.reads_lists_along()
        || !is_now
        || Listed::selects_total(at, N::CONNECTION_NAME)
        || !(is_one || facets.is_empty())
    {
        return None;
    }
    // What is wrong with them is told by the loader.
    let arguments = ListArguments::<N>::read(at, &request.variables, &request.clock, None).ok()?;
    if arguments.scope.search.is_some() || arguments.has_cursor() {
        return None;
    }
    let foreign = Foreign { column: N::all_columns()[COLUMN], own };
    let mut below = Below::new(tag(at, Slot::Field));
    if Listed::selects_rows(at, N::CONNECTION_NAME) {
        let listing = arguments.listing("").ok()?;
        let selected = Listed::selected::<N>(request, at).with_set(listing.order.columns());
        below = below.rows::<N>(foreign, selected, listing);
    }
    for field in facets {
        let asked = facet::Asked::<N>::read(field, request).ok()?;
        below = below.facets::<N>(field.id, foreign, arguments.filter.clone(), asked.questions.clone());
    }
    Some(below)
}

fn listed<'a, N: Listable, const COLUMN: usize>(
    request: &'a Arc<Request>,
    at: &'a Arc<Selection>,
    lists: Lists,
) -> Boxed<'a, Result<LoadedByKey, Failure>> {
    Box::pin(async move {
        let arguments = ListArguments::<N>::read(at, &request.variables, &request.clock, None)?;
        let listing = arguments.listing("")?;
        let shows_cursors = Listed::selects_cursors(at, N::CONNECTION_NAME);
        let page = |(key, read): (String, below::Listed)| (key, listing.page(read.rows), read.facets);
        let pages: Vec<_> = lists.into_iter().map(page).collect();
        let rows: Vec<Arc<Record>> = pages.iter().flat_map(|(_, page, _)| page.records.iter().cloned()).collect();
        Listed::prefetch_below::<N>(request, at, &rows).await;
        let belonging = Belonging::Column(N::all_columns()[COLUMN]);
        let list = |(key, page, facets): (String, _, Vec<_>)| {
            let name = if shows_cursors { arguments.list_name(&belonging.place(&key)) } else { String::new() };
            let listed = Listed::new(page, &listing, name, facets.into_iter().collect());
            (key, Ok(Loaded::List(Arc::new(listed))))
        };
        Ok(pages.into_iter().map(list).collect())
    })
}
