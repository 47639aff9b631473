//! Pages: how much, and from where on.

use std::fmt;
use std::str::FromStr;

use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::IntoParams;

use super::envelope::{Paged, Problem};

/// Records of a page when the call does not say.
const LIMIT_DEFAULT: u32 = 50;
/// Records of a page at most.
pub(super) const LIMIT_MAX: u32 = 100;
/// What the original takes at most; more than `LIMIT_MAX` is answered by pages of that.
const LIMIT_ACCEPTED: u32 = 500;

/// Which page of a list.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Paging {
    /// Records of the page, 50 if nothing is said. More than 100 gives pages of 100, as `meta.limit` tells.
    #[param(minimum = 1, maximum = 500)]
    limit: Option<u32>,
    /// Goes on after another page: its `meta.next_cursor`, with all other parameters as they were.
    #[param(max_length = 1000)]
    cursor: Option<String>,
}

impl Paging {
    pub(super) fn limit(&self) -> Result<u32, Problem> {
        let limit = self.limit.unwrap_or(LIMIT_DEFAULT);
        if !(1..=LIMIT_ACCEPTED).contains(&limit) {
            return Err(Problem::parameter("limit", &format!("must be 1 to {LIMIT_ACCEPTED}")));
        }
        Ok(limit.min(LIMIT_MAX))
    }

    pub(super) fn cursor(&self) -> Result<Cursor, Problem> {
        let Some(text) = &self.cursor else {
            return Ok(Cursor::default());
        };
        text.parse().map_err(|()| Problem::cursor())
    }
}

/// A place in a list: how many records lie before it, of which so many belong to what the graph gives next.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Cursor {
    pub(super) offset: u64,
    pub(super) skipped: usize,
    /// The graph's own cursor; none at its beginning.
    pub(super) after: Option<String>,
    /// The number of the event that the graph began with, where it has given no cursor yet: newer ones may come before.
    pub(super) begun: Option<i64>,
}

impl Cursor {
    /// What the numbers of events are to be, so that the graph begins where it did.
    pub(super) fn seq(&self) -> Option<Value> {
        self.begun.map(|seq| json!({ "lte": seq.to_string() }))
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{}.{}.{}", self.offset, self.skipped, self.after.as_deref().unwrap_or_default())?;
        self.begun.map_or(Ok(()), |seq| write!(to, ".{seq}"))
    }
}

impl FromStr for Cursor {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let mut parts = text.splitn(4, '.');
        let (Some(offset), Some(skipped), Some(after)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(());
        };
        let offset = offset.parse().ok().filter(|it: &u64| *it < u64::from(u32::MAX)).ok_or(())?;
        let skipped = skipped.parse().map_err(|_| ())?;
        let begun = parts.next().map(|seq| seq.parse().ok().filter(|it: &i64| *it >= 0).ok_or(())).transpose()?;
        Ok(Self { offset, skipped, after: Some(after).filter(|it| !it.is_empty()).map(ToOwned::to_owned), begun })
    }
}

/// How many there are in a list of the graph.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Counted {
    pub(super) total_count: u64,
}

/// A page of a list as the graph gives it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct GraphPage<T> {
    pub(super) nodes: Vec<T>,
    page_info: PageInfo,
    total_count: Option<u64>,
    total_count_is_exact: Option<bool>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PageInfo {
    has_next_page: bool,
    end_cursor: Option<String>,
}

impl<T> GraphPage<T> {
    /// What is said beside the page that begins at `from`.
    pub(super) fn paged(&self, from: &Cursor, limit: u32, order: &'static str) -> Paged {
        let offset = from.offset + self.nodes.len() as u64;
        let after = self.page_info.end_cursor.clone().filter(|_| self.page_info.has_next_page);
        let next_cursor = after.map(|after| Cursor { offset, after: Some(after), ..Cursor::default() }.to_string());
        let is_capped = self.total_count_is_exact.is_some_and(|it| !it);
        let total = self.total_count.map(|count| (count, is_capped));
        Paged { limit, offset: from.offset, next_cursor, order, total }
    }
}
