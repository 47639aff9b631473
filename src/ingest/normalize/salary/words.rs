//! Pay in the words of a text: ranges, ranges without a currency, lone amounts, and what the words around them say.

use std::sync::LazyLock;

use regex::Captures;
use rust_decimal::Decimal;

use super::bounds::{Bounded, Searched};
use super::context::{
    self, back, is_called_pay_before, is_listed, is_not_pay, line_before, nearby, period_before, period_in,
};
use super::likely::{is_likely, is_monthly, period_of};
use super::{Salary, beside};
use crate::ingest::normalize::amount::{Amount, currency_of_mark, number};
use crate::vocabulary::{Provenance, SalaryPeriod};

/// A lone amount up to this needs a period beside it: it could be anything.
const LONE_AMOUNT_MIN: i64 = 250;
/// The highest of a range is at most so many times the lowest.
const RATIO_MAX: i64 = 5;
/// Characters of a text that says nothing but what is paid.
const ALONE_MAX: usize = 40;
struct Patterns {
    /// Without one of these there are neither ranges nor lone amounts.
    mark: Bounded,
    range: Bounded,
    lone: Bounded,
    bare: Bounded,
}

static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| {
    let mark = r"(?:(?:USD|CAD|CDN|CAN|AUD|NZD|SGD|HKD|MXN|COP|CLP|ARS)\s?|US|CA|C|AU|A|NZ|S|HK|R|MX|NT)?\$|Â?£|[€¥₹₪₱₺₩₫฿₦₴₽円원]|zł|K(?:č|__)\b|S/\.?|\b(?:USD|EUR|GBP|CAD|CDN|AUD|NZD|CHF|SEK|NOK|DKK|PLN|CZK|HUF|INR|SGD|HKD|JPY|BRL|MXN|ILS|ZAR|RON|AED|PHP|COP|CLP|ARS|PEN|TRY|THB|IDR|VND|KRW|TWD|CNY|MYR|SAR|QAR|EGP|NGN|KES|UAH|RUB|PKR|BGN|RSD|MAD|CRC|UYU|DOP|LKR|BDT|euros?|TL|lei|Ft)\b";
    // Letters that stand before sums alone.
    let letters = r"\b(?-i:RM|Rs\.?|Rp\.?|R|P)";
    // Hundreds behind a comma and a space are thousands' rest: "55, 000". What else stands there may be another number.
    let digits = r"\d{1,2}(?:,\d\d)+,\d{3}|\d{1,3}(?:[.,'’\x{a0} ]\d{3}|(?:,[ \x{a0}]| ,[ \x{a0}]?)(?:000|[2-9][05]0)\b)+(?:[.,]\d{1,2})?|\d+(?:[.,]\d{1,2})?";
    let period = r"(?:\s*(?:(?:/|per|an?|p\.?|\s)\s*(?:hour|hr|h|day|week|wk|month|mo|year|yr|annum|a\.)|pa|hourly|monthly|annually)\b)?";
    // Two bytes are what a letter beyond ASCII is covered by, here the French "à".
    let foreign = r"(?:à|__|a|et|y|hasta|tot|do|und)";
    let amount = |name: &str| {
        format!(
            r"(?P<{name}m>{mark}|{letters})?\s*(?P<{name}n>{digits})\s*(?P<{name}k>[kKM]\b|万)?\s*(?P<{name}c>{mark})?"
        )
    };
    Patterns {
        mark: Bounded::new(&format!(r"(?i){mark}|{letters}\s?\d")),
        range: Bounded::new(&format!(
            r"(?i){}{period}\s*(?:-|–|—|−|~|〜|～|to|and|bis|up to|[,;]?\s*max(?:imum)?\.?(?: of)?\s*:?|{foreign})\s*{}",
            amount("a"),
            amount("b")
        )),
        lone: Bounded::new(&format!(r"(?i){}", amount("a"))),
        bare: Bounded::new(
            r"(?i)\b(?P<an>\d{1,3}(?:\.\d+)?)\s?(?P<ak>k|LPA|lakhs?|lacs?)?\s*(?:-|–|—|to)\s*(?P<bn>\d{1,3}(?:\.\d+)?)\s?(?P<bk>k|LPA|lakhs?|lacs?)\b",
        ),
    }
});

