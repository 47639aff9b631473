//! Where the work is done: the provider's field, the place, the hashtags, the title, the body, in this order. A denial in
//! the body overrules all of them, and perks say nothing.

mod phrases;
mod words;

use serde_json::json;

use self::words::PATTERNS;
use super::fact::Fact;
use super::location::Places;
use super::phrase::Phrases;
use crate::ingest::posting::Posting;
use crate::vocabulary::{Provenance, WorkplaceType};

/// Bytes of a body that are searched.
const BODY_BYTES_MAX: usize = 64 * 1024;
/// Bytes of a line that says nothing but where the work is done.
const LINE_BYTES_MAX: usize = 48;
/// Bytes of a sentence that are looked at to either side of words: hardly any is so long, and one that has no end would be
/// read as a whole for each of its words.
const AROUND_BYTES_MAX: usize = 400;

/// Kinds of phrases that a body is searched for, and how many of them, the first ones, outweigh a flag for remote work: who
/// says to be a team that works in person may say so of others.
const PHRASE_KINDS: usize = 6;
const PHRASE_KINDS_OVER_FLAG: usize = 4;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Workplace {
    pub kind: Option<WorkplaceType>,
    pub fact: Option<Fact>,
}

/// Reads all places a posting tells it, the surest first.
pub fn read(posting: &Posting, places: &Places, text: &str) -> Workplace {
    let body = within(text);
    let lines = telling_lines(body);
    let told = stated(posting, places, || over_flag(posting, places, body, &lines))
        .or_else(|| of_places(posting, places))
        .or_else(|| of_hashtag(body))
        .or_else(|| of_title(&posting.title))
        .or_else(|| of_body(body, &lines, PHRASE_KINDS));
    let denial = find_in(&PATTERNS.denial, &lines).find(|(start, words)| is_denial(&Around::new(body, *start, words)));
    let denial = denial.map(|it| it.1);
    // Who works in the office on some days does not work remotely, and is not denied anything by that.
    let is_hybrid = told.as_ref().is_some_and(|it| it.0 == WorkplaceType::Hybrid);
    let Some(denial) = denial.filter(|it| !is_hybrid || PATTERNS.always_there.is_match(it)) else {
        return told.map_or_else(Workplace::default, |(kind, fact)| Workplace { kind: Some(kind), fact: Some(fact) });
    };
    let kind = WorkplaceType::OnSite;
    let mut fact = Fact::new("workplaceType", json!(kind), 0.9, Provenance::Description, "workplace.denial");
    fact = fact.quoting(text, denial);
    if let Some((other, overruled)) = told.filter(|(other, _)| *other != kind) {
        fact.conflicts.push(conflict(other, &overruled));
    }
    Workplace { kind: Some(kind), fact: Some(fact) }
}

impl Workplace {
    /// The posting as it would be without the flag for remote work by which its places are, where that is outweighed.
    pub fn unflagged(&self, posting: &Posting) -> Option<Posting> {
        let is_outweighed = posting.workplace_is_flag && self.kind != Some(WorkplaceType::Remote);
        is_outweighed.then(|| {
            let mut posting = posting.clone();
            posting.places.iter_mut().for_each(|it| it.is_remote = false);
            posting
        })
    }
}

type Told = (WorkplaceType, Fact);

/// The provider's field. A flag counts below what outweighs it.
fn stated(posting: &Posting, places: &Places, over_flag: impl FnOnce() -> Option<Told>) -> Option<Told> {
    let raw = posting.workplace_raw.as_deref()?;
    let kind = kind_of(raw)?;
    let fact = Fact::new("workplaceType", json!(kind), 0.99, Provenance::ProviderField, "workplace.stated");
    let mut fact = fact.quoting(raw, raw);
    let other = if posting.workplace_is_flag { over_flag() } else { of_places(posting, places) };
    let Some((other, mut by_words)) = other.filter(|it| it.0 != kind) else {
        return Some((kind, fact));
    };
    if posting.workplace_is_flag {
        by_words.conflicts.push(conflict(kind, &fact));
        return Some((other, by_words));
    }
    fact.conflicts.push(conflict(other, &by_words));
    Some((kind, fact))
}

/// What outweighs a flag for remote work, which is true of much hybrid work too. A choice of both leaves it as it is.
fn over_flag(posting: &Posting, places: &Places, body: &str, lines: &[(usize, &str)]) -> Option<Told> {
    let is_choice = |fact: &Fact| {
        let is_beside = |quote: &str| lines.iter().any(|(_, it)| it.contains(quote) && PATTERNS.either.is_match(it));
        fact.evidence.as_ref().is_some_and(|it| PATTERNS.either.is_match(&it.quote) || is_beside(&it.quote))
    };
    of_places(posting, places).or_else(|| {
        of_hashtag(body)
            .or_else(|| of_title(&posting.title))
            .or_else(|| of_body(body, lines, PHRASE_KINDS_OVER_FLAG))
            .filter(|it| !is_choice(&it.1))
    })
}

