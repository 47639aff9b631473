//! The laws of the house, held by program.

use std::fs;
use std::path::{Path, PathBuf};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
const LINES_MAX: usize = 500;
const DRAWERS: [&str; 6] = ["utils", "helpers", "common", "misc", "types", "manager"];

/// A word, the only places where it may stand, and why.
const PLACES: [(&str, &[&str], &str); 7] = [
    ("sea_orm", &["entity/", "migration/", "src/store", "tests/support/"], "only the store speaks SQL"),
    ("async_graphql", &["src/graphql", "src/cli/schema.rs", "tests/"], "only the graph knows its library"),
    (
        "reqwest",
        &["src/ingest/fetch", "src/webhook/", "src/cli/health.rs"],
        "one HTTP client asks, one tells, one looks at oneself",
    ),
    (
        "ConnectOptions::new",
        &["src/store/dialect.rs", "tests/it/tidy.rs"],
        "pools need what one_connection sets, or they spin",
    ),
    ("std::env", &["src/cli.rs", "tests/"], "settings are read in one place"),
    ("Utc::now", &["src/cli/", "src/http", "tests/it/program.rs"], "the time is handed down"),
    ("SystemTime::now", &["src/cli/", "src/http"], "the time is handed down"),
];

fn sources() -> Vec<(String, String)> {
    let mut files = Vec::new();
    for folder in ["src", "entity/src", "migration/src", "tests"] {
        collect(&Path::new(ROOT).join(folder), &mut files);
    }
    files.sort();
    let name = |path: &PathBuf| path.strip_prefix(ROOT).expect("it is below the root").to_string_lossy().into_owned();
    files.iter().map(|path| (name(path), fs::read_to_string(path).expect("it is text"))).collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("it can be read").path();
        if path.is_dir() && !path.ends_with("node_modules") {
            collect(&path, files);
        } else if path.extension().is_some_and(|it| it == "rs") {
            files.push(path);
        }
    }
}

fn assert_none(offenders: &[String]) {
    assert!(offenders.is_empty(), "{}", offenders.join("\n"));
}

#[test]
fn no_file_is_too_long_and_each_says_what_it_is_for() {
    let mut offenders = Vec::new();
    for (name, text) in sources() {
        if text.lines().count() > LINES_MAX {
            offenders.push(format!("{name}: more than {LINES_MAX} lines; split it by noun"));
        }
        if !text.starts_with("//!") && !name.ends_with("tests.rs") {
            offenders.push(format!("{name}: does not begin by saying what it is for"));
        }
    }
    assert_none(&offenders);
}

#[test]
fn no_file_is_a_drawer_for_odds_and_ends() {
    let is_drawer = |name: &String| DRAWERS.iter().any(|it| name.ends_with(&format!("/{it}.rs")));
    let is_mod = |name: &String| name.ends_with("/mod.rs") && name != "tests/support/mod.rs";
    assert_none(
        &sources().into_iter().map(|(name, _)| name).filter(|it| is_drawer(it) || is_mod(it)).collect::<Vec<_>>(),
    );
}

#[test]
fn what_belongs_to_one_place_stands_nowhere_else() {
    let mut offenders = Vec::new();
    for (name, text) in sources().iter().filter(|(name, _)| name != "tests/it/tidy.rs") {
        for (word, places, why) in PLACES {
            let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
            if code.into_iter().any(|line| line.contains(word)) && !places.iter().any(|place| name.starts_with(place)) {
                offenders.push(format!("{name}: \"{word}\" ({why})"));
            }
        }
    }
    assert_none(&offenders);
}

#[test]
fn nothing_is_left_to_be_done_or_waved_through() {
    let words = ["TODO", "FIXME", "XXX:", "#[allow", "#![allow", "/tmp/", "/work/"];
    let mut offenders = Vec::new();
    for (name, text) in sources().iter().filter(|(name, _)| name != "tests/it/tidy.rs") {
        offenders.extend(words.iter().filter(|it| text.contains(**it)).map(|it| format!("{name}: \"{it}\"")));
    }
    assert_none(&offenders);
}
