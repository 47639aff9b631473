//! Inputs by which columns are filtered, and their way into the store's conditions.

mod key;

use async_graphql::{ID, InputObject, InputType};
use entity::Ordinal;

use self::key::AsKey;
use super::error::Failure;
use super::request::Clock;
use super::scalar::{CountryCode, CurrencyCode, DateTime, Duration, Language, Seq, SubdivisionCode, Uuid};
use super::vocabulary::{
    ClosedReason, ContractTerm, CrawlOutcome, EmploymentType, EventCause, EventType, JobFunction, JobStatus,
    RemoteScopeKind, Seniority, SourceHealth, SourceStatus, WorkplaceType,
};
use crate::store::filter::{Comparison, Filter};
use crate::store::scope::AsOf;
use crate::store::table::Table;

/// Comparisons of a text or another value that is equal or not. All that are given must hold.
#[derive(InputObject, Clone, Debug)]
#[graphql(
    concrete(name = "StringFilter", params(String)),
    concrete(name = "IDFilter", params(ID)),
    concrete(name = "UUIDFilter", params(Uuid)),
    concrete(name = "CountryCodeFilter", params(CountryCode)),
    concrete(name = "SubdivisionCodeFilter", params(SubdivisionCode)),
    concrete(name = "CurrencyCodeFilter", params(CurrencyCode)),
    concrete(name = "LanguageFilter", params(Language)),
    concrete(name = "JobStatusFilter", params(JobStatus)),
    concrete(name = "ClosedReasonFilter", params(ClosedReason)),
    concrete(name = "WorkplaceTypeFilter", params(WorkplaceType)),
    concrete(name = "EmploymentTypeFilter", params(EmploymentType)),
    concrete(name = "ContractTermFilter", params(ContractTerm)),
    concrete(name = "SeniorityFilter", params(Seniority)),
    concrete(name = "JobFunctionFilter", params(JobFunction)),
    concrete(name = "RemoteScopeKindFilter", params(RemoteScopeKind)),
    concrete(name = "EventTypeFilter", params(EventType)),
    concrete(name = "EventCauseFilter", params(EventCause)),
    concrete(name = "SourceStatusFilter", params(SourceStatus)),
    concrete(name = "SourceHealthFilter", params(SourceHealth)),
    concrete(name = "CrawlOutcomeFilter", params(CrawlOutcome))
)]
pub(super) struct ValueFilter<V: InputType> {
    /// Equals this.
    eq: Option<V>,
    /// Does not equal this. Rows without a value match.
    ne: Option<V>,
    /// Equals one of these; an empty list matches nothing.
    #[graphql(name = "in")]
    among: Option<Vec<V>>,
    /// Equals none of these. Rows without a value match.
    not_in: Option<Vec<V>>,
    /// Has no value, or with `false`: has one.
    is_null: Option<bool>,
}

/// Comparisons of a text. All that are given must hold.
#[derive(InputObject, Clone, Debug)]
pub(super) struct TextFilter {
    /// Equals this.
    eq: Option<String>,
    /// Does not equal this. Rows without a value match.
    ne: Option<String>,
    /// Equals one of these; an empty list matches nothing.
    #[graphql(name = "in")]
    among: Option<Vec<String>>,
    /// Equals none of these. Rows without a value match.
    not_in: Option<Vec<String>>,
    /// Begins with this.
    starts_with: Option<String>,
    /// Has no value, or with `false`: has one.
    is_null: Option<bool>,
}

/// Comparisons of a value that has an order. All that are given must hold; rows without a value match no range.
#[derive(InputObject, Clone, Debug)]
#[graphql(concrete(name = "IntFilter", params(i32)), concrete(name = "SeqFilter", params(Seq)))]
pub(super) struct RangeFilter<V: InputType> {
    /// Equals this.
    eq: Option<V>,
    /// Does not equal this. Rows without a value match.
    ne: Option<V>,
    /// Equals one of these; an empty list matches nothing.
    #[graphql(name = "in")]
    among: Option<Vec<V>>,
    /// Equals none of these. Rows without a value match.
    not_in: Option<Vec<V>>,
    /// Is below this.
    lt: Option<V>,
    /// Is this or below.
    lte: Option<V>,
    /// Is above this.
    gt: Option<V>,
    /// Is this or above.
    gte: Option<V>,
    /// Has no value, or with `false`: has one.
    is_null: Option<bool>,
}

