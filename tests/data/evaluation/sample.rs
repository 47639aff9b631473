//! What is to be labelled: texts drawn from all providers by a seed, printed for those who read and label them.
//!
//! `TEST_DATA=DIR cargo test --test data samples -- --nocapture` prints each with its key and the words to judge by.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use jobgraph::ingest::identity::sha256_hex;
use jobgraph::ingest::posting::Posting;
use regex::Regex;

use super::texts::{Text, answers, postings, rows, sha};
use super::{body_of, employment_of, given, location_of, of_location, of_title};

/// Another seed for each sample, none drawn before this one's texts were labelled.
const SEED: &str = "jobgraph labels 10";

/// Bodies that one board may give: they are often alike.
const BODIES_OF_A_BOARD_MAX: usize = 2;

fn rank(text: &Text) -> String {
    sha256_hex(format!("{SEED}|{}|{}", text.file, text.key).as_bytes())
}

/// Half of the texts is kept for judging: those whose file and key hash to 8 to f. No rule is to be made on them.
fn is_kept(text: &Text) -> bool {
    sha256_hex(format!("{}|{}", text.file, text.key).as_bytes()).as_bytes()[0] >= b'8'
}

/// The board of a saved answer: a history is a folder of answers of one board.
fn board(file: &str) -> &str {
    if file.starts_with("history/") { file.rsplit_once('/').map_or(file, |it| it.0) } else { file }
}

/// So many kept texts, a provider after the other, so many of a board at most, no words twice and none that are
/// labelled.
fn spread(
    count: usize,
    of_a_board: usize,
    kind: &str,
    words: fn(&Posting) -> String,
    is_meant: impl Fn(&str) -> bool,
) -> Vec<Text> {
    let labelled = labelled_before(kind);
    let mut providers: BTreeMap<String, Vec<Text>> = BTreeMap::new();
    for (provider, path) in answers() {
        providers.entry(provider.clone()).or_default().extend(postings(&provider, &path));
    }
    for texts in providers.values_mut() {
        texts.retain(is_kept);
        texts.sort_by_cached_key(|it| std::cmp::Reverse(rank(it)));
    }
    let (mut drawn, mut seen, mut of_boards) = (Vec::new(), BTreeSet::new(), BTreeMap::<String, usize>::new());
    while drawn.len() < count && providers.values().any(|it| !it.is_empty()) {
        for texts in providers.values_mut().filter(|it| !it.is_empty()) {
            while let Some(text) = texts.pop() {
                let of_board = of_boards.entry(board(&text.file).to_owned()).or_default();
                if *of_board == of_a_board {
                    continue;
                }
                let words = words(&text.posting);
                // Asked of what is drawn alone: to read all bodies takes minutes.
                let is_labelled = || labelled.contains(&sha(&hashed(kind, &text.posting)));
                if is_meant(&words) && !is_labelled() && seen.insert(words) {
                    *of_board += 1;
                    drawn.push(text);
                    break;
                }
            }
        }
    }
    drawn.truncate(count);
    drawn
}

/// So many rows of a table that are kept and match a pattern, none that are labelled, one as likely as another.
fn of_table(file: &str, count: usize, kind: &str, make: fn(String) -> Posting, pattern: &str) -> Vec<Text> {
    let labelled = labelled_before(kind);
    let meant = Regex::new(pattern).expect("the pattern is valid");
    let words = |it: &Text| hashed(kind, &it.posting);
    let mut rows = rows(file, make);
    rows.retain(|it| is_kept(it) && meant.is_match(&words(it)) && !labelled.contains(&sha(&words(it))));
    rows.sort_by_cached_key(rank);
    rows.truncate(count);
    rows
}

/// Texts that earlier samples took.
fn labelled_before(kind: &str) -> BTreeSet<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/data/labels/{kind}.csv"));
    let Ok(mut table) = csv::Reader::from_path(path) else { return BTreeSet::new() };
    table.records().map(|it| it.expect("it is a row")[2].to_owned()).collect()
}

/// By what a text of a kind is known.
fn hashed(kind: &str, posting: &Posting) -> String {
    match kind {
        "places" => location_of(posting),
        "titles" => posting.title.clone(),
        "employment" => employment_of(posting),
        _ => given(posting),
    }
}

/// The words around what a pattern finds.
fn windows(text: &str, pattern: &Regex, around: usize, count: usize) -> Vec<String> {
    let mut windows = Vec::new();
    let mut end = 0;
    for found in pattern.find_iter(text) {
        if found.start() < end || windows.len() == count {
            continue;
        }
        let from = text.floor_char_boundary(found.start().saturating_sub(around));
        end = text.ceil_char_boundary(found.end() + around);
        windows.push(text[from..end].replace('\n', " / "));
    }
    windows
}

fn print(kind: &str, number: usize, text: &Text, hashed: &str, shown: &[String]) {
    println!("{kind}#{number}\t{}\t{}\t{}\t{}", text.file, text.key, sha(hashed), shown.join("\t"));
}

