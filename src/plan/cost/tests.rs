use serde_json::json;

use super::*;
use crate::plan::tests::{ask, message, refusal};

fn cost(query: &str) -> (u64, u64) {
    let planned = ask(query, json!({})).expect(query);
    (planned.cost, planned.nodes)
}

#[test]
fn each_kind_of_field_has_its_price() {
    let cases = [
        ("{ __typename }", (0, 0)),
        ("{ jobCount }", (0, 0)),
        ("{ job(by: {id: 1}) { id title provider } }", (1, 0)),
        ("{ job(by: {id: 1}) { a: title } }", (1, 0)),
        ("{ job(by: {id: 1}) { a: title title b: title } }", (3, 0)),
        ("{ jobs(first: 3) { nodes { a: title b: title } } }", (2 + 3 * 2, 3)),
        ("{ job(by: {id: 1}) { org { id related { id } } } }", (3, 0)),
        ("{ jobs { totalCount } }", (12, 0)),
        ("{ jobs { pageInfo { endCursor } } }", (3, 10)),
        ("{ jobs { facets { value count } } }", (22, 0)),
        ("{ jobs(first: 3) { nodes { id } } }", (5, 3)),
        ("{ jobs(first: 3) { edges { cursor } } }", (2, 3)),
        ("{ jobs(first: 3) { edges { node { id org { id } } } } }", (8, 3)),
        ("{ jobs(first: 3) { nodes { id } edges { node { id } } } }", (8, 3)),
        ("{ jobs(first: 0) { nodes { id } } }", (2, 0)),
        ("{ jobs(last: 4) { nodes { id } } }", (6, 4)),
        ("{ jobs { nodes { id } } }", (12, 10)),
        ("{ jobs(first: null) { nodes { id } } }", (12, 10)),
        ("{ orgs { nodes { id } } }", (22, 20)),
        ("{ jobs(first: 1, search: \"x\") { nodes { id } } }", (23, 1)),
        ("{ jobs(first: 1, search: null) { nodes { id } } }", (3, 1)),
        ("{ jobCount(filter: {salary: 1, and: [{title: {contains: \"x\"}}, {salary: 2}]}) }", (6, 0)),
        (
            "{ orgs(first: 5) { nodes { jobs(first: 4) { nodes { id } totalCount } } } }",
            (2 + 5 * (1 + 2 + 10 + 4), 5 + 20),
        ),
        ("{ nodes(ids: [1, 2, 3]) { id } }", (3, 3)),
        ("{ nodes(ids: \"1\") { ... on Job { org { id } } ... on Org { id } } }", (2, 1)),
        (
            "{ node(id: 1) { ... on Job { org { related { id } } } ... on Org { jobs(first: 2) { nodes { id } } } } }",
            (5, 2),
        ),
        ("{ tagged { id } }", (1, 0)),
        ("{ jobs(first: 3) { edges { highlights { text } } } }", (2 + 3 * 5, 3)),
        ("{ stats { value } }", (10, 0)),
        ("{ stats(top: 2) { created reopenRate } }", (2 * (1 + 30), 0)),
        ("{ stats(top: 2) { created days { day } } }", (2 * (1 + 30 + 30), 0)),
        (
            "{ stats(values: [\"a\"], from: \"2026-01-01\", to: \"2026-01-07\") { days { day } again: days { day } } }",
            (1 + 3 * 7, 0),
        ),
        ("{ stats(top: 1, from: \"1969-12-31\") { created } }", (1 + 2, 0)),
        ("{ stats(top: 1) { medianDaysToClose freshness { stale } } }", (1 + 10 + 1, 0)),
        ("{ __schema { types { fields { name } } } }", (50, 0)),
        ("{ a: __schema { description } b: __type(name: \"Job\") { name } }", (100, 0)),
    ];
    for (query, expected) in cases {
        assert_eq!(cost(query), expected, "{query}");
    }
}

#[test]
fn variables_count_as_the_values_they_have() {
    let query = "query($n: Int = 2, $filter: JobFilter, $ids: [ID!]!) { jobs(first: $n, filter: $filter) { nodes { id } } nodes(ids: $ids) { id } }";
    let cost = |variables| ask(query, variables).expect("it is allowed").cost;
    assert_eq!(cost(json!({"ids": []})), 4);
    assert_eq!(cost(json!({"ids": [1, 2], "n": 7, "filter": {"salary": 1, "not": {"salary": 2}}})), 14);
    assert_eq!(cost(json!({"ids": [], "n": null})), 12);
}

