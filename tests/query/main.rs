//! Every `.graphql` file here is a question to the demo's boards, asked of both databases.
//!
//! The `.json` beside it is the answer, one for both. The `.sql` files are the statements it took: one more statement
//! is one more line in review. Variables stand in a first line `# variables: {…}`.
//! `UPDATE_SNAPSHOTS=1 cargo test --test query` writes answers and statements anew; read the difference.

mod price;
#[path = "../support/question.rs"]
mod question;
#[path = "../support/mod.rs"]
mod support;
mod world;

use std::fs;
use std::path::{Path, PathBuf};

use libtest_mimic::{Arguments, Failed, Trial};
use question::{FOLDER, files, name, questions};
use support::{Backend, backends};
use world::World;

fn main() -> std::process::ExitCode {
    let arguments = Arguments::from_args();
    let questions = questions();
    let mut trials = vec![Trial::test("no_answer_without_its_question", orphans)];
    trials.push(Trial::test("questions_cost_what_the_schema_says", price::questions_cost_what_the_schema_says));
    for backend in backends() {
        for question in &questions {
            let name = name(question);
            let question = question.clone();
            trials.push(Trial::test(format!("{backend}/{name}"), move || ask(backend, &question)));
        }
    }
    libtest_mimic::run(&arguments, trials).exit_code()
}

fn ask(backend: Backend, question: &Path) -> Result<(), Failed> {
    let (text, variables) = question::read(question)?;
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
    let asked = questions();
    let is_asked = |file: &PathBuf| {
        let name = file.to_string_lossy();
        let stem = [".json", ".sqlite.sql", ".postgres.sql"].iter().find_map(|end| name.strip_suffix(end));
        stem.is_none_or(|stem| asked.contains(&PathBuf::from(format!("{stem}.graphql"))))
    };
    let orphans: Vec<_> = files(Path::new(FOLDER)).into_iter().filter(|file| !is_asked(file)).collect();
    if orphans.is_empty() { Ok(()) } else { Err(format!("answers without a question: {orphans:?}").into()) }
}
