//! Pay in the words of a text: ranges, ranges without a currency, lone amounts, and what the words around them say.

use std::sync::LazyLock;

use regex::{Captures, Regex};
use rust_decimal::Decimal;

use super::bounds::{Bounded, Searched};
use super::{Salary, beside, compiled, periods_a_year};
use crate::ingest::normalize::amount::{Amount, currency_of_mark, number};
use crate::vocabulary::{Provenance, SalaryPeriod};

/// A lone amount up to this needs a period beside it: it could be anything.
const LONE_AMOUNT_MIN: i64 = 250;
/// The highest of a range is at most so many times the lowest.
const RATIO_MAX: i64 = 5;
/// What a year can pay, in whole units of any currency like the dollar; others are far above, see `annual_max_of`.
const ANNUAL_MIN: i64 = 5_000;
const ANNUAL_MAX: i64 = 3_000_000;
/// What an hour pays where nothing but the amounts tells that they are for one.
const HOUR_MIN: i64 = 7;
const HOUR_MAX: i64 = 250;
/// What a month pays at least where nothing but the amounts tells that they are for one, in dollars.
const MONTH_MIN: i64 = 300;
/// Characters of a text that says nothing but what is paid.
const ALONE_MAX: usize = 40;
/// Bytes of a line that is a heading.
const HEADING_MAX: usize = 40;
/// How far words around an amount belong to it, in bytes.
const NEAR: usize = 48;
/// How far a word for pay may stand before its amount, in bytes, where nothing between them tells of anything else.
const FAR: usize = 120;

