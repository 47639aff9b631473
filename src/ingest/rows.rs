//! A posting as rows, and rows as the posting they were made from. What the store keeps is exactly what these two say.

use entity::{ABSENT, description, job, job_body, job_location};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::identity;
use super::normalize::{Description, Location, NORMALIZER_VERSION, Normalized, RemoteScope, Salary, SalaryTier};
use super::posting::{Metadata, Posting};
use crate::role;
use crate::store::apply::JobRows;
use crate::vocabulary::{JobStatus, Provenance, WorkplaceType};

/// What a posting's rows hold beside what the posting says.
#[derive(Clone, Debug)]
pub struct Standing {
    pub job_id: String,
    pub org_id: String,
    pub source_id: String,
    pub provider: String,
    pub status: JobStatus,
    pub openings: i32,
    pub first_seen_at: i64,
    pub last_seen_at: i64,
    pub last_changed_at: i64,
    pub job_seq: i32,
    pub content_hash: String,
    pub normalized_hash: String,
    pub raw_sha256: String,
    pub inferred_at: i64,
}

/// The rows of an active posting that was just seen; its content is named when its event has a number.
pub fn rows(posting: &Posting, normalized: &Normalized, standing: Standing) -> JobRows {
    let description = normalized.description.as_ref().map(|it| description::Model {
        description_hash: identity::description_hash([&it.html, &it.markdown, &it.text]),
        html: it.html.clone(),
        markdown: it.markdown.clone(),
        text: it.text.clone(),
    });
    let locations = normalized.locations.iter().zip(0..);
    JobRows {
        locations: locations.map(|(place, position)| location_row(position, place)).collect(),
        body: body_row(posting, normalized, &standing),
        job: job_row(posting, normalized, standing, description.as_ref()),
        description,
    }
}

/// Has a posting's rows name its body as `old` does, if that says the same: it is stored already.
pub fn keep_description(new: &mut JobRows, old: Option<&description::Model>) {
    if let (Some(description), Some(old)) = (&mut new.description, old)
        && (&description.html, &description.markdown, &description.text) == (&old.html, &old.markdown, &old.text)
    {
        new.job.description_hash = Some(old.description_hash.clone());
        description.description_hash.clone_from(&old.description_hash);
    }
}

