//! The board and the employer that an answer belongs to: found, or made when they are first met.

use entity::{ABSENT, org, source};

use super::domain::{self, careers_domain};
use super::identity;
use super::posting::Board;
use super::provider::Provider;
use super::verdict::Policy;
use crate::config::CRAWL_INTERVAL_MAX_S;
use crate::vocabulary::{CrawlOutcome, SourceHealth, SourceStatus};

/// How long a board may not answer before it counts as unreachable, in milliseconds: 14 days.
const UNREACHABLE_AFTER_MS: i64 = 14 * 86_400_000;
/// Tries to find a free slug before the org's id is added to it.
const SLUG_TRIES_MAX: u32 = 20;

/// The board, and the employer behind it, of which nothing is stored yet if `is_new`.
pub(super) struct Met {
    pub(super) source: source::Model,
    pub(super) org: org::Model,
    pub(super) is_new: bool,
}

/// Makes up a board that is met first, from what is known of it.
pub(super) fn made_up(provider: &Provider, board: &str, name: &str, slug: String, at: i64) -> Met {
    let org_id = identity::org_id(provider.name, board);
    let org = org::Model {
        slug,
        normalized_name: name.to_lowercase(),
        name: name.to_owned(),
        domains: "[]".to_owned(),
        aliases: "[]".to_owned(),
        website_url: None,
        careers_url: None,
        first_seen_at: at,
        last_seen_at: at,
        active_job_count: 0,
        job_count: 0,
        org_id: org_id.clone(),
    };
    let policy = Policy::of(provider);
    let source = source::Model {
        source_id: identity::source_id(provider.name, board),
        org_id,
        provider: provider.name.to_owned(),
        board_token: board.to_owned(),
        board_key: identity::board_key(board),
        name: name.to_owned(),
        board_url: (provider.board_url)(board),
        api_url: provider.api_url(board),
        status: <&str>::from(SourceStatus::Active).to_owned(),
        health: <&str>::from(SourceHealth::Ok).to_owned(),
        crawl_interval_s: CRAWL_INTERVAL_MAX_S,
        last_crawled_at: ABSENT,
        last_success_at: ABSENT,
        last_complete_at: ABSENT,
        last_non_empty_at: ABSENT,
        next_crawl_after: ABSENT,
        consecutive_failures: 0,
        last_error: None,
        active_job_count: 0,
        job_count: 0,
        first_seen_at: at,
        close_after_misses: policy.close_after_misses,
        empty_confirmations: policy.empty_confirmations,
        drop_guard_percent: policy.drop_guard_percent,
        blast_radius_percent: policy.blast_radius_percent,
    };
    Met { source, org, is_new: true }
}

/// Brings the board and the employer up to a crawl that ended so at `at`.
pub(super) fn note_crawl(met: &mut Met, outcome: CrawlOutcome, board: Option<&Board>, error: Option<String>, at: i64) {
    let source = &mut met.source;
    source.last_crawled_at = at;
    let Some(board) = board else {
        source.consecutive_failures += 1;
        source.last_error = error;
        let silent_since = source.last_success_at.max(source.first_seen_at);
        let health =
            if at - silent_since > UNREACHABLE_AFTER_MS { SourceHealth::Unreachable } else { SourceHealth::Failing };
        source.health = <&str>::from(health).to_owned();
        return;
    };
    source.consecutive_failures = 0;
    source.last_error = None;
    source.last_success_at = at;
    // One that was given up, and is asked again all the same, is there again: its postings are to be followed.
    if source.status == <&str>::from(SourceStatus::Retired) {
        source.status = <&str>::from(SourceStatus::Active).to_owned();
    }
    // A board can be registered before its history is read.
    source.first_seen_at = source.first_seen_at.min(at);
    if outcome == CrawlOutcome::Complete {
        source.last_complete_at = at;
    }
    if !board.postings.is_empty() {
        source.last_non_empty_at = at;
    }
    let health = match outcome {
        CrawlOutcome::Complete => SourceHealth::Ok,
        CrawlOutcome::Suspect => SourceHealth::Suspect,
        _ => SourceHealth::Degraded,
    };
    source.health = <&str>::from(health).to_owned();
    met.org.first_seen_at = met.org.first_seen_at.min(at);
    met.org.last_seen_at = met.org.last_seen_at.max(at);
    if let Some(domain) = careers_domain(board) {
        met.org.domains = domain::with(&met.org.domains, domain);
    }
    // An employer that several boards were joined into is called as the first of them. That one tells its pages too; others
    // tell what is not known yet, and silence takes nothing back.
    let is_first = met.org.org_id == identity::org_id(&met.source.provider, &met.source.board_token);
    let pages = [(&mut met.org.website_url, &board.website_url), (&mut met.org.careers_url, &board.careers_url)];
    for (known, told) in pages {
        if told.is_some() && (is_first || known.is_none()) {
            known.clone_from(told);
        }
    }
    if let Some(name) = &board.company_name {
        if is_first {
            met.org.name.clone_from(name);
            met.org.normalized_name = name.to_lowercase();
        }
        met.source.name.clone_from(name);
    }
}

