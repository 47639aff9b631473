//! Answers that are written together, on either database: what is stored is what each alone would have left.

use std::convert::Infallible;

use futures_util::stream;
use jobgraph::ingest::archive::Archive;
use jobgraph::ingest::line::Applied;
use jobgraph::ingest::{Arrived, Body, IngestError, Intake, Summary, identity};
use jobgraph::store::Store;
use jobgraph::vocabulary::CrawlOutcome;
use serde_json::json;
use tempfile::TempDir;

use crate::raw::{execute, refusal};
use crate::support::{Database, backends};

/// 2026-06-06T20:31:24.275Z.
const FETCHED_AT: i64 = 1_780_777_884_275;
const DAY: i64 = 86_400_000;

/// An answer with postings of these ids and titles, all by one employer's name.
fn answer(board: &str, day: i64, postings: &[(u32, &str)]) -> Arrived {
    let jobs = postings.iter().map(|(id, title)| {
        json!({
            "id": id, "title": title, "company_name": "Garden", "location": { "name": "Berlin or Remote" },
            "content": format!("&lt;p&gt;{title}, $60,000 — $70,000&lt;/p&gt;"),
        })
    });
    let body = json!({ "jobs": jobs.collect::<Vec<_>>() }).to_string().into_bytes();
    let at = FETCHED_AT + day * DAY;
    Arrived {
        provider: "greenhouse".to_owned(),
        board: board.to_owned(),
        started_at: at,
        finished_at: at,
        http_status: Some(200),
        body: Body::Read(body),
    }
}

/// Boards that come once, twice, and in another case; postings that change, close and come back; and what is refused.
fn answers() -> Vec<Arrived> {
    let failed = Arrived { body: Body::Failed("no answer".to_owned()), ..answer("silent", 0, &[]) };
    vec![
        answer("north", 0, &[(1, "Gardener"), (2, "Baker")]),
        answer("south", 0, &[(1, "Gardener")]),
        failed,
        answer("no/name", 0, &[]),
        answer("North", 1, &[(1, "Head gardener")]),
        answer("south", 1, &[]),
        answer("west", 1, &[(1, "Miller")]),
        answer("north", 0, &[(7, "Too late")]),
        answer("west", 1, &[(1, "Miller")]),
        answer("north", 2, &[(1, "Head gardener"), (2, "Baker and miller")]),
        answer("south", 2, &[(1, "Gardener")]),
    ]
}

type Outcome = Result<Summary, String>;

fn outcome(applied: Result<Summary, IngestError>) -> Outcome {
    applied.map_err(|error| error.to_string())
}

/// Everything that is stored of the boards, their postings and their events.
async fn kept(store: &Store) -> String {
    let mut kept = String::new();
    let writing = store.begin().await.expect("a transaction begins");
    let boards = ["north", "south", "west", "silent"].map(ToOwned::to_owned);
    let mut sources = writing.sources(&boards).await.expect("boards are read");
    sources.sort_by(|left, right| left.board_key.cmp(&right.board_key));
    for source in sources {
        let org = writing.orgs(std::slice::from_ref(&source.org_id)).await.expect("employers are read");
        let crawls = writing.latest_crawls(std::slice::from_ref(&source.source_id), 99).await.expect("crawls are read");
        let log = store.reader().log_of(&identity::source_id("greenhouse", &source.board_token)).await;
        let log = log.expect("the log is read");
        let mut ids: Vec<String> = log.iter().map(|it| it.job_id.clone()).collect();
        ids.sort();
        ids.dedup();
        let mut rows = writing.job_rows(&ids).await.expect("rows are read");
        rows.sort_by(|left, right| left.job.job_id.cmp(&right.job.job_id));
        kept += &format!("{source:?}\n{org:?}\n{crawls:?}\n{log:?}\n{rows:?}\n");
    }
    let totals = store.reader().totals("ALL", None, 9).await.expect("counts are read");
    kept + &format!("{totals:?}")
}

