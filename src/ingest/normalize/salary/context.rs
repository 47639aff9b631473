//! The words around a sum: whether they call it pay, or something else, and for how long it is paid.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::compiled;
use crate::ingest::normalize::phrase::Sieved;
use crate::vocabulary::SalaryPeriod;

/// Bytes of a line that is a heading.
const HEADING_MAX: usize = 40;
/// How far words around an amount belong to it, in bytes.
const NEAR: usize = 48;
/// How far a word for pay may stand before its amount, in bytes, where nothing between them tells of anything else.
const FAR: usize = 120;

pub(super) struct Patterns {
    periods: Vec<(Sieved, SalaryPeriod)>,
    not_pay: Sieved,
    pub(super) pay_word: Sieved,
    range_word: Regex,
    pub(super) most: Regex,
    pub(super) called_behind: Regex,
    /// What calls a sum pay that stands before it, whatever its period.
    pub(super) named_behind: Regex,
    /// What comes on top of pay alone.
    pub(super) with_more: Regex,
    sentence_end: Regex,
    on_top: Regex,
    listed: Regex,
}

pub(super) static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| Patterns {
    periods: vec![
        (
            Sieved::new(
                r"(?i)(?:/|\bper|\ban?)\s*(?:hour|hr|h)\b|\bhourly\b|\bpro stunde\b|/\s*st(?:d|unde)|\bstundenlohn\b|\bstündlich|\btaux horaire\b|(?:\bpar|/)\s*heure\b|(?:\bpor|/)\s*hora\b|\bper uur\b|\bp/h\b|時給|\ball['’]ora\b",
            ),
            SalaryPeriod::Hour,
        ),
        (
            Sieved::new(
                r"(?i)(?:/|\bper)\s*day\b|\bdaily\b|\bday rate\b|(?:/|\bpro )\s*tag\b|\btagessatz\b|\bpar jour\b|/\s*jour\b|\bpor día\b",
            ),
            SalaryPeriod::Day,
        ),
        (Sieved::new(r"(?i)(?:/|\bper|\ba)\s*(?:week|wk)\b|\bweekly\b"), SalaryPeriod::Week),
        (
            Sieved::new(
                r"(?i)(?:/|\bper|\ba)\s*(?:month|mo)\b|\bmonthly\b|(?:/|\bpro |\bim )\s*monat|\bmonatlich\b|(?:\bpar|/)\s*mois\b|\bal mese\b|\bmensuel|\bmensual|\bmensil|(?:\bal|\bpor|/)\s*m[eê]s\b|(?:\bper|/)\s*maand\b|miesięczn|/\s*mies|månad|måned|\bp/m\b|\bpcm\b|/\s*mth\b|\bper calendar month\b|aylık|/\s*bulan\b|\bper bulan\b|月給|月収|월급",
            ),
            SalaryPeriod::Month,
        ),
        (
            Sieved::new(
                r"(?i)(?:/|\bper|\ba)\s*(?:year|yr|annum)\b|\bannual(?:ly)?\b|\byearly\b|\bp\.?\s?a\b|(?:/|\bpro )\s*jahr|\bim jahr\b|(?:\bpar|/)\s*an(?:née)?\b|\bjährlich\b|\bannuel|\banual|(?:\bal|\bpor|/)\s*año\b|(?:\bpor|\bao|/)\s*ano\b|(?:\bper|/)\s*jaar\b|\ball['’]anno\b|\brocznie\b|\bårlig|\bjahres(?:gehalt|brutto)\w*|\bp/a\b|\bRAL\b|\bCTC\b|\bLPA\b|yıllık|年収|연봉|/\s*rok\b|\bårslön",
            ),
            SalaryPeriod::Year,
        ),
    ],
    not_pay: Sieved::new(
        r"(?i)401\s*\(?k|bonus|referral|tuition|stipend|equity|rais(?:ed|ing)|\bARR\b|revenue|deductible|reimburs|allowance|funding|valuation|budget|million|billion|insurance|sign-on|grant|donat|customers|users|credits?\b|quota|coworking|education|\bmatch|\b[AT]CVs?\b|\bGMV\b|\bAUM\b|\bdeals?\b|contract value|fundrais|(?:living|minimum) wage|\bloan|\bsavings?\b|relocation|home[- ]office|\bwfh\b|\bset-?up\b|\bspends?\b|\bassets\b|\bpriced\b|\bportfolios? (?:of|worth)\b|\bprojects (?:of|from|ranging)\b",
    ),
    pay_word: Sieved::new(
        r"(?i)salary|compensation|\bpay\b|\bbase\b|wage|gehalt|vergütung|(?:stunden|monats|grund|tarif|\b)lohn|salaire|sal[aá]ri[os]\b|salarial|sueldo|r[ée]mun[ée]ra|retribuzione|stipendio|salaris\b|wynagrodzeni|\blön\b|\bOTE\b|\bcomp\b|rates?\b|brut(?:t?o)?\b|\bearnings?\b|\bearn (?:up to|from|between)|(?:can|will|['’]ll) earn\b|(?:get|be|are|is) paid\b|\bpaid (?:hourly|weekly|monthly|annually|yearly)\b|\bincome\b|remunerat|\bCTC\b|\bRAL\b|entgelt|verdienst|retribuci|ordenado|vencimento|stawka|\bloon\b|\blønn?\b|\bårslön|palkka|\bmzda|\bplat\b|fizetés|maaş|\bgaji\b|\blương\b|年収|月給|月収|時給|給与|薪|연봉|월급",
    ),
    range_word: compiled(r"(?i)\b(?:base|pay|salary|compensation) range\b|\brange (?:for|of) this (?:position|role)"),
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
    listed: compiled(r"(?i)(?:,|\band|&|\+)\s*(?:an? )?$"),
});

