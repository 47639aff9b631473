//! A posting as the original has it: every field is there, null where there is no value.

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::value::RawValue;
use utoipa::ToSchema;

/// What the graph is asked for each posting. `$description` decides about its text.
pub(super) const FIELDS: &str =
    "jobId orgId sourceId boardId provider providerJobKey title normalizedTitle status active
    locationText department team employmentTypeRaw workplaceType remotePolicy country region city
    salaryRaw salaryMin salaryMax salaryCurrency salaryPeriod sourceUrl applyUrl
    firstSeenAt lastSeenAt lastCheckedAt lastChangedAt inactiveAt sourcePostedAt sourceUpdatedAt rawPayloadUri
    eventFields parsedStructured extensions nativeStructured
    descriptionText @include(if: $description) descriptionHtml @include(if: $description)";

/// One posting.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(rename_all(deserialize = "camelCase"))]
pub(super) struct Job {
    /// Sha1 of `provider|board token|provider_job_key`, in hex: the same in every installation, and the original's.
    #[schema(pattern = "^[0-9a-f]{40}$")]
    job_id: String,
    /// The employer's id.
    #[schema(format = Uuid)]
    org_id: String,
    /// The board's id.
    #[schema(format = Uuid)]
    source_id: String,
    /// The same as `source_id`: a source is a board.
    #[schema(format = Uuid)]
    board_id: String,
    /// The applicant tracking system, such as `greenhouse`.
    provider: String,
    /// The provider's own id of the posting.
    provider_job_key: String,
    /// The title as the employer wrote it.
    title: String,
    /// The title without places, ids and other noise.
    normalized_title: Option<String>,
    /// `active` or `expired`.
    #[serde(deserialize_with = "status")]
    status: String,
    /// Whether it is active.
    active: bool,
    /// The place in the provider's words.
    location_text: Option<String>,
    /// The department.
    department: Option<String>,
    /// The team.
    team: Option<String>,
    /// The kind of employment in the provider's words.
    #[serde(alias = "employmentTypeRaw")]
    employment_type: Option<String>,
    /// `remote`, `hybrid` or `on_site`.
    #[serde(deserialize_with = "word")]
    workplace_type: Option<String>,
    /// `remote` or `hybrid`; null where the work is done on site.
    #[serde(deserialize_with = "word")]
    remote_policy: Option<String>,
    /// The country of its primary place by name.
    country: Option<String>,
    /// The region of its primary place by name.
    region: Option<String>,
    /// The city of its primary place.
    city: Option<String>,
    /// The pay in the posting's words.
    salary_raw: Option<String>,
    /// The least pay, for `salary_period`.
    #[serde(deserialize_with = "number")]
    #[schema(value_type = Option<f64>)]
    salary_min: Option<Box<RawValue>>,
    /// The greatest pay, for `salary_period`.
    #[serde(deserialize_with = "number")]
    #[schema(value_type = Option<f64>)]
    salary_max: Option<Box<RawValue>>,
    /// The currency of the pay by its code of ISO 4217.
    salary_currency: Option<String>,
    /// `hour`, `day`, `week`, `month` or `year`.
    #[serde(deserialize_with = "word")]
    salary_period: Option<String>,
    /// The posting's own page.
    source_url: Option<String>,
    /// The page where one applies.
    apply_url: Option<String>,
    /// When it was first seen, in UTC.
    #[schema(format = DateTime)]
    first_seen_at: String,
    /// When it was last seen on its board, in UTC.
    #[schema(format = DateTime)]
    last_seen_at: String,
    /// When its board was last read, in UTC.
    #[schema(format = DateTime)]
    last_checked_at: String,
    /// When it was last seen to change, in UTC.
    #[schema(format = DateTime)]
    last_changed_at: String,
    /// When it was closed, in UTC; null while it is active.
    #[schema(format = DateTime)]
    inactive_at: Option<String>,
    /// When it was published by the provider's word, in UTC.
    #[schema(format = DateTime)]
    source_posted_at: Option<String>,
    /// When it was updated by the provider's word, in UTC.
    #[schema(format = DateTime)]
    source_updated_at: Option<String>,
    /// Where the provider's answer that it was last seen in is archived.
    raw_payload_uri: Option<String>,
    /// What changes are told by: hashes of the posting's content and of the provider's posting.
    #[schema(value_type = Object)]
    event_fields: Box<RawValue>,
    /// What was read out of the provider's words.
    #[schema(value_type = Object)]
    parsed_structured: Box<RawValue>,
    /// Always `{}`: kept for the shape of the original.
    #[schema(value_type = Object)]
    extensions: Box<RawValue>,
    /// The provider's posting as it came, without body and personal data.
    #[schema(value_type = Option<Object>)]
    native_structured: Option<Box<RawValue>>,
    /// The description as text. Only with `include=description`.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "selected")]
    #[schema(value_type = Option<String>)]
    description_text: Option<Option<String>>,
    /// The description as sanitized HTML. Only with `include=description`.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "selected")]
    #[schema(value_type = Option<String>)]
    description_html: Option<Option<String>>,
}

/// A word of a closed set as the original spells it, in lower case.
pub(super) fn word<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    Ok(Option::<String>::deserialize(from)?.map(|it| it.to_lowercase()))
}

/// The word of clients of the original for a posting that is closed.
pub(super) fn status_word(status: &str) -> String {
    if status == "CLOSED" { "expired".to_owned() } else { status.to_lowercase() }
}

fn status<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    Ok(status_word(&String::deserialize(from)?))
}

/// A decimal number, which the graph writes as text to keep it exact, and which stays so.
fn number<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Box<RawValue>>, D::Error> {
    let text = Option::<String>::deserialize(from)?;
    text.map(RawValue::from_string).transpose().map_err(serde::de::Error::custom)
}

/// A value that is there, be it null.
fn selected<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Option<String>>, D::Error> {
    Option::deserialize(from).map(Some)
}
