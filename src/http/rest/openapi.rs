//! The description of all calls in OpenAPI 3.1, made from the structs that they read and answer.

use std::sync::LazyLock;

use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::IntoResponse;
use utoipa::OpenApi;
use utoipa::openapi::schema::Schema;
use utoipa::openapi::{OpenApi as Document, RefOr};

use super::operations;

/// Fields that an answer has only if they are asked for, or only where there is something to say.
const NOT_ALWAYS: [&str; 3] = ["description_text", "description_html", "details"];

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Job postings",
        version = "1",
        description = "Public job postings of applicant tracking systems, with their history. All times are in UTC. \
            Every field of a record is always there, null where it has no value. \
            Unknown parameters are refused, so that a misspelled one is never passed over.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0"),
        contact(),
    ),
    servers((url = "/job-postings/v1", description = "This server")),
    paths(
        operations::jobs::jobs_search,
        operations::jobs::jobs_facets,
        operations::jobs::job_by_id,
        operations::events::events_of_job,
        operations::events::events_search,
        operations::orgs::orgs_lookup,
        operations::orgs::org_by_id,
        operations::sources::source_by_id,
        operations::sources::jobs_of_source,
        operations::stats::stats_of_all,
    ),
    tags(
        (name = "jobs", description = "Postings."),
        (name = "events", description = "What happened to postings."),
        (name = "orgs", description = "Employers."),
        (name = "sources", description = "Boards of postings."),
        (name = "stats", description = "Totals and freshness."),
    ),
)]
struct Description;

static TEXT: LazyLock<String> = LazyLock::new(|| {
    let mut document = Description::openapi();
    require_all(&mut document);
    document.to_pretty_json().expect("a description has text keys and goes to memory")
});

pub(super) async fn document() -> impl IntoResponse {
    ([(CONTENT_TYPE, "application/json"), (CACHE_CONTROL, "no-cache")], TEXT.as_str())
}

/// A field that may be null is there all the same; the derive takes it for one that may be left out.
fn require_all(document: &mut Document) {
    let schemas = document.components.iter_mut().flat_map(|it| it.schemas.values_mut());
    for schema in schemas {
        if let RefOr::T(Schema::Object(object)) = schema {
            let always = object.properties.keys().filter(|name| !NOT_ALWAYS.contains(&name.as_str()));
            object.required = always.cloned().collect();
        }
    }
}
