//! Connections: their arguments, edges, cursors and totals, alike for every noun.

use std::sync::Arc;

use async_graphql::{Context, Enum, InputType, Object, OutputType, SimpleObject, Value};
use serde_json::Map;

use super::crawl::Crawl;
use super::error::Failure;
use super::event::Event;
use super::job::Job;
use super::org::Org;
use super::relation::selected;
use super::request::{Found, Noun, Request, child};
use super::source::Source;
use crate::config::PAGE_SIZE_DEFAULT;
use crate::plan::{Selection, cursor};
use crate::store::filter::Filter;
use crate::store::key::Key;
use crate::store::page::{Direction, Listing, Order, Page, Slice};
use crate::store::row::{ColumnSet, Record};

/// Keys that `orderBy` may have.
const ORDER_KEYS_MAX: usize = 3;

/// A noun that stands in lists.
pub(super) trait Listable: Noun {
    const CONNECTION_NAME: &'static str;
    const EDGE_NAME: &'static str;
    const DEFAULT_ORDER: (Self::Column, Direction);
    type Filter: InputType + Into<Filter<Self::Column>>;
    type Order: InputType + Into<(Self::Column, Direction)>;
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

/// The arguments of a list, read from the document once for all parents.
pub(super) struct ListArguments<N: Listable> {
    filter: Filter<N::Column>,
    order: Order<N::Column>,
    size: u64,
    backward: bool,
    after: Option<String>,
    before: Option<String>,
}

impl<N: Listable> ListArguments<N> {
    pub(super) fn read(at: &Selection, variables: &Map<String, serde_json::Value>) -> Result<Self, Failure> {
        let filter: Option<N::Filter> = argument(at, "filter", variables)?;
        let order: Option<Vec<N::Order>> = argument(at, "orderBy", variables)?;
        let order: Vec<_> = order.unwrap_or_default().into_iter().map(Into::into).collect();
        if order.len() > ORDER_KEYS_MAX {
            let given = order.len();
            return Err(Failure::BadFilter(format!(
                "\"orderBy\" has {given} keys\nhint: at most {ORDER_KEYS_MAX} are allowed"
            )));
        }
        let first: Option<i32> = argument(at, "first", variables)?;
        let last: Option<i32> = argument(at, "last", variables)?;
        let size = first.or(last).unwrap_or(PAGE_SIZE_DEFAULT);
        Ok(Self {
            filter: filter.map(Into::into).unwrap_or_default(),
            order: Order::complete::<N>(if order.is_empty() { vec![N::DEFAULT_ORDER] } else { order }),
            size: u64::try_from(size)
                .map_err(|_| Failure::BadInput(format!("a page of {size} rows: give 0 or more")))?,
            backward: last.is_some(),
            after: argument(at, "after", variables)?,
            before: argument(at, "before", variables)?,
        })
    }

    /// Names the list, for its cursors to be bound to.
    pub(super) fn scope(&self, parent: Option<&str>) -> String {
        format!("{}|{}|{}", N::NAME, parent.unwrap_or_default(), self.order.fingerprint())
    }

