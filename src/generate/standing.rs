//! Employers, boards, crawls and descriptions as rows.

use entity::{crawl, description, org, source};

use super::boards::Board;
use super::history::{Named, PROVIDER};
use super::life::{EVENTS_MAX, Kind, live};
use super::texts::Text;
use crate::ingest::identity;
use crate::ingest::verdict::Policy;
use crate::store::bulk::Batch;
use crate::vocabulary::{CrawlOutcome, SourceHealth, SourceStatus};

/// How long an answer takes, in milliseconds.
const ANSWER_MS: i64 = 700;

pub(super) fn description(text: &Text) -> description::Model {
    let it = &text.description;
    description::Model {
        description_hash: identity::description_hash([&it.html, &it.markdown, &it.text]),
        html: it.html.clone(),
        markdown: it.markdown.clone(),
        text: it.text.clone(),
    }
}

/// What happened to a board's postings in one crawl.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    created: i64,
    updated: i64,
    closed: i64,
    reopened: i64,
    /// Postings that came back changed.
    returned: i64,
}

/// Adds a board, its employer, and those of its crawls in which something happened, with the first and the last.
pub(super) fn board(seed: u64, named: &Named, begun_at: i64, batch: &mut Batch) {
    let board = &named.board;
    let tallies = tallies(seed, board);
    let mut active = 0;
    for (tally, crawl) in tallies.iter().zip(0..) {
        let before = active;
        active += tally.created + tally.reopened - tally.closed;
        let is_quiet = tally.created + tally.updated + tally.closed + tally.reopened == 0;
        if is_quiet && crawl != 0 && crawl != board.crawls - 1 {
            continue;
        }
        let unchanged = before - tally.closed - (tally.updated - tally.returned);
        batch.crawls.push(crawl_row(named, begun_at + board.time(crawl), tally, active, unchanged));
    }
    batch.orgs.push(org_row(named, begun_at, active));
    batch.sources.push(source_row(named, begun_at, active));
}

fn tallies(seed: u64, board: &Board) -> Vec<Tally> {
    let mut tallies = vec![Tally::default(); usize::try_from(board.crawls).unwrap_or(0)];
    let mut moments = Vec::with_capacity(EVENTS_MAX);
    for number in board.numbers() {
        live(seed, number, board, &mut moments);
        let mut reopened_in = None;
        for moment in &moments {
            let Some(tally) = usize::try_from(moment.crawl).ok().and_then(|crawl| tallies.get_mut(crawl)) else {
                continue;
            };
            match moment.kind {
                Kind::Created => tally.created += 1,
                Kind::Closed => tally.closed += 1,
                Kind::Reopened => {
                    tally.reopened += 1;
                    reopened_in = Some(moment.crawl);
                }
                Kind::Updated => {
                    tally.updated += 1;
                    tally.returned += i64::from(reopened_in == Some(moment.crawl));
                }
            }
        }
    }
    tallies
}

fn crawl_row(named: &Named, at: i64, tally: &Tally, seen: i64, unchanged: i64) -> crawl::Model {
    crawl::Model {
        crawl_id: identity::crawl_id(&named.source_id, at),
        source_id: named.source_id.clone(),
        started_at: at - ANSWER_MS,
        finished_at: at,
        outcome: <&str>::from(CrawlOutcome::Complete).to_owned(),
        http_status: Some(200),
        pages: 1,
        declared_total: Some(seen),
        seen,
        created: tally.created,
        updated: tally.updated,
        closed: tally.closed,
        reopened: tally.reopened,
        unchanged,
        touched: 0,
        guard: None,
        error: None,
        warnings: "[]".to_owned(),
        raw_sha256: String::new(),
        suspect_keys: "[]".to_owned(),
    }
}

fn org_row(named: &Named, begun_at: i64, active: i64) -> org::Model {
    let board = &named.board;
    org::Model {
        org_id: named.org_id.clone(),
        name: named.name.clone(),
        normalized_name: named.name.to_lowercase(),
        slug: named.token.clone(),
        domains: "[]".to_owned(),
        aliases: "[]".to_owned(),
        website_url: None,
        careers_url: None,
        first_seen_at: begun_at + board.time(0),
        last_seen_at: begun_at + board.time(board.crawls - 1),
        active_job_count: active,
        job_count: board.postings,
    }
}

fn source_row(named: &Named, begun_at: i64, active: i64) -> source::Model {
    let board = &named.board;
    let last = begun_at + board.time(board.crawls - 1);
    let policy = Policy::default();
    source::Model {
        source_id: named.source_id.clone(),
        org_id: named.org_id.clone(),
        provider: PROVIDER.to_owned(),
        board_token: named.token.clone(),
        board_key: identity::board_key(&named.token),
        name: named.name.clone(),
        board_url: format!("https://boards.example/{}", named.token),
        api_url: format!("https://boards.example/api/{}", named.token),
        status: <&str>::from(SourceStatus::Active).to_owned(),
        health: <&str>::from(SourceHealth::Ok).to_owned(),
        crawl_interval_s: board.interval_s(),
        last_crawled_at: last,
        last_success_at: last,
        last_complete_at: last,
        last_non_empty_at: last,
        next_crawl_after: last + board.interval_s() * 1_000,
        consecutive_failures: 0,
        last_error: None,
        active_job_count: active,
        job_count: board.postings,
        first_seen_at: begun_at + board.time(0),
        // Postings close at the first complete answer without them.
        close_after_misses: 1,
        empty_confirmations: policy.empty_confirmations,
        drop_guard_percent: policy.drop_guard_percent,
        blast_radius_percent: policy.blast_radius_percent,
    }
}
