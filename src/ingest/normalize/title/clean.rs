//! A title freed of all that is about this one posting. Only taken away from: what stays is in the employer's words.

use super::noise::{PATTERNS, is_code, is_noise};
use super::spot::{self, Known};
use super::{function, seniority};
use crate::ingest::normalize::workplace;

/// What is casual itself, and no employment.
const CASUAL: [&str; 10] =
    ["apparel", "clothing", "dining", "footwear", "game", "games", "gaming", "mobile", "shoes", "wear"];

/// Who is called by the shift they lead.
const LEADERS: [&str; 5] = ["lead", "leader", "supervisor", "manager", "coordinator"];

/// Words between two of a kind.
const AND: [&str; 8] = ["and", "or", "to", "und", "oder", "et", "ou", "y"];
/// Letters of an abbreviation of a title's own words, and words that it passes over.
const ACRONYM_MAX: usize = 6;
const SMALL_WORDS: [&str; 15] =
    ["of", "and", "the", "for", "in", "to", "de", "a", "at", "on", "&", "-", "–", "du", "la"];
/// Parts of a title that are told apart.
const SEPARATORS_MAX: usize = 16;
/// Words of names of places that stand behind how one is employed.
const PLACE_WORDS_MAX: usize = 6;

/// The work that a title names. Never empty: where nothing would stay, all does.
pub(super) fn clean(title: &str, known: &Known) -> String {
    let whole = spaced(title);
    let mut words = PATTERNS.bracketed_genders.replace_all(&whole, " ").into_owned();
    words = spaced(&PATTERNS.signs.replace_all(&words, " "));
    // Twice, as two of them may share what is between them.
    for _ in 0..2 {
        words = PATTERNS.bare_genders.replace_all(&words, " $1").into_owned();
    }
    words = tidy(&words);
    for _ in 0..6 {
        let before = words.len();
        words = tidy(&without_middle(&words));
        words = tidy(&without_brackets(&words, known));
        words = tidy(&without_beginning(&words, known));
        words = tidy(&without_end(&words, known));
        words = tidy(&without_place_between(&words, known));
        if words.len() == before {
            break;
        }
    }
    if words.chars().any(char::is_alphabetic) { words } else { whole }
}

/// Takes out brackets that hold nothing but noise, and those behind a place.
fn without_brackets(words: &str, known: &Known) -> String {
    // "Consultor(a)" is one word.
    let is_ending = |start: usize, end: usize| end - start < 6 && words[..start].ends_with(char::is_alphanumeric);
    // "Illinois (IL) License" says more than a place.
    let is_within = |start: usize, end: usize| end < words.len() && spot::is_state_code(&words[start + 1..end - 1]);
    let is_meant = |(start, end): &(usize, usize)| {
        let inside = &words[start + 1..end - 1];
        let (before, after) = (&words[..*start], &words[*end..]);
        let is_left = is_ending(*start, *end)
            || is_within(*start, *end)
            || is_short_for(inside, before)
            || spot::is_variety(before, inside, after);
        let is_at_end = *start == 0 || *end == words.len();
        !is_left && (is_noise(inside, known) || is_away(inside) || (is_at_end && is_of_interns(inside, known)))
    };
    let Some((start, end)) = brackets(words).into_iter().find(is_meant) else {
        return of_place_and_brackets(words, known);
    };
    format!("{} {}", &words[..start], &words[end..])
}

/// "… - San Diego, CA (Otay Ranch)": what is in brackets behind a place is in it.
fn of_place_and_brackets(words: &str, known: &Known) -> String {
    let last = brackets(words).into_iter().next_back().filter(|(_, end)| *end == words.len());
    let Some((start, _)) = last else { return words.to_owned() };
    let before = words[..start].trim_end();
    let is_place = |(at, next): &(usize, usize)| *at > 0 && spot::is_sure(before[*next..].trim(), known);
    let inside = &words[start + 1..words.len() - 1];
    match separators(before).into_iter().find(is_place) {
        Some(_) if is_short_for(inside, before) => words.to_owned(),
        // "…, South Korea (Digital Marketing)".
        Some((at, _)) if function::read(inside).is_some() => format!("{} {}", &before[..at], &words[start..]),
        Some(_) => before.to_owned(),
        None => words.to_owned(),
    }
}

