//! Parts of a filter on postings that have members of their own.

use std::sync::Arc;

use async_graphql::InputObject;
use rust_decimal::Decimal as Amount;

use super::{EventFilter, JobFilter};
use crate::graphql::error::Failure;
use crate::graphql::filter::{Asked, Compares, Conditions, TextFilter, ValueFilter};
use crate::graphql::request::Clock;
use crate::graphql::scalar::{CountryCode, CurrencyCode, Decimal, SubdivisionCode};
use crate::graphql::vocabulary::{Provenance, SalaryPeriod};
use crate::ingest::normalize::gazetteer::macros_of;
use crate::ingest::normalize::salary::periods_a_year;
use crate::store::event::Column as EventColumn;
use crate::store::filter::{Comparison, FactFilter, Filter, NoLater};
use crate::store::job::{Column, Jobs, LocationColumn, RemoteColumn};
use crate::store::scope::AsOf;

/// Conditions on the places of a posting. All that are given must hold.
#[derive(InputObject, Clone, Debug, Default)]
pub(in crate::graphql) struct LocationsFilter {
    /// At least one place meets this.
    some: Option<Box<LocationFilter>>,
    /// No place meets this.
    none: Option<Box<LocationFilter>>,
}

/// Conditions on one place. All that are given must hold of the same place.
#[derive(InputObject, Clone, Debug, Default)]
pub(in crate::graphql) struct LocationFilter {
    /// The city; case does not matter.
    city: Option<TextFilter>,
    /// The region: compares `JobLocation.regionCode`.
    region_code: Option<ValueFilter<SubdivisionCode>>,
    /// The country: compares `JobLocation.countryCode`, not the name in `JobLocation.country`.
    country: Option<ValueFilter<CountryCode>>,
    /// The region of the world, such as `EMEA`.
    #[graphql(name = "macro")]
    macro_region: Option<ValueFilter<String>>,
    /// Whether it is a place to work from remotely.
    is_remote: Option<bool>,
    /// How certain it is, at least, from 0 to 1.
    min_confidence: Option<f64>,
    /// Where it was read.
    provenance: Option<Vec<Provenance>>,
}

impl LocationFilter {
    fn conditions(self, asked: &Asked) -> Filter<LocationColumn> {
        use LocationColumn as L;
        let mut parts = Vec::new();
        self.city.into_iter().for_each(|it| it.folded().on(L::CityKey, asked, &mut parts));
        self.region_code.into_iter().for_each(|it| it.on(L::RegionCode, asked, &mut parts));
        self.country.into_iter().for_each(|it| it.on(L::CountryCode, asked, &mut parts));
        self.macro_region.into_iter().for_each(|it| it.on(L::MacroRegion, asked, &mut parts));
        parts.extend(self.is_remote.map(|it| Filter::Compare(L::Remote, Comparison::Is(it))));
        parts.extend(self.min_confidence.map(|it| Filter::Compare(L::Confidence, Comparison::Gte(percent(it).into()))));
        parts.extend(self.provenance.map(|it| Filter::Compare(L::Provenance, Comparison::In(words(it)))));
        Filter::And(parts)
    }
}

impl LocationsFilter {
    pub(super) fn on(self, asked: &Asked, parts: &mut Vec<Filter<Column>>) {
        let place = |filter: Box<LocationFilter>| {
            Filter::related("job_location", "content_seq", "content_seq", filter.conditions(asked))
        };
        parts.extend(self.some.map(place));
        parts.extend(self.none.map(|it| Filter::Not(Box::new(place(it)))));
    }
}

/// An amount of money for a time of work.
#[derive(InputObject, Clone, Debug)]
pub(in crate::graphql) struct MoneyInput {
    /// How much.
    amount: Decimal,
    /// In which currency.
    currency: CurrencyCode,
    /// For which time; amounts are compared by the year.
    #[graphql(default_with = "SalaryPeriod::Year")]
    period: SalaryPeriod,
}

