//! Runs of several boards that share a transaction: what is stored of all of them is read together, and what each has
//! decided is written together. Each run is as whole as if it were alone.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use entity::{crawl, org, source};

use super::board::{Met, made_up, other_slugs, wanted_slug};
use super::reading::Reading;
use super::run::{Begun, Outcome, Run, Stored};
use super::verdict::{Fetched, HISTORY_LONG_MAX, HISTORY_MAX, WINDOW};
use super::{IngestError, Intake, Summary, identity};
use crate::store::Writing;
use crate::store::apply::{EventRows, JobRows};
use crate::store::error::StoreError;
use crate::vocabulary::CrawlOutcome;

/// What came of each answer.
pub(super) type Summaries = Vec<Result<Summary, IngestError>>;

/// Employers by their ids, as the runs so far have left them.
pub(super) type Orgs = BTreeMap<String, org::Model>;

/// Crawls by their boards, of each the newest first.
type Crawls = HashMap<String, Vec<crawl::Model>>;

impl Intake<'_> {
    /// Applies answers of boards that are all different, in one transaction.
    pub(super) async fn round(&self, answers: &[&Reading]) -> Result<Summaries, StoreError> {
        let writing = self.store.begin().await?;
        let now = (self.clock)();
        let stored = read(&writing, answers).await?;
        let begun = answers.iter().zip(stored).map(|(answer, stored)| Run::begin(answer, stored, self.policy, now));
        let mut begun: Vec<Result<Begun<'_>, IngestError>> = begun.collect();
        let runs = || begun.iter().filter_map(|it| if let Ok(Begun::Run(run)) = it { Some(run) } else { None });
        let needed: Vec<String> = runs().flat_map(|run| run.needed()).cloned().collect();
        let needed = writing.job_rows(&needed).await?;
        let mut needed: BTreeMap<String, JobRows> =
            needed.into_iter().map(|rows| (rows.job.job_id.clone(), rows)).collect();
        let first = writing.next_seq().await?;
        let mut next = first;
        let mut orgs = Orgs::new();
        let mut outcomes: Vec<Outcome> = Vec::new();
        let mut summaries: Summaries = Vec::with_capacity(answers.len());
        for it in begun.drain(..) {
            let summary = match it {
                Err(error) => Err(error),
                Ok(Begun::Over(summary)) => Ok(summary),
                Ok(Begun::Run(mut run)) => run.decide(&mut needed, next).map(|()| {
                    next = run.next_seq();
                    let outcome = run.end(&mut orgs);
                    let summary = outcome.decided.summary.clone();
                    outcomes.push(outcome);
                    summary
                }),
            };
            summaries.push(summary);
        }
        if outcomes.is_empty() {
            return Ok(summaries);
        }
        write(&writing, outcomes, orgs, first).await?;
        writing.commit().await?;
        Ok(summaries)
    }
}

/// Reads what is stored of each board.
async fn read(writing: &Writing, answers: &[&Reading]) -> Result<Vec<Stored>, StoreError> {
    let boards: Vec<(String, String)> = answers.iter().map(|answer| answer.known_by()).collect();
    let keys: Vec<String> = boards.iter().map(|(_, key)| key.clone()).collect();
    let sources = writing.sources(&keys).await?;
    let org_ids: Vec<String> = sources.iter().map(|source| source.org_id.clone()).collect();
    let orgs = writing.orgs(&org_ids).await?;
    let source_ids: Vec<String> = sources.iter().map(|source| source.source_id.clone()).collect();
    let mut crawls = past_crawls(writing, &source_ids).await?;
    let mut briefs = writing.reader().briefs(&source_ids).await?;
    let mut sources: HashMap<(String, String), source::Model> =
        sources.into_iter().map(|source| ((source.provider.clone(), source.board_key.clone()), source)).collect();
    let mut mets = Vec::with_capacity(answers.len());
    for board in boards {
        let met = match sources.remove(&board) {
            None => None,
            Some(source) => {
                let missing = || StoreError::Row { table: "org", message: format!("no row for \"{}\"", source.org_id) };
                let org = orgs.get(&source.org_id).cloned().ok_or_else(missing)?;
                Some(Met { source, org, is_new: false })
            }
        };
        mets.push(met);
    }
    let mets = meet(writing, answers, mets).await?;
    let crawl_id = |(answer, met): (&&Reading, &Met)| identity::crawl_id(&met.source.source_id, answer.finished_at);
    let crawl_ids: Vec<String> = answers.iter().zip(&mets).map(crawl_id).collect();
    let known = writing.known_crawls(&crawl_ids).await?;
    let stored = mets.into_iter().zip(crawl_ids).map(|(met, crawl_id)| Stored {
        crawls: crawls.remove(&met.source.source_id).unwrap_or_default(),
        is_crawl_known: known.contains(&crawl_id),
        briefs: briefs.remove(&met.source.source_id).unwrap_or_default(),
        met,
    });
    Ok(stored.collect())
}

/// What the judgment of each board looks back on.
async fn past_crawls(writing: &Writing, source_ids: &[String]) -> Result<Crawls, StoreError> {
    let mut crawls = writing.latest_crawls(source_ids, HISTORY_MAX).await?;
    let waiting = boards_where(&crawls, is_all_alike);
    crawls.extend(writing.latest_crawls(&waiting, HISTORY_LONG_MAX).await?);
    let unmeasured = boards_where(&crawls, is_unmeasured);
    for (source_id, complete) in writing.complete_crawls(&unmeasured, HISTORY_LONG_MAX).await? {
        let latest = crawls.entry(source_id).or_default();
        let earlier: Vec<crawl::Model> = complete.into_iter().take(WINDOW).filter(|it| !latest.contains(it)).collect();
        latest.extend(earlier);
    }
    Ok(crawls)
}

