use serde_json::json;

use super::*;
use crate::plan::tests::{ask, message, planner, refusal};

/// Declares `$v` of this type where it may stand.
fn query(declared: &str) -> String {
    let place = match declared.trim_end_matches('!').split(' ').next().unwrap_or_default() {
        "JobFilter" | "JobFilter!" => "jobCount(filter: $v)",
        "JobLookup!" => "job(by: $v) { id }",
        "ID!" => "node(id: $v) { id }",
        "JobLookup" => "job(by: $v) { id }",
        "ID" => "node(id: $v) { id }",
        "[String!]" => "tagged(tags: $v) { id }",
        "JSON" => "tagged(raw: $v) { id }",
        "Float" => "tagged(ratio: $v) { id }",
        "Boolean" => "jobs(first: 1) { nodes { title(upper: $v) } }",
        "String" => "jobs(first: 1, search: $v) { totalCount }",
        _ => "orgs(first: $v) { totalCount }",
    };
    format!("query($v: {declared}) {{ {place} }}")
}

fn coerced(declared: &str, given: Value) -> Value {
    let planned = ask(&query(declared), json!({ "v": given })).expect("the variable is allowed");
    planned.variables.get("v").cloned().expect("it has a value")
}

#[test]
fn fitting_values_are_coerced() {
    let cases = [
        ("Int", json!(-0), json!(0)),
        ("Int", json!(null), json!(null)),
        ("Float", json!(1), json!(1)),
        ("Float", json!(1.5e300), json!(1.5e300)),
        ("ID!", json!(12), json!("12")),
        ("ID!", json!("12"), json!("12")),
        ("Boolean", json!(true), json!(true)),
        ("[String!]", json!("one"), json!(["one"])),
        ("[String!]", json!([]), json!([])),
        ("JSON", json!({"any": [1, {"thing": null}]}), json!({"any": [1, {"thing": null}]})),
        ("JobLookup!", json!({"id": 3}), json!({"id": "3"})),
        ("JobFilter", json!({"provider": "LEVER"}), json!({"provider": ["LEVER"]})),
        ("JobFilter", json!({"title": {}}), json!({"title": {"size": 5}})),
        ("JobFilter", json!({"and": {"salary": null}}), json!({"and": [{"salary": null}]})),
    ];
    for (declared, given, expected) in cases {
        assert_eq!(coerced(declared, given.clone()), expected, "{declared} from {given}");
    }
    let long = "x".repeat(100_000);
    assert_eq!(coerced("String", json!(long)), json!(long));
}

#[test]
fn a_variable_that_is_not_given_has_its_default_or_is_left_out() {
    let planned = ask(&query("JobFilter = {title: {}, provider: ASHBY}"), json!({})).expect("there is a default");
    assert_eq!(planned.variables.get("v"), Some(&json!({"title": {"size": 5}, "provider": ["ASHBY"]})));
    assert_eq!(coerced("Int = 3", json!(null)), json!(null));
    assert!(ask(&query("Int"), json!({})).expect("it is optional").variables.is_empty());
}

#[test]
fn other_values_are_refused_with_their_place() {
    let cases = [
        ("Int", json!("1"), "variable \"$v\" must be of the type \"Int\", not \"1\""),
        ("Int", json!(1.5), "variable \"$v\" must be of the type \"Int\", not 1.5"),
        ("Int", json!(1.0), "variable \"$v\" must be of the type \"Int\", not 1.0"),
        ("Int", json!(2_147_483_648_i64), "variable \"$v\" must be of the type \"Int\", not 2147483648"),
        ("Int", json!(true), "variable \"$v\" must be of the type \"Int\", not true"),
        ("Int", json!([1]), "variable \"$v\" must be of the type \"Int\", not a list"),
        ("Int!", json!(null), "variable \"$v\" must be of the type \"Int!\", not null"),
        ("Float", json!("1"), "variable \"$v\" must be of the type \"Float\", not \"1\""),
        ("String", json!(1), "variable \"$v\" must be of the type \"String\", not 1"),
        ("Boolean", json!("true"), "variable \"$v\" must be of the type \"Boolean\", not \"true\""),
        ("ID!", json!(1.5), "variable \"$v\" must be of the type \"ID\", not 1.5"),
        ("[String!]", json!(["a", null]), "variable \"$v[1]\" must be of the type \"String!\", not null"),
        ("[String!]", json!({"a": 1}), "variable \"$v\" must be of the type \"String\", not an object"),
        (
            "JobFilter",
            json!({"provider": ["lever"]}),
            "variable \"$v.provider[0]\" must be of the type \"Provider\", not \"lever\"",
        ),
        ("JobFilter", json!({"nope": 1}), "variable \"$v\" has a field \"nope\" that \"JobFilter\" does not have"),
        (
            "JobFilter",
            json!({"and": [{"title": {"size": null}}]}),
            "variable \"$v.and[0].title.size\" must be of the type \"Int!\", not null",
        ),
        ("JobFilter", json!("x"), "variable \"$v\" must be of the type \"JobFilter\", not \"x\""),
        // PostgreSQL keeps no such text, and asking it for one is an error of its own.
        ("String", json!("a\u{0}b"), "variable \"$v\" must not hold the character U+0000"),
        ("ID!", json!("\u{0}"), "variable \"$v\" must not hold the character U+0000"),
        ("JSON", json!([{"\u{0}": 1}]), "variable \"$v\" must not hold the character U+0000"),
        (
            "JobFilter",
            json!({"title": {"contains": "\u{0}"}}),
            "variable \"$v.title.contains\" must not hold the character U+0000",
        ),
        ("JobLookup!", json!({}), "variable \"$v\" must have exactly one field of \"JobLookup\", and not as null"),
        (
            "JobLookup!",
            json!({"id": 1, "url": "u"}),
            "variable \"$v\" must have exactly one field of \"JobLookup\", and not as null",
        ),
        (
            "JobLookup!",
            json!({"id": null}),
            "variable \"$v\" must have exactly one field of \"JobLookup\", and not as null",
        ),
    ];
    for (declared, given, expected) in cases {
        let refused = refusal(&query(declared), json!({ "v": given }));
        assert_eq!((refused.code, message(&refused)), (Code::BadUserInput, expected));
        assert_eq!(refused.errors[0].locations.len(), 1);
    }
    let refused = refusal(&query("Int!"), json!({}));
    assert_eq!(message(&refused), "variable \"$v\" of the type \"Int!\" is missing");
}

