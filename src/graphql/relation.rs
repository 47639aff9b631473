//! The ways from one table to another, each one statement: to one row, to a list, to a side table.

use std::collections::HashMap;
use std::sync::Arc;

use super::arguments::ListArguments;
use super::error::Failure;
use super::facet;
use super::page::{Listable, Listed};
use super::request::{Boxed, Loaded, LoadedByKey, Noun, Request};
use crate::plan::Selection;
use crate::store::along::Selected;
use crate::store::count::Parents;
use crate::store::page::Page;
use crate::store::role::Belonging;
use crate::store::row::{ColumnSet, Record};
use crate::store::table::Table;

/// What the selection at `at` needs of a noun's row, and of the rows that this leads to; `is_one` is whether there is one
/// such row at most.
pub(super) fn selected<N: Noun>(request: &Arc<Request>, at: &Arc<Selection>, is_one: bool) -> Selected {
    Selected { columns: columns::<N>(at), along: request.along::<N>(at), below: request.below::<N>(at, is_one) }
}

/// The columns that the selection at `at` needs of a noun's row.
pub(super) fn columns<N: Noun>(at: &Selection) -> ColumnSet {
    let mut set = ColumnSet::of(&[N::KEY]);
    for field in at.fields(N::TYPE_NAME) {
        set = set.with(&N::columns(field));
    }
    set
}

/// Rows of `N` by their key, and all that is selected below them.
pub(super) fn to_one<'a, N: Noun>(
    request: &'a Arc<Request>,
    at: &'a Arc<Selection>,
    keys: &'a [String],
) -> Boxed<'a, Result<LoadedByKey, Failure>> {
    Box::pin(async move {
        let rows =
            request.reader.load_at::<N>(request.as_of(at)?, selected::<N>(request, at, false), N::KEY, keys).await?;
        request.prefetch::<N>(at, &rows).await;
        Ok(by_key(rows, N::KEY))
    })
}

/// Rows of a side table by their key; `columns` are those that the object at `at` selects of it.
pub(super) async fn side<T: Table>(
    request: &Arc<Request>,
    columns: ColumnSet,
    keys: &[String],
) -> Result<LoadedByKey, Failure> {
    let columns = columns.with(&[T::KEY]);
    Ok(by_key(request.reader.load::<T>(columns, T::KEY, keys).await?, T::KEY))
}

/// All rows of a child table by their parent, in the order of `position`.
pub(super) async fn children<T: Table>(
    request: &Arc<Request>,
    columns: ColumnSet,
    parent: T::Column,
    position: T::Column,
    keys: &[String],
) -> Result<LoadedByKey, Failure> {
    let columns = columns.with(&[parent, position]);
    let mut rows = request.reader.load::<T>(columns, parent, keys).await?;
    rows.sort_by_key(|row| row.number(position));
    let mut found: HashMap<String, Vec<Arc<Record>>> = HashMap::new();
    for row in rows {
        found.entry(key_of(&row, parent)).or_default().push(row);
    }
    Ok(found.into_iter().map(|(key, rows)| (key, Ok(Loaded::Rows(rows)))).collect())
}

/// The list of `N` of each parent, and all that is selected below its rows.
pub(super) async fn lists<N: Listable>(
    request: &Arc<Request>,
    at: &Arc<Selection>,
    belonging: Belonging<N::Column>,
    parents: &[String],
) -> Result<LoadedByKey, Failure> {
    let arguments = ListArguments::<N>::read(at, &request.variables, &request.clock, request.as_of(at)?)?;
    let name = |parent: &String| arguments.list_name(&belonging.place(parent));
    let mut found = HashMap::new();
    let mut listing = None;
    let mut wanted = parents.to_vec();
    if arguments.has_cursor() {
        wanted.clear();
        for parent in parents {
            match arguments.listing(&name(parent)) {
                Ok(it) => {
                    listing = Some(it);
                    wanted.push(parent.clone());
                }
                Err(failure) => {
                    found.insert(parent.clone(), Err(failure));
                }
            }
        }
    } else {
        listing = Some(arguments.listing("")?);
    }
    let Some(listing) = listing else {
        return Ok(found);
    };
    let shows_cursors = Listed::selects_cursors(at, N::CONNECTION_NAME);
    let mut pages = HashMap::new();
    if Listed::selects_rows(at, N::CONNECTION_NAME) {
        let selected = Listed::selected::<N>(request, at).with_set(listing.order.columns());
        pages = Box::pin(request.reader.list_by_parent::<N>(selected, belonging, &wanted, &listing)).await?;
    }
    let counted = Parents { belonging, keys: &wanted };
    let mut totals = HashMap::new();
    if Listed::selects_total(at, N::CONNECTION_NAME) {
        totals = Box::pin(request.reader.count_by_parent::<N>(counted, &arguments.scope, &listing.filter)).await?;
    }
    let mut facets = Box::pin(facet::count::<N>(request, at, &arguments, Some(counted))).await?;
    let rows: Vec<Arc<Record>> = pages.values().flat_map(|page| page.records.iter().cloned()).collect();
    Listed::prefetch_below::<N>(request, at, &rows).await;
    for parent in &wanted {
        let mut page: Page = pages.remove(parent).unwrap_or_default();
        page.total = totals.get(parent).copied();
        let name = if shows_cursors { name(parent) } else { String::new() };
        let listed = Listed::new(page, &listing, name, facets.remove(parent).unwrap_or_default());
        found.insert(parent.clone(), Ok(Loaded::List(Arc::new(listed))));
    }
    Ok(found)
}

/// The list of `N` of each parent, which the column of this ordinal names, and all that is selected below its rows.
pub(super) fn list<'a, N: Listable, const COLUMN: usize>(
    request: &'a Arc<Request>,
    at: &'a Arc<Selection>,
    keys: &'a [String],
) -> Boxed<'a, Result<LoadedByKey, Failure>> {
    Box::pin(lists::<N>(request, at, Belonging::Column(N::all_columns()[COLUMN]), keys))
}

fn by_key<C: entity::Ordinal>(rows: Vec<Arc<Record>>, key: C) -> LoadedByKey {
    rows.into_iter().map(|row| (key_of(&row, key), Ok(Loaded::Row(row)))).collect()
}

/// A row's key as loaders know it.
fn key_of<C: entity::Ordinal>(row: &Record, key: C) -> String {
    row.optional_text(key).map_or_else(|| row.number(key).to_string(), ToOwned::to_owned)
}
