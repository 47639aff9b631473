//! The arguments of fields, read from the document once for all rows that the field stands on.

use std::sync::Arc;

use async_graphql::{InputType, Value};
use serde_json::Map;

use super::error::Failure;
use super::filter::{Asked, Conditions};
use super::page::{Listable, Listed};
use super::request::Clock;
use crate::config::PAGE_SIZE_DEFAULT;
use crate::plan::{Selection, cursor};
use crate::search::Query;
use crate::store::filter::Filter;
use crate::store::page::{Direction, Listing, Order, Slice, Sort};
use crate::store::scope::{AsOf, Scope};

/// Keys that `orderBy` may have.
const ORDER_KEYS_MAX: usize = 3;

/// The arguments of a list.
pub(super) struct ListArguments<N: Listable> {
    pub(super) filter: Filter<N::Column>,
    pub(super) scope: Scope,
    order: Order<N::Column>,
    size: u64,
    tells_more: bool,
    backward: bool,
    after: Option<String>,
    before: Option<String>,
}

impl<N: Listable> ListArguments<N> {
    pub(super) fn read(
        at: &Selection,
        variables: &Map<String, serde_json::Value>,
        clock: &Clock,
        as_of: Option<AsOf>,
    ) -> Result<Self, Failure> {
        let filter: Option<N::Filter> = argument(at, "filter", variables)?;
        let search: Option<String> = argument(at, "search", variables)?;
        let search = search.map(|text| Query::parse(&text)).transpose();
        let search = search.map_err(|error| Failure::BadFilter(error.to_string()))?;
        let first: Option<i32> = argument(at, "first", variables)?;
        let last: Option<i32> = argument(at, "last", variables)?;
        let size = first.or(last).unwrap_or(PAGE_SIZE_DEFAULT);
        Ok(Self {
            filter: filter.map(|it| it.conditions(&Asked::new(clock, as_of))).transpose()?.unwrap_or_default(),
            order: order::<N>(at, variables, search.is_some(), as_of.is_some())?,
            scope: Scope { as_of, search: search.map(Arc::new) },
            size: u64::try_from(size)
                .map_err(|_| Failure::BadInput(format!("a page of {size} rows: give 0 or more")))?,
            tells_more: Listed::selects_page_info(at, N::CONNECTION_NAME),
            backward: last.is_some(),
            after: argument(at, "after", variables)?,
            before: argument(at, "before", variables)?,
        })
    }

    /// Names the list, for its cursors to be bound to; `place` is what it stands on, nothing for all rows of the noun.
    pub(super) fn list_name(&self, place: &str) -> String {
        let search = self.scope.search.as_ref().map_or_else(String::new, |it| format!("|{it}"));
        format!("{}|{place}|{}{search}", N::NAME, self.order.fingerprint())
    }

    /// Whether it begins or ends at a cursor.
    pub(super) fn has_cursor(&self) -> bool {
        self.after.is_some() || self.before.is_some()
    }

    /// The question to the store; fails when a cursor is not of the list of this name.
    pub(super) fn listing(&self, list_name: &str) -> Result<Listing<N::Column>, Failure> {
        let position = |name: &str, cursor: &Option<String>| {
            let decode = |text: &String| {
                cursor::decode(text, list_name, &self.order.are_numbers())
                    .map_err(|error| Failure::BadCursor(format!("the cursor in \"{name}\" {error}\nhint: give a cursor of this very list, as \"endCursor\" or an edge's \"cursor\" had it")))
            };
            cursor.as_ref().map(decode).transpose()
        };
        let slice = Slice {
            size: self.size,
            tells_more: self.tells_more,
            backward: self.backward,
            after: position("after", &self.after)?,
            before: position("before", &self.before)?,
        };
        Ok(Listing { scope: self.scope.clone(), filter: self.filter.clone(), order: self.order.clone(), slice })
    }
}

/// The order asked for; by default the best matches of a search first, else the noun's own.
fn order<N: Listable>(
    at: &Selection,
    variables: &Map<String, serde_json::Value>,
    is_search: bool,
    is_past: bool,
) -> Result<Order<N::Column>, Failure> {
    let order: Option<Vec<N::Order>> = argument(at, "orderBy", variables)?;
    let mut order: Vec<(Sort<N::Column>, Direction)> = order.unwrap_or_default().into_iter().map(Into::into).collect();
    let given = order.len();
    if given > ORDER_KEYS_MAX {
        let message = format!("\"orderBy\" has {given} keys\nhint: at most {ORDER_KEYS_MAX} are allowed");
        return Err(Failure::BadFilter(message));
    }
    if !is_search && order.iter().any(|(sort, _)| matches!(sort, Sort::Rank)) {
        let message =
            "\"orderBy\" asks for relevance, but nothing is searched for\nhint: give \"search\", or another order";
        return Err(Failure::BadFilter(message.to_owned()));
    }
    if order.is_empty() {
        let (column, direction) = N::DEFAULT_ORDER;
        order.extend(is_search.then_some((Sort::Rank, Direction::Descending)));
        order.push((Sort::Column(column), direction));
    }
    let passing = |(sort, _): &(Sort<N::Column>, Direction)| match sort {
        Sort::Column(column) if N::is_passing(*column) => Some(*column),
        _ => None,
    };
    if let Some(column) = order.iter().find_map(passing).filter(|_| is_past) {
        return Err(Failure::no_past(column));
    }
    Ok(Order::complete::<N>(order))
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
        Failure::BadInput(format!("\"{name}\": {}", super::body::plain_words(&message)))
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
