//! The currency whose code stands near a sum, though not next to it: "(CAD) $40", "$40 per hour CAD", "in AUD: $40".

use std::sync::LazyLock;

use regex::Regex;

use super::compiled;
use crate::ingest::normalize::amount::{Amount, currency_of_mark};

/// Bytes before and behind a sum in which its code is looked for.
const BEFORE_MAX: usize = 12;
const BEHIND_MAX: usize = 24;

struct Patterns {
    before: Regex,
    behind: Regex,
}

static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| {
    let code = r"(?P<code>USD|CAD|CDN|AUD|NZD|SGD|HKD|MXN|TWD)";
    let period = r"(?:(?:/|\bper\b|\ban?\b)\s*(?:hour|hr|h|day|week|month|mo|year|yr|annum)\b|hourly|annually|annual|yearly|monthly|p\.?a\b\.?)";
    Patterns {
        before: compiled(&format!(r"\b{code}\s*[)\]]?\s*[:=]?\s*$")),
        behind: compiled(&format!(r"^\s*(?i:{period})?\s*[,(\[]?\s*(?i:in )?{code}\b")),
    }
});

/// Gives a bare dollar the code beside it. The sum stands at a place in a text.
pub(super) fn settle(amount: &mut Amount, text: &str, at: &std::ops::Range<usize>) {
    if amount.is_exact || amount.currency.as_deref() != Some("USD") {
        return;
    }
    let before = &text[text.floor_char_boundary(at.start.saturating_sub(BEFORE_MAX))..at.start];
    let behind = &text[at.end..text.floor_char_boundary(at.end + BEHIND_MAX)];
    let found = PATTERNS.behind.captures(behind).or_else(|| PATTERNS.before.captures(before));
    if let Some((code, is_exact)) = found.and_then(|it| currency_of_mark(&it["code"])) {
        amount.currency = Some(code.to_owned());
        amount.is_exact = is_exact;
    }
}