    /// The question to the store; fails when a cursor is not of the list that `scope` names.
    pub(super) fn listing(&self, scope: &str) -> Result<Listing<N::Column>, Failure> {
        let position = |name: &str, cursor: &Option<String>| {
            let decode = |text: &String| {
                cursor::decode(text, scope, &self.order.are_numbers())
                    .map_err(|error| Failure::BadCursor(format!("the cursor in \"{name}\" {error}\nhint: give a cursor of this very list, as \"endCursor\" or an edge's \"cursor\" had it")))
            };
            cursor.as_ref().map(decode).transpose()
        };
        let slice = Slice {
            size: self.size,
            backward: self.backward,
            after: position("after", &self.after)?,
            before: position("before", &self.before)?,
        };
        Ok(Listing { filter: self.filter.clone(), order: self.order.clone(), slice })
    }
}

/// An argument's value as the document and the variables give it.
pub(super) fn argument<V: InputType>(
    at: &Selection,
    name: &str,
    variables: &Map<String, serde_json::Value>,
) -> Result<Option<V>, Failure> {
    let Some(value) = at.argument(name, variables).filter(|value| !value.is_null()) else {
        return Ok(None);
    };
    if let Some(path) = null_within(&value) {
        return Err(Failure::BadFilter(format!(
            "\"{name}{path}\" is null\nhint: leave it out, or ask for {{isNull: true}}"
        )));
    }
    let value = Value::from_json(value).map_err(|error| Failure::BadInput(format!("\"{name}\": {error}")))?;
    V::parse(Some(value)).map(Some).map_err(|error| {
        let message = error.into_server_error(async_graphql::Pos::default()).message;
        Failure::BadInput(format!("\"{name}\": {}", super::plain_words(&message)))
    })
}

/// Where a null stands inside an input, which would else silently mean "no condition".
fn null_within(value: &serde_json::Value) -> Option<String> {
    match value {
        serde_json::Value::Null => Some(String::new()),
        serde_json::Value::Array(items) => {
            items.iter().enumerate().find_map(|(index, item)| null_within(item).map(|path| format!("[{index}]{path}")))
        }
        serde_json::Value::Object(members) => {
            members.iter().find_map(|(name, member)| null_within(member).map(|path| format!(".{name}{path}")))
        }
        _ => None,
    }
}

/// A page with what its cursors are made of.
#[derive(Clone, Debug)]
pub(super) struct Listed {
    page: Page,
    positions: Vec<Vec<Key>>,
    scope: String,
}

impl Listed {
    pub(super) fn new<N: Listable>(page: Page, order: &Order<N::Column>, scope: String) -> Self {
        let positions = page.records.iter().map(|record| order.position(record)).collect();
        Self { page, positions, scope }
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

    pub(super) fn columns<N: Listable>(at: &Selection) -> ColumnSet {
        Self::rows_at::<N>(at).fold(ColumnSet::of(&[N::KEY]), |set, rows| set.with_set(selected::<N>(rows)))
    }

    pub(super) fn selects_rows(at: &Selection, connection: &str) -> bool {
        at.fields(connection).any(|field| matches!(field.field.as_str(), "nodes" | "edges" | "pageInfo"))
    }

    pub(super) fn selects_total(at: &Selection, connection: &str) -> bool {
        at.fields(connection).any(|field| field.field == "totalCount")
    }

    pub(super) async fn prefetch_below<N: Listable>(request: &Arc<Request>, at: &Selection, rows: &[Arc<Record>]) {
        for rows_at in Self::rows_at::<N>(at) {
            request.prefetch::<N>(rows_at, rows).await;
        }
    }

    fn cursor(&self, index: usize) -> Option<String> {
        self.positions.get(index).map(|keys| cursor::encode(&self.scope, keys))
    }
}

/// A list at the root of the graph.
pub(super) async fn root<N: Listable, T>(ctx: &Context<'_>) -> Result<Connection<N, T>, Failure>
where
    T: From<Found> + OutputType,
{
    let request = Request::of(ctx)?;
    let at = child(&request.operation.selection, ctx, "Query")?;
    let arguments = ListArguments::<N>::read(at, &request.variables)?;
    let scope = arguments.scope(None);
    let listing = arguments.listing(&scope)?;
    let mut page = Page::default();
    if Listed::selects_rows(at, N::CONNECTION_NAME) {
        let columns = Listed::columns::<N>(at).with_set(listing.order.columns());
        page = request.reader.list::<N>(columns, &listing).await?;
    }
    if Listed::selects_total(at, N::CONNECTION_NAME) {
        page.total = Some(request.reader.count::<N>(&listing.filter).await?);
    }
    Listed::prefetch_below::<N>(request, at, &page.records).await;
    Ok(Connection::new(Arc::new(Listed::new::<N>(page, &listing.order, scope)), Arc::clone(at)))
}

/// A page of a list, in its order. Ask `totalCount` only if you show it: it is counted only then.
pub(super) struct Connection<N, T> {
    listed: Arc<Listed>,
    at: Arc<Selection>,
    of: std::marker::PhantomData<fn() -> (N, T)>,
}

impl<N, T> Connection<N, T> {
    pub(super) fn new(listed: Arc<Listed>, at: Arc<Selection>) -> Self {
        Self { listed, at, of: std::marker::PhantomData }
    }
}

/// A page of a list, in its order. Ask `totalCount` only if you show it: it is counted only then.
#[Object(
    concrete(name = "JobConnection", params(crate::store::job::Jobs, Job)),
    concrete(name = "OrgConnection", params(crate::store::org::Orgs, Org)),
    concrete(name = "SourceConnection", params(crate::store::source::Sources, Source)),
    concrete(name = "EventConnection", params(crate::store::event::Events, Event)),
    concrete(name = "CrawlConnection", params(crate::store::crawl::Crawls, Crawl))
)]
impl<N: Listable, T: From<Found> + OutputType> Connection<N, T>
where
    Edge<N, T>: OutputType,
{
    /// The rows of this page, each with its cursor.
    async fn edges(&self, ctx: &Context<'_>) -> Result<Vec<Edge<N, T>>, Failure> {
        let at = child(&self.at, ctx, N::CONNECTION_NAME)?;
        let edge = |(index, record): (usize, &Arc<Record>)| Edge {
            listed: Arc::clone(&self.listed),
            index,
            found: Found::new(Arc::clone(record), at),
            of: std::marker::PhantomData,
        };
        Ok(self.listed.page.records.iter().enumerate().map(edge).collect())
    }

    /// The rows of this page.
    async fn nodes(&self, ctx: &Context<'_>) -> Result<Vec<T>, Failure> {
        let at = child(&self.at, ctx, N::CONNECTION_NAME)?;
        Ok(self.listed.page.records.iter().map(|record| T::from(Found::new(Arc::clone(record), at))).collect())
    }

    /// Where this page stands in its list.
    async fn page_info(&self) -> PageInfo {
        let last = self.listed.page.records.len().checked_sub(1);
        PageInfo {
            has_next_page: self.listed.page.has_next,
            has_previous_page: self.listed.page.has_previous,
            start_cursor: self.listed.cursor(0),
            end_cursor: last.and_then(|last| self.listed.cursor(last)),
        }
    }

    /// The exact number of rows in the whole list, whatever the page.
    async fn total_count(&self) -> i64 {
        self.listed.page.total.unwrap_or_default()
    }
}

/// A row of a list with its place there.
pub(super) struct Edge<N, T> {
    listed: Arc<Listed>,
    index: usize,
    found: Found,
    of: std::marker::PhantomData<fn() -> (N, T)>,
}

/// A row of a list with its place there.
#[Object(
    concrete(name = "JobEdge", params(crate::store::job::Jobs, Job)),
    concrete(name = "OrgEdge", params(crate::store::org::Orgs, Org)),
    concrete(name = "SourceEdge", params(crate::store::source::Sources, Source)),
    concrete(name = "EventEdge", params(crate::store::event::Events, Event)),
    concrete(name = "CrawlEdge", params(crate::store::crawl::Crawls, Crawl))
)]
impl<N: Listable, T: From<Found> + OutputType> Edge<N, T> {
    /// Give it as `after` or `before` to go on from this row. Opaque, and good for this very list alone.
    async fn cursor(&self) -> Result<String, Failure> {
        self.listed.cursor(self.index).ok_or(Failure::Broken("an edge without a position"))
    }

    /// The row.
    async fn node(&self, ctx: &Context<'_>) -> Result<T, Failure> {
        let at = child(&self.found.at, ctx, N::EDGE_NAME)?;
        Ok(T::from(Found::new(Arc::clone(&self.found.record), at)))
    }
}

/// Where a page stands in its list.
#[derive(SimpleObject)]
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