#[test]
fn answers_that_are_written_together_leave_what_each_alone_leaves() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    for backend in backends() {
        runtime.block_on(async {
            let (apart, together) = (Database::new(backend).await, Database::new(backend).await);
            let (apart, together) = (apart.store().await, together.store().await);
            let folder = TempDir::new().expect("a folder can be made");
            let archive = archive(&folder);
            let intake =
                |store| Intake { store, archive: Some(&archive), policy: Some(policy()), clock: || FETCHED_AT };
            let mut expected: Vec<Outcome> = Vec::new();
            for arrived in answers() {
                expected.push(outcome(intake(&apart).apply(&arrived).await));
            }
            // Between them stands what is no answer.
            let mut arrived: Vec<Result<Arrived, &str>> = answers().into_iter().map(Ok).collect();
            for place in [5, 1] {
                arrived.insert(place, Err("no answer"));
                expected.insert(place, Err("no answer".to_owned()));
            }
            let mut found: Vec<Outcome> = Vec::new();
            let done = |applied: Applied<&str>| {
                found.push(applied.map_err(ToOwned::to_owned).and_then(|(_, applied)| outcome(applied)));
            };
            intake(&together).apply_all(stream::iter(arrived), done).await;
            assert_eq!(found, expected, "{backend}");
            let events: i64 = found.iter().flatten().map(|it| it.created + it.updated + it.closed + it.reopened).sum();
            assert!(events >= 9, "{backend}: {found:?}");
            assert_eq!(kept(&together).await, kept(&apart).await, "{backend}");
        });
    }
}

/// A crawl that takes hours once opened again what a shorter one had seen close meanwhile.
#[test]
fn an_answer_that_was_asked_for_before_the_latest_one_came_is_older_than_that() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    for backend in backends() {
        runtime.block_on(async {
            let database = Database::new(backend).await;
            let store = database.store().await;
            let intake = Intake { store: &store, archive: None, policy: Some(policy()), clock: || FETCHED_AT };
            intake.apply(&answer("north", 0, &[(1, "Gardener"), (2, "Baker")])).await.expect("it is applied");
            let closed = intake.apply(&answer("north", 1, &[(2, "Baker")])).await.expect("it is applied");
            let begun_before = answer("north", 0, &[]).finished_at + DAY / 2;
            let lengthy = answer("north", 2, &[(1, "Gardener"), (2, "Baker")]);
            let refused = intake.apply(&Arrived { started_at: begun_before, ..lengthy }).await;
            assert_eq!(closed.closed, 1, "{backend}");
            assert!(matches!(refused, Err(IngestError::TooOld { .. })), "{backend}: {refused:?}");
            let failed = Arrived { body: Body::Failed("no answer".to_owned()), ..answer("south", 1, &[]) };
            intake.apply(&answer("south", 0, &[(1, "Gardener")])).await.expect("it is applied");
            intake.apply(&failed).await.expect("it is applied");
            let lengthy = answer("south", 2, &[(1, "Gardener")]);
            let applied = intake.apply(&Arrived { started_at: begun_before, ..lengthy }).await.expect("it is applied");
            assert_eq!(applied.unchanged, 1, "{backend}: one that failed told nothing");
        });
    }
}

/// Only sixteen crawls were looked back on, which is less than a day of them.
#[test]
fn a_board_that_is_asked_often_is_found_empty_or_gone_all_the_same_and_no_sooner() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    let hour = DAY / 24;
    for backend in backends() {
        runtime.block_on(async {
            let database = Database::new(backend).await;
            let store = database.store().await;
            let intake = Intake { store: &store, archive: None, policy: None, clock: || FETCHED_AT };
            // Every half an hour: the hours until which nothing closes.
            for (board, is_gone, hours) in [("north", false, 24), ("south", true, 12)] {
                let first = answer(board, 0, &[(1, "Gardener"), (2, "Baker")]);
                intake.apply(&first).await.expect("it is applied");
                let mut closed_after = None;
                for half in 1..=60 {
                    let at = first.finished_at + half * hour / 2;
                    let mut arrived = Arrived { started_at: at, finished_at: at, ..answer(board, 0, &[]) };
                    if is_gone {
                        arrived = Arrived { http_status: Some(404), body: Body::NotFound, ..arrived };
                    }
                    let applied = intake.apply(&arrived).await.expect("it is applied");
                    if applied.closed > 0 && closed_after.is_none() {
                        assert_eq!(applied.closed, 2, "{backend} {board}");
                        closed_after = Some((at - first.finished_at - hour / 2) / hour);
                    }
                }
                assert_eq!(closed_after, Some(hours), "{backend} {board}");
            }
        });
    }
}

