//! Connections: their edges, cursors, totals and facets, alike for every noun. Their arguments are in `arguments`.

mod connection;

pub(super) use self::connection::{Connection, Edge, EdgeRow, connection};

use std::sync::Arc;

use async_graphql::{Context, Enum, InputType, OutputType, SimpleObject};
use entity::Ordinal;
use serde::Serialize;

use super::arguments::ListArguments;
use super::error::Failure;
use super::facet::{self, FacetField, Facets};
use super::filter::Conditions;
use super::relation::columns;
use super::request::{Found, Noun, Relation, Request, child};
use super::root::Root;
use super::scalar::Seq;
use super::written::{Direct, Out, Rows, Unwritten};
use crate::plan::{Selection, cursor};
use crate::search::Query;
use crate::store::along::Selected;
use crate::store::filter::Filter;
use crate::store::key::Key;
use crate::store::page::{Direction, Listing, Page, Sort};
use crate::store::row::{ColumnSet, Record};
use crate::store::scope::AsOf;

/// A noun that stands in lists.
pub(super) trait Listable: Noun {
    const CONNECTION_NAME: &'static str;
    const EDGE_NAME: &'static str;
    const DEFAULT_ORDER: (Self::Column, Direction);
    type Filter: InputType + Conditions<Self::Column>;
    type Order: InputType + Into<(Sort<Self::Column>, Direction)>;
    type Facet: FacetField<Self::Column>;
    type Edge: From<EdgeRow> + OutputType;
    /// The columns that a field of the edge reads of the row.
    fn edge_columns(_: &Selection) -> Vec<Self::Column> {
        Vec::new()
    }
    /// Writes a field of the edge other than its row and its cursor.
    fn write_edge(_: &str, _: &Listed, _: &Record, _: &mut Out) -> Result<(), Unwritten> {
        Err(Unwritten)
    }
    /// How a field of the edge leads to other rows.
    fn edge_relations(_: &Selection) -> Vec<Relation> {
        Vec::new()
    }
}

/// Which end of an order comes first.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrderDirection {
    /// The smallest, earliest or alphabetically first comes first.
    Asc,
    /// The largest, latest or alphabetically last comes first.
    Desc,
}

impl From<OrderDirection> for Direction {
    fn from(direction: OrderDirection) -> Self {
        match direction {
            OrderDirection::Asc => Self::Ascending,
            OrderDirection::Desc => Self::Descending,
        }
    }
}

/// A page with what its cursors are made of.
#[derive(Clone, Debug)]
pub(super) struct Listed {
    page: Page,
    positions: Vec<Vec<Key>>,
    name: String,
    facets: Facets,
    /// What was searched for.
    pub(super) search: Option<Arc<Query>>,
}

impl Listed {
    /// `name` is the list's, for its cursors to be bound to; without one they are not made.
    pub(super) fn new<C: Ordinal>(page: Page, listing: &Listing<C>, name: String, facets: Facets) -> Self {
        let placed = if name.is_empty() { &[][..] } else { &page.records };
        let positions = placed.iter().map(|record| listing.order.position(record)).collect();
        Self { page, positions, name, facets, search: listing.scope.search.clone() }
    }