/// The name of an employer, as its provider gives it or as the board is called.
pub(super) fn name_of(company_name: Option<&str>, board: &str) -> String {
    company_name.map_or_else(|| name_of_token(board), ToOwned::to_owned)
}

/// A name for an employer whose provider gives none: `acme-robotics` is `Acme Robotics`, as are `eu:acme-robotics`,
/// `acme-robotics:wd5:Careers` and `careers.acme-robotics.com:jobs`.
fn name_of_token(token: &str) -> String {
    let own = match token.split(':').collect::<Vec<_>>()[..] {
        // A region, as of Lever.
        [region, own] if !region.contains('.') => own,
        [own, ..] => own,
        [] => token,
    };
    let words = domain::label(own).split(['-', '_', '.', ' ']).filter(|word| !word.is_empty());
    let capitalized = words.map(|word| {
        let mut characters = word.chars();
        characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
    });
    let name = capitalized.collect::<Vec<String>>().join(" ");
    if name.is_empty() { token.to_owned() } else { name }
}

/// The slug that an employer gets if it is free.
pub(super) fn wanted_slug(name: &str, board: &str) -> String {
    [slug(name), slug(board)].into_iter().find(|it| !it.is_empty()).unwrap_or_else(|| "org".to_owned())
}

/// The slugs that an employer gets instead, the best first; the last one is always free.
pub(super) fn other_slugs(wanted: &str, org_id: &str) -> Vec<String> {
    let numbered = (2..SLUG_TRIES_MAX).map(|number| format!("{wanted}-{number}"));
    numbered.chain([format!("{wanted}-{org_id}")]).collect()
}

/// Lower-case ASCII letters and digits, with single dashes between words.
fn slug(name: &str) -> String {
    let lower: String =
        name.to_lowercase().chars().map(|it| if it.is_ascii_alphanumeric() { it } else { ' ' }).collect();
    lower.split_whitespace().collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::provider;

    #[test]
    fn the_pages_of_an_employer_are_told_by_its_own_board_before_others_and_never_taken_back() {
        let jsonld = provider::find("jsonld").expect("it is known");
        let met = |board: &str| made_up(jsonld, board, "Acme", "acme".to_owned(), 0);
        let (mut own, mut other) = (met("acme.example"), met("beta.example"));
        other.org = own.org.clone();
        let crawl = |met: &mut Met, site: Option<&str>| {
            let board = Board { website_url: site.map(ToOwned::to_owned), ..Board::default() };
            note_crawl(met, CrawlOutcome::Complete, Some(&board), None, 1);
            met.org.website_url.clone()
        };
        assert_eq!(crawl(&mut other, None), None);
        assert_eq!(crawl(&mut other, Some("https://beta.com")).as_deref(), Some("https://beta.com"));
        own.org = other.org.clone();
        assert_eq!(crawl(&mut own, None).as_deref(), Some("https://beta.com"));
        assert_eq!(crawl(&mut own, Some("https://acme.com")).as_deref(), Some("https://acme.com"));
        assert_eq!(crawl(&mut own, Some("https://acme.org")).as_deref(), Some("https://acme.org"));
        other.org = own.org.clone();
        assert_eq!(crawl(&mut other, Some("https://beta.com")).as_deref(), Some("https://acme.org"));
    }

    #[test]
    fn a_token_reads_as_a_name() {
        assert_eq!(name_of_token("acme-robotics"), "Acme Robotics");
        assert_eq!(name_of_token("--"), "--");
    }

    #[test]
    fn a_token_of_several_parts_is_named_after_the_employer_s_own() {
        let tokens = ["eu:acme-robotics", "acme-robotics:wd5:Careers", "acme-robotics.ai", "jobs.acme-robotics.co.uk"];
        assert_eq!(name_of_token("acme.robotics.health"), "Acme Robotics Health");
        let hosts = ["acme-robotics.jobs.personio.de", "acme-robotics.com:jobs", "www.acme-robotics.com:en:jobs:open"];
        for token in tokens.into_iter().chain(hosts) {
            assert_eq!(name_of_token(token), "Acme Robotics", "{token}");
        }
        assert_eq!((name_of_token("acme.robotics"), name_of_token(":")), ("Acme Robotics".to_owned(), ":".to_owned()));
    }

    #[test]
    fn a_slug_has_only_letters_digits_and_dashes() {
        assert_eq!(slug("Ærø & Sons, Inc."), "r-sons-inc");
        assert_eq!(slug("日本"), "");
    }
}
