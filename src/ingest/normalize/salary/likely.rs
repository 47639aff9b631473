//! What sums are likely to be paid for: by the hour, the month or the year.

use rust_decimal::Decimal;

use super::periods_a_year;
use crate::vocabulary::{Provenance, SalaryPeriod};

/// What a year can pay, in whole units of any currency like the dollar; others are far above, see `annual_max_of`.
const ANNUAL_MIN: i64 = 5_000;
const ANNUAL_MAX: i64 = 3_000_000;
/// What an hour pays where nothing but the amounts tells that they are for one.
const HOUR_MIN: i64 = 7;
const HOUR_MAX: i64 = 250;
/// What a month pays at least where nothing but the amounts tells that they are for one, in dollars.
const MONTH_MIN: i64 = 300;
/// What it pays at most where pay is told by the month, in whole units like the dollar.
const MONTH_MAX: i64 = 10_000;
/// Currencies of countries in which it is.
const MONTHLY: [&str; 11] = ["AED", "CZK", "DKK", "HUF", "ILS", "NOK", "PLN", "QAR", "RON", "SAR", "SEK"];

/// The period that is told, else the one that amounts of this size are for.
pub(super) fn period_of(
    stated: Option<SalaryPeriod>,
    (min, max): (Decimal, Decimal),
    currency: Option<&str>,
    provenance: Provenance,
    is_told: bool,
) -> Option<(SalaryPeriod, f64)> {
    let is_hourly = is_told && min >= Decimal::from(HOUR_MIN) && max <= Decimal::from(HOUR_MAX);
    match stated {
        Some(period) => Some((period, if provenance == Provenance::Markup { 0.95 } else { 0.9 })),
        None if is_hourly => Some((SalaryPeriod::Hour, 0.6)),
        None if is_told && is_monthly(min, max, currency) => Some((SalaryPeriod::Month, 0.6)),
        None if max >= Decimal::from(10_000) => Some((SalaryPeriod::Year, 0.7)),
        None => None,
    }
}

/// Whether sums are too small for a year of their currency, and fit a month.
pub(super) fn is_monthly(min: Decimal, max: Decimal, currency: Option<&str>) -> bool {
    let units = Decimal::from(units_a_dollar(currency));
    let most = if currency.is_some_and(|it| MONTHLY.contains(&it)) { MONTH_MAX } else { ANNUAL_MIN };
    min >= Decimal::from(MONTH_MIN) * units && max < Decimal::from(most) * units
}

/// Whether a year's pay could be this much.
pub(super) fn is_likely(min: Decimal, max: Decimal, period: SalaryPeriod, currency: Option<&str>) -> bool {
    let year = |amount: Decimal| amount.checked_mul(Decimal::from(periods_a_year(period))).unwrap_or(Decimal::MAX);
    let most = ANNUAL_MAX.saturating_mul(units_a_dollar(currency));
    year(max) <= Decimal::from(most) && year(min) >= Decimal::from(ANNUAL_MIN)
}

/// Roughly how many units of a currency are worth a dollar, for the bounds of what is likely alone.
fn units_a_dollar(currency: Option<&str>) -> i64 {
    match currency {
        Some("VND" | "IDR") => 20_000,
        Some("COP") => 4_000,
        Some("KRW" | "NGN" | "CLP" | "ARS") => 1_200,
        Some("JPY" | "HUF" | "PKR" | "LKR" | "CRC") => 250,
        Some("INR" | "RUB" | "KES" | "RSD" | "BDT") => 90,
        Some("PHP" | "EGP" | "TRY" | "UAH" | "UYU" | "DOP" | "THB" | "TWD") => 40,
        Some("CZK" | "MXN" | "ZAR") => 20,
        Some("SEK" | "NOK" | "DKK" | "HKD" | "MAD" | "CNY") => 9,
        Some("BRL" | "PLN" | "ILS" | "RON" | "AED" | "SAR" | "QAR" | "PEN" | "MYR") => 4,
        _ => 1,
    }
}