/// Comparisons of a point in time. All that are given must hold; rows without a value match no range.
#[derive(InputObject, Clone, Debug)]
#[graphql(name = "DateTimeFilter")]
pub(super) struct TimeFilter {
    /// Equals this.
    eq: Option<DateTime>,
    /// Does not equal this. Rows without a value match.
    ne: Option<DateTime>,
    /// Equals one of these; an empty list matches nothing.
    #[graphql(name = "in")]
    among: Option<Vec<DateTime>>,
    /// Equals none of these. Rows without a value match.
    not_in: Option<Vec<DateTime>>,
    /// Is before this.
    lt: Option<DateTime>,
    /// Is this or before.
    lte: Option<DateTime>,
    /// Is after this.
    gt: Option<DateTime>,
    /// Is this or after.
    gte: Option<DateTime>,
    /// Is at most this long before the request.
    newer_than: Option<Duration>,
    /// Is longer than this before the request.
    older_than: Option<Duration>,
    /// Is still to come after the request, within this.
    in_next: Option<Duration>,
    /// Has no value, or with `false`: has one.
    is_null: Option<bool>,
}

impl Compares for TimeFilter {
    fn on<C: Ordinal>(self, column: C, asked: &Asked, parts: &mut Vec<Filter<C>>) {
        let now = || asked.clock.read();
        let mut parts = Parts { column, parts };
        parts.equality(self.eq, self.ne, self.among, self.not_in);
        parts.add(self.lt.map(|it| Comparison::Lt(it.key())));
        parts.add(self.lte.map(|it| Comparison::Lte(it.key())));
        parts.add(self.gt.map(|it| Comparison::Gt(it.key())));
        parts.add(self.gte.map(|it| Comparison::Gte(it.key())));
        parts.add(self.newer_than.map(|it| Comparison::Gte(now().saturating_sub(it.0).into())));
        parts.add(self.older_than.map(|it| Comparison::Lt(now().saturating_sub(it.0).into())));
        parts.add(self.in_next.map(|_| Comparison::Gt(now().into())));
        parts.add(self.in_next.map(|it| Comparison::Lte(now().saturating_add(it.0).into())));
        parts.absence(self.is_null);
    }
}

/// When something is asked for, and as of when.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub(super) clock: Clock,
    pub(super) as_of: Option<AsOf>,
    /// Whether what changes without an event may be asked for: it is known of now alone, and cannot be followed.
    pub(super) is_present: bool,
    /// Whether it is asked of states that events begin, each of which knows the events up to its own.
    pub(super) is_standing: bool,
    /// Whether each event is held against it as it comes.
    pub(super) is_followed: bool,
}

impl Asked {
    pub(super) fn new(clock: &Clock, as_of: Option<AsOf>) -> Self {
        Self { clock: clock.clone(), as_of, is_present: as_of.is_none(), is_standing: false, is_followed: false }
    }

    /// Asked of states that events begin, be it again and again of each event.
    pub(super) fn standing(&self) -> Self {
        Self { is_present: false, is_standing: true, ..self.clone() }
    }

    /// The same, of each event as it comes.
    pub(super) fn followed(&self) -> Self {
        Self { is_followed: true, ..self.standing() }
    }
}

/// An input that is a filter of a table.
pub(super) trait Conditions<C> {
    fn conditions(self, asked: &Asked) -> Result<Filter<C>, Failure>;
}

/// An input that compares one column.
pub(super) trait Compares {
    fn on<C: Ordinal>(self, column: C, asked: &Asked, parts: &mut Vec<Filter<C>>);
}

struct Parts<'a, C> {
    column: C,
    parts: &'a mut Vec<Filter<C>>,
}

