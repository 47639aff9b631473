//! What the writer has counted, as answers: how many, how often, how fast, how fresh.

use async_graphql::{Context, Enum, Object, SimpleObject};
use chrono::{Days, NaiveDate};

use super::arguments::argument;
use super::error::Failure;
use super::request::{Request, child};
use super::scalar::{Date, DateTime};
use super::value::provider_label;
use crate::config::{STATS_DAYS_DEFAULT, STATS_TOP_DEFAULT};
use crate::store::facet::Label;
use crate::store::rollup::{Day, Freshness};

/// Values whose statistics are answered at once.
const VALUES_MAX: usize = 100;
/// Days of a range.
const DAYS_MAX: i64 = 3_660;
/// Milliseconds of a day.
const DAY: i64 = 86_400_000;

/// What statistics are kept by.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::graphql) enum StatDimension {
    /// Everything together.
    All,
    /// The applicant tracking system.
    Provider,
    /// The employer, by its id.
    Org,
    /// The board, by its id.
    Source,
    /// The country of the primary place, by its code.
    Country,
    /// The city of the primary place, in lower case.
    City,
    /// The department, in lower case.
    Department,
    /// Where the work is done.
    WorkplaceType,
    /// The kind of employment.
    EmploymentType,
}

impl StatDimension {
    fn name(self) -> &'static str {
        match self {
            Self::All => "ALL",
            Self::Provider => "PROVIDER",
            Self::Org => "ORG",
            Self::Source => "SOURCE",
            Self::Country => "COUNTRY",
            Self::City => "CITY",
            Self::Department => "DEPARTMENT",
            Self::WorkplaceType => "WORKPLACE_TYPE",
            Self::EmploymentType => "EMPLOYMENT_TYPE",
        }
    }

    fn label(self) -> Option<Label> {
        match self {
            Self::Org => Some(Label::ORG),
            Self::Source => Some(Label::SOURCE),
            Self::Country => Some(Label::COUNTRY),
            Self::City => Some(Label::CITY),
            Self::Department => Some(Label::DEPARTMENT),
            _ => None,
        }
    }

    /// The column of boards that has the value; nothing where boards have none.
    fn column_of_sources(self) -> Option<Option<&'static str>> {
        match self {
            Self::All => Some(None),
            Self::Provider => Some(Some("provider")),
            Self::Org => Some(Some("org_id")),
            Self::Source => Some(Some("source_id")),
            _ => None,
        }
    }
}

/// What was counted of all postings that have one value in common.
pub(super) struct Stats {
    value: String,
    label: String,
    active: i64,
    total: i64,
    days: Vec<Day>,
    lifetimes: Vec<(i64, i64)>,
    freshness: Option<Freshness>,
    now: i64,
}

/// What was counted of all postings that have one value in common.
#[Object]
impl Stats {
    /// The value as filters take it; empty for all postings, and for those without a value.
    async fn value(&self) -> &str {
        &self.value
    }

    /// The value for people.
    async fn label(&self) -> &str {
        &self.label
    }

    /// How many postings are active now.
    async fn active_job_count(&self) -> i64 {
        self.active
    }

    /// How many postings are known, closed ones included.
    async fn job_count(&self) -> i64 {
        self.total
    }

    /// What happened on each day of the range that anything happened on, the earliest first.
    async fn days(&self) -> Vec<DayStats> {
        self.days.iter().map(DayStats::from).collect()
    }

    /// How many postings were created in the range.
    async fn created(&self) -> i64 {
        self.days.iter().map(|day| day.created).sum()
    }

    /// How many were closed in the range.
    async fn closed(&self) -> i64 {
        self.days.iter().map(|day| day.closed).sum()
    }

    /// How many were reopened in the range.
    async fn reopened(&self) -> i64 {
        self.days.iter().map(|day| day.reopened).sum()
    }

    /// How many reopenings in the range there are for each closing in the range; null when none was closed. More than 1
    /// where postings came back that had been closed before the range.
    async fn reopen_rate(&self) -> Option<f64> {
        let (closed, reopened) =
            (self.days.iter().map(|it| it.closed).sum(), self.days.iter().map(|it| it.reopened).sum());
        rate(reopened, closed)
    }

    /// The whole days after which half of all closings had come, counted from when a posting was first seen; null
    /// when none was closed.
    async fn median_days_to_close(&self) -> Option<i64> {
        let closings: i64 = self.lifetimes.iter().map(|(_, closings)| closings).sum();
        let mut left = (closings + 1) / 2;
        self.lifetimes.iter().find_map(|(days, closings)| {
            left -= closings;
            (left <= 0).then_some(*days)
        })
    }

    /// How fresh the boards are; null where boards have no such value.
    async fn freshness(&self) -> Option<FreshnessStats> {
        let fresh = self.freshness?;
        let known = |at: i64| (at != entity::ABSENT).then_some(DateTime(at));
        Some(FreshnessStats {
            source_count: fresh.sources,
            stale_source_count: fresh.stale,
            latest_crawl_at: known(fresh.latest),
            oldest_complete_at: known(fresh.oldest),
            lag_seconds: known(fresh.latest).map(|at| (self.now - at.0).max(0) / 1_000),
        })
    }
}