/// The period that is named first.
pub(super) fn period_in(words: &str) -> Option<SalaryPeriod> {
    let found = PATTERNS.periods.iter().filter_map(|(pattern, period)| Some((pattern.find(words)?.start(), *period)));
    found.min_by_key(|(at, _)| *at).map(|(_, period)| period)
}

/// Whether the words around an amount, within its sentence, say that it is something else than pay. What follows a sum
/// that is called pay comes on top of it: "a salary of … plus equity".
pub(super) fn is_not_pay(text: &str, at: &Range<usize>) -> bool {
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
pub(super) fn is_called_pay_before(text: &str, start: usize) -> bool {
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

/// Whether an amount is one of several things, the first of which may be pay: "salary, leave and $1,000 for your desk".
pub(super) fn is_listed(text: &str, start: usize) -> bool {
    PATTERNS.listed.is_match(line_before(text, start))
}

/// The period named before an amount, in its sentence: "Monthly salary: 15 000 PLN".
pub(super) fn period_before(text: &str, start: usize) -> Option<SalaryPeriod> {
    let before = line_before(text, start);
    let own = PATTERNS.sentence_end.find_iter(before).last().map_or(before, |it| &before[it.end()..]);
    period_in(own)
}

/// The words before an amount in its line.
pub(super) fn line_before(text: &str, start: usize) -> &str {
    let before = &text[back(text, start)..start];
    before.rfind(['\n', ';']).map_or(before, |cut| &before[cut..])
}

/// The words of a long sentence before an amount.
fn far_before(text: &str, start: usize) -> &str {
    let before = &text[text.ceil_char_boundary(start.saturating_sub(FAR))..start];
    let before = before.rfind(['\n', ';']).map_or(before, |cut| &before[cut..]);
    PATTERNS.sentence_end.find_iter(before).last().map_or(before, |it| &before[it.end()..])
}

/// Where the words near a sum begin.
pub(super) fn back(text: &str, start: usize) -> usize {
    text.ceil_char_boundary(start.saturating_sub(NEAR))
}

/// Where the words near a sum end.
pub(super) fn nearby(text: &str, end: usize) -> usize {
    text.floor_char_boundary(end + NEAR)
}