/// Conditions on what is paid. All that are given must hold; a posting that discloses nothing meets none but the first.
#[derive(InputObject, Clone, Debug, Default)]
pub(in crate::graphql) struct SalaryFilter {
    /// Whether anything is disclosed.
    is_disclosed: Option<bool>,
    /// The currency.
    currency: Option<ValueFilter<CurrencyCode>>,
    /// For which time it is stated.
    period: Option<Vec<SalaryPeriod>>,
    /// The most that is paid is this or more, in the same currency.
    at_least: Option<MoneyInput>,
    /// The least that is paid is this or less, in the same currency.
    at_most: Option<MoneyInput>,
    /// How certain it is, at least, from 0 to 1.
    min_confidence: Option<f64>,
    /// Where it was read.
    provenance: Option<Vec<Provenance>>,
}

impl SalaryFilter {
    pub(super) fn on(self, parts: &mut Vec<Filter<Column>>) -> Result<(), Failure> {
        use Column as C;
        parts.extend(self.is_disclosed.map(|it| whole(Filter::absent(C::SalaryPeriod, !it))));
        let asked = Asked::new(&Clock::at(0), None);
        self.currency.into_iter().for_each(|it| it.on(C::SalaryCurrency, &asked, parts));
        parts.extend(self.period.map(|it| Filter::Compare(C::SalaryPeriod, Comparison::In(words(it)))));
        for (money, column, is_least) in
            [(self.at_least, C::SalaryAnnualMax, true), (self.at_most, C::SalaryAnnualMin, false)]
        {
            if let Some(money) = money {
                let annual = annual(&money)?.into();
                parts.push(whole(Filter::Compare(C::SalaryCurrency, Comparison::Eq(money.currency.0.into()))));
                let bound = if is_least { Comparison::Gte(annual) } else { Comparison::Lte(annual) };
                parts.push(Filter::Compare(column, bound));
            }
        }
        if let Some(confidence) = self.min_confidence {
            parts.push(whole(Filter::absent(C::SalaryPeriod, false)));
            parts.push(Filter::Compare(C::SalaryConfidence, Comparison::Gte(percent(confidence).into())));
        }
        parts.extend(self.provenance.map(|it| Filter::Compare(C::SalaryProvenance, Comparison::In(words(it)))));
        Ok(())
    }
}

/// The amount for a year, in whole units.
fn annual(money: &MoneyInput) -> Result<i64, Failure> {
    let amount: Option<Amount> = money.amount.0.parse().ok();
    let annual = amount.and_then(|it| it.checked_mul(Amount::from(periods_a_year(money.period.into()))));
    let annual = annual.and_then(|it| i64::try_from(it.round()).ok());
    annual.ok_or_else(|| Failure::BadInput(format!("the amount \"{}\" is too large", money.amount.0)))
}

/// Conditions on the facts of a posting. All that are given must hold.
#[derive(InputObject, Clone, Debug, Default)]
pub(in crate::graphql) struct FactsFilter {
    /// At least one fact meets this.
    some: Option<FactInput>,
    /// No fact meets this.
    none: Option<FactInput>,
}

/// Conditions on one fact. All that are given must hold.
#[derive(InputObject, Clone, Debug)]
pub(in crate::graphql) struct FactInput {
    /// The field of `Job` that it is the value of: `normalizedTitle`, `seniority`, `function`, `workplaceType`,
    /// `employmentType`, `contractTerm`, `locations`, `salary` or `language`. Of any other there are no facts.
    field: String,
    /// How certain it is, at least, from 0 to 1.
    min_confidence: Option<f64>,
    /// Where it was read.
    provenance: Option<Vec<Provenance>>,
    /// The rule that read it.
    rule: Option<String>,
}

impl FactsFilter {
    pub(super) fn on(self, parts: &mut Vec<Filter<Column>>) {
        let fact = |it: FactInput| {
            let names = |it: Vec<Provenance>| it.into_iter().map(|it| <&str>::from(it).to_owned()).collect();
            let (min_confidence, provenance) = (it.min_confidence, it.provenance.map(names));
            Filter::Other(Arc::new(FactFilter { field: it.field, min_confidence, provenance, rule: it.rule }))
        };
        parts.extend(self.some.map(fact));
        parts.extend(self.none.map(|it| Filter::Not(Box::new(fact(it)))));
    }
}

