//! What an event changed.

use async_graphql::SimpleObject;
use serde::{Deserialize, Serialize};

use crate::graphql::scalar::{CountryCode, Json, Uuid};
use crate::graphql::vocabulary::{ChangeKind, ChangeOp, EmploymentType, WorkplaceType};

/// One field that changed.
#[derive(SimpleObject, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct FieldChange {
    /// The field of `Job`; members of lists are named by what they are, such as `locations[US/US-CA/San Francisco]`, and
    /// values of the employer's own by their ids, such as `metadata[123]`. `description` stands for `descriptionText`,
    /// `descriptionMarkdown` and `descriptionHtml`: `old` and `new` are then `{chars, hash}` of the plain text.
    path: String,
    /// Whose words changed.
    kind: ChangeKind,
    /// What was done to the value.
    op: ChangeOp,
    /// The value before; null for `ADD`.
    old: Option<Json>,
    /// The value after; null for `REMOVE`.
    new: Option<Json>,
    /// For the description: the lines that changed.
    text: Option<TextDiff>,
}

/// The lines of a text that changed.
#[derive(SimpleObject, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct TextDiff {
    /// The changed places, from the top.
    hunks: Vec<Hunk>,
    /// Whether hunks were left out, as they are too long.
    truncated: bool,
}

/// One changed place of a text.
#[derive(SimpleObject, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Hunk {
    /// The first line that changed before, counted from 1.
    old_start: i64,
    /// The first line that changed after, counted from 1.
    new_start: i64,
    /// The lines that went.
    removed: Vec<String>,
    /// The lines that came.
    added: Vec<String>,
}

/// What a closed posting could be filtered by.
#[derive(SimpleObject, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct JobKey {
    /// The posting's `jobId`.
    job_id: String,
    /// The employer's id.
    org_id: Uuid,
    /// The board's id.
    source_id: Uuid,
    /// The applicant tracking system.
    provider: String,
    /// The provider's own id of the posting.
    provider_job_key: String,
    /// The country of its primary place.
    country_code: Option<CountryCode>,
    /// The city of its primary place.
    city: Option<String>,
    /// Its department.
    department: Option<String>,
    /// Where its work was done.
    workplace_type: Option<WorkplaceType>,
    /// The kind of employment.
    employment_type: Option<EmploymentType>,
}
