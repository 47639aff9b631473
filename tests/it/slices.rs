//! Providers, cities and departments as lists.

use serde_json::json;

use crate::past::{ask, ingest};
use crate::support::{Database, backends};

/// Their counts had fallen to 0, but they stood in the lists for ever.
#[test]
fn what_every_posting_left_is_listed_no_more() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    for backend in backends() {
        runtime.block_on(async {
            let database = Database::new(backend).await;
            let store = database.store().await;
            let job = |id: u64, city: &str, department: &str| {
                json!({ "id": id, "title": "Cook", "location": { "name": city }, "departments": [{ "name": department }] })
            };
            ingest(&store, 1_000, json!([job(1, "Berlin", "Kitchen"), job(2, "Paris", "Bar")])).await;
            ingest(&store, 2_000, json!([job(1, "Madrid", "Hall")])).await;
            let list = "totalCount nodes { value activeJobCount jobCount }";
            let answer = ask(&store, &format!("{{ cities {{ {list} }} departments {{ {list} }} }}")).await;
            let expected = |active: &str, closed: &str| {
                json!({ "totalCount": 2, "nodes": [
                    { "value": active, "activeJobCount": 1, "jobCount": 1 },
                    { "value": closed, "activeJobCount": 0, "jobCount": 1 },
                ] })
            };
            assert_eq!(answer["data"]["cities"], expected("madrid", "paris"), "{backend}");
            assert_eq!(answer["data"]["departments"], expected("hall", "bar"), "{backend}");
        });
    }
}