fn job_row(
    posting: &Posting,
    normalized: &Normalized,
    standing: Standing,
    description: Option<&description::Model>,
) -> job::Model {
    let (salary, department) = (normalized.salary.as_ref(), text(posting.department_path.last()));
    job::Model {
        provider_job_key: posting.key.clone(),
        requisition_id: text(posting.requisition_id.as_ref()),
        internal_job_key: text(posting.internal_job_key.as_ref()),
        title: normalized.title.clone(),
        title_key: normalized.title.to_lowercase(),
        normalized_title: text(normalized.normalized_title.as_ref()),
        status: word(Some(standing.status)),
        closed_reason: String::new(),
        openings: standing.openings,
        location_text: posting.location_text.clone(),
        city_key: of_place(normalized, |it| &it.city).to_lowercase(),
        city: of_place(normalized, |it| &it.city),
        region: of_place(normalized, |it| &it.region),
        region_code: of_place(normalized, |it| &it.region_code),
        country: of_place(normalized, |it| &it.country),
        country_code: of_place(normalized, |it| &it.country_code),
        department_key: department.to_lowercase(),
        department,
        department_path: json!(posting.department_path).to_string(),
        team: text(posting.team.as_ref()),
        employment_type_raw: posting.employment_type_raw.clone(),
        employment_type: word(normalized.employment_type),
        contract_term: word(normalized.contract_term),
        // The original's rule: on site there is no remote policy.
        remote_policy: word(normalized.workplace_type.filter(|it| *it != WorkplaceType::OnSite)),
        workplace_type: word(normalized.workplace_type),
        remote_scope: normalized.remote_scope.as_ref().map(|it| json!(it).to_string()),
        salary_raw: salary.map(|it| it.raw.clone()),
        salary_min: salary.and_then(|it| it.min).map(|it| it.normalize().to_string()),
        salary_max: salary.and_then(|it| it.max).map(|it| it.normalize().to_string()),
        salary_currency: text(salary.and_then(|it| it.currency.as_ref())),
        salary_period: word(salary.map(|it| it.period)),
        salary_provenance: word(salary.map(|it| it.provenance)),
        salary_confidence: salary.map_or(0, |it| percent(it.confidence)),
        salary_annual_min: salary.and_then(Salary::annual_min).map_or(ABSENT, whole),
        salary_annual_max: salary.and_then(Salary::annual_max).map_or(ABSENT, whole),
        source_url: text(posting.source_url.as_ref()),
        apply_url: text(posting.apply_url.as_ref()),
        language: text(normalized.language.as_ref()),
        posted_at: posting.posted_at.unwrap_or(standing.first_seen_at),
        source_posted_at: posting.posted_at,
        source_updated_at: posting.updated_at.unwrap_or(ABSENT),
        application_deadline: posting.deadline_at.unwrap_or(ABSENT),
        first_seen_at: standing.first_seen_at,
        last_seen_at: standing.last_seen_at,
        last_checked_at: standing.last_seen_at,
        last_changed_at: standing.last_changed_at,
        inactive_at: ABSENT,
        missed_crawls: 0,
        first_missed_at: ABSENT,
        closure_evidence: None,
        job_seq: standing.job_seq,
        content_hash: standing.content_hash,
        source_hash: posting.source_hash.clone(),
        normalized_hash: standing.normalized_hash,
        normalizer_version: NORMALIZER_VERSION,
        description_hash: description.map(|it| it.description_hash.clone()),
        description_text_hash: normalized.description.as_ref().map(|it| it.text_hash.clone()),
        raw_sha256: standing.raw_sha256,
        content_seq: 0,
        remote_scope_kind: word(normalized.remote_scope.as_ref().map(|it| it.kind)),
        seniority: word(normalized.seniority),
        function: word(normalized.function),
        role_key: role::key(&normalized.title, description.map_or("", |it| &it.text)),
        job_id: standing.job_id,
        org_id: standing.org_id,
        source_id: standing.source_id,
        provider: standing.provider,
    }
}

/// What is said of the primary place.
fn of_place(normalized: &Normalized, field: fn(&Location) -> &Option<String>) -> String {
    text(normalized.locations.first().and_then(|it| field(it).as_ref()))
}

fn body_row(posting: &Posting, normalized: &Normalized, standing: &Standing) -> job_body::Model {
    let metadata: Vec<Value> =
        posting.metadata.iter().map(|it| json!({ "id": it.id, "name": it.name, "value": it.value })).collect();
    let tiers = normalized.salary.as_ref().map(|it| json!(it.tiers));
    job_body::Model {
        content_seq: 0,
        native_structured: posting.native.to_string(),
        extensions: "{}".to_owned(),
        facts: json!(normalized.facts).to_string(),
        metadata: Value::from(metadata).to_string(),
        salary_tiers: tiers.unwrap_or_else(|| json!([])).to_string(),
        inferred_at: standing.inferred_at,
    }
}

fn location_row(position: i32, place: &Location) -> job_location::Model {
    job_location::Model {
        content_seq: 0,
        position,
        raw: place.raw.clone(),
        city_key: text(place.city.as_ref()).to_lowercase(),
        city: text(place.city.as_ref()),
        region: text(place.region.as_ref()),
        region_code: text(place.region_code.as_ref()),
        country: text(place.country.as_ref()),
        country_code: text(place.country_code.as_ref()),
        macro_region: text(place.macro_region.as_ref()),
        postal_code: place.postal_code.clone(),
        remote: place.is_remote,
        confidence: percent(place.confidence),
        provenance: word(Some(place.provenance)),
    }
}