    /// The selections of the rows themselves: `nodes`, and `node` below `edges`, under whatever names.
    fn rows_at<'a, N: Listable>(at: &'a Selection) -> impl Iterator<Item = &'a Arc<Selection>> {
        at.fields(N::CONNECTION_NAME).flat_map(|field| -> Box<dyn Iterator<Item = &'a Arc<Selection>> + Send> {
            match field.field.as_str() {
                "nodes" => Box::new(std::iter::once(field)),
                "edges" => Box::new(field.fields(N::EDGE_NAME).filter(|field| field.field == "node")),
                _ => Box::new(std::iter::empty()),
            }
        })
    }

    pub(super) fn selected<N: Listable>(request: &Arc<Request>, at: &Selection) -> Selected {
        let mut all = Selected::from(ColumnSet::of(&[N::KEY]));
        for rows in Self::rows_at::<N>(at) {
            all = all.with_set(columns::<N>(rows));
            all.along.append(&mut request.along::<N>(rows));
            all.below.append(&mut request.below::<N>(rows, false));
        }
        Self::edges_at::<N>(at).fold(all, |all, field| all.with(&N::edge_columns(field)))
    }

    /// The fields selected on edges.
    fn edges_at<N: Listable>(at: &Selection) -> impl Iterator<Item = &Arc<Selection>> {
        let edges = at.fields(N::CONNECTION_NAME).filter(|field| field.field == "edges");
        edges.flat_map(|field| field.fields(N::EDGE_NAME))
    }

    pub(super) fn selects_rows(at: &Selection, connection: &str) -> bool {
        at.fields(connection).any(|field| matches!(field.field.as_str(), "nodes" | "edges" | "pageInfo"))
    }

    /// Whether anything selected may show a cursor.
    pub(super) fn selects_cursors(at: &Selection, connection: &str) -> bool {
        at.fields(connection).any(|field| matches!(field.field.as_str(), "edges" | "pageInfo"))
    }

    pub(super) fn selects_page_info(at: &Selection, connection: &str) -> bool {
        at.fields(connection).any(|field| field.field == "pageInfo")
    }

    pub(super) fn selects_total(at: &Selection, connection: &str) -> bool {
        at.fields(connection).any(|field| matches!(field.field.as_str(), "totalCount" | "totalCountIsExact"))
    }

    pub(super) async fn prefetch_below<N: Listable>(request: &Arc<Request>, at: &Selection, rows: &[Arc<Record>]) {
        for rows_at in Self::rows_at::<N>(at) {
            request.prefetch::<N>(rows_at, rows).await;
        }
        for field in Self::edges_at::<N>(at) {
            request.prefetch_all(field, field, N::edge_relations(field), rows).await;
        }
    }

    /// Writes the connection.
    pub(super) fn write<N: Listable>(
        &self,
        request: &Arc<Request>,
        at: &Arc<Selection>,
        out: &mut Out,
    ) -> Result<(), Unwritten> {
        let total = self.page.total;
        out.selected(at.fields(N::CONNECTION_NAME), |field, out| {
            match field.field.as_str() {
                "nodes" => {
                    let rows = Rows::<N>::new(request, field);
                    return out.list(self.page.records.iter(), |row, out| rows.write(row, out));
                }
                "edges" => return self.write_edges::<N>(request, field, out),
                "pageInfo" => return out.pick(&self.page_info(), field, "PageInfo"),
                "facets" => {
                    return facet::Asked::<N>::read(field, request).map_err(|_| Unwritten)?.write(
                        self.facets.get(&field.id),
                        field,
                        out,
                    );
                }
                "totalCount" => out.value(&total.map_or(0, |it| it.count)),
                "totalCountIsExact" => out.value(&total.is_none_or(|it| it.is_exact)),
                "snapshot" => match request.as_of(at) {
                    Ok(Some(AsOf::Seq(seq))) => out.value(&Seq(seq)),
                    _ => return Err(Unwritten),
                },
                "__typename" => out.value(N::CONNECTION_NAME),
                _ => return Err(Unwritten),
            }
            Ok(())
        })
    }

    fn write_edges<N: Listable>(
        &self,
        request: &Arc<Request>,
        at: &Arc<Selection>,
        out: &mut Out,
    ) -> Result<(), Unwritten> {
        out.list(self.page.records.iter().enumerate(), |(index, row), out| {
            out.selected(at.fields(N::EDGE_NAME), |field, out| {
                match field.field.as_str() {
                    "node" => return Rows::<N>::new(request, field).write(row, out),
                    "cursor" => out.value(&self.cursor(index).ok_or(Unwritten)?),
                    "__typename" => out.value(N::EDGE_NAME),
                    other => return N::write_edge(other, self, row, out),
                }
                Ok(())
            })
        })
    }

    fn page_info(&self) -> PageInfo {
        let last = self.page.records.len().checked_sub(1);
        PageInfo {
            has_next_page: self.page.has_next,
            has_previous_page: self.page.has_previous,
            start_cursor: self.cursor(0),
            end_cursor: last.and_then(|last| self.cursor(last)),
        }
    }

    fn cursor(&self, index: usize) -> Option<String> {
        self.positions.get(index).map(|keys| cursor::encode(&self.name, keys))
    }
}

/// A list at the root of the graph.
pub(super) async fn root<N: Listable, T>(ctx: &Context<'_>) -> Result<Connection<N, T>, Failure>
where
    T: From<Found> + Direct,
{
    root_within(ctx, "", Filter::default()).await
}

/// A list at the root of the graph whose rows all meet `within`, which `place` names.
pub(super) async fn root_within<N: Listable, T>(
    ctx: &Context<'_>,
    place: &str,
    within: Filter<N::Column>,
) -> Result<Connection<N, T>, Failure>
where
    T: From<Found> + Direct,
{
    let request = Request::of(ctx)?;
    let at = child(&request.operation.selection, ctx, "Query")?;
    let listed = match request.take_root() {
        Some(Root::List(listed)) => listed,
        _ => listed::<N>(request, at, place, within).await,
    };
    Ok(connection(listed?, at))
}

/// The list at the root of the graph that `at` asks for; all its rows meet `within`, which `place` names.
pub(super) async fn listed<N: Listable>(
    request: &Arc<Request>,
    at: &Arc<Selection>,
    place: &str,
    within: Filter<N::Column>,
) -> Result<Arc<Listed>, Failure> {
    let mut arguments = ListArguments::<N>::read(at, &request.variables, &request.clock, request.as_of(at)?)?;
    if !within.is_empty() {
        arguments.filter = Filter::And(vec![within, arguments.filter]);
    }
    let shows_cursors = Listed::selects_cursors(at, N::CONNECTION_NAME);
    let name = if shows_cursors || arguments.has_cursor() { arguments.list_name(place) } else { String::new() };
    let listing = arguments.listing(&name)?;
    let mut page = Page::default();
    if Listed::selects_rows(at, N::CONNECTION_NAME) {
        let selected = Listed::selected::<N>(request, at).with_set(listing.order.columns());
        page = request.reader.list::<N>(selected, &listing).await?;
    }
    if Listed::selects_total(at, N::CONNECTION_NAME) {
        page.total = Some(request.reader.count::<N>(&arguments.scope, &listing.filter).await?);
    }
    let facets = facet::count::<N>(request, at, &arguments, None).await?.remove("").unwrap_or_default();
    Listed::prefetch_below::<N>(request, at, &page.records).await;
    Ok(Arc::new(Listed::new(page, &listing, name, facets)))
}

/// Where a page stands in its list.
#[derive(SimpleObject, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PageInfo {
    /// Whether the list goes on after this page.
    has_next_page: bool,
    /// Whether the list has rows before this page.
    has_previous_page: bool,
    /// The cursor of the page's first row; null when the page is empty.
    start_cursor: Option<String>,
    /// The cursor of the page's last row; null when the page is empty.
    end_cursor: Option<String>,
}
