//! The kind of work that words name, by a dictionary in several languages.
//!
//! The name of a role ("account executive") and a narrow field ("customer success") say more than a noun that many roles
//! share ("engineer"), that more than a word for a field ("sales"), and that more than one that hints at it ("client"). Of equal ones, the first part of the title counts
//! before what follows a comma or dash, and in one part the role before the field it is in.

mod abroad;
mod domains;
mod fields;
mod hints;
mod nouns;
mod roles;
mod trades;

use std::sync::LazyLock;

use self::abroad::ABROAD;
use self::domains::DOMAINS;
use self::fields::FIELDS;
use self::hints::HINTS;
use self::nouns::{NOUNS, SHARED};
use self::roles::ROLES;
use self::trades::TRADES;
use super::words::{self, Phrases, Word, words};
use crate::vocabulary::JobFunction;

/// How much a phrase says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Weight {
    Hint,
    Field,
    Shared,
    Domain,
    Role,
}

type Phrase = words::Found<(JobFunction, Weight)>;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) function: JobFunction,
    /// As they stand in the text.
    pub(super) words: String,
    /// Whether a role is named, and not only a field of work.
    pub(super) is_role: bool,
}

static PHRASES: LazyLock<Phrases<(JobFunction, Weight)>> = LazyLock::new(|| {
    let weighed = |lists: &[(JobFunction, &'static str)], weight| -> Vec<((JobFunction, Weight), &'static str)> {
        lists.iter().map(|(function, list)| ((*function, weight), *list)).collect()
    };
    let lists = [
        weighed(HINTS, Weight::Hint),
        weighed(FIELDS, Weight::Field),
        weighed(SHARED, Weight::Shared),
        weighed(DOMAINS, Weight::Domain),
        weighed(NOUNS, Weight::Role),
        weighed(ABROAD, Weight::Role),
        weighed(ROLES, Weight::Role),
        weighed(TRADES, Weight::Role),
    ];
    Phrases::new(&lists.concat())
});

/// Calls to whoever would like to work there: a field that is named beside one is no work that is offered.
const POOLS: &str = "talent network|talent pool|talent community|talent communities|general application|\
    general applications|general interest|general consideration|open application|open applications|\
    spontaneous application|speculative application|unsolicited application|interest application|submit your resume|\
    future opportunities|future opportunity|future openings|future roles|future interest|upcoming positions|\
    expression of interest|expressions of interest|other careers|join our team|create your own|career fair|career fairs|\
    initiativbewerbung|candidature spontanee|candidatura espontanea|candidatura spontanea|banco de talentos|\
    open sollicitatie|spontanansokan";
/// Questions to whoever has not found what they would like: not even a role that is named in one is offered.
const QUESTIONS: &str = "don t see|you re looking for|you are looking for|interested in future|interested in a future";

/// Fields that stand behind the one they are for.
const HEADS: [&str; 4] = ["sales", "engineering", "marketing", "finance"];
/// Systems that are worked on, whatever they are for.
const SYSTEMS: [&str; 5] = ["sap", "erp", "workday", "d365", "netsuite"];
/// Words between fields of which neither is for the other.
const JOINS: [&str; 13] = ["and", "or", "of", "for", "in", "to", "with", "de", "y", "et", "und", "e", "at"];
/// Levels, and what qualifies security, before a title's first word.
const BEFORE_SECURITY: [&str; 13] = [
    "senior",
    "sr",
    "junior",
    "jr",
    "lead",
    "staff",
    "principal",
    "associate",
    "mid",
    "entry",
    "level",
    "information",
    "cyber",
];
/// Roles that are of security where their title begins with it.
const SECURING: [&str; 6] = ["engineer", "engineers", "architect", "architects", "analyst", "analysts"];
/// Whose program is no project.
const LEARNERS: [&str; 13] = [
    "intern",
    "interns",
    "internship",
    "internships",
    "graduate",
    "graduates",
    "trainee",
    "apprenticeship",
    "apprentice",
    "rotational",
    "leadership",
    "skillbridge",
    "student",
];
const SECURED: (JobFunction, Weight) = (JobFunction::Security, Weight::Role);

/// Each with the heaviest that is no work beside it.
static CALLS: LazyLock<Phrases<Weight>> =
    LazyLock::new(|| Phrases::new(&[(Weight::Field, POOLS), (Weight::Role, QUESTIONS)]));

/// The kind of work that a title or the name of a department speaks of.
pub(super) fn read(text: &str) -> Option<Found> {
    let words = words(text);
    let mut found = PHRASES.find(&words);
    found.retain(|it| !is_program_of_learners(&words, it));
    let is_before = before_fields(text, &words, &found);
    let is_head = |at: usize, it: &Phrase| !is_before_head(text, &words, it, found.get(at + 1)) && !is_before[at];
    let heads = found.iter().enumerate().filter(|(at, it)| is_head(*at, it));
    // The first of the heaviest, as far in front as any.
    let best = heads.map(|(_, it)| it).rev().max_by_key(|it| {
        let weight = it.value.1;
        (weight.min(Weight::Domain), usize::MAX - words[it.from].part, weight)
    })?;
    let (function, weight) = if is_of_security(&words, best) { SECURED } else { best.value };
    let may_call = weight <= Weight::Field || text.contains('?');
    if may_call && CALLS.find(&words).iter().any(|it| weight <= it.value) {
        return None;
    }
    let text = text[words[best.from].start..words[best.to - 1].end].to_owned();
    Some(Found { function, words: text, is_role: weight > Weight::Field })
}

/// "Global Internship Program".
fn is_program_of_learners(words: &[Word], it: &Phrase) -> bool {
    let is_program = it.to == it.from + 1
        && matches!(words[it.from].folded.as_str(), "program" | "programs" | "programme" | "programmes" | "programm");
    let before = it.from.checked_sub(1).and_then(|it| words.get(it));
    is_program && before.is_some_and(|it| LEARNERS.contains(&it.folded.as_str()))
}

/// Whether a noun only tells the kind of the next: a "Server Engineer" is an engineer.
fn is_before_head(text: &str, words: &[Word], it: &Phrase, next: Option<&Phrase>) -> bool {
    let is_noun = |it: &Phrase| it.to == it.from + 1 && matches!(it.value.1, Weight::Shared | Weight::Role);
    next.is_some_and(|next| {
        let is_next = it.to == next.from && &text[words[it.from].end..words[next.from].start] == " ";
        is_next && is_noun(it) && is_noun(next)
    })
}

/// Of each phrase, whether it is a field that only tells the kind of one behind it: "Solar Sales" is sales, "Sales &
/// Marketing" both.
fn before_fields(text: &str, words: &[Word], found: &[Phrase]) -> Vec<bool> {
    let is_head = |it: &Phrase| {
        it.to == it.from + 1 && HEADS.contains(&words[it.from].folded.as_str()) && it.value.1 == Weight::Field
    };
    let is_joined = |it: &Phrase, next: &Phrase| {
        let between = &words[it.to..next.from];
        let gap = &text[words[it.to - 1].end..words[next.from].start];
        words[it.from].part == words[next.from].part
            && between.iter().all(|it| !JOINS.contains(&it.folded.as_str()))
            && !gap.contains(['&', '/', '+'])
    };
    let mut is_before = vec![false; found.len()];
    for (at, pair) in found.windows(2).enumerate().rev() {
        is_before[at] = is_joined(&pair[0], &pair[1]) && (is_head(&pair[1]) || is_before[at + 1]);
    }
    // "Security Engineering" is security, "SAP Finance" a system's, and "Directeur des opérations marketing" begins with
    // its head.
    let of = words.iter().position(|it| matches!(it.folded.as_str(), "de" | "des" | "du" | "d")).unwrap_or(words.len());
    for (is_before, it) in is_before.iter_mut().zip(found) {
        let is_own = it.value.0 == JobFunction::Security || SYSTEMS.contains(&words[it.from].folded.as_str());
        *is_before &= it.value.1 <= Weight::Field && !is_own && it.from < of;
    }
    is_before
}

/// "Security Governance Engineer II": whose title begins with security is of it, unless a name that begins there says
/// otherwise.
fn is_of_security(words: &[Word], best: &Phrase) -> bool {
    let names: Vec<&str> = words.iter().take_while(|it| it.part == 0).map(|it| it.folded.as_str()).collect();
    let Some(first) = names.iter().position(|it| !BEFORE_SECURITY.contains(it)) else { return false };
    let is_cleared = names.get(first + 1).is_some_and(|it| matches!(*it, "cleared" | "clearance" | "vetted"));
    let is_begun =
        matches!(names[first], "security" | "cybersecurity" | "infosec") && best.from != first && !is_cleared;
    let is_step = |it: &str| matches!(it, "i" | "ii" | "iii" | "iv" | "v") || it.bytes().all(|it| it.is_ascii_digit());
    let last = names.iter().rev().find(|it| !is_step(it));
    is_begun && last.is_some_and(|it| SECURING.contains(it)) && best.value.0 != JobFunction::Sales
}

/// Whether words name a role, so that they are no place.
pub(super) fn is_role(text: &str) -> bool {
    read(text).is_some_and(|it| it.is_role)
}
