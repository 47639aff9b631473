//! What a page's head tells of a posting, and the document that asks for it.

use serde::Deserialize;

/// Finds it by a `JobLookup`.
pub(super) const DOCUMENT: &str = include_str!("posting.graphql");

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Posting {
    pub(super) job_id: String,
    pub(super) title: String,
    pub(super) status: String,
    pub(super) description_html: Option<String>,
    pub(super) description_text: Option<String>,
    pub(super) location_text: Option<String>,
    pub(super) source_url: Option<String>,
    pub(super) posted_at: String,
    pub(super) application_deadline: Option<String>,
    pub(super) inactive_at: Option<String>,
    pub(super) employment_type: Option<String>,
    pub(super) workplace_type: Option<String>,
    pub(super) org: Org,
    pub(super) remote_scope: Option<RemoteScope>,
    pub(super) locations: Vec<Place>,
    pub(super) salary: Option<Salary>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Org {
    pub(super) name: String,
    pub(super) website_url: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RemoteScope {
    pub(super) country_codes: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Place {
    pub(super) city: Option<String>,
    pub(super) region: Option<String>,
    pub(super) country: Option<String>,
    pub(super) country_code: Option<String>,
    pub(super) postal_code: Option<String>,
    pub(super) is_remote: bool,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Salary {
    pub(super) min: Option<String>,
    pub(super) max: Option<String>,
    pub(super) currency: Option<String>,
    pub(super) period: Option<String>,
}