impl<C: Ordinal> Parts<'_, C> {
    fn add(&mut self, comparison: Option<Comparison>) {
        self.parts.extend(comparison.map(|it| Filter::Compare(self.column, it)));
    }

    fn equality<V: AsKey>(&mut self, eq: Option<V>, ne: Option<V>, among: Option<Vec<V>>, not_in: Option<Vec<V>>) {
        self.add(eq.map(|it| Comparison::Eq(it.key())));
        self.add(ne.map(|it| Comparison::Ne(it.key())));
        self.add(among.map(|list| Comparison::In(list.into_iter().map(AsKey::key).collect())));
        self.add(not_in.map(|list| Comparison::NotIn(list.into_iter().map(AsKey::key).collect())));
    }

    fn absence(&mut self, is_null: Option<bool>) {
        self.parts.extend(is_null.map(|absent| Filter::absent(self.column, absent)));
    }
}

impl<V: InputType + AsKey> Compares for ValueFilter<V> {
    fn on<C: Ordinal>(self, column: C, _: &Asked, parts: &mut Vec<Filter<C>>) {
        let mut parts = Parts { column, parts };
        parts.equality(self.eq, self.ne, self.among, self.not_in);
        parts.absence(self.is_null);
    }
}

impl<V: InputType + AsKey> Compares for RangeFilter<V> {
    fn on<C: Ordinal>(self, column: C, _: &Asked, parts: &mut Vec<Filter<C>>) {
        let mut parts = Parts { column, parts };
        parts.equality(self.eq, self.ne, self.among, self.not_in);
        parts.add(self.lt.map(|it| Comparison::Lt(it.key())));
        parts.add(self.lte.map(|it| Comparison::Lte(it.key())));
        parts.add(self.gt.map(|it| Comparison::Gt(it.key())));
        parts.add(self.gte.map(|it| Comparison::Gte(it.key())));
        parts.absence(self.is_null);
    }
}

impl TextFilter {
    /// The same comparisons in lower case, for columns that are kept so.
    pub(super) fn folded(self) -> Self {
        let fold = |text: String| text.to_lowercase();
        let fold_all = |texts: Vec<String>| texts.into_iter().map(fold).collect();
        Self {
            eq: self.eq.map(fold),
            ne: self.ne.map(fold),
            among: self.among.map(fold_all),
            not_in: self.not_in.map(fold_all),
            starts_with: self.starts_with.map(fold),
            is_null: self.is_null,
        }
    }
}

impl Compares for TextFilter {
    fn on<C: Ordinal>(self, column: C, _: &Asked, parts: &mut Vec<Filter<C>>) {
        let mut parts = Parts { column, parts };
        parts.equality(self.eq, self.ne, self.among, self.not_in);
        parts.add(self.starts_with.map(Comparison::StartsWith));
        parts.absence(self.is_null);
    }
}

/// Refuses conditions on what changes without an event where they cannot be held against it.
pub(super) fn no_passing<T: Table>(parts: &[Filter<T::Column>], asked: &Asked) -> Result<(), Failure> {
    let passing = |part: &Filter<T::Column>| match part {
        Filter::Compare(column, _) if T::is_passing(*column) => Some(*column),
        _ => None,
    };
    match parts.iter().find_map(passing) {
        Some(column) if !asked.is_present => Err(Failure::no_past(column)),
        _ => Ok(()),
    }
}

/// Joins a filter's own parts with its `and`, `or` and `not`.
pub(super) fn combined<C, F: Conditions<C>>(
    mut parts: Vec<Filter<C>>,
    and: Option<Vec<F>>,
    or: Option<Vec<F>>,
    not: Option<Box<F>>,
    asked: &Asked,
) -> Result<Filter<C>, Failure> {
    let all = |list: Vec<F>| list.into_iter().map(|it| it.conditions(asked)).collect::<Result<Vec<_>, _>>();
    parts.extend(and.map(all).transpose()?.into_iter().flatten());
    parts.extend(or.map(all).transpose()?.map(Filter::Or));
    parts.extend(not.map(|it| it.conditions(asked)).transpose()?.map(|it| Filter::Not(Box::new(it))));
    Ok(Filter::And(parts))
}