/// After sixteen crawls that told nothing, and after as many that were doubted, nobody knew any more how large it usually was: two
/// answers closed most of it.
#[test]
fn a_board_that_shrinks_is_doubted_for_half_a_day_whatever_came_before_and_however_often_it_is_asked() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    let half_an_hour = DAY / 48;
    let postings: Vec<(u32, &str)> = (1..=10).map(|id| (id, "Gardener")).collect();
    for backend in backends() {
        runtime.block_on(async {
            let database = Database::new(backend).await;
            let store = database.store().await;
            let intake = Intake { store: &store, archive: None, policy: None, clock: || FETCHED_AT };
            let mut outcomes = Vec::new();
            for half in 0..=49 {
                let at = FETCHED_AT + half * half_an_hour;
                let listed = if half < 5 { &postings[..] } else { &postings[..2] };
                let mut arrived = Arrived { started_at: at, finished_at: at, ..answer("north", 0, listed) };
                if (5..25).contains(&half) {
                    arrived.body = Body::Failed("no answer".to_owned());
                }
                let applied = intake.apply(&arrived).await.expect("it is applied");
                assert_eq!(applied.closed, 0, "{backend} {half}: {applied:?}");
                outcomes.extend(applied.outcome);
            }
            let (failed, doubted) = (CrawlOutcome::Failed, CrawlOutcome::Suspect);
            let expected = [vec![CrawlOutcome::Complete; 5], vec![failed; 20], vec![doubted; 24]].concat();
            assert_eq!((&outcomes[..49], outcomes[49]), (&expected[..], CrawlOutcome::Complete), "{backend}");
        });
    }
}

/// To archive them again would leave objects behind that no row names, and nothing ever takes away.
#[test]
fn answers_of_which_nobody_knows_whether_they_are_archived_are_refused() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    for backend in backends() {
        runtime.block_on(async {
            let database = Database::new(backend).await;
            let store = database.store().await;
            let folder = TempDir::new().expect("a folder can be made");
            let archive = archive(&folder);
            let intake = Intake { store: &store, archive: Some(&archive), policy: None, clock: || FETCHED_AT };
            execute(&database.url, &["ALTER TABLE raw_payload RENAME TO elsewhere"]).await;
            let mut refused = 0;
            let answers = || [answer("north", 0, &[(1, "Gardener")]), answer("south", 0, &[(1, "Miller")])].map(Ok);
            let done = |applied: Applied<Infallible>| refused += usize::from(applied.is_ok_and(|(_, it)| it.is_err()));
            intake.apply_all(stream::iter(answers()), done).await;
            assert_eq!(refused, 2, "{backend}");
            assert_eq!(std::fs::read_dir(folder.path()).expect("it is read").count(), 0, "{backend}");
            execute(&database.url, &["ALTER TABLE elsewhere RENAME TO raw_payload"]).await;
            let mut created = 0;
            let done = |applied: Applied<Infallible>| {
                created += applied.map(|(_, it)| it.map_or(0, |it| it.created)).unwrap_or_default();
            };
            intake.apply_all(stream::iter(answers()), done).await;
            assert_eq!(created, 2, "{backend}");
        });
    }
}

/// The answers share a round; what the database refuses of it costs the board that it belongs to, and no other.
#[test]
fn a_round_that_is_refused_is_applied_board_by_board() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    for backend in backends() {
        runtime.block_on(async {
            let database = Database::new(backend).await;
            execute(&database.url, &[&refusal(backend, "INSERT", "NEW.title = 'Refused'")]).await;
            let store = database.store().await;
            let intake = Intake { store: &store, archive: None, policy: None, clock: || FETCHED_AT };
            let answers = vec![
                answer("north", 0, &[(1, "Gardener"), (2, "Baker")]),
                answer("south", 0, &[(1, "Miller"), (2, "Refused")]),
                answer("west", 0, &[(1, "Cook")]),
            ];
            let mut found: Vec<Outcome> = Vec::new();
            let done = |applied: Applied<Infallible>| match applied {
                Ok((_, applied)) => found.push(outcome(applied)),
                Err(never) => match never {},
            };
            intake.apply_all(stream::iter(answers.into_iter().map(Ok)), done).await;
            let created: Vec<Option<i64>> = found.iter().map(|it| it.as_ref().ok().map(|it| it.created)).collect();
            assert_eq!(created, [Some(2), None, Some(1)], "{backend}: {found:?}");
            assert!(found[1].as_ref().expect_err("it is refused").contains("refused"), "{backend}: {found:?}");
            let sources = store.sources().await.expect("boards are read");
            let boards: Vec<(&str, i64)> =
                sources.iter().map(|it| (it.board_token.as_str(), it.active_job_count)).collect();
            assert_eq!(boards, [("north", 2), ("west", 1)], "{backend}: nothing of the other is left");
            let seqs: Vec<i64> = {
                let mut log = store.reader().log_of(&identity::source_id("greenhouse", "north")).await.expect("a log");
                log.extend(store.reader().log_of(&identity::source_id("greenhouse", "west")).await.expect("a log"));
                log.iter().map(|it| it.seq).collect()
            };
            assert_eq!(seqs, [1, 2, 3], "{backend}: the log has no gap");
        });
    }
}

fn archive(folder: &TempDir) -> Archive {
    Archive::open(&folder.path().to_string_lossy()).expect("it opens")
}

fn policy() -> jobgraph::ingest::verdict::Policy {
    jobgraph::ingest::verdict::Policy::immediate()
}
