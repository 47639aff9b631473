//! How surely and how late postings close: real histories, replayed with the policy that boards have by default.
//!
//! A closing is wrong if the very next complete answer has the posting again. Prints the table of `docs/closing.md`.

use std::collections::{BTreeMap, BTreeSet};

use jobgraph::ingest::answers::Answers;
use jobgraph::ingest::lifecycle::{Missed, missed};
use jobgraph::ingest::provider::{self, Provider};
use jobgraph::ingest::saved::{LedgerRun, SavedFile, from_ledger, from_path};
use jobgraph::ingest::verdict::{Fetched, HISTORY_MAX, PastCrawl, Policy, judge};
use jobgraph::store::apply::Brief;
use jobgraph::vocabulary::{CrawlOutcome, JobStatus};

use crate::{board_of, data, folders};

const DAY: f64 = 86_400_000.0;

/// A history, and the provider whose answers it holds.
const HISTORIES: [(&str, &str); 4] = [
    ("greenhouse-content", "greenhouse"),
    ("greenhouse-jobsxplo", "greenhouse"),
    ("greenhouse-list", "greenhouse"),
    ("lever-content", "lever"),
];

/// What one answer showed.
struct Shown {
    at: i64,
    keys: BTreeSet<String>,
    outcome: CrawlOutcome,
}

/// What closing did to one board.
#[derive(Default)]
struct Closing {
    answers: usize,
    complete: usize,
    /// Postings that one complete answer missed, and that the next one had again.
    spared: usize,
    closings: usize,
    /// Closed, and on the very next complete answer.
    wrong: usize,
    /// Closed, and back at some time.
    returned: usize,
    /// Days from the first answer without a posting to its closing.
    delays: Vec<f64>,
}

/// The answers of a board; those of its ledger if there is one, as it tells of failures too.
fn runs(history: &str, provider: &str, folder: &std::path::Path) -> Vec<LedgerRun> {
    let ledger = data().join("history").join("sa_runs.csv");
    if history.ends_with("-content")
        && let Ok(runs) = from_ledger(&ledger, folder, provider, &board_of(folder))
        && !runs.is_empty()
    {
        return runs;
    }
    from_path(folder, None).expect("the names tell").into_iter().map(LedgerRun::Answered).collect()
}

/// Replays a board by what a run decides with, without a store: what an answer proves, and what a posting's absence comes to.
fn replayed(provider: &'static Provider, board: &str, runs: &[LedgerRun]) -> Closing {
    let policy = Policy::of(provider);
    let mut postings: BTreeMap<String, Brief> = BTreeMap::new();
    let (mut history, mut shown, mut closed) = (Vec::new(), Vec::new(), Vec::new());
    let mut answered_at = None;
    for run in runs {
        let (at, read) = match run {
            LedgerRun::Answered(file) => {
                let bytes = SavedFile::body(file).expect("it is read");
                let read = provider.board(board, &Answers::of(&bytes));
                (file.fetched_at, read.map_err(|error| Fetched::Unreadable(error.to_string())))
            }
            LedgerRun::Failed { at, message } => {
                (*at, Err(Fetched::Failed { http_status: None, message: message.clone() }))
            }
        };
        let is_active = |it: &Brief| it.status == JobStatus::Active;
        let active = postings.iter().filter(|(_, it)| is_active(it)).map(|(key, _)| key.clone()).collect();
        let fetched = read.as_ref().map_or_else(Clone::clone, Fetched::Board);
        let verdict = judge(&fetched, &history, answered_at, &active, policy, at);
        answered_at = read.as_ref().map_or(answered_at, |_| Some(at));
        let seen = read.as_ref().map(|it| &it.postings[..]).unwrap_or_default();
        let keys: BTreeSet<String> = seen.iter().map(|it| it.key.clone()).collect();
        for (key, brief) in postings.iter_mut().filter(|(key, _)| !keys.contains(*key)) {
            match missed(brief, verdict.absence, policy) {
                Missed::Nothing => {}
                Missed::Counts => brief.missed_crawls += 1,
                Missed::Closes(_) => {
                    brief.status = JobStatus::Closed;
                    closed.push((key.clone(), at));
                }
            }
        }
        postings.extend(keys.iter().map(|key| (key.clone(), seen_at(at))));
        let is_suspect = verdict.outcome == CrawlOutcome::Suspect;
        let suspect_keys = if is_suspect { keys.clone() } else { BTreeSet::new() };
        let count = i64::try_from(keys.len()).expect("it is small");
        history.insert(0, PastCrawl { outcome: verdict.outcome, finished_at: at, seen: count, suspect_keys });
        history.truncate(HISTORY_MAX);
        shown.push(Shown { at, keys, outcome: verdict.outcome });
    }
    told(&shown, &closed, policy)
}

