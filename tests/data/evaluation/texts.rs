//! The texts that labels are about, found again by their keys: postings of saved answers, and rows of tables.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use jobgraph::ingest::answers::Answers;
use jobgraph::ingest::identity::sha256_hex;
use jobgraph::ingest::posting::Posting;
use jobgraph::ingest::provider;
use jobgraph::ingest::saved::SavedFile;

/// Digits of a text's hash that a label holds.
const SHA_LENGTH: usize = 12;

/// A text and where it stands. Labels name it by file, key and hash, and never hold it.
#[derive(Clone, Debug)]
pub(super) struct Text {
    pub(super) file: String,
    pub(super) key: String,
    pub(super) posting: Posting,
}

pub(super) fn sha(text: &str) -> String {
    sha256_hex(text.as_bytes())[..SHA_LENGTH].to_owned()
}

fn body(path: &Path) -> Vec<u8> {
    SavedFile { path: path.to_owned(), fetched_at: 0 }.body().expect("it is read")
}

/// The files of saved answers, by their providers' names.
pub(super) fn answers() -> Vec<(String, PathBuf)> {
    let data = crate::data();
    let raw = crate::folders(&data.join("raw")).into_iter().map(|it| (crate::board_of(&it), it));
    let histories = ["greenhouse", "lever"]
        .map(|it| (it.to_owned(), data.join("history").join(format!("{it}-content"))))
        .into_iter();
    raw.chain(histories)
        .flat_map(|(name, folder)| crate::providers::files(&folder).into_iter().map(move |it| (name.clone(), it)))
        .collect()
}

/// The postings of one saved answer.
pub(super) fn postings(provider: &str, path: &Path) -> Vec<Text> {
    let file = path.strip_prefix(crate::data()).expect("it is below").to_string_lossy().into_owned();
    let provider = provider::find(provider).expect("an adapter reads it");
    let name = if provider.name == "workday" { "acme:wd5:Careers" } else { "acme" };
    let Ok(board) = provider.board(name, &Answers::of(&body(path))) else {
        return Vec::new();
    };
    let text = |posting: Posting| Text { file: file.clone(), key: posting.key.clone(), posting };
    board.postings.into_iter().map(text).collect()
}

/// The rows of a table of texts; a row's key is its number.
pub(super) fn rows(file: &str, make: fn(String) -> Posting) -> Vec<Text> {
    let bytes = body(&crate::data().join(file));
    let mut table = csv::Reader::from_reader(bytes.as_slice());
    let row = |(number, row): (usize, Result<csv::StringRecord, csv::Error>)| {
        let row = row.expect("it is a row");
        Text { file: file.to_owned(), key: number.to_string(), posting: make(row[0].to_owned()) }
    };
    table.records().enumerate().map(row).collect()
}

/// Texts by file and key.
#[derive(Default)]
pub(super) struct Library(HashMap<String, HashMap<String, Posting>>);

impl Library {
    pub(super) fn posting(&mut self, file: &str, key: &str, make: fn(String) -> Posting) -> Option<Posting> {
        let read = || {
            let texts = if file.starts_with("tables/") {
                rows(file, make)
            } else {
                let provider = answers().into_iter().find(|(_, path)| path.ends_with(file)).map(|it| it.0);
                provider.map(|it| postings(&it, &crate::data().join(file))).unwrap_or_default()
            };
            texts.into_iter().map(|it| (it.key, it.posting)).collect()
        };
        self.0.entry(file.to_owned()).or_insert_with(read).get(key).cloned()
    }
}