/// Words for places that are hard to read, each kind as often as the others: several, foreign, clashing, remote, wide.
const HARD_PLACES: [&str; 6] = [
    r"[;/|•&]| or | and |,.*,.*,.*,",
    r"[^\x00-\x7F]",
    r",\s*(?:[A-Z]{2})$|^[A-Z]{2}[ ,-]|[ -][A-Z]{2}$",
    r"(?i)remote|anywhere|home|hybrid|virtual|wfh",
    r"(?i)region|office|area|greater|metro|location|county|district|north|south|east|west|hq|europe|emea|apac|latam|america",
    r"^[^,;/]*(?:,[^,;/]*)?$",
];
const MONEY: &str = r"(?i)[$€£¥₹]\s?\d|\d\s?[$€£]|\b(?:USD|EUR|GBP|CAD|CHF|PLN|INR|SEK|NOK|DKK|AUD|BRL|ZAR|JPY)\b|\d[kK]\b|\d\s?(?:zł|kr)";
const WORKPLACE: &str = r"(?i)remote|hybrid|on-?\s?site|in[- ](?:the |our )?offices?|from home|wfh|in[- ]person|relocat|anywhere|days? (?:a|per) week|télétravail|teletrabajo|home.?office|présentiel|distanciel|vor ort|híbrid";
const EMPLOYMENT: &str = r"(?i)\b(?:intern(?:ship)?|stage|praktik|werkstudent|contract(?:or)?|temp(?:orary)?|part[- ]?time|full[- ]?time|seasonal|per ?diem|prn|fixed|permanent|freelance|volunteer|apprentice|trainee|casual|cdi|cdd|ftc|maternity|teilzeit|vollzeit|befristet|co-?op|student|hours?|months?)";

const LEVELS: &str = r"(?i)senior|\bsr\b|junior|\bjr\b|lead|principal|staff|head|director|manager|vp|chief|intern|graduate|trainee|supervisor|associate|entry|executive|\b(?:I{1,3}|IV|V|[1-5])\b|chef|leiter|gerente|responsable";

#[test]
fn samples_of_places() {
    let table = "tables/freq/locations.csv.gz";
    let of_rows = HARD_PLACES.iter().flat_map(|it| of_table(table, 10, "places", of_location, it));
    let of_postings = spread(40, usize::MAX, "places", location_of, |it| !it.is_empty());
    let mut seen = BTreeSet::new();
    for text in of_rows.chain(of_postings) {
        let words = location_of(&text.posting);
        if seen.insert(words.clone()) {
            print("place", seen.len(), &text, &words, std::slice::from_ref(&words));
        }
    }
}

#[test]
fn samples_of_pay() {
    let money = Regex::new(MONEY).expect("the pattern is valid");
    let with = spread(110, BODIES_OF_A_BOARD_MAX, "salaries", body_of, |it| money.is_match(it));
    let without = spread(10, BODIES_OF_A_BOARD_MAX, "salaries", body_of, |it| !it.is_empty() && !money.is_match(it));
    for (text, number) in with.iter().chain(&without).zip(1..) {
        let words = body_of(&text.posting);
        print("pay", number, text, &given(&text.posting), &windows(&words, &money, 90, 5));
    }
}

#[test]
fn samples_of_workplaces() {
    let told = Regex::new(WORKPLACE).expect("the pattern is valid");
    let spoken = spread(60, BODIES_OF_A_BOARD_MAX, "workplaces", body_of, |it| told.is_match(it));
    let silent = spread(6, BODIES_OF_A_BOARD_MAX, "workplaces", body_of, |it| !it.is_empty() && !told.is_match(it));
    for (text, number) in spoken.iter().chain(&silent).zip(1..) {
        let words = body_of(&text.posting);
        let mut shown = vec![text.posting.title.clone(), location_of(&text.posting)];
        shown.extend(windows(&words, &told, 70, 6));
        print("workplace", number, text, &given(&text.posting), &shown);
    }
}

#[test]
fn samples_of_employment() {
    let of_rows = of_table("tables/freq/titles.csv.gz", 50, "employment", of_title, EMPLOYMENT);
    let of_postings = spread(16, usize::MAX, "employment", employment_of, |it| !it.ends_with('\n'));
    for (text, number) in of_rows.iter().chain(&of_postings).zip(1..) {
        let words = employment_of(&text.posting);
        print("employment", number, text, &words, &[format!("{words:?}")]);
    }
}

#[test]
fn samples_of_titles() {
    let told = of_table("tables/freq/titles.csv.gz", 40, "titles", of_title, LEVELS);
    let any = of_table("tables/freq/titles.csv.gz", 130, "titles", of_title, "");
    let mut seen = BTreeSet::new();
    for text in told.iter().chain(&any) {
        let words = text.posting.title.clone();
        if seen.insert(words.clone()) {
            print("title", seen.len(), text, &words, std::slice::from_ref(&words));
        }
    }
}

#[test]
fn samples_of_languages() {
    let foreign = Regex::new(r"(?i)\b(?:und|les|los|dos|een|och|nous|wir|uma|gli|jest)\b|[^\x00-\x{2E7F}]")
        .expect("the pattern is valid");
    let other = spread(34, BODIES_OF_A_BOARD_MAX, "languages", body_of, |it| foreign.is_match(it));
    let any = spread(10, BODIES_OF_A_BOARD_MAX, "languages", body_of, |it| !it.is_empty() && !foreign.is_match(it));
    for (text, number) in other.iter().chain(&any).zip(1..) {
        let words = body_of(&text.posting);
        let middle: String = words.chars().skip(words.chars().count() / 2).take(90).collect();
        print(
            "language",
            number,
            text,
            &given(&text.posting),
            &[format!("{:?}", words.chars().take(110).collect::<String>()), format!("{middle:?}")],
        );
    }
}