#[test]
fn every_fault_is_reported_up_to_a_limit() {
    let refused = refusal(&query("JobFilter"), json!({"v": {"salary": "a", "nope": 1, "title": 2}}));
    assert_eq!(refused.errors.len(), 3);
    let refused = refusal(&query("[String!]"), json!({"v": (0..1_000).collect::<Vec<_>>()}));
    assert_eq!(refused.errors.len(), 20);
    let refused = refusal(&query("Int"), json!({"v": "é".repeat(100_000)}));
    assert!(message(&refused).len() < 200);
}

/// Where the two may differ, the specification is on our side, and the cases above say so.
#[test]
fn the_validator_accepts_and_refuses_alike() {
    let planner = planner();
    let values = [
        json!(null),
        json!(0),
        json!(-1),
        json!(2_147_483_647_i64),
        json!(-2_147_483_649_i64),
        json!(1.5),
        json!("x"),
        json!("LEVER"),
        json!(true),
        json!([]),
        json!([1]),
        json!(["a"]),
        json!(["LEVER", "ASHBY"]),
        json!([["a"]]),
        json!([null]),
        json!({}),
        json!({"salary": 1}),
        json!({"salary": 1.5}),
        json!({"provider": "LEVER"}),
        json!({"provider": "x"}),
        json!({"and": [{}, {"not": {}}]}),
        json!({"and": [null]}),
        json!({"title": {"contains": null}}),
        json!({"title": {"size": null}}),
        json!({"title": []}),
        json!({"x": 1}),
    ];
    for declared in ["Int", "Int!", "Float", "String", "Boolean", "ID!", "[String!]", "JSON", "JobFilter"] {
        let query = query(declared);
        let document = planner.document(&query).expect("it is short");
        let document = document.as_ref().as_ref().expect("it is valid");
        let operation = document.operation(None).expect("there is one");
        for value in &values {
            let given = json!({ "v": value });
            let given = given.as_object().expect("an object");
            let ours = coerce(&planner.schema, document, operation, given, &planner.limits);
            let theirs = given.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
            let theirs = apollo_compiler::request::coerce_variable_values(
                planner.schema.validated(),
                operation,
                &to_validator(&theirs),
            );
            assert_eq!(ours.is_ok(), theirs.is_ok(), "{declared} from {value}: {ours:?}");
        }
    }
}

fn to_validator(values: &std::collections::BTreeMap<&str, Value>) -> apollo_compiler::response::JsonMap {
    let text = serde_json::to_string(values).expect("it is JSON");
    serde_json::from_str(&text).expect("it is JSON")
}

/// A variable of 250 KB, a thousand times in one list, was copied as often before the list was looked at.
#[test]
fn a_variable_counts_as_often_as_it_is_used() {
    let query = |uses: usize| format!("query($v: String!) {{ tagged(tags: [{}]) {{ id }} }}", "$v ".repeat(uses));
    let given = json!({"v": "x".repeat(1_000 - VALUE_BYTES)});
    assert!(ask(&query(1_048), given.clone()).is_ok());
    let refused = refusal(&query(1_049), given);
    assert_eq!(refused.code, Code::BadUserInput);
    let told = "the variables come to 1049000 bytes, each as often as it stands inside a list or an object, the limit is 1048576";
    assert_eq!(message(&refused), told);
    let whole: String = (0..20).map(|it| format!("a{it}: tagged(tags: $t) {{ id }} ")).collect();
    let tags = json!({"t": vec!["x".repeat(1_000); 60]});
    assert!(ask(&format!("query($t: [String!]) {{ {whole} }}"), tags).is_ok(), "it is no copy where it stands alone");
}