fn conflict(kind: WorkplaceType, fact: &Fact) -> String {
    format!("{} by {}", <&str>::from(kind), fact.rule)
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
        // "ONSITE", with or without a dash.
        _ => WorkplaceType::OnSite,
    };
    let fact = Fact::new("workplaceType", json!(kind), 0.9, Provenance::Description, "workplace.hashtag");
    Some((kind, fact.quoting(body, &found[0])))
}

/// The kind that words of a title name, but where they are a part of what the work is about.
fn of_title(title: &str) -> Option<Told> {
    let words = PATTERNS.offered.replace_all(title, " ");
    let found = PATTERNS.title.find_iter(&words).filter(|(at, _)| is_of_work(&words, *at));
    let kind = kind_of(&found.map(|it| it.1).collect::<Vec<_>>().join(", "))?;
    let fact = Fact::new("workplaceType", json!(kind), 0.85, Provenance::Title, "workplace.title");
    Some((kind, fact.quoting(title, title)))
}

/// Whether a word of a title is said of the work.
fn is_of_work(title: &str, at: usize) -> bool {
    let is_denied = title[..at].trim_end().to_lowercase().ends_with("non-");
    !is_denied && !is_of_thing(&title[at..])
}

/// Whether the word that a title begins with is said of the thing behind it: "Remote Sensing Engineer" is no remote engineer.
pub fn is_of_thing(title: &str) -> bool {
    PATTERNS.title_thing.is_match(title)
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

/// The lines of a body that hold any word of a phrase, and where they begin: few do, and to look for whole phrases in all of
/// them costs many times as much.
fn telling_lines(body: &str) -> Vec<(usize, &str)> {
    let mut lines = Vec::new();
    let mut after = 0;
    while let Some(found) = PATTERNS.telling.find_at(body, after) {
        let start = body[..found.start()].rfind('\n').map_or(0, |at| at + 1);
        let end = body[found.start()..].find('\n').map_or(body.len(), |at| found.start() + at);
        lines.push((start, &body[start..end]));
        after = end;
    }
    lines
}

/// All of some phrases in lines, each with where it begins in the body.
fn find_in<'p, 't: 'p>(
    phrases: &'p Phrases,
    lines: &'p [(usize, &'t str)],
) -> impl Iterator<Item = (usize, &'t str)> + 'p {
    lines.iter().flat_map(move |(from, line)| phrases.find_iter(line).map(move |(at, words)| (from + at, words)))
}

/// What a body tells by a line or by phrases of the first kinds.
fn of_body(body: &str, lines: &[(usize, &str)], kinds: usize) -> Option<Told> {
    of_line(body, lines).or_else(|| of_phrases(body, lines, kinds))
}

/// A line of nothing but words for the workplace, such as "Hybrid / Remote".
fn of_line(body: &str, lines: &[(usize, &str)]) -> Option<Told> {
    let short = lines.iter().map(|it| it.1).filter(|it| it.len() <= LINE_BYTES_MAX);
    let mut lines = short.map(|it| it.trim_matches(|it: char| !it.is_alphanumeric()));
    let (line, kind) = lines.find_map(|it| Some((it, PATTERNS.line.is_match(it).then(|| kind_of(it)).flatten()?)))?;
    let fact = Fact::new("workplaceType", json!(kind), 0.7, Provenance::Description, "workplace.line");
    Some((kind, fact.quoting(body, line)))
}

fn of_phrases(body: &str, lines: &[(usize, &str)], kinds: usize) -> Option<Told> {
    let counting: Vec<_> = lines.iter().filter(|it| PATTERNS.counting.is_match(it.1)).copied().collect();
    let found: [(&Phrases, Lines<'_, '_>, WorkplaceType, Meant); PHRASE_KINDS] = [
        (&PATTERNS.body_hybrid, lines, WorkplaceType::Hybrid, is_meant_as_hybrid),
        (&PATTERNS.some_days, &counting, WorkplaceType::Hybrid, is_meant_as_hybrid),
        (&PATTERNS.body_remote, lines, WorkplaceType::Remote, |around| !is_perk(around)),
        (&PATTERNS.all_days, &counting, WorkplaceType::OnSite, |around| !is_of_a_while(around)),
        (&PATTERNS.body_on_site, lines, WorkplaceType::OnSite, |around| !is_of_a_while(around)),
        (&PATTERNS.body_there, lines, WorkplaceType::OnSite, |around| !is_occasion(around)),
    ];
    found.into_iter().take(kinds).find_map(|(pattern, lines, kind, is_meant)| {
        let (_, words) = find_in(pattern, lines).find(|(start, words)| is_meant(&Around::new(body, *start, words)))?;
        let fact = Fact::new("workplaceType", json!(kind), 0.7, Provenance::Description, "workplace.body");
        Some((kind, fact.quoting(body, words)))
    })
}

/// Lines of a body, each with where it begins.
type Lines<'a, 't> = &'a [(usize, &'t str)];

