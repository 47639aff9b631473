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
        before: compiled(&format!(r"\b{code}[ \t\x{{a0}}]*[)\]]?[ \t\x{{a0}}]*[:=]?[ \t\x{{a0}}]*$")),
        behind: compiled(&format!(
            r"^[ \t\x{{a0}}]*(?i:{period})?[ \t\x{{a0}}]*[,(\[]?[ \t\x{{a0}}]*(?i:in )?{code}\b"
        )),
    }
});

/// Gives a bare dollar the code beside it. The sum stands at a place in a text.
pub(super) fn settle(amount: &mut Amount, text: &str, at: &std::ops::Range<usize>) {
    if amount.is_exact || amount.currency.as_deref() != Some("USD") {
        return;
    }
    let before = &text[text.floor_char_boundary(at.start.saturating_sub(BEFORE_MAX))..at.start];
    let behind = &text[at.end..text.floor_char_boundary(at.end + BEHIND_MAX)];
    // "$40, CAD $52": a code that another sum follows is that sum's.
    let is_of_next = |it: &regex::Captures<'_>| {
        let rest = it.get(0).map_or("", |whole| behind[whole.end()..].trim_start());
        rest.starts_with(|first: char| first == '$' || first.is_ascii_digit())
    };
    let found = PATTERNS.behind.captures(behind).filter(|it| !is_of_next(it));
    let found = found.or_else(|| PATTERNS.before.captures(before));
    if let Some((code, is_exact)) = found.and_then(|it| currency_of_mark(&it["code"])) {
        amount.currency = Some(code.to_owned());
        amount.is_exact = is_exact;
    }
}