/// A posting that an answer shows.
fn seen_at(at: i64) -> Brief {
    Brief {
        job_id: String::new(),
        status: JobStatus::Active,
        missed_crawls: 0,
        first_missed_at: None,
        last_seen_at: at,
        source_hash: String::new(),
        content_hash: String::new(),
        normalizer_version: 0,
        content_seq: 0,
    }
}

fn told(shown: &[Shown], closed: &[(String, i64)], policy: Policy) -> Closing {
    let complete: Vec<&Shown> = shown.iter().filter(|it| it.outcome == CrawlOutcome::Complete).collect();
    let mut told = Closing { answers: shown.len(), complete: complete.len(), ..Closing::default() };
    for three in complete.windows(3) {
        let missed = three[0].keys.difference(&three[1].keys);
        told.spared += missed.filter(|it| three[2].keys.contains(*it)).count();
    }
    let misses = usize::try_from(policy.close_after_misses).expect("it is small");
    for (key, at) in closed {
        // A board that is empty again and again closes by another rule.
        let Some(place) = complete.iter().position(|it| it.at == *at) else {
            continue;
        };
        let without = complete[..=place].iter().rev().take_while(|it| !it.keys.contains(key)).count();
        assert!(without >= misses, "{key} closed at {at} after {without} complete answers without it");
        let since = complete[place + 1 - without].at;
        told.closings += 1;
        told.delays.push((complete[place].at - since) as f64 / DAY);
        let later = &complete[place + 1..];
        told.wrong += usize::from(later.first().is_some_and(|it| it.keys.contains(key)));
        told.returned += usize::from(later.iter().any(|it| it.keys.contains(key)));
    }
    told.delays.sort_by(f64::total_cmp);
    told
}

fn row(name: &str, it: &Closing) -> String {
    let precision = 100.0 * (it.closings - it.wrong) as f64 / it.closings.max(1) as f64;
    let at = |share: usize| it.delays.get((it.delays.len() * share / 100).min(it.delays.len().saturating_sub(1)));
    let days = |share: usize| at(share).map_or_else(|| "-".to_owned(), |it| format!("{it:.1}"));
    format!(
        "| {name} | {} | {} | {} | {} | {} | {} | {precision:.1} | {} | {} |",
        it.answers,
        it.complete,
        it.spared,
        it.closings,
        it.wrong,
        it.returned,
        days(50),
        days(100)
    )
}

#[test]
fn no_posting_closes_that_the_next_complete_answer_within_its_policy_has() {
    let mut all = Closing::default();
    println!(
        "| board | answers | complete | spared | closings | wrong | back | precision % | delay, median | delay, longest |"
    );
    println!("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
    for (history, name) in HISTORIES {
        let provider = provider::find(name).expect("it is known");
        for folder in folders(&data().join("history").join(history)) {
            let board = board_of(&folder);
            let told = replayed(provider, &board, &runs(history, name, &folder));
            println!("{}", row(&format!("{name} {board}"), &told));
            all.answers += told.answers;
            all.complete += told.complete;
            all.spared += told.spared;
            all.closings += told.closings;
            all.wrong += told.wrong;
            all.returned += told.returned;
            all.delays.extend(told.delays);
        }
    }
    all.delays.sort_by(f64::total_cmp);
    println!("{}", row("all", &all));
    assert!(all.closings > 0, "histories have closings");
}