fn boards_where(crawls: &Crawls, is: fn(&[crawl::Model]) -> bool) -> Vec<String> {
    crawls.iter().filter(|(_, it)| is(it)).map(|(id, _)| id.clone()).collect()
}

/// Whether a board has been empty, gone or doubted for so long that it may have been so before.
fn is_all_alike(crawls: &[crawl::Model]) -> bool {
    let is = |outcome: CrawlOutcome| crawls.iter().all(|it| it.outcome == <&str>::from(outcome));
    let alike = [CrawlOutcome::Empty, CrawlOutcome::Gone, CrawlOutcome::Suspect];
    crawls.len() >= HISTORY_MAX && alike.into_iter().any(is)
}

/// Whether the usual size of a board, by which an answer is doubted, follows from crawls that came before these.
fn is_unmeasured(crawls: &[crawl::Model]) -> bool {
    let complete = crawls.iter().filter(|it| it.outcome == <&str>::from(CrawlOutcome::Complete));
    crawls.len() >= HISTORY_MAX && complete.count() < WINDOW
}

/// Makes up the boards that are not known yet, each with a slug that is free.
async fn meet(writing: &Writing, answers: &[&Reading], mets: Vec<Option<Met>>) -> Result<Vec<Met>, StoreError> {
    let new = answers.iter().zip(&mets).filter(|(_, met)| met.is_none());
    let wanted: Vec<String> = new.map(|(answer, _)| wanted_slug(&answer.org_name, &answer.board)).collect();
    let mut taken: HashSet<String> = writing.taken_slugs(&wanted).await?;
    let mut all = Vec::with_capacity(answers.len());
    for (answer, met) in answers.iter().zip(mets) {
        if let Some(met) = met {
            all.push(met);
            continue;
        }
        let mut slug = wanted_slug(&answer.org_name, &answer.board);
        if taken.contains(&slug) {
            let org_id = identity::org_id(answer.provider.name, &answer.board);
            slug = other_slug(writing, slug, &org_id, &mut taken).await?;
        }
        // A board without an answer leaves nothing behind, not even its slug.
        if matches!(answer.fetched(), Fetched::Board(_)) {
            taken.insert(slug.clone());
        }
        all.push(made_up(answer.provider, &answer.board, &answer.org_name, slug, answer.finished_at));
    }
    Ok(all)
}

/// A slug that is free, for an employer whose own is taken.
pub(super) async fn other_slug(
    writing: &Writing,
    wanted: String,
    org_id: &str,
    taken: &mut HashSet<String>,
) -> Result<String, StoreError> {
    let others = other_slugs(&wanted, org_id);
    taken.extend(writing.taken_slugs(&others).await?);
    Ok(others.into_iter().find(|it| !taken.contains(it)).unwrap_or(wanted))
}

/// Writes everything that the runs have decided; their events are numbered from `first` on.
async fn write(writing: &Writing, mut outcomes: Vec<Outcome>, orgs: Orgs, first: i64) -> Result<(), StoreError> {
    for it in &outcomes {
        writing.mark_missed(&it.decided.missed, it.crawl.finished_at).await?;
    }
    writing.save_orgs(orgs.into_values()).await?;
    writing.save_sources(outcomes.iter().map(|it| it.source.clone())).await?;
    writing.insert_raw_payloads(outcomes.iter().filter_map(|it| it.raw.clone())).await?;
    writing.insert_crawls(outcomes.iter().map(|it| it.crawl.clone())).await?;
    let events: Vec<EventRows> = outcomes.iter_mut().flat_map(|it| std::mem::take(&mut it.events)).collect();
    let all: Vec<i64> = events.iter().map(|it| it.event.seq).collect();
    let (mut new, mut between, mut changed, mut passed) = (Vec::new(), Vec::new(), Vec::new(), BTreeSet::new());
    let mut touched = Vec::new();
    for it in &mut outcomes {
        let (decided, name) = (&mut it.decided, it.org.name.as_str());
        new.append(&mut decided.new);
        for (seq, rows) in decided.between.drain(..) {
            passed.insert(seq);
            between.push((rows, name));
        }
        changed.extend(decided.changed.drain(..).map(|rows| (rows, name)));
        touched.append(&mut decided.touched);
    }
    writing.insert_jobs(new).await?;
    writing.insert_events(events).await?;
    writing.replace_jobs(between, first).await?;
    writing.insert_versions(&passed.iter().copied().collect::<Vec<_>>()).await?;
    writing.replace_jobs(changed, first).await?;
    writing.touch_jobs(touched).await?;
    for it in &outcomes {
        writing.mark_seen(&it.decided.seen, it.crawl.finished_at, &it.crawl.raw_sha256).await?;
    }
    if all.is_empty() {
        return Ok(());
    }
    let last: Vec<i64> = all.into_iter().filter(|seq| !passed.contains(seq)).collect();
    writing.insert_versions(&last).await?;
    writing.count_events(first).await?;
    let moved = || outcomes.iter().filter(|it| it.decided.summary.has_events());
    let source_ids: Vec<String> = moved().map(|it| it.source.source_id.clone()).collect();
    let org_ids: Vec<String> = moved().map(|it| it.org.org_id.clone()).collect();
    writing.count_jobs(&source_ids, &org_ids).await
}
