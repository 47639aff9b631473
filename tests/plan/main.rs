//! How both databases find what the golden questions ask for among 100,000 postings: by indexes, wherever one serves.
//!
//! `sqlite.plan` holds the plan of every statement, each under the question that asks it first. PostgreSQL's planner
//! weighs costs that differ between servers, so of its plans only that they scan no large table is held.
//! `UPDATE_SNAPSHOTS=1 cargo test --test plan` writes the plans anew; with `TEST_TIMES=1`, what is slow is told.

#[path = "../support/crowd.rs"]
mod crowd;
mod large;
#[path = "../support/question.rs"]
mod question;
#[path = "../support/mod.rs"]
mod support;
mod world;

use std::collections::HashSet;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;

use libtest_mimic::{Arguments, Failed, Trial};
use support::{Backend, backends};
use world::{Logged, World};

/// Statements that take longer are told, in microseconds.
const SLOW: u64 = 50_000;

fn main() -> std::process::ExitCode {
    let arguments = Arguments::from_args();
    world::listen();
    let trials = backends()
        .into_iter()
        .map(|backend| Trial::test(format!("{backend}/no_question_scans_what_an_index_finds"), move || check(backend)));
    libtest_mimic::run(&arguments, trials.collect()).exit_code()
}

fn check(backend: Backend) -> Result<(), Failed> {
    let world = World::new(backend);
    let (mut seen, mut plans, mut scans, mut excused) = (HashSet::new(), String::new(), Vec::new(), HashSet::new());
    for question in question::questions() {
        let (text, variables) = question::read(&question)?;
        let (answer, mut logged) = world.ask(&text, variables);
        let name = question::name(&question);
        if answer.contains("\"INTERNAL\"") {
            return Err(format!("{name}: {answer}").into());
        }
        logged.sort_by_key(|it| without_lists(&it.statement));
        tell_slow(backend, &name, &logged)?;
        let new: Vec<Logged> = logged.into_iter().filter(|it| seen.insert(without_lists(&it.statement))).collect();
        if !new.is_empty() {
            writeln!(plans, "# {name}")?;
        }
        for one in new {
            let plan = world.explain(&one.statement);
            writeln!(plans, "{}", short(&without_lists(&one.statement)))?;
            for step in plan.iter().filter(|it| !is_of_few(it)) {
                writeln!(plans, "    {step}")?;
            }
            let Some(step) = large::scan(backend, &one.statement, &plan) else { continue };
            match large::excuse(backend, &one.statement) {
                Some(index) => drop(excused.insert(index)),
                None => scans.push(format!("{name}: {step}\n    {}", one.statement)),
            }
        }
    }
    if !scans.is_empty() {
        return Err(scans.join("\n").into());
    }
    large::all_are_needed(backend, &excused)?;
    if backend == Backend::Sqlite { compare(&plans) } else { Ok(()) }
}

/// Whether a step goes through what other steps have found, or what the question gave.
fn is_of_few(step: &str) -> bool {
    let few = ["ranked", "bucketed", "counted", "g", "r", "parent", "json_each"];
    let step = step.trim_start();
    let scanned = step.strip_prefix("SCAN ").and_then(|it| it.split(' ').next());
    scanned.is_some_and(|it| few.contains(&it) || it.starts_with('('))
        || ["CO-ROUTINE", "LIST SUBQUERY", "CREATE BLOOM"].iter().any(|it| step.starts_with(it))
}

/// A statement without the lists it was given: keys come in no order.
fn without_lists(statement: &str) -> String {
    let mut text = String::new();
    let mut rest = statement;
    while let Some(at) = rest.find("json_each('") {
        let (before, list) = rest.split_at(at + "json_each('".len());
        text.push_str(before.trim_end_matches('\''));
        rest = list.find("')").map_or("", |end| &list[end + 1..]);
    }
    text + rest
}

/// What a statement reads and how, without its columns.
fn short(statement: &str) -> String {
    let start = statement.find(" AS n FROM (").map_or(0, |at| at + " AS n FROM (".len());
    let inner = &statement[start..];
    let end = inner.find(") AS g) AS ranked").unwrap_or(inner.len());
    let inner = &inner[..end];
    let text = inner.find(" FROM ").map_or(inner, |at| &inner[at + 1..]);
    text.chars().take(300).collect()
}

fn tell_slow(backend: Backend, name: &str, logged: &[Logged]) -> Result<(), Failed> {
    if std::env::var_os("TEST_TIMES").is_some() {
        for one in logged.iter().filter(|it| it.micros > SLOW) {
            writeln!(std::io::stderr(), "{backend} {} ms {name}: {}", one.micros / 1_000, short(&one.statement))?;
        }
    }
    Ok(())
}

fn compare(plans: &str) -> Result<(), Failed> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/plan/sqlite.plan");
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        std::fs::write(&file, plans)?;
        return Ok(());
    }
    let expected = std::fs::read_to_string(&file)?;
    if expected == plans {
        return Ok(());
    }
    let difference = similar::TextDiff::from_lines(expected.as_str(), plans);
    Err(format!("{}\n{}", file.display(), difference.unified_diff().context_radius(3)).into())
}
