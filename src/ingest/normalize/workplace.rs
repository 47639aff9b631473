//! Where the work is done: the provider's field, the place, the hashtags, the title, the body, in this order. A denial in
//! the body overrules all of them, and perks say nothing.

use std::sync::LazyLock;

use regex::Regex;
use serde_json::json;

use super::fact::Fact;
use super::location::Places;
use super::phrase::Phrases;
use crate::ingest::posting::Posting;
use crate::vocabulary::{Provenance, WorkplaceType};

/// Bytes of a body that are searched.
const BODY_BYTES_MAX: usize = 64 * 1024;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Workplace {
    pub kind: Option<WorkplaceType>,
    pub fact: Option<Fact>,
}

struct Patterns {
    remote: Phrases,
    hybrid: Phrases,
    on_site: Phrases,
    hashtag: Regex,
    denial: Phrases,
    body_hybrid: Phrases,
    body_remote: Phrases,
    body_on_site: Phrases,
    perk: Phrases,
    meal: Phrases,
    offered: Regex,
}

static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| Patterns {
    remote: Phrases::new(
        r"remote(?:ly)?|telecommut\w+|work from home|wfh|home[- ]?office|home[- ]?based|télétravail|teletrabajo|remoto|distributed|virtual",
    ),
    hybrid: Phrases::new(r"hybrid\w*|híbrido|hybride"),
    on_site: Phrases::new(r"on[- ]?site|in[- ]office|vor ort|présentiel|presencial"),
    hashtag: Regex::new(r"(?i)#LI-(REMOTE|HYBRID|ONSITE)\b").expect("the pattern is valid"),
    denial: Phrases::new(
        r"(?:this|the) (?:role|position|job) is not (?:a )?(?:remote|eligible for remote)\w*|not (?:a|an?) (?:fully )?remote (?:role|position|job)|(?:100 ?%|fully|strictly) (?:on[- ]?site|in[- ]office)|no remote work|remote work is not (?:possible|available|an option)",
    ),
    body_hybrid: Phrases::new(concat!(
        r"hybrid (?:role|position|work(?:ing|place)?|model|schedule|set[- ]?up|environment|arrangement|policy|office|capacity)",
        r"|(?:role|position) is hybrid|work(?:ing)? from home or (?:from )?the office",
        r"|(?:[1-4]|one|two|three|four)(?: ?[-–] ?[2-5]| to (?:[2-5]|three|four))? days (?:a|per|each) week (?:in|at|from|out of) (?:the|our)[\w ]{0,24} office",
        r"|(?:[1-4]|one|two|three|four)(?: ?[-–] ?[2-5])? days (?:a|per|each) week in[- ](?:the )?office",
        r"|(?:[1-4]|one|two|three|four)(?: ?[-–] ?[2-5])? days in(?:[- ]| the | our )[\w ]{0,16}office",
        r"|in[- ]person[\w ,]{0,40}\((?:at least|minimum|min) [1-4] days/week",
        r"|in[- ]person[\w ,]{0,40} [1-4](?: ?[-–] ?[2-5])? days (?:a|per|each) week",
        r"|in the office [1-4](?: ?[-–] ?[2-5])?(?:x| times) ?(?:/|a|per) ?week",
        // One sentence that names both.
        r"|in[- ]person[^.\n]{0,60}work(?:ing)? from home",
        r"|(?:location|type|arrangement|work(?:ing)? (?:model|policy|setting|style|mode)|workplace) ?[:–-] ?hybrid",
        r"|work(?:ing)? remotely (?:[1-4]|one|two|three)(?:x| days)",
    )),
    body_remote: Phrases::new(
        r"(?:full|fully|100 ?%)[- ]remote|remote[- ](?:first|only)|(?:this|the) (?:role|position|job) (?:is|can be) (?:fully |based )?remote\w*|work (?:remotely )?from anywhere|in a remote (?:setting|environment)|this is an? (?:fully |100 ?% )?remote[\w ,-]{0,24} (?:role|position|job|opportunity)|(?:we are|we['’]re|as|operate(?: primarily)? as) an? (?:all[- ]|primarily )?remote (?:company|team|organi[sz]ation)|(?:location|type|arrangement|work(?:ing)? (?:model|policy|setting|style|mode)|workplace) ?[:–-] ?remote",
    ),
    body_on_site: Phrases::new(concat!(
        r"(?:5|five) days (?:a|per) week (?:in|at|from) (?:the|our)[\w ]{0,24} office|performed on[- ]?site|100 ?% in[- ]person",
        r"|(?:on[- ]?site|in[- ](?:the )?office|in[- ]person),? (?:monday ?[-–] ?friday|(?:5|five) days)",
        r"|work (?:location|policy):? (?:on[- ]?site|in[- ]person)|full[- ]time in[- ]office|in[- ]person (?:team|culture)",
        r"|we(?:['’]re| are) (?:all |fully )?in[- ]person",
        r"|(?:ability|able|willing(?:ness)?|required|expected) to work (?:in[- ]person|on[- ]?site) (?:at|from|in|out of) [\w ]{0,30}(?:office|headquarters|hq)",
    )),
    perk: Phrases::new(
        r"up to|weeks?|months?|days? (?:per|a) (?:week|month|year)|occasional\w*|flexib\w+ to|program\w*|scheme|certain roles|(?:if|when) you",
    ),
    offered: Regex::new(r"(?i)\bhybrid (?:is )?(?:available|optional|possible)\b").expect("the pattern is valid"),
    meal: Phrases::new(r"lunch(?:es)?|dinners?|breakfasts?|meals?|snacks?|catered|catering"),
});

