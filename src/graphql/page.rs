//! Connections: their edges, cursors, totals and facets, alike for every noun. Their arguments are in `arguments`.

use std::sync::Arc;

use async_graphql::{Context, Enum, InputType, Object, OutputType, SimpleObject};
use entity::Ordinal;
use serde::Serialize;

use super::arguments::ListArguments;
use super::crawl::Crawl;
use super::error::Failure;
use super::event::Event;
use super::facet::{self, Facet, FacetField, Facets};
use super::filter::Conditions;
use super::job::{Job, JobRevision, RoleJobs};
use super::org::Org;
use super::relation::columns;
use super::request::{Found, Noun, Relation, Request, child};
use super::root::Root;
use super::scalar::Seq;
use super::slice::JobSlice;
use super::source::Source;
use super::written::{Direct, Out, Rows, Unwritten, Written};
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
    let name = arguments.list_name(place);
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

/// A page of a list, in its order.
pub(super) type Connection<N, T> = Written<Paged<N, T>>;

/// A page of a list, resolved by the executor.
pub(super) struct Paged<N, T> {
    listed: Arc<Listed>,
    at: Arc<Selection>,
    of: std::marker::PhantomData<fn() -> (N, T)>,
}

pub(super) fn connection<N, T>(listed: Arc<Listed>, at: &Arc<Selection>) -> Connection<N, T> {
    Written(Paged { listed, at: Arc::clone(at), of: std::marker::PhantomData })
}

/// A page of a list, in its order. Ask `totalCount` only if you show it: it is counted only then.
#[Object(
    concrete(name = "JobConnection", params(crate::store::job::Jobs, Job)),
    concrete(name = "RoleJobConnection", params(RoleJobs, Job)),
    concrete(name = "OrgConnection", params(crate::store::org::Orgs, Org)),
    concrete(name = "SourceConnection", params(crate::store::source::Sources, Source)),
    concrete(name = "EventConnection", params(crate::store::event::Events, Event)),
    concrete(name = "CrawlConnection", params(crate::store::crawl::Crawls, Crawl)),
    concrete(name = "JobRevisionConnection", params(crate::store::job::Versions, JobRevision)),
    concrete(name = "JobSliceConnection", params(crate::store::rollup::Totals, JobSlice))
)]
impl<N: Listable, T: From<Found> + Direct> Paged<N, T>
where
    Facet<N::Facet>: OutputType,
{
    /// The rows of this page, each with its cursor.
    async fn edges(&self, ctx: &Context<'_>) -> Result<Vec<N::Edge>, Failure> {
        let at = child(&self.at, ctx, N::CONNECTION_NAME)?;
        let edge = |(index, record): (usize, &Arc<Record>)| {
            let found = Found::new(Arc::clone(record), at);
            N::Edge::from(EdgeRow { listed: Arc::clone(&self.listed), index, found })
        };
        Ok(self.listed.page.records.iter().enumerate().map(edge).collect())
    }

    /// The rows of this page.
    async fn nodes(&self, ctx: &Context<'_>) -> Result<Vec<Written<T>>, Failure> {
        let at = child(&self.at, ctx, N::CONNECTION_NAME)?;
        let node = |record| Written::from(Found::new(Arc::clone(record), at));
        Ok(self.listed.page.records.iter().map(node).collect())
    }

    /// Where this page stands in its list.
    async fn page_info(&self) -> PageInfo {
        self.listed.page_info()
    }

    /// How many rows the whole list has, whatever the page. Exact, or the limit of counting, see `totalCountIsExact`.
    async fn total_count(&self) -> i64 {
        self.listed.page.total.map_or(0, |total| total.count)
    }

    /// Whether `totalCount` is exact. Where the writer keeps no count of its own, rows are counted up to 100,000.
    async fn total_count_is_exact(&self) -> bool {
        self.listed.page.total.is_none_or(|total| total.is_exact)
    }

    /// How the rows of the whole list divide by their values.
    async fn facets(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What the rows are divided by, at most 20.")] fields: Vec<N::Facet>,
        #[graphql(desc = "How many buckets of each: 0 to 100, 10 if not given.")] top: Option<i32>,
        #[graphql(
            desc = "Whether a facet counts only rows that meet its own field's filter too. If not, it shows what the list would have by the other values of that field."
        )]
        include_own_filter: Option<bool>,
    ) -> Result<Vec<Facet<N::Facet>>, Failure> {
        drop((fields, top, include_own_filter));
        let at = child(&self.at, ctx, N::CONNECTION_NAME)?;
        let asked = facet::Asked::<N>::read(at, Request::of(ctx)?)?;
        let none = Arc::default();
        Ok(asked.answer(self.listed.facets.get(&at.id).unwrap_or(&none)))
    }

    /// The latest event of the state that this answer shows. Give it as `asOf: {seq: …}` to read on in the very same
    /// state, whatever has happened since, or as `after` to follow what happened next. To ask for it makes the whole
    /// answer one of that moment.
    async fn snapshot(&self, ctx: &Context<'_>) -> Result<Seq, Failure> {
        match Request::of(ctx)?.as_of(&self.at)? {
            Some(AsOf::Seq(seq)) => Ok(Seq(seq)),
            Some(AsOf::Time(_)) => Err(Failure::BadInput(
                "a moment given by its time has no snapshot\nhint: give the time again, it names the state already"
                    .to_owned(),
            )),
            None => Err(Failure::Broken("a snapshot that was not pinned")),
        }
    }
}