/// "Registered Behavior Technician (RBT)": letters that stand for words before them.
fn is_short_for(letters: &str, words: &str) -> bool {
    if !(2..=ACRONYM_MAX).contains(&letters.len()) || !letters.bytes().all(|it| it.is_ascii_uppercase()) {
        return false;
    }
    let parts = words.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty() && !SMALL_WORDS.contains(it));
    let initials: String = parts.filter_map(|it| it.chars().next()).collect();
    // Two letters are a state's as often, and three the word for an employment.
    let is_other = spot::is_state(letters) || spot::is_sure(letters, &Known::default());
    initials.to_uppercase().contains(letters) && !is_other && !PATTERNS.employment.is_match(letters)
}

/// "(Remote - Willow Creek)": where one works, and in what looks like a place.
fn is_away(inside: &str) -> bool {
    PATTERNS.workplace_in.find(inside).is_some_and(|it| is_like_place(&inside[it.end()..]))
}

/// "(Internship)", "(6-month internship)": the words for an intern's employment, and else noise.
fn is_of_interns(inside: &str, known: &Known) -> bool {
    let rest = PATTERNS.training.replace_all(inside, "contract");
    rest != inside && is_noise(&rest, known)
}

/// The word by which brackets call the employment an intern's.
pub(super) fn interns(title: &str) -> Option<&str> {
    let inside = brackets(title).into_iter().map(|(start, end)| &title[start + 1..end - 1]);
    let of_interns = inside.into_iter().find(|it| is_of_interns(it, &Known::default()))?;
    PATTERNS.training.find(of_interns).map(|it| it.as_str())
}

/// Where brackets begin and end, without those in others.
fn brackets(words: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut open = None;
    for (at, it) in words.char_indices() {
        match it {
            '(' | '[' | '{' => {
                open.get_or_insert(at);
            }
            ')' | ']' | '}' => found.extend(open.take().map(|start| (start, at + 1))),
            _ => {}
        }
    }
    found
}

fn without_beginning(words: &str, known: &Known) -> String {
    let words = &words[PATTERNS.calls.find(words).map_or(0, |it| it.end())..];
    if let Some(found) = PATTERNS.first.find(words) {
        let rest = words[found.end()..].trim_start();
        let next = rest.split(|it: char| !it.is_alphanumeric()).next().unwrap_or_default().to_lowercase();
        let is_region = |it: &str| spot::is_sure(&it.to_uppercase(), &Known::default());
        let first = found.as_str().trim_matches(|it: char| !it.is_alphanumeric());
        // "EMEA & APAC Sales" would lose one of two.
        let is_of_several =
            rest.starts_with(['&', '/', '+']) || AND.contains(&next.as_str()) || (is_region(first) && is_region(&next));
        let is_of_thing = workplace::is_of_thing(words)
            || (first.eq_ignore_ascii_case("casual") && CASUAL.contains(&next.as_str()))
            || (first.to_lowercase().ends_with("shift") && LEADERS.contains(&next.as_str()));
        if !is_of_several && !is_of_thing && rest.chars().any(char::is_alphabetic) {
            return rest.to_owned();
        }
    }
    // "R1234 - Gardener", "London - Gardener".
    let cut = dashes(words).into_iter().next().filter(|(at, _)| {
        let first = words[..*at].trim();
        is_code(first)
            || (!first.is_empty() && is_noise(first, known) && (!first.contains(',') || spot::is_sure(first, known)))
    });
    let rest = cut.map_or(words, |(_, next)| &words[next..]);
    if rest.chars().any(char::is_alphabetic) { rest.to_owned() } else { words.to_owned() }
}