/// Reads all places a posting tells it, the surest first.
pub fn read(posting: &Posting, places: &Places, text: &str) -> Workplace {
    let body = within(text);
    let told = stated(posting)
        .or_else(|| of_places(posting, places))
        .or_else(|| of_hashtag(body))
        .or_else(|| of_words(&posting.title, Provenance::Title, 0.85, "workplace.title"))
        .or_else(|| of_body(body));
    let Some((_, denial)) = PATTERNS.denial.find(body) else {
        return told.map_or_else(Workplace::default, |(kind, fact)| Workplace { kind: Some(kind), fact: Some(fact) });
    };
    let kind = WorkplaceType::OnSite;
    let mut fact = Fact::new("workplaceType", json!(kind), 0.9, Provenance::Description, "workplace.denial");
    fact = fact.quoting(text, denial);
    if let Some((other, overruled)) = told.filter(|(other, _)| *other != kind) {
        fact.conflicts.push(format!("{} by {}", <&str>::from(other), overruled.rule));
    }
    Workplace { kind: Some(kind), fact: Some(fact) }
}

type Told = (WorkplaceType, Fact);

fn stated(posting: &Posting) -> Option<Told> {
    let raw = posting.workplace_raw.as_deref()?;
    of_words(raw, Provenance::ProviderField, 0.99, "workplace.stated")
}

fn of_places(posting: &Posting, places: &Places) -> Option<Told> {
    let kind = places.workplace?;
    let raw = posting.location_text.as_deref().unwrap_or_default();
    let fact = Fact::new("workplaceType", json!(kind), 0.95, Provenance::LocationText, "workplace.location");
    Some((kind, fact.quoting(raw, raw)))
}

fn of_hashtag(body: &str) -> Option<Told> {
    let found = body.lines().filter(|line| line.contains("#")).find_map(|line| PATTERNS.hashtag.captures(line))?;
    let kind = match found[1].to_uppercase().as_str() {
        "REMOTE" => WorkplaceType::Remote,
        "HYBRID" => WorkplaceType::Hybrid,
        _ => WorkplaceType::OnSite,
    };
    let fact = Fact::new("workplaceType", json!(kind), 0.9, Provenance::Description, "workplace.hashtag");
    Some((kind, fact.quoting(body, &found[0])))
}

fn of_words(words: &str, provenance: Provenance, confidence: f64, rule: &str) -> Option<Told> {
    let kind = kind_of(words)?;
    Some((kind, Fact::new("workplaceType", json!(kind), confidence, provenance, rule).quoting(words, words)))
}

/// The kind that short words name. "Hybrid" is the narrower one: it is often written as "hybrid remote".
pub fn kind_of(words: &str) -> Option<WorkplaceType> {
    // What is offered besides is not how most of the work is done.
    let words = &*PATTERNS.offered.replace_all(words, " ");
    if PATTERNS.hybrid.is_match(words) {
        Some(WorkplaceType::Hybrid)
    } else if PATTERNS.remote.is_match(words) {
        Some(WorkplaceType::Remote)
    } else {
        PATTERNS.on_site.is_match(words).then_some(WorkplaceType::OnSite)
    }
}

fn of_body(body: &str) -> Option<Told> {
    let found = [
        (&PATTERNS.body_hybrid, WorkplaceType::Hybrid),
        (&PATTERNS.body_remote, WorkplaceType::Remote),
        (&PATTERNS.body_on_site, WorkplaceType::OnSite),
    ];
    found.into_iter().find_map(|(pattern, kind)| {
        // Only working from elsewhere is a perk; a rhythm of days in the office is how the work is done, and one of
        // lunches how people eat.
        let is_meant = |start: usize, words: &str| match kind {
            WorkplaceType::Remote => !is_perk(body, start, start + words.len()),
            _ => !PATTERNS.meal.is_match(&body[sentence_start(body, start)..start]),
        };
        let (_, words) = pattern.find_iter(body).find(|(start, words)| is_meant(*start, words))?;
        let fact = Fact::new("workplaceType", json!(kind), 0.7, Provenance::Description, "workplace.body");
        Some((kind, fact.quoting(body, words)))
    })
}