/// Conditions on what happened to a posting. All that are given must hold.
#[derive(InputObject, Clone, Debug, Default)]
pub(in crate::graphql) struct EventsFilter {
    /// At least one event meets this.
    some: Option<Box<EventFilter>>,
    /// No event meets this.
    none: Option<Box<EventFilter>>,
}

impl EventsFilter {
    pub(super) fn on(self, asked: &Asked, parts: &mut Vec<Filter<Column>>) -> Result<(), Failure> {
        let event = |filter: Box<EventFilter>| {
            let mut all = vec![filter.conditions(asked)?];
            // What happened later did not happen then.
            all.extend(asked.as_of.map(|as_of| match as_of {
                AsOf::Seq(seq) => Filter::Compare(EventColumn::Seq, Comparison::Lte(seq.into())),
                AsOf::Time(at) => Filter::Compare(EventColumn::ObservedAt, Comparison::Lte(at.into())),
            }));
            if asked.is_standing {
                all.push(Filter::Other(Arc::new(NoLater)));
            }
            Ok::<_, Failure>(Filter::related("event", "job_id", "job_id", Filter::And(all)))
        };
        parts.extend(self.some.map(event).transpose()?);
        parts.extend(self.none.map(event).transpose()?.map(|it| Filter::Not(Box::new(it))));
        Ok(())
    }
}

/// Conditions on postings. All that are given must hold.
#[derive(InputObject, Clone, Debug, Default)]
pub(in crate::graphql) struct JobsFilter {
    /// At least one posting meets this.
    some: Option<Box<JobFilter>>,
    /// No posting meets this.
    none: Option<Box<JobFilter>>,
}

impl JobsFilter {
    /// The conditions on the table that owns postings by its `key`.
    pub(in crate::graphql) fn on<C: entity::Ordinal + std::fmt::Debug + Send + Sync>(
        self,
        key: &'static str,
        asked: &Asked,
        parts: &mut Vec<Filter<C>>,
    ) -> Result<(), Failure> {
        if asked.is_followed {
            return Err(Failure::BadFilter(
                "\"jobs\" of an employer or a board change without an event of the posting, so that they cannot be followed\nhint: leave them out of \"filter\"".to_owned(),
            ));
        }
        let job = |it: Box<JobFilter>| Ok::<_, Failure>(Jobs::of_owner(asked.as_of, key, it.conditions(asked)?));
        parts.extend(self.some.map(job).transpose()?);
        parts.extend(self.none.map(job).transpose()?.map(|it| Filter::Not(Box::new(it))));
        Ok(())
    }
}

/// Remote postings that can be worked on from one of these countries.
pub(super) fn remote_open_to(countries: Vec<CountryCode>, parts: &mut Vec<Filter<Column>>) {
    let mut codes: Vec<String> =
        countries.iter().flat_map(|country| macros_of(&country.0)).map(ToOwned::to_owned).collect();
    if !countries.is_empty() {
        codes.extend(countries.into_iter().map(|country| country.0));
    }
    codes.sort();
    codes.dedup();
    let codes = Comparison::In(codes.into_iter().map(Into::into).collect());
    parts.push(whole(Filter::Compare(Column::WorkplaceType, Comparison::Eq("REMOTE".into()))));
    let open = Filter::Compare(RemoteColumn::Code, codes);
    parts.push(Filter::related("job_remote", "content_seq", "content_seq", open));
}

/// A comparison that is part of another condition, which no facet takes for its own field's filter.
fn whole(comparison: Filter<Column>) -> Filter<Column> {
    Filter::Other(Arc::new(comparison))
}

/// A share of one as it is stored: the least percentage that is not below it.
fn percent(share: f64) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "the value is clamped to what fits")]
    let percent = (share * 100.0 - 1e-9).ceil().clamp(0.0, 101.0) as i64;
    percent
}

fn words<V: Into<&'static str>>(values: Vec<V>) -> Vec<crate::store::key::Key> {
    values.into_iter().map(|value| value.into().into()).collect()
}
