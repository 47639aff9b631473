//! Every `.graphql` file here is a question to the demo's boards, asked of both databases.
//!
//! The `.json` beside it is the answer, one for both. The `.sql` files are the statements it took: one more statement
//! is one more line in review. Variables stand in a first line `# variables: {…}`.
//! `UPDATE_SNAPSHOTS=1 cargo test --test query` writes answers and statements anew; read the difference.

#[path = "../support/mod.rs"]
mod support;
mod world;

use std::fs;
use std::path::{Path, PathBuf};

use libtest_mimic::{Arguments, Failed, Trial};
use support::{Backend, backends};
use world::World;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/query");

fn main() -> std::process::ExitCode {
    let arguments = Arguments::from_args();
    let questions = questions(Path::new(FOLDER));
    let mut trials = vec![Trial::test("no_answer_without_its_question", orphans)];
    for backend in backends() {
        for question in &questions {
            let name = question.strip_prefix(FOLDER).unwrap_or(question).with_extension("");
            let question = question.clone();
            trials.push(Trial::test(format!("{backend}/{}", name.display()), move || ask(backend, &question)));
        }
    }
    libtest_mimic::run(&arguments, trials).exit_code()
}

/// All questions below a folder, sorted.
fn questions(folder: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = files(folder).into_iter().filter(|it| has_extension(it, "graphql")).collect();
    found.sort();
    found
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the folder of questions is there");
    let paths = entries.map(|entry| entry.expect("an entry can be read").path());
    paths.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

fn has_extension(path: &Path, extension: &str) -> bool {
    path.extension().is_some_and(|it| it == extension)
}

fn ask(backend: Backend, question: &Path) -> Result<(), Failed> {
    let text = fs::read_to_string(question)?;
    let variables = match text.lines().next().and_then(|line| line.strip_prefix("# variables: ")) {
        Some(variables) => serde_json::from_str(variables)?,
        None => serde_json::Map::new(),
    };
    let asked = World::of(backend).ask(&text, variables);
    let answer: serde_json::Value = serde_json::from_slice(&asked.answer.body)?;
    let answer = format!("{}\n", serde_json::to_string_pretty(&answer)?);
    // Fields of the root are answered side by side, so the order of statements means nothing.
    let mut statements = asked.statements;
    statements.sort();
    let statements = format!("-- {} statements\n{}\n", statements.len(), statements.join(";\n"));
    compare(&question.with_extension("json"), &answer)?;
    compare(&question.with_extension(format!("{backend}.sql")), &statements)
}

fn compare(file: &Path, text: &str) -> Result<(), Failed> {
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        fs::write(file, text)?;
        return Ok(());
    }
    let expected = fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    if expected == text {
        return Ok(());
    }
    let difference = similar::TextDiff::from_lines(expected.as_str(), text);
    Err(format!("{}\n{}", file.display(), difference.unified_diff().context_radius(3)).into())
}

fn orphans() -> Result<(), Failed> {
    let asked = questions(Path::new(FOLDER));
    let is_asked = |file: &PathBuf| {
        let name = file.to_string_lossy();
        let stem = [".json", ".sqlite.sql", ".postgres.sql"].iter().find_map(|end| name.strip_suffix(end));
        stem.is_none_or(|stem| asked.contains(&PathBuf::from(format!("{stem}.graphql"))))
    };
    let orphans: Vec<_> = files(Path::new(FOLDER)).into_iter().filter(|file| !is_asked(file)).collect();
    if orphans.is_empty() { Ok(()) } else { Err(format!("answers without a question: {orphans:?}").into()) }
}