/// Whether words mean what they say, for what stands around them.
type Meant = fn(&Around<'_>) -> bool;

/// Words of a body and the rest of their sentence.
struct Around<'t> {
    before: &'t str,
    words: &'t str,
    behind: &'t str,
}

impl<'t> Around<'t> {
    fn new(body: &'t str, start: usize, words: &'t str) -> Self {
        const ENDS: [char; 4] = ['.', '\n', '!', ';'];
        let (before, behind) = (&body[..start], &body[start + words.len()..]);
        let before = &before[before.ceil_char_boundary(start.saturating_sub(AROUND_BYTES_MAX))..];
        let behind = &behind[..behind.floor_char_boundary(AROUND_BYTES_MAX)];
        let from = before.rfind(ENDS).map_or(0, |at| at + 1);
        let to = behind.find(ENDS).unwrap_or(behind.len());
        Self { before: &before[from..], words, behind: &behind[..to] }
    }

    fn has(&self, phrases: &Phrases) -> bool {
        [self.before, self.words, self.behind].into_iter().any(|it| phrases.is_match(it))
    }
}

/// Clouds are hybrid too, and so is "hybrid work" that "has become usual" in the world, or a role that blends two others.
fn is_meant_as_hybrid(around: &Around<'_>) -> bool {
    let is_of_the_world =
        PATTERNS.world_before.is_match(around.before) || PATTERNS.world_behind.is_match(around.behind);
    let is_of_a_thing = PATTERNS.hybrid_of.is_match(around.behind)
        || (PATTERNS.hybrid_vague.is_match(around.words) && around.has(&PATTERNS.hybrid_thing));
    // One that combines remote work with the office is none of these.
    let is_of_a_mix = PATTERNS.hybrid_mix.is_match(&[around.words, around.behind].concat());
    let is_of_a_mix = is_of_a_mix && !PATTERNS.mix_of_places.is_match(around.behind);
    !is_of_the_world && !is_of_a_thing && !is_of_a_mix && !around.has(&PATTERNS.certain) && !is_of_a_while(around)
}

/// Remote work that is denied outside a country is not denied within it, and what may be chosen denies nothing: "fully
/// remote, hybrid or fully on-site".
fn is_denial(around: &Around<'_>) -> bool {
    if !PATTERNS.always_there.is_match(around.words) {
        return !PATTERNS.limited.is_match(around.behind);
    }
    let is_said = |phrases: &Phrases| phrases.is_match(around.before) || phrases.is_match(around.behind);
    !is_said(&PATTERNS.choice) || is_said(&PATTERNS.not)
}

/// A rhythm of days in the office is how the work is done; one of lunches is how people eat, and some days of trial or a
/// day a month are neither.
fn is_of_a_while(around: &Around<'_>) -> bool {
    PATTERNS.meal.is_match(around.before)
        || PATTERNS.meal.is_match(around.words)
        || PATTERNS.trial.is_match(around.before)
        || (around.words.contains('%') && PATTERNS.travel.is_match(around.before))
        || PATTERNS.seldom.is_match(around.words)
        || PATTERNS.seldom.find(around.behind).is_some_and(|it| around.behind[..it.start()].trim().is_empty())
}

/// Whether words stand in a sentence about a benefit, such as "work from anywhere for up to a month", and name no role.
fn is_perk(around: &Around<'_>) -> bool {
    !PATTERNS.role.is_match(around.words)
        && (PATTERNS.perk.is_match(around.before) || PATTERNS.perk.is_match(around.behind))
}

/// Whether a sentence is about events, customers or what happens now and then.
fn is_occasion(around: &Around<'_>) -> bool {
    around.has(&PATTERNS.occasion) || PATTERNS.meal.is_match(around.before)
}

fn within(text: &str) -> &str {
    &text[..text.floor_char_boundary(BODY_BYTES_MAX)]
}

#[cfg(test)]
mod tests;
