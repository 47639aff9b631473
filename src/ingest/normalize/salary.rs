//! What is paid: the provider's fields, then a pay range in the markup, then the text.

mod beside;
mod bounds;
mod context;
mod likely;
mod words;

use std::sync::LazyLock;

use iso_currency::Currency;
use regex::Regex;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use self::context::period_in;
use self::words::in_text;
use super::html::text_of;
use super::phrase::compiled;
use crate::ingest::posting::{StatedPay, StatedPeriod};
use crate::vocabulary::{Provenance, SalaryPeriod};

/// Bytes of a body that are searched.
const BODY_BYTES_MAX: usize = 64 * 1024;
/// What a year pays at least, in any currency.
const ANNUAL_MIN: i64 = 1_000;

/// Amounts of one `period`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Salary {
    pub raw: String,
    pub min: Option<Decimal>,
    pub max: Option<Decimal>,
    pub currency: Option<String>,
    pub period: SalaryPeriod,
    pub tiers: Vec<SalaryTier>,
    pub confidence: f64,
    pub provenance: Provenance,
}

/// One of several ranges.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SalaryTier {
    pub title: Option<String>,
    pub min: Option<Decimal>,
    pub max: Option<Decimal>,
    pub currency: Option<String>,
    pub period: SalaryPeriod,
}

impl Salary {
    pub fn annual_min(&self) -> Option<Decimal> {
        annual(self.min, self.period)
    }

    pub fn annual_max(&self) -> Option<Decimal> {
        annual(self.max, self.period)
    }

    /// Of stated ranges in several currencies, those in the currency of the posting's country are what is paid.
    pub(super) fn in_country(self, code: Option<&str>) -> Self {
        let is_there =
            |it: &&SalaryTier| it.currency.as_deref().zip(code).is_some_and(|(it, code)| is_used_in(it, code));
        let Some(first) = self.tiers.iter().find(is_there).cloned() else { return self };
        if self.provenance == Provenance::ProviderField { of_tiers(&first, self.tiers) } else { self }
    }

    /// The same in the provider's own words, if they tell all that it states: not where it states several currencies or
    /// periods, nor where they tell other amounts.
    pub(super) fn in_words(self, words: Option<&str>) -> Self {
        let is_all = self.tiers.iter().all(|it| it.currency == self.currency && it.period == self.period);
        let is_told = |words: &&str| {
            let told = in_text(words, Provenance::Markup, true);
            told.is_some_and(|it| (it.min, it.max) == (self.min, self.max))
        };
        match words.filter(is_told) {
            Some(words) if is_all && self.provenance == Provenance::ProviderField => {
                Self { raw: words.to_owned(), ..self }
            }
            _ => self,
        }
    }

    pub(super) fn rule(&self) -> &'static str {
        match self.provenance {
            Provenance::ProviderField => "salary.stated",
            Provenance::Markup => "salary.markup",
            _ => "salary.text",
        }
    }
}

/// The one table by which amounts become amounts of a year; nothing for a slip of who filled in a form, as "26 a year", by
/// which all others would be sorted and counted.
fn annual(amount: Option<Decimal>, period: SalaryPeriod) -> Option<Decimal> {
    let amount = amount?.checked_mul(Decimal::from(periods_a_year(period)))?;
    (amount >= Decimal::from(ANNUAL_MIN)).then_some(amount)
}

pub fn periods_a_year(period: SalaryPeriod) -> i64 {
    match period {
        SalaryPeriod::Hour => 2_080,
        SalaryPeriod::Day => 260,
        SalaryPeriod::Week => 52,
        SalaryPeriod::Month => 12,
        SalaryPeriod::Year => 1,
    }
}

