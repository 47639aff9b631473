//! What an operation may come to, in points and in rows, from the values its arguments really have.
//! A scalar is free, by a second name 1, and an object costs 1, as does a day of statistics; a list in pages costs 2 and, for each row of its page, what is selected of a row.
//! Points are multiplied down the tree and never wrap: a figure too large to hold is the largest there is.

mod printed;

use std::sync::Arc;

use chrono::{DateTime, NaiveDate};
use serde_json::{Map, Value};

use super::filter;
use super::limits::Limits;
use super::refusal::Refusal;
use super::selection::{Children, Operation, Role, Selection};
use super::variables;
use crate::config::{STATS_DAYS_DEFAULT, STATS_TOP_DEFAULT};
use crate::error::Code;

pub use self::printed::{COST_DIRECTIVES, with_costs};

// What these stand for is written into the schema by `printed`; what is changed here is to be changed there.
const OBJECT: u64 = 1;
const CONNECTION: u64 = 2;
const TOTAL_COUNT: u64 = 10;
const FACETS: u64 = 20;
const SEARCH: u64 = 20;
const AS_OF: u64 = 10;
const FILTER_NODE: u64 = 1;
const HIGHLIGHTS: u64 = 5;
const LIFETIMES: u64 = 10;
const ROLE: u64 = 2;
const INTROSPECTION: u64 = 50;

/// What a selection comes to, for one value of its parent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Cost {
    pub(super) points: u64,
    pub(super) nodes: u64,
}

impl Cost {
    fn points(points: u64) -> Self {
        Self { points, nodes: 0 }
    }

    fn plus(self, other: Self) -> Self {
        Self { points: self.points.saturating_add(other.points), nodes: self.nodes.saturating_add(other.nodes) }
    }

    fn times(self, factor: u64) -> Self {
        Self { points: self.points.saturating_mul(factor), nodes: self.nodes.saturating_mul(factor) }
    }

    fn or_more(self, other: Self) -> Self {
        Self { points: self.points.max(other.points), nodes: self.nodes.max(other.nodes) }
    }
}

/// Refuses what is over a limit, and pages and filters that are not allowed whatever they cost.
pub(super) fn check(
    operation: &Operation,
    variables: &Map<String, Value>,
    limits: &Limits,
    now: i64,
) -> Result<Cost, Refusal> {
    variables::check(operation, variables, limits)?;
    let meter = Meter { variables, limits, now };
    let cost = meter.children(&operation.selection)?;
    if cost.points > limits.cost_max {
        let message = format!(
            "the operation costs {} points, the limit is {}: ask for smaller pages or for fewer lists inside lists",
            cost.points, limits.cost_max
        );
        return Err(Refusal::new(Code::CostLimit, message));
    }
    if cost.nodes > limits.nodes_max {
        let message = format!(
            "the operation could answer {} nodes, the limit is {}: ask for smaller pages or for fewer lists inside lists",
            cost.nodes, limits.nodes_max
        );
        return Err(Refusal::new(Code::NodeLimit, message));
    }
    Ok(cost)
}

struct Meter<'a> {
    variables: &'a Map<String, Value>,
    limits: &'a Limits,
    /// UTC milliseconds since 1970.
    now: i64,
}

