//! The pages for people over what is stored: an address of nothing says so.

use std::sync::Arc;

use axum::body::Body;
use axum::http::Request;
use jobgraph::graphql::Gateway;
use jobgraph::http::{Settings, router};
use jobgraph::ingest::identity;
use jobgraph::plan::Limits;
use serde_json::json;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

use crate::past::ingest;
use crate::support::{Database, backends};

#[tokio::test(flavor = "multi_thread")]
async fn a_page_is_there_if_what_its_address_names_is() {
    for backend in backends() {
        let database = Database::new(backend).await;
        let store = database.store().await;
        ingest(&store, 1_000, json!([{ "id": 1, "title": "Cook" }])).await;
        let gateway = Gateway::new(store, Limits::default(), || 2_000).expect("the schema is valid");
        let served = router(Arc::new(gateway), Settings::default(), CancellationToken::new());
        let job = identity::job_id("greenhouse", "acme", "1");
        let org = identity::org_id("greenhouse", "acme");
        let source = identity::source_id("greenhouse", "acme");
        for (path, expected) in [
            (format!("/jobs/{job}"), 200),
            (format!("/jobs/job_{job}"), 200),
            (format!("/jobs/{job}/history"), 200),
            (format!("/orgs/{org}"), 200),
            (format!("/orgs/org_{org}/"), 200),
            ("/orgs/acme".to_owned(), 200),
            (format!("/sources/{source}"), 200),
            (format!("/jobs/{org}"), 404),
            (format!("/jobs/{org}/history"), 404),
            (format!("/jobs/{job}/future"), 404),
            (format!("/orgs/{source}"), 404),
            ("/orgs/nope".to_owned(), 404),
            ("/orgs/%00".to_owned(), 404),
            ("/orgs/%FF".to_owned(), 404),
            ("/sources/%FF".to_owned(), 404),
            ("/jobs/%FF".to_owned(), 404),
            ("/jobs/%FF/history".to_owned(), 404),
            (format!("/orgs/{}", "x".repeat(500)), 404),
            (format!("/sources/{org}"), 404),
            ("/sources/acme".to_owned(), 404),
        ] {
            let request = Request::builder().uri(&path).body(Body::empty()).expect("a request");
            let response = served.clone().oneshot(request).await.expect("it is answered");
            assert_eq!(response.status().as_u16(), expected, "{backend}: {path}");
        }
    }
}
