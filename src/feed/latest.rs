//! The latest postings as a JSON Feed, for people's readers. What employers wrote stays with them: a summary and a link.

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::{Value, json};

use super::Feed;
use crate::http::Unanswered;
use crate::ingest::identity::rfc3339;
use crate::store::event::{Column, Events};
use crate::store::filter::{Comparison, Filter};
use crate::store::job::{Column as JobColumn, Jobs};
use crate::store::org::{Column as OrgColumn, Orgs};
use crate::store::page::{Direction, Listing, Order, Slice, Sort};
use crate::store::row::{ColumnSet, Record};
use crate::store::scope::Scope;
use crate::vocabulary::{EventType, JobStatus};

const ITEMS_MAX: u64 = 50;

const JOB_COLUMNS: [JobColumn; 12] = [
    JobColumn::JobId,
    JobColumn::OrgId,
    JobColumn::Title,
    JobColumn::SourceUrl,
    JobColumn::PostedAt,
    JobColumn::FirstSeenAt,
    JobColumn::LocationText,
    JobColumn::Department,
    JobColumn::WorkplaceType,
    JobColumn::EmploymentType,
    JobColumn::SalaryRaw,
    JobColumn::Status,
];

impl Feed {
    /// The postings that were created last, the latest first.
    pub async fn latest(&self) -> Result<Value, Unanswered> {
        let _turn = self.turn().await;
        let reader = self.store().reader();
        let created = <&str>::from(EventType::JobCreated);
        let listing = Listing {
            scope: Scope::default(),
            filter: Filter::Compare(Column::EventType, Comparison::Eq(created.into())),
            order: Order::complete::<Events>(vec![(Sort::Column(Column::Seq), Direction::Descending)]),
            slice: Slice { size: ITEMS_MAX, tells_more: false, backward: false, after: None, before: None },
        };
        let events = reader.list::<Events>(ColumnSet::of(&[Column::Seq, Column::JobId]), &listing).await?.records;
        let keys: Vec<String> = events.iter().map(|event| event.text(Column::JobId).to_owned()).collect();
        let jobs = reader.load::<Jobs>(ColumnSet::of(&JOB_COLUMNS), JobColumn::JobId, &keys).await?;
        let mut org_ids: Vec<String> = jobs.iter().map(|job| job.text(JobColumn::OrgId).to_owned()).collect();
        org_ids.sort_unstable();
        org_ids.dedup();
        let orgs = reader
            .load::<Orgs>(ColumnSet::of(&[OrgColumn::OrgId, OrgColumn::Name]), OrgColumn::OrgId, &org_ids)
            .await?;
        let names: HashMap<&str, &str> =
            orgs.iter().map(|org| (org.text(OrgColumn::OrgId), org.text(OrgColumn::Name))).collect();
        let jobs: HashMap<&str, &Arc<Record>> = jobs.iter().map(|job| (job.text(JobColumn::JobId), job)).collect();
        let items = keys.iter().filter_map(|key| jobs.get(key.as_str())).map(|job| item(job, &names));
        Ok(json!({
            "version": "https://jsonfeed.org/version/1.1",
            "title": "Latest job postings",
            "description": "The postings that were seen last for the first time.",
            "items": items.collect::<Vec<_>>(),
        }))
    }
}

fn item(job: &Record, names: &HashMap<&str, &str>) -> Value {
    let org = names.get(job.text(JobColumn::OrgId)).copied().unwrap_or_default();
    let words = |column| job.optional_text(column).map(|text| text.to_lowercase().replace('_', " "));
    let is_closed = job.text(JobColumn::Status) == <&str>::from(JobStatus::Closed);
    let summary = [
        Some(org.to_owned()).filter(|name| !name.is_empty()),
        job.optional_text(JobColumn::LocationText).map(ToOwned::to_owned),
        words(JobColumn::WorkplaceType),
        words(JobColumn::EmploymentType),
        job.optional_text(JobColumn::SalaryRaw).map(ToOwned::to_owned),
        is_closed.then(|| "closed".to_owned()),
    ];
    let published = job.optional_number(JobColumn::PostedAt).unwrap_or_else(|| job.number(JobColumn::FirstSeenAt));
    let mut item = json!({
        "id": job.text(JobColumn::JobId),
        "title": job.text(JobColumn::Title),
        "content_text": summary.into_iter().flatten().collect::<Vec<_>>().join(" · "),
        "date_published": rfc3339(published),
    });
    if let Some(url) = job.optional_text(JobColumn::SourceUrl) {
        item["url"] = url.into();
    }
    if !org.is_empty() {
        item["authors"] = json!([{ "name": org }]);
    }
    if let Some(department) = job.optional_text(JobColumn::Department) {
        item["tags"] = json!([department]);
    }
    item
}