impl Meter<'_> {
    fn field(&self, field: &Selection) -> Result<Cost, Refusal> {
        if field.role == Role::Leaf && field.arguments.is_empty() {
            return Ok(Cost::default());
        }
        let own = Cost::points(self.arguments(field)?);
        let mut page = self.page_size(field)?;
        if let Role::List { size_default } = field.role {
            page = page.or(Some(size_default));
        }
        let below = match field.role {
            Role::Leaf => Cost::default(),
            Role::Introspection => Cost::points(INTROSPECTION),
            Role::Object | Role::List { .. } if field.field == "orgFacets" => {
                Cost::points(FACETS.saturating_mul(self.listed(field, "fields")))
            }
            Role::Object | Role::List { .. } if field.field == "stats" => self.stats(field),
            Role::Object | Role::List { .. } if field.field == "highlights" => Cost::points(HIGHLIGHTS),
            // Its first sight is looked for among its postings.
            Role::Object | Role::List { .. } if field.field == "role" => Cost::points(ROLE).plus(self.children(field)?),
            Role::Object | Role::List { .. } => {
                let one = Cost::points(OBJECT).plus(self.children(field)?);
                // Objects asked for by number are rows, one at a time are not.
                page.map_or(one, |size| one.plus(Cost { points: 0, nodes: 1 }).times(size))
            }
            Role::Connection { page_size_default } => self.connection(field, page.unwrap_or(page_size_default))?,
        };
        Ok(own.plus(below))
    }

    /// What is selected on the value, at most, whatever its type is.
    fn children(&self, field: &Selection) -> Result<Cost, Refusal> {
        match &field.children {
            Children::Leaf => Ok(Cost::default()),
            Children::Object(fields) => self.sum(fields),
            Children::Abstract(types) => {
                types.iter().try_fold(Cost::default(), |most, (_, fields)| Ok(most.or_more(self.sum(fields)?)))
            }
        }
    }

    fn sum(&self, fields: &[Arc<Selection>]) -> Result<Cost, Refusal> {
        let again = Cost::points(asked_again(fields));
        fields.iter().try_fold(again, |sum, field| Ok(sum.plus(self.field(field)?)))
    }

    fn connection(&self, connection: &Selection, page_size: u64) -> Result<Cost, Refusal> {
        let mut whole = Cost::points(CONNECTION);
        let mut row = Cost::default();
        for field in connection.fields("") {
            match field.field.as_str() {
                // An edge is nothing beside its node.
                "edges" => row = row.plus(self.children(field)?),
                "nodes" => row = row.plus(self.field(field)?),
                "totalCount" | "totalCountIsExact" => whole = whole.plus(Cost::points(TOTAL_COUNT)),
                // Each is a statement of its own; what they answer is bounded.
                "facets" => whole = whole.plus(Cost::points(FACETS.saturating_mul(self.listed(field, "fields")))),
                _ => whole = whole.plus(self.field(field)?),
            }
        }
        let reads_rows =
            connection.fields("").any(|field| matches!(field.field.as_str(), "edges" | "nodes" | "pageInfo"));
        row.nodes = row.nodes.saturating_add(u64::from(reads_rows));
        Ok(whole.plus(row.times(page_size)))
    }

    fn arguments(&self, field: &Selection) -> Result<u64, Refusal> {
        let mut points: u64 = 0;
        if field.argument_ref("asOf", self.variables).is_some_and(|value| !value.is_null()) {
            points += AS_OF;
        }
        if field.argument_ref("search", self.variables).is_some_and(|value| !value.is_null()) {
            points += SEARCH;
        }
        if let Some(value) = field.argument_ref("filter", self.variables) {
            points = points.saturating_add(filter::check(field, &value, self.limits)?.saturating_mul(FILTER_NODE));
        }
        Ok(points)
    }

    /// For each value: a day costs 1 to be read, and 1 each time it is answered.
    fn stats(&self, field: &Selection) -> Cost {
        let count = |names: &[&str]| field.fields("").filter(|it| names.contains(&it.field.as_str())).count();
        let (answered, summed) = (count(&["days"]), count(&["created", "closed", "reopened", "reopenRate"]));
        let readings = u64::try_from(answered + usize::from(answered + summed > 0)).unwrap_or(u64::MAX);
        let each = OBJECT
            .saturating_add(self.days(field).saturating_mul(readings))
            .saturating_add(if count(&["medianDaysToClose"]) > 0 { LIFETIMES } else { 0 })
            .saturating_add(if count(&["freshness"]) > 0 { OBJECT } else { 0 });
        let values = match field.argument_ref("values", self.variables).as_deref() {
            Some(Value::Array(values)) => u64::try_from(values.len()).unwrap_or(u64::MAX),
            _ => self.number(field, "top").unwrap_or(STATS_TOP_DEFAULT),
        };
        Cost::points(each.saturating_mul(values.max(1)))
    }

    /// How many days statistics are asked for. What is no range is refused where it is answered. Until today is as many as there
    /// are when it is asked, so that no such plan may be kept: none is whose answer reads the clock, as that of statistics does.
    fn days(&self, field: &Selection) -> u64 {
        let date = |argument: &str| {
            let value = field.argument_ref(argument, self.variables)?;
            value.as_str()?.parse::<NaiveDate>().ok()
        };
        let Some(from) = date("from") else {
            return STATS_DAYS_DEFAULT;
        };
        let to =
            date("to").unwrap_or_else(|| DateTime::from_timestamp_millis(self.now).unwrap_or_default().date_naive());
        u64::try_from((to - from).num_days()).unwrap_or(0).saturating_add(1)
    }

    fn number(&self, field: &Selection, argument: &str) -> Option<u64> {
        field.argument_ref(argument, self.variables)?.as_u64()
    }

    /// How many members a list argument has, at least one.
    fn listed(&self, field: &Selection, argument: &str) -> u64 {
        let members = match field.argument_ref(argument, self.variables).as_deref() {
            Some(Value::Array(members)) => u64::try_from(members.len()).unwrap_or(u64::MAX),
            _ => 1,
        };
        members.max(1)
    }

    /// How many rows are asked for, if the arguments say so.
    fn page_size(&self, field: &Selection) -> Result<Option<u64>, Refusal> {
        let first = self.size(field, "first")?;
        let last = self.size(field, "last")?;
        if first.is_some() && last.is_some() {
            let message = format!("\"{}\" takes \"first\" or \"last\", not both", field.field);
            return Err(Refusal::at(Code::BadUserInput, message, field.location));
        }
        let named = if field.field == "_entities" { "representations" } else { "ids" };
        Ok(first.or(last).or(self.size(field, named)?))
    }

    fn size(&self, field: &Selection, argument: &str) -> Result<Option<u64>, Refusal> {
        let value = field.argument_ref(argument, self.variables);
        let (size, shown) = match value.as_deref() {
            Some(Value::Number(number)) => (number.as_u64(), number.to_string()),
            Some(Value::Array(items)) => (u64::try_from(items.len()).ok(), items.len().to_string()),
            _ => return Ok(None),
        };
        let limit = self.limits.page_size_max;
        match size.filter(|size| *size <= limit) {
            Some(size) => Ok(Some(size)),
            None => {
                let message = format!("\"{argument}\" of \"{}\" may be 0 to {limit}, not {shown}", field.field);
                Err(Refusal::at(Code::BadUserInput, message, field.location))
            }
        }
    }
}

/// How many scalars are selected that are selected by another name as well: each is written once more, however long it is.
fn asked_again(fields: &[Arc<Selection>]) -> u64 {
    let is_leaf = |it: &Selection| it.role == Role::Leaf;
    let renamed = fields.iter().enumerate().filter(|(_, it)| is_leaf(it) && it.response_key != it.field);
    let is_again = |(at, one): &(usize, &Arc<Selection>)| {
        let is_other = |(other, it): (usize, &Arc<Selection>)| {
            it.field == one.field && (other < *at || it.response_key == it.field)
        };
        fields.iter().enumerate().any(is_other)
    };
    renamed.filter(is_again).count() as u64
}

#[cfg(test)]
mod tests;