#[test]
fn a_page_beyond_the_limit_is_the_clients_fault() {
    let cases = [
        ("{ jobs(first: 101) { totalCount } }", "\"first\" of \"jobs\" may be 0 to 100, not 101"),
        ("{ a: jobs(last: -1) { totalCount } }", "\"last\" of \"jobs\" may be 0 to 100, not -1"),
        ("{ jobs(first: 1, last: 1) { totalCount } }", "\"jobs\" takes \"first\" or \"last\", not both"),
    ];
    for (query, expected) in cases {
        let refused = refusal(query, json!({}));
        assert_eq!((refused.code, message(&refused)), (Code::BadUserInput, expected));
        assert_eq!(refused.errors[0].locations.len(), 1);
    }
    let ids: Vec<u32> = (0..101).collect();
    let refused = refusal("query($ids: [ID!]!) { nodes(ids: $ids) { id } }", json!({"ids": ids}));
    assert_eq!(message(&refused), "\"ids\" of \"nodes\" may be 0 to 100, not 101");
    assert!(ask("{ jobs(first: 1, last: null) { totalCount } }", json!({})).is_ok());
}

#[test]
fn what_costs_too_much_is_refused_with_the_figures() {
    let refused = refusal("{ orgs(first: 100) { nodes { jobs(first: 100) { nodes { id } } } } }", json!({}));
    assert_eq!(refused.code, Code::CostLimit);
    assert!(message(&refused).starts_with("the operation costs 10302 points, the limit is 5000"), "{refused}");
    let refused = refusal(
        "{ orgs(first: 100) { nodes { jobs(first: 100) { edges { cursor } } jobs2: jobs(first: 1) { totalCount } } } }",
        json!({}),
    );
    assert_eq!(refused.code, Code::NodeLimit);
    assert!(message(&refused).starts_with("the operation could answer 10100 nodes, the limit is 10000"), "{refused}");
}

#[test]
fn the_cost_of_lists_inside_lists_never_wraps() {
    let query = format!(
        "{{ orgs(first: 100) {{ nodes {{ {} }} }} }}",
        "x: jobs(first: 100) { nodes { org { ".repeat(3) + "id" + &" } } }".repeat(3)
    );
    assert!(matches!(refusal(&query, json!({})).code, Code::CostLimit | Code::DocumentTooDeep));
    let huge = Cost { points: u64::MAX, nodes: u64::MAX };
    assert_eq!(huge.plus(huge).times(u64::MAX), huge);
}

#[test]
fn a_larger_page_never_costs_less() {
    let query =
        "query($n: Int, $m: Int) { orgs(first: $n) { nodes { jobs(first: $m) { totalCount nodes { org { id } } } } } }";
    let cost = |n: u32, m: u32| {
        let planned = ask(query, json!({"n": n, "m": m})).ok()?;
        Some((planned.cost, planned.nodes))
    };
    for (n, m) in (0..12).flat_map(|n| (0..12).map(move |m| (n, m))) {
        let here = cost(n, m).expect("it is small");
        for more in [cost(n + 1, m), cost(n, m + 1)] {
            let more = more.expect("it is small");
            assert!(more.0 >= here.0 && more.1 >= here.1, "{n} {m}");
        }
    }
}

#[test]
fn a_filter_beyond_a_limit_is_refused() {
    let refused = |filter: Value| refusal("query($f: JobFilter) { jobCount(filter: $f) }", json!({ "f": filter }));
    let deep = (0..5).fold(json!({"salary": 1}), |inner, _| json!({ "not": inner }));
    let cases = [
        (deep, "the filter of \"jobCount\" is more than 5 objects deep"),
        (json!({"and": vec![json!({"salary": 1}); 64]}), "the filter of \"jobCount\" has more than 64 conditions"),
        (
            json!({"provider": vec!["LEVER"; 201]}),
            "the filter of \"jobCount\" has a list of 201 items, the limit is 200",
        ),
        (
            json!({"title": {"contains": "é".repeat(1_001)}}),
            "the filter of \"jobCount\" has a text of 1001 characters, the limit is 1000",
        ),
    ];
    for (filter, expected) in cases {
        let refused = refused(filter);
        assert_eq!((refused.code, message(&refused)), (Code::BadFilter, expected));
    }
    let largest = json!({"title": {"contains": "é".repeat(1_000)}, "provider": vec!["LEVER"; 200], "not": {"and": vec![json!({"salary": 1}); 58]}});
    assert!(ask("query($f: JobFilter) { jobCount(filter: $f) }", json!({ "f": largest })).is_ok());
}