/// Whether words stand in a sentence about a benefit, such as "work from anywhere for up to a month".
fn is_perk(body: &str, start: usize, end: usize) -> bool {
    let from = sentence_start(body, start);
    let to = body[end..].find(['.', '\n', '!', ';']).map_or(body.len(), |at| end + at);
    PATTERNS.perk.is_match(&body[from..start]) || PATTERNS.perk.is_match(&body[end..to])
}

fn sentence_start(body: &str, at: usize) -> usize {
    body[..at].rfind(['.', '\n', '!', ';']).map_or(0, |it| it + 1)
}

fn within(text: &str) -> &str {
    let mut end = text.len().min(BODY_BYTES_MAX);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::normalize::location;

    fn kind(location: Option<&str>, title: &str, body: &str) -> Option<WorkplaceType> {
        read_posting(location, title, body).kind
    }

    fn read_posting(location: Option<&str>, title: &str, body: &str) -> Workplace {
        let posting =
            Posting { title: title.to_owned(), location_text: location.map(ToOwned::to_owned), ..Posting::default() };
        read(&posting, &location::read(&posting), body)
    }

    #[test]
    fn a_city_alone_tells_nothing() {
        assert_eq!(kind(Some("Berlin, Germany"), "Engineer", "We have an office."), None);
    }

    #[test]
    fn the_place_the_hashtag_the_title_and_the_body_tell_in_this_order() {
        assert_eq!(kind(Some("Remote - US"), "Engineer (hybrid)", "#LI-ONSITE"), Some(WorkplaceType::Remote));
        assert_eq!(kind(None, "Engineer (remote)", "#LI-HYBRID"), Some(WorkplaceType::Hybrid));
        assert_eq!(kind(None, "Engineer (remote)", "hybrid role"), Some(WorkplaceType::Remote));
        assert_eq!(kind(None, "Engineer", "This is a hybrid role."), Some(WorkplaceType::Hybrid));
    }

    #[test]
    fn what_is_offered_besides_is_not_how_the_work_is_done() {
        let remote = Some(WorkplaceType::Remote);
        assert_eq!(kind(Some("US Fully Remote; Springfield Hybrid Available"), "Gardener", ""), remote);
        assert_eq!(kind(Some("Springfield (hybrid)"), "Gardener", ""), Some(WorkplaceType::Hybrid));
    }

    #[test]
    fn a_denial_overrules_and_is_kept_as_a_conflict() {
        let found = read_posting(Some("Remote - US"), "Engineer", "This role is not remote.");
        assert_eq!(found.kind, Some(WorkplaceType::OnSite));
        assert_eq!(found.fact.expect("it is told").conflicts, ["REMOTE by workplace.location"]);
    }

    #[test]
    fn perks_say_nothing() {
        assert_eq!(kind(None, "Engineer", "Work from anywhere for up to a month a year!"), None);
        assert_eq!(kind(None, "Engineer", "Enjoy up to four weeks fully remote."), None);
    }

    #[test]
    fn a_line_or_a_sentence_about_how_the_work_is_done_tells() {
        for (body, expected) in [
            ("Location: Hybrid, 3 days onsite in Springfield", Some(WorkplaceType::Hybrid)),
            ("Type: Hybrid", Some(WorkplaceType::Hybrid)),
            ("Location: Remote (Springfield-based)", Some(WorkplaceType::Remote)),
            ("You like working in-person at least 3 days a week.", Some(WorkplaceType::Hybrid)),
            ("We work in the office 3–5x/week.", Some(WorkplaceType::Hybrid)),
            ("There are some in person meetings, but you may work from home.", Some(WorkplaceType::Hybrid)),
            ("You work in the office in a hybrid capacity.", Some(WorkplaceType::Hybrid)),
            ("This is a remote, field-based role.", Some(WorkplaceType::Remote)),
            ("We are a remote company with a garden.", Some(WorkplaceType::Remote)),
            ("* Full remote policy", Some(WorkplaceType::Remote)),
            ("Ability to work in-person from our Springfield Headquarters.", Some(WorkplaceType::OnSite)),
            ("Willingness to work in person at our office 5 days a week", Some(WorkplaceType::OnSite)),
            ("Lunch in the office 5 days per week", None),
            ("Catered meals when you are in the office 3 days.", None),
            ("You run hybrid clouds and remote teams of sensors.", None),
        ] {
            assert_eq!(kind(None, "Gardener", body), expected, "{body}");
        }
    }

    #[test]
    fn days_in_the_office_tell_how_the_work_is_done() {
        for body in [
            "This is a hybrid role: three days a week are spent together.",
            "We ask for 2-3 days a week out of our office.",
            "You are with us at least 3 days a week in the office.",
            "You may choose between working from home or the office.",
        ] {
            assert_eq!(kind(None, "Gardener", body), Some(WorkplaceType::Hybrid), "{body}");
        }
        for body in ["We are 5 days a week in the office.", "Work Location: In person", "It is 100% in-person."] {
            assert_eq!(kind(None, "Gardener", body), Some(WorkplaceType::OnSite), "{body}");
        }
        assert_eq!(kind(None, "Gardener", "There is a Work From Anywhere program."), None);
    }
}