/// What rows say of a posting: the values that its revision is made of.
pub fn stated(rows: &JobRows) -> (Posting, Normalized) {
    let job = &rows.job;
    let metadata: Vec<Value> = parsed(&rows.body.metadata).unwrap_or_default();
    let metadata = metadata.into_iter().map(|it| Metadata {
        id: it["id"].as_str().unwrap_or_default().to_owned(),
        name: it["name"].as_str().unwrap_or_default().to_owned(),
        value: it["value"].clone(),
    });
    let posting = Posting {
        key: job.provider_job_key.clone(),
        internal_job_key: given(&job.internal_job_key),
        requisition_id: given(&job.requisition_id),
        title: job.title.clone(),
        location_text: job.location_text.clone(),
        department_path: parsed(&job.department_path).unwrap_or_default(),
        team: given(&job.team),
        employment_type_raw: job.employment_type_raw.clone(),
        source_url: given(&job.source_url),
        apply_url: given(&job.apply_url),
        posted_at: job.source_posted_at,
        deadline_at: number(job.application_deadline),
        metadata: metadata.collect(),
        source_hash: job.source_hash.clone(),
        ..Posting::default()
    };
    let normalized = Normalized {
        title: job.title.clone(),
        normalized_title: given(&job.normalized_title),
        seniority: job.seniority.parse().ok(),
        function: job.function.parse().ok(),
        locations: rows.locations.iter().map(location).collect(),
        workplace_type: job.workplace_type.parse().ok(),
        remote_scope: job.remote_scope.as_deref().and_then(parsed::<RemoteScope>),
        employment_type: job.employment_type.parse().ok(),
        contract_term: job.contract_term.parse().ok(),
        salary: salary(rows),
        language: given(&job.language),
        description: rows.description.as_ref().map(|it| Description {
            html: it.html.clone(),
            markdown: it.markdown.clone(),
            text: it.text.clone(),
            // Not the row's: postings of one HTML share its text, which may have been made by other rules.
            text_hash: identity::sha256_hex(it.text.as_bytes()),
        }),
        facts: parsed(&rows.body.facts).unwrap_or_default(),
        warnings: Vec::new(),
    };
    (posting, normalized)
}

fn location(row: &job_location::Model) -> Location {
    Location {
        raw: row.raw.clone(),
        city: given(&row.city),
        region: given(&row.region),
        region_code: given(&row.region_code),
        country: given(&row.country),
        country_code: given(&row.country_code),
        macro_region: given(&row.macro_region),
        postal_code: row.postal_code.clone(),
        is_remote: row.remote,
        confidence: f64::from(row.confidence) / 100.0,
        provenance: row.provenance.parse().unwrap_or(Provenance::LocationText),
    }
}

fn salary(rows: &JobRows) -> Option<Salary> {
    let job = &rows.job;
    let amount = |text: &Option<String>| text.as_deref().and_then(|it| it.parse().ok());
    Some(Salary {
        raw: job.salary_raw.clone()?,
        min: amount(&job.salary_min),
        max: amount(&job.salary_max),
        currency: given(&job.salary_currency),
        period: job.salary_period.parse().ok()?,
        tiers: parsed::<Vec<SalaryTier>>(&rows.body.salary_tiers).unwrap_or_default(),
        confidence: f64::from(job.salary_confidence) / 100.0,
        provenance: job.salary_provenance.parse().unwrap_or(Provenance::Description),
    })
}

fn text(value: Option<&String>) -> String {
    value.cloned().unwrap_or_default()
}

fn given(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

fn number(stored: i64) -> Option<i64> {
    (stored != ABSENT).then_some(stored)
}

/// A value of a closed set as it is stored; `''` for none.
fn word<V: Into<&'static str>>(value: Option<V>) -> String {
    value.map_or_else(String::new, |it| it.into().to_owned())
}

fn percent(share: f64) -> i32 {
    #[expect(clippy::cast_possible_truncation, reason = "the value is clamped to what fits")]
    let percent = (share * 100.0).round().clamp(0.0, 100.0) as i32;
    percent
}

fn whole(amount: rust_decimal::Decimal) -> i64 {
    i64::try_from(amount.round()).unwrap_or(ABSENT)
}

fn parsed<V: DeserializeOwned>(json: &str) -> Option<V> {
    serde_json::from_str(json).ok()
}