/// Reads pay in words; `is_pay` if they stand where nothing else does.
pub(super) fn in_text(text: &str, provenance: Provenance, is_pay: bool) -> Option<Salary> {
    let searched = Searched::new(text);
    if !searched.has_digits() {
        return None;
    }
    let has_marks = PATTERNS.mark.is_match(&searched);
    let (found, refused_until) = if has_marks { ranges(text, &searched, provenance, is_pay) } else { (None, 0) };
    if found.is_some() {
        return found;
    }
    if let Some(salary) = bare_range(text, &searched, provenance) {
        return Some(salary);
    }
    if !has_marks {
        return None;
    }
    for found in PATTERNS.lone.captures_iter(&searched) {
        let whole = found.get(0)?;
        // A range that was refused is not to be read by its first half.
        if whole.start() < refused_until {
            continue;
        }
        let Some(mut one) = amount(&found, "a") else {
            continue;
        };
        beside::settle(&mut one, text, &whole.range());
        if let Some(salary) = lone(text, whole.range(), &one, provenance) {
            return Some(salary);
        }
    }
    None
}

/// The first range that is pay, else where the last one ends that was refused.
fn ranges(text: &str, searched: &Searched<'_>, provenance: Provenance, is_pay: bool) -> (Option<Salary>, usize) {
    let mut refused_until = 0;
    for found in PATTERNS.range.captures_iter(searched) {
        let Some(whole) = found.get(0) else {
            continue;
        };
        let (Some(low), Some(mut high)) = (amount(&found, "a"), amount(&found, "b")) else {
            continue;
        };
        beside::settle(&mut high, text, &whole.range());
        if low.currency.is_none() && high.currency.is_none() {
            continue;
        }
        refused_until = whole.end();
        if let Some(salary) = range(text, whole.range(), low, high, provenance, is_pay) {
            return (Some(salary), refused_until);
        }
    }
    (None, refused_until)
}

fn amount(found: &Captures<'_>, name: &str) -> Option<Amount> {
    let part = |kind: &str| found.name(&format!("{name}{kind}")).map(|it| it.as_str());
    let value = number(part("n")?)?;
    let magnitude = part("k").map(|it| {
        Decimal::from(match it {
            "M" => 1_000_000,
            "万" => 10_000,
            _ => 1_000,
        })
    });
    let before = part("m").and_then(currency_of_mark);
    let behind = part("c").and_then(currency_of_mark);
    // A code behind beats a bare mark before: "$95,000 CAD".
    let currency = behind.filter(|(_, is_exact)| *is_exact).or(before).or(behind);
    Some(Amount {
        value,
        magnitude,
        currency: currency.map(|it| it.0.to_owned()),
        is_exact: currency.is_some_and(|it| it.1),
    })
}

fn range(
    text: &str,
    at: std::ops::Range<usize>,
    mut low: Amount,
    mut high: Amount,
    provenance: Provenance,
    is_pay: bool,
) -> Option<Salary> {
    // A magnitude behind the second counts for both: "120-150K".
    if low.magnitude.is_none() && high.magnitude.is_some() && low.value < Decimal::from(1_000) {
        low.magnitude = high.magnitude;
    }
    // So do the thousands of the second: "$170-195,000".
    let thousand = Decimal::from(1_000);
    if low.magnitude.is_none()
        && low.value >= Decimal::TEN
        && low.value < thousand
        && high.value >= thousand * Decimal::TEN
    {
        low.magnitude = Some(thousand);
    }
    let currency = match (&low.currency, &high.currency) {
        (Some(left), Some(right)) if left == right => Some(left.clone()),
        (Some(left), Some(right)) => match (low.is_exact, high.is_exact) {
            (false, true) => Some(right.clone()),
            (true, false) => Some(left.clone()),
            _ => return None,
        },
        (left, right) => right.clone().or_else(|| left.clone()),
    };
    low.value *= low.magnitude.unwrap_or(Decimal::ONE);
    high.value *= high.magnitude.unwrap_or(Decimal::ONE);
    let (min, max) = (low.value, high.value);
    if max < min || max > min * Decimal::from(RATIO_MAX) || (!is_pay && is_not_pay(text, &at)) {
        return None;
    }
    let is_told = is_pay || is_called_pay_before(text, at.start);
    let stated = period_in(&text[at.start..nearby(text, at.end)]).or_else(|| {
        period_before(text, at.start).filter(|it| is_told && is_likely(min, max, *it, currency.as_deref()))
    });
    let (period, confidence) = period_of(stated, (min, max), currency.as_deref(), provenance, is_told)?;
    is_likely(min, max, period, currency.as_deref()).then(|| Salary {
        raw: text[at].trim().to_owned(),
        min: Some(min),
        max: Some(max),
        currency,
        period,
        tiers: Vec::new(),
        confidence,
        provenance,
    })
}