/// Cuts off the longest end that is nothing but noise.
fn without_end(words: &str, known: &Known) -> String {
    let kept = |end: usize| Some(words[..end].trim_end()).filter(|it| it.chars().any(char::is_alphabetic));
    for (at, next) in separators(words) {
        // "Gardener Hemet, CA" would leave the town.
        let is_half = words[at..next].starts_with(',') && spot::is_state(words[next..].trim());
        let is_ended = !is_half && is_all_noise(&words[next..], known);
        if let Some(kept) = kept(at).filter(|_| is_ended) {
            return kept.to_owned();
        }
    }
    if let Some(kept) = PATTERNS.last.find(words).and_then(|found| kept(found.start())) {
        return kept.to_owned();
    }
    let company = [" at ", " bei ", " chez ", " na ", " en ", " in "].iter().find_map(|it| {
        let (before, company) = words.rsplit_once(it)?;
        // "Gardener in Salem, OR", but not "Engineer in Test, TX".
        let is_work = || function::read(company).is_some() || company.starts_with("Test");
        let is_town = *it == " in " && company.contains(',') && spot::is_sure(company, known) && !is_work();
        let before = [" located", " based"].iter().find_map(|it| before.strip_suffix(it)).unwrap_or(before);
        (known.is_company(company) || is_town).then_some(before.len())
    });
    company.or_else(|| place_behind(words, known)).and_then(kept).unwrap_or(words).to_owned()
}

/// "Gardener, Part-Time - Willow Creek": how one is employed stands between others, and what looks like a place behind it.
fn without_middle(words: &str) -> String {
    let separators = separators(words);
    let between = separators.windows(2).find(|pair| PATTERNS.employment.is_match(words[pair[0].1..pair[1].0].trim()));
    let Some(&[(at, _), (end, next)]) = between else { return words.to_owned() };
    let rest = words[next..].trim();
    let is_dash = matches!(&words[end..next], "-" | "–" | "—" | "|" | "@");
    if is_dash && is_like_place(rest) { words[..at].to_owned() } else { format!("{} {}", &words[..at], &words[end..]) }
}

/// "Gardener, Benelux - Roses".
fn without_place_between(words: &str, known: &Known) -> String {
    let separators = separators(words);
    let between = separators.iter().enumerate().find_map(|(from, (at, next))| {
        // A comma may part it from others of its kind.
        let ends = separators[from + 1..].iter().filter(|it| !words[it.0..it.1].starts_with([',', ':', '/'])).rev();
        let end = ends.map(|it| it.0).find(|end| spot::is_sure(words[*next..*end].trim(), known))?;
        Some((*at, end))
    });
    between.map_or_else(|| words.to_owned(), |(at, end)| format!("{} {}", &words[..at], &words[end..]))
}

/// A few capitalised words, not all abbreviations, that name no work. "The Mill at Willow Creek" names none either.
fn is_like_place(words: &str) -> bool {
    let is_name = |it: &str| it.starts_with(char::is_uppercase);
    let parts: Vec<&str> = words.split([' ', '/']).filter(|it| !it.is_empty()).collect();
    let are_names = (1..=PLACE_WORDS_MAX).contains(&parts.len())
        && is_name(words)
        && parts.iter().all(|it| is_name(it) || SMALL_WORDS.contains(it))
        && words.contains(char::is_lowercase);
    let is_site = words.contains(" at ") && function::read(words).is_none_or(|it| !it.is_role);
    let is_work = || function::read(words).is_some() || seniority::read(words).is_some();
    // One word is as often a tool, a language or a ward.
    let is_lone = parts.len() == 1 && !words.contains('-') && !spot::is_sure(words, &Known::default());
    spot::is_likely_state(words) || (are_names && !is_lone && (is_site || !is_work()))
}

/// "Office Manager Chicago": a sure place of up to three words, without anything between.
fn place_behind(words: &str, known: &Known) -> Option<usize> {
    let spaces: Vec<usize> = words.match_indices(' ').map(|(at, _)| at).collect();
    let is_last = |at: &&usize| {
        let place = &words[**at + 1..];
        let before = words[..**at].split(' ').next_back().unwrap_or_default();
        let is_object = matches!(
            before,
            "of" | "for" | "the" | "&" | "and" | "de" | "du" | "da" | "do" | "/" | "to" | "für" | "New"
        );
        let is_one = !place.contains([',', '/', '-', '(', ')', '|']);
        let is_sure = spot::is_sure(place, known) || spot::is_town_and_state(place);
        is_one && !is_object && is_sure && !before.ends_with(['-', '–', ',', '&', '/'])
    };
    let found = spaces.iter().rev().take(3).rev().find(is_last)?;
    let before = &words[..*found];
    // "based in Chicago", "at Acme".
    let cut = [" based in", " in", " at", " -", " –", " @", " à", " em", " en", " bei"];
    let end = cut.iter().find_map(|it| before.strip_suffix(it)).map_or(*found, str::len);
    Some(named_after(&words[..end], &words[*found..]).unwrap_or(end))
}

