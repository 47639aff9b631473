//! How a posting is found by what people have in hand: an address that was passed on, a name of an employer.

use serde_json::json;

use crate::past::{ask, ingest};
use crate::support::{Database, backends};

/// An address was once looked for by its very text.
#[tokio::test(flavor = "multi_thread")]
async fn a_posting_is_found_by_its_address_however_that_was_passed_on() {
    for backend in backends() {
        let database = Database::new(backend).await;
        let store = database.store().await;
        let page = "https://acme.example/jobs/1?gh_src=board";
        ingest(&store, 1_000, json!([{ "id": 1, "title": "Cook", "absolute_url": page }])).await;
        for (address, found) in [
            ("https://acme.example/jobs/1", true),
            ("https://acme.example/jobs/1?utm_source=mail&gh_src=friend", true),
            ("https://acme.example/jobs/1?id=2", false),
            ("https://acme.example/jobs/11", false),
        ] {
            let answer = ask(&store, &format!("{{ job(by: {{ url: \"{address}\" }}) {{ title }} }}")).await;
            let expected = if found { json!({ "title": "Cook" }) } else { json!(null) };
            assert_eq!(answer["data"]["job"], expected, "{backend} {address}: {answer}");
        }
    }
}

/// What was found by its employer's name alone once showed no hit.
#[tokio::test(flavor = "multi_thread")]
async fn a_hit_in_the_name_of_the_employer_is_shown() {
    for backend in backends() {
        let database = Database::new(backend).await;
        let store = database.store().await;
        ingest(&store, 1_000, json!([{ "id": 1, "title": "Cook", "company_name": "Acme Kitchens" }])).await;
        let query = r#"{ jobs(search: "kitchens") { edges { highlights { field text spans { start end } } } } }"#;
        let answer = ask(&store, query).await;
        let expected = json!([{ "field": "ORG", "text": "Acme Kitchens", "spans": [{ "start": 5, "end": 13 }] }]);
        assert_eq!(answer["data"]["jobs"]["edges"][0]["highlights"], expected, "{backend}: {answer}");
    }
}