/// A range without a currency, such as `120-150K`, beside a word for pay.
fn bare_range(text: &str, searched: &Searched<'_>, provenance: Provenance) -> Option<Salary> {
    PATTERNS.bare.captures_iter(searched).find_map(|found| {
        let whole = found.get(0)?;
        let before = &text[back(text, whole.start())..whole.start()];
        // "210k - 231k + equity" can be nothing else, nor can lakhs a year.
        let behind = &text[whole.end()..nearby(text, whole.end())];
        let is_in_lakhs = found.name("bk").is_some_and(|it| !it.as_str().eq_ignore_ascii_case("k"));
        let is_called = context::PATTERNS.pay_word.is_match(before)
            || is_called_pay_before(text, whole.start())
            || is_in_lakhs
            || context::PATTERNS.with_more.is_match(behind)
            || context::PATTERNS.named_behind.is_match(behind);
        if !is_called {
            return None;
        }
        let unit = Decimal::from(if is_in_lakhs { 100_000 } else { 1_000 });
        let value = |name: &str| number(found.name(name)?.as_str())?.checked_mul(unit);
        let (min, max) = (value("an")?, value("bn")?);
        let currency = is_in_lakhs.then_some("INR");
        if max < min
            || max > min * Decimal::from(RATIO_MAX)
            || is_not_pay(text, &whole.range())
            || !is_likely(min, max, SalaryPeriod::Year, currency)
        {
            return None;
        }
        Some(Salary {
            raw: whole.as_str().to_owned(),
            min: Some(min),
            max: Some(max),
            currency: currency.map(ToOwned::to_owned),
            period: SalaryPeriod::Year,
            tiers: Vec::new(),
            confidence: 0.7,
            provenance,
        })
    })
}

fn lone(text: &str, at: std::ops::Range<usize>, amount: &Amount, provenance: Provenance) -> Option<Salary> {
    amount.currency.as_ref()?;
    let value = amount.value * amount.magnitude.unwrap_or(Decimal::ONE);
    let before = &text[back(text, at.start)..at.start];
    let behind = &text[at.end..nearby(text, at.end)];
    let is_named = context::PATTERNS.pay_word.is_match(line_before(text, at.start));
    let stated = period_in(&text[at.start..nearby(text, at.end)]).or_else(|| {
        let is_meant = |it: &SalaryPeriod| is_named && is_likely(value, value, *it, amount.currency.as_deref());
        period_before(text, at.start).filter(is_meant)
    });
    if is_not_pay(text, &at) || (value <= Decimal::from(LONE_AMOUNT_MIN) && stated.is_none()) {
        return None;
    }
    let is_most = context::PATTERNS.most.is_match(before);
    // A price, a stipend or a sum raised has a period or a magnitude as well: only a word for pay tells.
    // "a $30/hour contract rate" is called pay behind it.
    let is_called = stated.is_some() && context::PATTERNS.called_behind.is_match(behind);
    let is_named_behind = context::PATTERNS.named_behind.is_match(behind);
    let is_told = is_called || is_named_behind || is_named || is_called_pay_before(text, at.start);
    let stands_alone = text.trim().len() <= ALONE_MAX;
    if !is_told && !stands_alone {
        return None;
    }
    let is_month = is_monthly(value, value, amount.currency.as_deref());
    let (period, confidence) = match stated {
        Some(period) => (period, 0.85),
        None if is_month && is_told && !is_named_behind && is_listed(text, at.start) => return None,
        None if is_month => (SalaryPeriod::Month, 0.5),
        None => (SalaryPeriod::Year, 0.5),
    };
    let (min, max) = if is_most { (None, Some(value)) } else { (Some(value), None) };
    is_likely(value, value, period, amount.currency.as_deref()).then(|| Salary {
        raw: text[at].trim().to_owned(),
        min,
        max,
        currency: amount.currency.clone(),
        period,
        tiers: Vec::new(),
        confidence,
        provenance,
    })
}
