//! The golden questions: every `.graphql` file below `tests/query`.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

pub(crate) const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/query");

/// All questions, sorted.
pub(crate) fn questions() -> Vec<PathBuf> {
    let is_question = |path: &PathBuf| path.extension().is_some_and(|it| it == "graphql");
    let mut found: Vec<PathBuf> = files(Path::new(FOLDER)).into_iter().filter(is_question).collect();
    found.sort();
    found
}

/// All files below a folder.
pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the folder of questions is there");
    let paths = entries.map(|entry| entry.expect("an entry can be read").path());
    paths.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// Its name: the folder and what it asks.
pub(crate) fn name(question: &Path) -> String {
    let name = question.strip_prefix(FOLDER).unwrap_or(question).with_extension("");
    name.display().to_string()
}

/// The text, and the variables that stand in its first line, if any do.
pub(crate) fn read(question: &Path) -> std::io::Result<(String, Map<String, Value>)> {
    let text = fs::read_to_string(question)?;
    let variables = match text.lines().next().and_then(|line| line.strip_prefix("# variables: ")) {
        Some(variables) => serde_json::from_str(variables)?,
        None => Map::new(),
    };
    Ok((text, variables))
}