/// The pay ranges that an employer marks up in a description, a line each, with its title behind a tab where it has one.
/// Sanitizing would drop what tells them.
pub fn in_markup(html: &str) -> Option<String> {
    static NAMED: LazyLock<Regex> = LazyLock::new(|| compiled("(?i)pay-range"));
    static CONTAINER: LazyLock<Regex> = LazyLock::new(|| {
        let title = r#"(?:<div[^>]*class="title"[^>]*>([^<]*)</div>\s*)?"#;
        compiled(&format!(r#"(?is){title}<div[^>]*class="[^"]*pay-range[^"]*"[^>]*>(.*?)</div>"#))
    });
    // Few name one, and to look for the name alone is much cheaper.
    if !NAMED.is_match(html) {
        return None;
    }
    let words = |html: &str| text_of(html).replace(['\n', '\t'], " ").trim().to_owned();
    let range = |found: regex::Captures<'_>| {
        let title = found.get(1).map(|it| words(it.as_str())).filter(|it| !it.is_empty());
        let range = words(&found[2]);
        title.filter(|_| !range.is_empty()).map_or_else(|| range.clone(), |title| format!("{range}\t{title}"))
    };
    let ranges: Vec<String> = CONTAINER.captures_iter(html).map(range).filter(|text| !text.is_empty()).collect();
    (!ranges.is_empty()).then(|| ranges.join("\n"))
}

/// Reads what is paid, the surest place first.
pub fn read(stated: &[StatedPay], markup: Option<&str>, text: &str) -> Option<Salary> {
    // The same amounts in a text would be read as for some time of ours.
    let others: Vec<_> = stated.iter().filter(|it| it.period == StatedPeriod::Other).map(amounts).collect();
    let is_other = |it: &Salary| others.contains(&(it.min, it.max));
    let told = || {
        let in_markup = markup.and_then(of_markup).filter(|it| !is_other(it));
        in_markup.or_else(|| in_text(within(text), Provenance::Description, false).filter(|it| !is_other(it)))
    };
    match of_fields(stated) {
        // Where a field has amounts alone, the same ones elsewhere may tell the rest.
        Some(field) if field.currency.is_none() => {
            let same = told().filter(|it| (it.min, it.max) == (field.min, field.max));
            Some(same.map_or_else(
                || field.clone(),
                |it| Salary { currency: it.currency, period: it.period, ..field.clone() },
            ))
        }
        Some(field) => Some(field),
        None => told(),
    }
}

/// Of several ranges, each is a tier, as is a single one that has a title; those like the first one span one.
fn of_markup(words: &str) -> Option<Salary> {
    let range = |line: &str| {
        let (range, title) = line.split_once('\t').map_or((line, None), |(range, title)| (range, Some(title)));
        Some((in_text(range, Provenance::Markup, true)?, title.map(ToOwned::to_owned)))
    };
    let ranges: Vec<(Salary, Option<String>)> = words.lines().filter_map(range).collect();
    let (first, _) = ranges.first()?;
    if let [(_, None)] = &ranges[..] {
        return Some(first.clone());
    }
    let alike =
        || ranges.iter().map(|it| &it.0).filter(|it| it.currency == first.currency && it.period == first.period);
    let tier = |(it, title): &(Salary, Option<String>)| SalaryTier {
        title: title.clone(),
        min: it.min,
        max: it.max,
        currency: it.currency.clone(),
        period: it.period,
    };
    Some(Salary {
        min: alike().filter_map(|it| it.min).min(),
        max: alike().filter_map(|it| it.max).max(),
        tiers: ranges.iter().map(tier).collect(),
        ..first.clone()
    })
}

fn of_fields(stated: &[StatedPay]) -> Option<Salary> {
    let tiers: Vec<SalaryTier> = stated.iter().filter_map(tier).collect();
    let first = tiers.first()?.clone();
    Some(of_tiers(&first, tiers))
}

/// The span of the tiers that are like one of them.
fn of_tiers(first: &SalaryTier, tiers: Vec<SalaryTier>) -> Salary {
    let alike = || tiers.iter().filter(|it| it.currency == first.currency && it.period == first.period);
    let (min, max) = (alike().filter_map(|it| it.min).min(), alike().filter_map(|it| it.max).max());
    let words = |it: Option<Decimal>| it.map_or_else(|| "?".to_owned(), |it| it.to_string());
    let span = if min == max { words(min) } else { format!("{}–{}", words(min), words(max)) };
    Salary {
        raw: format!("{span} {}", first.currency.as_deref().unwrap_or_default()).trim().to_owned(),
        min,
        max,
        currency: first.currency.clone(),
        period: first.period,
        confidence: 0.99,
        provenance: Provenance::ProviderField,
        // What a single range is for stands nowhere else.
        tiers: if tiers.len() > 1 || tiers.iter().any(|it| it.title.is_some()) { tiers } else { Vec::new() },
    }
}

/// Whether a currency, by its code, is a country's.
fn is_used_in(currency: &str, country_code: &str) -> bool {
    let countries = Currency::from_code(currency).map(Currency::used_by).unwrap_or_default();
    countries.iter().any(|it| it.to_string() == country_code)
}

/// The least and the most that is stated, in order.
fn amounts(stated: &StatedPay) -> (Option<Decimal>, Option<Decimal>) {
    let amount =
        |text: &Option<String>| text.as_deref().and_then(|it| it.parse::<Decimal>().ok()).filter(|it| !it.is_zero());
    match (amount(&stated.min), amount(&stated.max)) {
        (Some(min), Some(max)) if max < min => (Some(max), Some(min)),
        other => other,
    }
}

fn tier(stated: &StatedPay) -> Option<SalaryTier> {
    let (min, max) = amounts(stated);
    if min.is_none() && max.is_none() {
        return None;
    }
    let words = [&stated.title, &stated.note].into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" ");
    if stated.period == StatedPeriod::Other {
        return None;
    }
    let period = stated.period.of().or_else(|| period_in(&words)).or_else(|| {
        // A year's pay is never so little, and an hour's never so much.
        let amount = max.or(min)?;
        Some(if amount < Decimal::from(1_000) { SalaryPeriod::Hour } else { SalaryPeriod::Year })
    })?;
    let currency = stated.currency.as_deref().map(str::to_uppercase);
    let currency = currency.filter(|it| it.len() == 3 && it.bytes().all(|byte| byte.is_ascii_uppercase()));
    Some(SalaryTier { title: stated.title.clone(), min, max, currency, period })
}

fn within(text: &str) -> &str {
    &text[..text.floor_char_boundary(BODY_BYTES_MAX)]
}

#[cfg(test)]
mod tests;