/// What happened on one day.
#[derive(SimpleObject)]
pub(super) struct DayStats {
    /// The day in UTC, by when it was observed.
    day: Date,
    /// How many postings were created.
    created: i64,
    /// How many were updated.
    updated: i64,
    /// How many were closed.
    closed: i64,
    /// How many were reopened.
    reopened: i64,
}

impl From<&Day> for DayStats {
    fn from(day: &Day) -> Self {
        let date = chrono::DateTime::from_timestamp_millis(day.day.saturating_mul(DAY)).unwrap_or_default();
        Self {
            day: Date(date.date_naive()),
            created: day.created,
            updated: day.updated,
            closed: day.closed,
            reopened: day.reopened,
        }
    }
}

/// How fresh boards are. Only active boards count.
#[derive(SimpleObject)]
pub(super) struct FreshnessStats {
    /// How many boards there are.
    source_count: i64,
    /// How many were not read completely within two of their intervals.
    stale_source_count: i64,
    /// When one of them was last crawled.
    latest_crawl_at: Option<DateTime>,
    /// When the one longest unread was last read completely; null when one never was.
    oldest_complete_at: Option<DateTime>,
    /// Seconds since the latest crawl.
    lag_seconds: Option<i64>,
}

#[expect(clippy::cast_precision_loss, reason = "counts of postings are far below 2 to the 52nd")]
fn rate(part: i64, whole: i64) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

/// The statistics that the root field asks for.
pub(super) async fn stats(ctx: &Context<'_>) -> Result<Vec<Stats>, Failure> {
    let request = Request::of(ctx)?;
    let at = child(&request.operation.selection, ctx, "Query")?;
    let dimension = argument(at, "by", &request.variables)?.unwrap_or(StatDimension::All);
    let values: Option<Vec<String>> = argument(at, "values", &request.variables)?;
    let top: Option<i32> = argument(at, "top", &request.variables)?;
    let top = top.map_or(STATS_TOP_DEFAULT, |it| u64::try_from(it).unwrap_or(u64::MAX));
    if top > 100 || values.as_ref().is_some_and(|it| it.len() > VALUES_MAX) {
        return Err(Failure::BadInput("\"top\" may be 0 to 100, and \"values\" may have as many members".to_owned()));
    }
    let range = range(
        argument(at, "from", &request.variables)?,
        argument(at, "to", &request.variables)?,
        request.clock.read(),
    )?;
    let (reader, name) = (&request.reader, dimension.name());
    let limit = values.as_ref().map_or(top.try_into().unwrap_or(100), |_| 100);
    let totals = reader.totals(name, values.as_deref(), limit).await?;
    let values: Vec<String> = totals.iter().map(|(value, _, _)| value.clone()).collect();
    let selects = |field: &str| at.fields("Stats").any(|it| it.field == field);
    let mut days = if ["days", "created", "closed", "reopened", "reopenRate"].into_iter().any(selects) {
        reader.days(name, &values, range).await?
    } else {
        Default::default()
    };
    let mut lifetimes =
        if selects("medianDaysToClose") { reader.lifetimes(name, &values).await? } else { Default::default() };
    let labels = match dimension.label().filter(|_| selects("label")) {
        Some(label) => reader.labels(label, &values).await?,
        None => Default::default(),
    };
    let mut freshness = match dimension.column_of_sources().filter(|_| selects("freshness")) {
        Some(column) => reader.freshness(column, &values, request.clock.read()).await?,
        None => Default::default(),
    };
    let one = |(value, active, total): (String, i64, i64)| Stats {
        label: match dimension {
            StatDimension::Provider => provider_label(&value),
            _ => labels.get(&value).unwrap_or(&value).clone(),
        },
        days: days.remove(&value).unwrap_or_default(),
        lifetimes: lifetimes.remove(&value).unwrap_or_default(),
        freshness: freshness.remove(&value),
        now: request.clock.read(),
        value,
        active,
        total,
    };
    Ok(totals.into_iter().map(one).collect())
}

/// The days of a range, by default the last thirty, as days since 1970.
fn range(from: Option<Date>, to: Option<Date>, now: i64) -> Result<(i64, i64), Failure> {
    let today = chrono::DateTime::from_timestamp_millis(now).unwrap_or_default().date_naive();
    let to = to.map_or(today, |it| it.0);
    let from = from.map_or_else(|| to.checked_sub_days(Days::new(STATS_DAYS_DEFAULT - 1)).unwrap_or(to), |it| it.0);
    let since_1970 = |date: NaiveDate| date.signed_duration_since(NaiveDate::default()).num_days();
    let (first, last) = (since_1970(from), since_1970(to));
    if first > last || last - first >= DAYS_MAX {
        return Err(Failure::BadInput(format!("the days from {from} to {to} are no range of 1 to {DAYS_MAX} days")));
    }
    Ok((first, last))
}
