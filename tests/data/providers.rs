//! Every saved answer of every provider: as many postings come out as stand in it. What is told of them is counted, and
//! printed as the table of docs/providers-data.md.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use jobgraph::ingest::answers::Answers;
use jobgraph::ingest::posting::{Board, Posting};
use jobgraph::ingest::provider::{self, Provider};
use jobgraph::ingest::saved::SavedFile;
use serde_json::Value;

/// Names of fields, and whether a posting has one.
type Field = (&'static str, fn(&Posting) -> bool);

const FIELDS: [Field; 16] = [
    ("title", |it| !it.title.is_empty()),
    ("place", |it| it.location_text.is_some()),
    ("places", |it| !it.places.is_empty()),
    ("department", |it| !it.department_path.is_empty()),
    ("team", |it| it.team.is_some()),
    ("employment", |it| it.employment_type_raw.is_some()),
    ("workplace", |it| it.workplace_raw.is_some()),
    ("pay", |it| !it.pay.is_empty()),
    ("page", |it| it.source_url.is_some()),
    ("form", |it| it.apply_url.is_some()),
    ("posted", |it| it.posted_at.is_some()),
    ("updated", |it| it.updated_at.is_some()),
    ("deadline", |it| it.deadline_at.is_some()),
    ("number", |it| it.requisition_id.is_some()),
    ("language", |it| it.language.is_some()),
    ("body", |it| it.html().is_some()),
];

#[derive(Default)]
struct Counts {
    files: usize,
    rows: usize,
    postings: usize,
    cut_short: usize,
    fields: [usize; FIELDS.len()],
}

/// The rows of an answer and the keys in them, told without any adapter; nothing if it holds no list of this provider.
fn expected(provider: &str, body: &[u8]) -> Option<(usize, usize)> {
    if provider == "personio" {
        let count = String::from_utf8_lossy(body).matches("<position>").count();
        return Some((count, count));
    }
    let answer: Value = serde_json::from_slice(body).expect("it is JSON");
    let (list, key) = match provider {
        "greenhouse" => (&answer["jobs"], "id"),
        "ashby" => (&answer["jobs"], "id"),
        "smartrecruiters" => (&answer["content"], "id"),
        "workable" => (&answer["jobs"], "shortcode"),
        "recruitee" => (&answer["offers"], "id"),
        "teamtailor" => (&answer["items"], "url"),
        "workday" if answer["jobPostingInfo"].is_object() => return Some((1, 1)),
        "workday" => (&answer["jobPostings"], "externalPath"),
        "bamboohr" if answer.is_object() => (&answer["result"], "id"),
        "rippling" if answer.is_object() => (&answer["items"], "id"),
        "rippling" => (&answer, "uuid"),
        _ => (&answer, "id"),
    };
    let listed = list.as_array()?.iter().filter(|it| it["isListed"] != false);
    let keys: BTreeSet<String> = listed.map(|it| it[key].to_string()).collect();
    Some((list.as_array()?.len(), keys.len()))
}

fn read(provider: &Provider, path: &Path, counts: &mut Counts) {
    let body = SavedFile { path: path.to_owned(), fetched_at: 0 }.body().expect("it is read");
    let Some((rows, postings)) = expected(provider.name, &body) else {
        return;
    };
    let name = if provider.name == "workday" { "acme:wd5:Careers" } else { "acme" };
    let board: Board = provider.board(name, &Answers::of(&body)).expect("it is a board");
    assert_eq!(board.postings.len(), postings, "{}: {:?}", path.display(), board.problems);
    // That a list goes on is true of a saved page; anything else would be a value that was not understood.
    let odd: Vec<_> = board.problems.iter().filter(|it| it.path != "pages").collect();
    assert!(odd.is_empty(), "{}: {odd:?}", path.display());
    counts.files += 1;
    counts.rows += rows;
    counts.postings += postings;
    counts.cut_short += usize::from(board.cut_short);
    for posting in &board.postings {
        for (count, (_, is_told)) in counts.fields.iter_mut().zip(FIELDS) {
            *count += usize::from(is_told(posting));
        }
    }
}

pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut files: Vec<PathBuf> = entries.map(|it| it.expect("it can be read").path()).collect();
    files.sort();
    files.into_iter().flat_map(|it| if it.is_dir() { self::files(&it) } else { vec![it] }).collect()
}

#[test]
fn every_answer_of_every_provider_is_read_without_a_lost_posting() {
    let data = crate::data();
    let mut table: BTreeMap<&str, Counts> = BTreeMap::new();
    for folder in crate::folders(&data.join("raw")) {
        let name = crate::board_of(&folder);
        let provider = provider::find(&name).unwrap_or_else(|| panic!("no adapter reads \"{name}\""));
        let counts = table.entry(provider.name).or_default();
        for path in files(&folder) {
            read(provider, &path, counts);
        }
        assert!(counts.files > 0, "there are answers of {name}");
    }
    let mut histories = Counts::default();
    for path in files(&data.join("history").join("lever-content")) {
        read(provider::find("lever").expect("it is known"), &path, &mut histories);
    }
    table.insert("lever, histories", histories);
    let names: Vec<&str> = FIELDS.iter().map(|(name, _)| *name).collect();
    println!("| provider | files | rows | postings | cut short | {} |", names.join(" | "));
    println!("|---|{}", "--:|".repeat(names.len() + 4));
    for (name, counts) in table {
        let missing = counts.fields.iter().map(|it| (counts.postings - it) * 100 / counts.postings.max(1));
        let missing: Vec<String> = missing.map(|it| it.to_string()).collect();
        let Counts { files, rows, postings, cut_short, .. } = counts;
        println!("| {name} | {files} | {rows} | {postings} | {cut_short} | {} |", missing.join(" | "));
    }
}
