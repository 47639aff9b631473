//! A batch of postings that were read again, in one transaction: those that say something else, with their events.

use std::collections::BTreeMap;

use super::reread::{Reread, reread};
use super::{Reading, Run, Told};
use crate::ingest::IngestError;
use crate::ingest::lifecycle::attributed;
use crate::ingest::log::{Happening, Log};
use crate::ingest::normalize::{Fact, NORMALIZER_VERSION};
use crate::store::Writing;
use crate::store::apply::{EventRows, JobRows};
use crate::store::error::StoreError;
use crate::vocabulary::{EventCause, EventType};

/// What is written of a batch.
#[derive(Default)]
struct Written {
    events: Vec<EventRows>,
    changed: Vec<JobRows>,
    evidence: Vec<JobRows>,
    same: Vec<String>,
}

impl<T: FnMut(Told<'_>)> Run<'_, T> {
    /// Compares what was read with what is stored, and writes what differs, unless the run is dry.
    pub(super) async fn write(&mut self) -> Result<(), IngestError> {
        let batch = std::mem::take(&mut self.batch);
        let ids = batch.iter().flat_map(|it| &it.postings).map(|(it, ..)| it.job_id.clone()).collect::<Vec<_>>();
        if ids.is_empty() {
            return Ok(());
        }
        let writing = self.with.store.begin().await?;
        let stored = writing.job_rows(&ids).await?;
        let mut stored: BTreeMap<String, JobRows> = stored.into_iter().map(|it| (it.job.job_id.clone(), it)).collect();
        let first = writing.next_seq().await?;
        let mut written = Written::default();
        for reading in batch {
            let seq = first + i64::try_from(written.events.len()).unwrap_or(i64::MAX);
            self.compare(reading, &mut stored, seq, &mut written);
        }
        if self.asked.dry_run {
            return Ok(());
        }
        written.apply(&writing, first).await?;
        writing.commit().await?;
        Ok(())
    }

    fn compare(&mut self, reading: Reading, stored: &mut BTreeMap<String, JobRows>, first: i64, written: &mut Written) {
        let now = (self.with.clock)();
        let Reading { document, postings } = reading;
        let checked = postings.iter().filter_map(|(it, ..)| stored.get(&it.job_id)).map(|it| it.job.last_checked_at);
        // A past that an answer has shown is over, whatever the clock says.
        let observed_at = checked.fold(now, i64::max);
        let mut log = Log::new(&document.source_id, &document.crawl_id, observed_at, now, Some(&document.raw), first);
        for (stale, posting, normalized) in postings {
            let Some(old) = stored.remove(&stale.job_id) else {
                continue;
            };
            if old.job.raw_sha256 != stale.raw_sha256 && old.job.source_hash != posting.source_hash {
                // It was seen again in the meantime; what it says now is read in its turn.
                self.tally.overtaken += 1;
                continue;
            }
            self.tally.read += 1;
            match reread(&old, &posting, &normalized, now) {
                Reread::Same => {
                    self.tally.same += 1;
                    written.same.push(stale.job_id);
                }
                Reread::Evidence(new) => {
                    self.tally.evidence += 1;
                    written.evidence.push(*new);
                }
                Reread::Changed(mut new, changes) => {
                    let facts: Vec<Fact> = serde_json::from_str(&old.body.facts).unwrap_or_default();
                    self.tally.add(&stale.job_id, &changes, (&facts, &normalized.facts), self.asked.examples_max);
                    new.written_by(log.next_seq());
                    log.add(Happening {
                        changes: attributed(changes, EventCause::Normalizer),
                        cause: EventCause::Normalizer,
                        ..Happening::new(&new.job, EventType::JobUpdated, Some(&old.job))
                    });
                    written.changed.push(*new);
                }
            }
        }
        written.events.extend(log.into_rows());
    }
}

impl Written {
    /// Writes everything; the events are numbered from `first` on.
    async fn apply(self, writing: &Writing, first: i64) -> Result<(), StoreError> {
        writing.mark_normalized(&self.same, NORMALIZER_VERSION).await?;
        writing.refresh_evidence(&self.evidence.iter().collect::<Vec<_>>()).await?;
        if self.events.is_empty() {
            return Ok(());
        }
        let org_ids: Vec<String> = self.changed.iter().map(|it| it.job.org_id.clone()).collect();
        let orgs = writing.orgs(&org_ids).await?;
        let name = |it: &JobRows| orgs.get(&it.job.org_id).map_or("", |org| org.name.as_str());
        let named = |it: JobRows| {
            let name = name(&it);
            (it, name)
        };
        let changed = self.changed.into_iter().map(named).collect();
        let seqs: Vec<i64> = self.events.iter().map(|it| it.event.seq).collect();
        writing.insert_events(self.events).await?;
        writing.replace_jobs(changed, first).await?;
        writing.insert_versions(&seqs).await?;
        writing.count_events(first).await
    }
}