impl<N: Listable, T: From<Found> + Direct> Direct for Paged<N, T>
where
    Self: OutputType,
{
    fn write(&self, request: &Arc<Request>, out: &mut Out) -> Result<(), Unwritten> {
        self.listed.write::<N>(request, &self.at, out)
    }
}

/// A row of a list with its place there.
pub(super) struct EdgeRow {
    pub(super) listed: Arc<Listed>,
    index: usize,
    pub(super) found: Found,
}

impl EdgeRow {
    pub(super) fn cursor(&self) -> Result<String, Failure> {
        self.listed.cursor(self.index).ok_or(Failure::Broken("an edge without a position"))
    }

    pub(super) fn node<N: Listable, T: From<Found>>(&self, ctx: &Context<'_>) -> Result<Written<T>, Failure> {
        let at = child(&self.found.at, ctx, N::EDGE_NAME)?;
        Ok(Found::new(Arc::clone(&self.found.record), at).into())
    }
}

/// A row of a list with its place there.
pub(super) struct Edge<N, T> {
    row: EdgeRow,
    of: std::marker::PhantomData<fn() -> (N, T)>,
}

impl<N, T> From<EdgeRow> for Edge<N, T> {
    fn from(row: EdgeRow) -> Self {
        Self { row, of: std::marker::PhantomData }
    }
}

/// A row of a list with its place there.
#[Object(
    concrete(name = "OrgEdge", params(crate::store::org::Orgs, Org)),
    concrete(name = "SourceEdge", params(crate::store::source::Sources, Source)),
    concrete(name = "EventEdge", params(crate::store::event::Events, Event)),
    concrete(name = "CrawlEdge", params(crate::store::crawl::Crawls, Crawl)),
    concrete(name = "JobRevisionEdge", params(crate::store::job::Versions, JobRevision)),
    concrete(name = "JobSliceEdge", params(crate::store::rollup::Totals, JobSlice))
)]
impl<N: Listable, T: From<Found> + Direct> Edge<N, T> {
    /// Give it as `after` or `before` to go on from this row. Opaque, and good for this very list alone.
    async fn cursor(&self) -> Result<String, Failure> {
        self.row.cursor()
    }

    /// The row.
    async fn node(&self, ctx: &Context<'_>) -> Result<Written<T>, Failure> {
        self.row.node::<N, T>(ctx)
    }
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