/// Where "at Willow" or "- The Willow" begins before a town: with it, it is the name of a shop or a quarter.
fn named_after(before: &str, town: &str) -> Option<usize> {
    let behind_dash = || {
        let (at, next) = dashes(before).pop()?;
        Some((at, before[next..].trim().strip_prefix("The ")?))
    };
    let behind_at = before.rsplit_once(" at ").map(|(it, name)| (it.len(), name));
    let (at, name) = behind_at.filter(|(_, name)| !name.contains(' ')).or_else(behind_dash)?;
    (!name.contains(' ') && spot::is_town(town.trim()) && is_like_place(&format!("{name}{town}"))).then_some(at)
}

/// Whether all parts of an end are noise.
fn is_all_noise(end: &str, known: &Known) -> bool {
    if is_noise(end, known) {
        return true;
    }
    let flat = end.replace(['(', ')', '[', ']'], " - ");
    let parts: Vec<&str> =
        flat.split(['|', ';']).flat_map(|it| it.split(" - ")).flat_map(|it| it.split(" – ")).collect();
    let parts: Vec<&str> =
        parts.into_iter().flat_map(|it| it.split(" / ")).map(str::trim).filter(|it| !it.is_empty()).collect();
    let is_part = |part: &&str| {
        is_noise(part, known) || part.contains(',') && part.split(',').all(|it| is_noise(it.trim(), known))
    };
    if !parts.is_empty() && parts.iter().all(is_part) {
        return true;
    }
    // "Rio de Janeiro - RJ": a code is a place's behind one.
    matches!(&*parts, [place, code] if code.len() == 2 && code.chars().all(char::is_uppercase) && spot::is_place(place, known))
}

/// Where parts are parted by dashes or bars, from the left: the end of the one and the beginning of the next.
fn dashes(words: &str) -> Vec<(usize, usize)> {
    separators(words).into_iter().filter(|(at, next)| !words[*at..*next].contains([',', ':'])).collect()
}

/// Where parts are parted, from the left. A dash, slash or `@` needs a space beside it.
fn separators(words: &str) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    let mut depth = 0_u32;
    for (at, it) in words.char_indices() {
        let end = at + it.len_utf8();
        depth = match it {
            '(' | '[' | '{' => depth + 1,
            ')' | ']' | '}' => depth.saturating_sub(1),
            _ => depth,
        };
        let has_space = words[..at].ends_with(' ') || words[end..].starts_with(' ');
        let is_between = match it {
            ',' | '|' | ';' | '~' | '•' | '·' => {
                !words[..at].ends_with(char::is_alphanumeric) || words[end..].starts_with(' ') || it == '|'
            }
            '-' | '–' | '—' | '/' | '@' | ':' => has_space,
            _ => false,
        };
        if is_between && depth == 0 && at > 0 {
            found.push((at, end));
        }
        if found.len() == SEPARATORS_MAX {
            break;
        }
    }
    found
}

/// One space between words.
fn spaced(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Without empty brackets, and without what once parted words from those that are gone.
fn tidy(words: &str) -> String {
    let mut words = spaced(words);
    for empty in ["( )", "()", "[ ]", "[]", "(-)", "- -", "– –", "- –", "| |", ", ,", "- |"] {
        if words.contains(empty) {
            words = words.replace(empty, if empty.contains(['(', '[']) { " " } else { "-" });
        }
    }
    words = spaced(&words);
    for (loose, tight) in [(" ,", ","), ("( ", "("), (" )", ")"), (",)", ")")] {
        if words.contains(loose) {
            words = words.replace(loose, tight);
        }
    }
    let is_loose = |it: char| {
        it.is_whitespace()
            || matches!(it, '-' | '–' | '—' | '|' | ',' | ':' | ';' | '/' | '@' | '~' | '•' | '·' | '*' | '_' | '"')
    };
    let words = words.trim_matches(is_loose);
    words.strip_suffix(" at").unwrap_or(words).to_owned()
}