struct Patterns {
    /// Without one of these there are neither ranges nor lone amounts.
    mark: Bounded,
    range: Bounded,
    lone: Bounded,
    bare: Bounded,
    periods: Vec<(Regex, SalaryPeriod)>,
    not_pay: Regex,
    pay_word: Regex,
    range_word: Regex,
    most: Regex,
    called_behind: Regex,
    /// What calls a sum pay that stands before it, whatever its period.
    named_behind: Regex,
    /// What comes on top of pay alone.
    with_more: Regex,
    sentence_end: Regex,
    on_top: Regex,
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
        periods: vec![
            (
                compiled(
                    r"(?i)(?:/|\bper|\ban?)\s*(?:hour|hr|h)\b|\bhourly\b|\bpro stunde\b|/\s*st(?:d|unde)|\bstundenlohn\b|\bstündlich|\btaux horaire\b|(?:\bpar|/)\s*heure\b|(?:\bpor|/)\s*hora\b|\bper uur\b|\bp/h\b|時給|\ball['’]ora\b",
                ),
                SalaryPeriod::Hour,
            ),
            (
                compiled(
                    r"(?i)(?:/|\bper)\s*day\b|\bdaily\b|\bday rate\b|(?:/|\bpro )\s*tag\b|\btagessatz\b|\bpar jour\b|/\s*jour\b|\bpor día\b",
                ),
                SalaryPeriod::Day,
            ),
            (compiled(r"(?i)(?:/|\bper|\ba)\s*(?:week|wk)\b|\bweekly\b"), SalaryPeriod::Week),
            (
                compiled(
                    r"(?i)(?:/|\bper|\ba)\s*(?:month|mo)\b|\bmonthly\b|(?:/|\bpro |\bim )\s*monat|\bmonatlich\b|(?:\bpar|/)\s*mois\b|\bal mese\b|\bmensuel|\bmensual|\bmensil|(?:\bal|\bpor|/)\s*m[eê]s\b|(?:\bper|/)\s*maand\b|miesięczn|/\s*mies|månad|måned|\bp/m\b|\bpcm\b|/\s*mth\b|\bper calendar month\b|aylık|/\s*bulan\b|\bper bulan\b|月給|月収|월급",
                ),
                SalaryPeriod::Month,
            ),
            (
                compiled(
                    r"(?i)(?:/|\bper|\ba)\s*(?:year|yr|annum)\b|\bannual(?:ly)?\b|\byearly\b|\bp\.?\s?a\b|(?:/|\bpro )\s*jahr|\bim jahr\b|(?:\bpar|/)\s*an(?:née)?\b|\bjährlich\b|\bannuel|\banual|(?:\bal|\bpor|/)\s*año\b|(?:\bpor|\bao|/)\s*ano\b|(?:\bper|/)\s*jaar\b|\ball['’]anno\b|\brocznie\b|\bårlig|\bjahres(?:gehalt|brutto)\w*|\bp/a\b|\bRAL\b|\bCTC\b|\bLPA\b|yıllık|年収|연봉|/\s*rok\b|\bårslön",
                ),
                SalaryPeriod::Year,
            ),
        ],
        not_pay: compiled(
            r"(?i)401\s*\(?k|bonus|referral|tuition|stipend|equity|rais(?:ed|ing)|\bARR\b|revenue|deductible|reimburs|allowance|funding|valuation|budget|million|billion|insurance|sign-on|grant|donat|customers|users|credits?\b|quota|coworking|education|\bmatch|\b[AT]CVs?\b|\bGMV\b|\bAUM\b|\bdeals?\b|contract value|fundrais|(?:living|minimum) wage|\bloan|\bsavings?\b|relocation",
        ),
        pay_word: compiled(
            r"(?i)salary|compensation|\bpay\b|base|wage|gehalt|vergütung|\blohn|salaire|sal[aá]ri[os]\b|salarial|sueldo|r[ée]mun[ée]ra|retribuzione|stipendio|salaris\b|wynagrodzeni|\blön\b|\bOTE\b|\bcomp\b|rates?\b|brut(?:t?o)?\b|\bearnings?\b|\bearn (?:up to|from|between)|(?:can|will|['’]ll) earn\b|(?:get|be|are|is) paid\b|\bpaid (?:hourly|weekly|monthly|annually|yearly)\b|\bincome\b|remunerat|\bCTC\b|\bRAL\b|entgelt|verdienst|retribuci|ordenado|vencimento|stawka|\bloon\b|\blønn?\b|\bårslön|palkka|\bmzda|\bplat\b|fizetés|maaş|\bgaji\b|\blương\b|年収|月給|月収|時給|給与|薪|연봉|월급",
        ),
        range_word: compiled(
            r"(?i)\b(?:base|pay|salary|compensation) range\b|\brange (?:for|of) this (?:position|role)",
        ),
        most: compiled(
            r"(?i)(?:\bup to|\bmax(?:imum)?(?: of)?|\bbis zu|\bjusqu['’]à|\bhasta|\baté|\bfino a|\bno more than|\bas much as|\bupto|\bmaximal|\bupp till|\bop til|\bopp til|\bcapped at|\bmax\.?:?)\s*$",
        ),
        called_behind: compiled(r"(?i)^[\s/\w]{0,24}\b(?:rate|pay|wage|salary)\b"),
        named_behind: compiled(
            r"(?i)^\s*(?:annual |yearly |gross |cash |base |fixed )*(?:OTE\b|compensation\b|pay\b|base\b|salary\b|gross\b|brutt?o\b|bruts?\b)",
        ),
        with_more: compiled(
            r"(?i)^\s*(?:\+|plus\b|and\b|&)\s*(?:\w+ )?(?:equity|bonus|commission|benefits|stock|options)\b",
        ),
        sentence_end: compiled(r"[.!?]\s"),
        on_top: compiled(r"(?i)^\s*(?:\+|•|·|plus\b)"),
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
        let is_called = PATTERNS.pay_word.is_match(before)
            || is_called_pay_before(text, whole.start())
            || is_in_lakhs
            || PATTERNS.with_more.is_match(behind)
            || PATTERNS.named_behind.is_match(behind);
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
    let is_named = PATTERNS.pay_word.is_match(line_before(text, at.start));
    let stated = period_in(&text[at.start..nearby(text, at.end)]).or_else(|| {
        let is_meant = |it: &SalaryPeriod| is_named && is_likely(value, value, *it, amount.currency.as_deref());
        period_before(text, at.start).filter(is_meant)
    });
    if is_not_pay(text, &at) || (value <= Decimal::from(LONE_AMOUNT_MIN) && stated.is_none()) {
        return None;
    }
    let is_most = PATTERNS.most.is_match(before);
    // A price, a stipend or a sum raised has a period or a magnitude as well: only a word for pay tells.
    // "a $30/hour contract rate" is called pay behind it.
    let is_called = stated.is_some() && PATTERNS.called_behind.is_match(behind);
    let is_told =
        is_called || PATTERNS.named_behind.is_match(behind) || is_named || is_called_pay_before(text, at.start);
    let stands_alone = text.trim().len() <= ALONE_MAX;
    if !is_told && !stands_alone {
        return None;
    }
    let (period, confidence) = match stated {
        Some(period) => (period, 0.85),
        None if is_monthly(value, value, amount.currency.as_deref()) => (SalaryPeriod::Month, 0.5),
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

/// The period that is told, else the one that amounts of this size are for.
fn period_of(
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
fn is_monthly(min: Decimal, max: Decimal, currency: Option<&str>) -> bool {
    let units = Decimal::from(units_a_dollar(currency));
    min >= Decimal::from(MONTH_MIN) * units && max < Decimal::from(ANNUAL_MIN) * units
}

pub(super) fn period_in(words: &str) -> Option<SalaryPeriod> {
    let found = PATTERNS.periods.iter().filter_map(|(pattern, period)| Some((pattern.find(words)?.start(), *period)));
    found.min_by_key(|(at, _)| *at).map(|(_, period)| period)
}

/// Whether a year's pay could be this much.
fn is_likely(min: Decimal, max: Decimal, period: SalaryPeriod, currency: Option<&str>) -> bool {
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

/// Whether the words around an amount, within its sentence, say that it is something else than pay. What follows a sum
/// that is called pay comes on top of it: "a salary of … plus equity".
fn is_not_pay(text: &str, at: &std::ops::Range<usize>) -> bool {
    let before = line_before(text, at.start);
    let behind = &text[at.end..nearby(text, at.end)];
    let behind = behind.find(['\n', ';', '.']).map_or(behind, |cut| &behind[..cut]);
    // A sentence that names pay itself is not about what the one before it names.
    let own = PATTERNS.sentence_end.find_iter(before).last().map_or(before, |it| &before[it.end()..]);
    let before = if PATTERNS.pay_word.is_match(own) { own } else { before };
    if PATTERNS.not_pay.is_match(before) {
        return true;
    }
    // "70-75K€ fixed + 15K€ bonus": a sum of its own.
    let behind = behind.find('+').map_or(behind, |cut| &behind[..=cut]);
    // "$240K – $285K + equity": so is what stands behind a plus.
    if PATTERNS.on_top.is_match(behind) {
        return false;
    }
    let is_called_pay = PATTERNS.pay_word.is_match(before)
        || PATTERNS.range_word.is_match(before)
        || is_called_pay_before(text, at.start);
    !is_called_pay && PATTERNS.not_pay.is_match(behind)
}

/// Whether the line of an amount calls it pay before it, or the heading above a line that begins with it.
fn is_called_pay_before(text: &str, start: usize) -> bool {
    let before = line_before(text, start);
    if before.chars().any(char::is_alphanumeric) {
        let far = far_before(text, start);
        return PATTERNS.pay_word.is_match(before)
            || (PATTERNS.pay_word.is_match(far) && !PATTERNS.not_pay.is_match(far));
    }
    let above = text[..start - before.len()].trim_end();
    let heading = above.rfind('\n').map_or(above, |cut| &above[cut..]).trim();
    heading.len() <= HEADING_MAX && PATTERNS.pay_word.is_match(heading) && !PATTERNS.not_pay.is_match(heading)
}

/// The period named before an amount, in its sentence: "Monthly salary: 15 000 PLN".
fn period_before(text: &str, start: usize) -> Option<SalaryPeriod> {
    let before = line_before(text, start);
    let own = PATTERNS.sentence_end.find_iter(before).last().map_or(before, |it| &before[it.end()..]);
    period_in(own)
}

/// The words before an amount in its line.
fn line_before(text: &str, start: usize) -> &str {
    let before = &text[back(text, start)..start];
    before.rfind(['\n', ';']).map_or(before, |cut| &before[cut..])
}

/// The words of a long sentence before an amount.
fn far_before(text: &str, start: usize) -> &str {
    let before = &text[back_by(text, start, FAR)..start];
    let before = before.rfind(['\n', ';']).map_or(before, |cut| &before[cut..]);
    PATTERNS.sentence_end.find_iter(before).last().map_or(before, |it| &before[it.end()..])
}

fn back(text: &str, start: usize) -> usize {
    back_by(text, start, NEAR)
}

fn back_by(text: &str, start: usize, bytes: usize) -> usize {
    let mut at = start.saturating_sub(bytes);
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}

fn nearby(text: &str, end: usize) -> usize {
    let mut at = (end + NEAR).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
