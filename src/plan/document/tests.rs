use serde_json::json;

use super::*;
use crate::plan::tests::{ask, message, refusal};

#[test]
fn what_is_no_graphql_is_a_parse_error() {
    let documents = [
        "",
        " ",
        "#",
        "{",
        "}",
        "{ a",
        "{}",
        "{ orgs {} }",
        "{ orgs() { totalCount } }",
        "query() { __typename }",
        "{ __typename } }",
        "query",
        "{ a ? }",
        "{ __typename }\0",
        "{ node(id: 01) { id } }",
        "{ node(id: 1.) { id } }",
        "{ node(id: 1a) { id } }",
        "{ node(id: -) { id } }",
        "{ node(id: \"\\q\") { id } }",
        "{ node(id: \"\\u{110000}\") { id } }",
        "{ node(id: \"\\uD800\") { id } }",
        "{ node(id: \"a\nb\") { id } }",
        "{ node(id: \"a) { id } }",
        "{ node(id: \"\"\"a\"\") { id } }",
        "fragment on on Org { id } { __typename }",
        "{ ...on }",
        "{ .. }",
        "{ a: }",
        "{ orgs(first: $) { id } }",
        "{ orgs(first: ) { id } }",
        "query($a) { id }",
        "query($a: Int = $b) { id }",
        "{ a @ }",
        "{ a @skip(if) }",
        "{ tagged(raw: {a}) { id } }",
        "{ tagged(raw: [1) { id } }",
        "extend",
        "query Q Q { id }",
        "{ __typename } 5",
        "\u{feff}",
        "é",
    ];
    for document in documents {
        let refused = refusal(document, json!({}));
        assert_eq!(refused.code, Code::GraphqlParseFailed, "{document:?}: {refused}");
    }
}

const MISFITS: &[&str] = &[
    "{ nope }",
    "{ orgs }",
    "{ orgs { totalCount { x } } }",
    "{ found(text: \"x\") { id } }",
    "{ ...F }",
    "fragment F on Org { id }",
    "{ __typename } fragment F on Org { id }",
    "{ ... on Nope { id } }",
    "{ ... on Org { id } }",
    "{ orgs { nodes { ... on Job { id } } } }",
    "{ ... on Provider { id } }",
    "{ __typename } { __typename }",
    "query A { __typename } query A { __typename }",
    "query A { __typename } { __typename }",
    "type A { a: Int } { __typename }",
    "fragment F on Org { id } fragment F on Org { id } { ...F }",
    // Arguments and their values.
    "{ found { __typename } }",
    "{ found(text: null) { __typename } }",
    "{ found(text: 1) { __typename } }",
    "{ orgs(nope: 1) { totalCount } }",
    "{ orgs(first: 1, first: 1) { totalCount } }",
    "{ orgs(first: 1.0) { totalCount } }",
    "{ orgs(first: \"1\") { totalCount } }",
    "{ orgs(first: 99999999999) { totalCount } }",
    "{ orgs(first: [1]) { totalCount } }",
    "{ tagged(tags: [null]) { id } }",
    "{ tagged(tags: [[\"a\"]]) { id } }",
    "{ tagged(limit: null) { id } }",
    "{ tagged(ratio: 1e999) { id } }",
    "{ jobCount(filter: {provider: \"LEVER\"}) }",
    "{ jobCount(filter: {provider: Lever}) }",
    "{ jobCount(filter: {nope: 1}) }",
    "{ jobCount(filter: {salary: 1, salary: 1}) }",
    "{ jobCount(filter: {title: {size: null}}) }",
    "{ jobCount(filter: 1) }",
    "{ job(by: {}) { id } }",
    "{ job(by: {id: 1, url: \"u\"}) { id } }",
    "{ job(by: {id: null}) { id } }",
    "{ job(by: {nope: 1}) { id } }",
    "query($v: ID) { job(by: {id: $v}) { id } }",
    "query($v: JobLookup! = {id: 1, url: \"u\"}) { job(by: $v) { id } }",
    // Variables.
    "{ orgs(first: $v) { totalCount } }",
    "query($v: Int) { __typename }",
    "query($v: Int, $v: Int) { orgs(first: $v) { totalCount } }",
    "query($v: Org) { orgs(first: $v) { totalCount } }",
    "query($v: Nope) { orgs(first: $v) { totalCount } }",
    "query($v: Int = \"a\") { orgs(first: $v) { totalCount } }",
    "query($v: String) { orgs(first: $v) { totalCount } }",
    "query($v: Int! = null) { orgs(first: $v) { totalCount } }",
    "query($v: String) { found(text: $v) { __typename } }",
    "query($v: String = null) { found(text: $v) { __typename } }",
    "query($v: [Int]) { jobCount(filter: {salary: $v}) }",
    "query($v: Int) { jobCount(filter: {title: {contains: $v}}) }",
    "query($v: String) { tagged(tags: [$v]) { id } }",
    "query($v: [String]) { tagged(tags: $v) { id } }",
    "query($v: String!) { tagged(tags: $v) { id } }",
    "query($v: JobFilter) { jobCount(filter: {and: [$v]}) }",
    "{ tagged(raw: {a: [$v]}) { id } }",
    "{ orgs { ...F } } fragment F on OrgConnection { nodes { jobs(first: $v) { totalCount } } }",
    // Directives.
    "{ __typename @nope }",
    "{ __typename @skip }",
    "{ __typename @skip(if: \"x\") }",
    "{ __typename @skip(if: $v) }",
    "query @skip(if: true) { __typename }",
    "{ __typename @skip(if: true) @skip(if: true) }",
    "query($v: Boolean) { __typename @skip(if: $v) }",
    "{ __typename @deprecated }",
    "query($v: Boolean = null) { __typename @skip(if: $v) }",
    "query($v: Int @skip(if: true)) { orgs(first: $v) { totalCount } }",
    // Fields that cannot be merged.
    "{ orgs(first: 1) { totalCount } orgs(first: 2) { totalCount } }",
    "{ a: orgs { totalCount } a: jobs { totalCount } }",
    "{ orgs { nodes { id: name id } } }",
    "{ node(id: 1) { ... on Job { size } ... on Org { size } } }",
    "{ orgs { nodes { jobs { nodes { x: id } } } ...F } } fragment F on OrgConnection { nodes { jobs { nodes { x: title } } } }",
    // Subscriptions.
    "subscription { changes { id } a: changes { id } }",
    "subscription { __typename }",
    "subscription { changes @skip(if: true) { id } }",
];

#[test]
fn what_does_not_fit_the_schema_is_a_validation_error() {
    for document in MISFITS {
        let refused = refusal(document, json!({"v": true}));
        assert_eq!(refused.code, Code::GraphqlValidationFailed, "{document}: {refused}");
    }
}

/// PostgreSQL keeps no such text, and asking it for one is an error of its own.
#[test]
fn a_text_that_holds_nul_is_refused_by_the_name_of_its_argument() {
    for (document, name) in [
        ("{ found(text: \"a\\u0000\") { __typename } }", "argument \"text\""),
        ("{ node(id: \"\\u{0}\") { id } }", "argument \"id\""),
        ("{ jobCount(filter: {and: [{title: {contains: \"\\u0000\"}}]}) }", "argument \"filter\""),
        ("{ tagged(raw: {a: [\"\\u0000\"]}) { id } }", "argument \"raw\""),
        ("query($v: String = \"\\u0000\") { jobs(search: $v) { totalCount } }", "variable \"$v\""),
    ] {
        let refused = refusal(document, json!({}));
        assert_eq!(message(&refused), format!("the {name} must not hold the character U+0000"));
        assert_eq!((refused.code, refused.errors[0].locations.len()), (Code::GraphqlValidationFailed, 1));
    }
}

#[test]
fn what_the_specification_allows_is_allowed() {
    let cases = [
        ("query($v: Int) { jobCount(filter: {salary: $v}) }", json!({})),
        ("query($v: Int = 1) { tagged(limit: $v) { id } }", json!({})),
        ("query($v: Int) { tagged(limit: $v) { id } }", json!({"v": 3})),
        ("query($v: String = \"x\") { found(text: $v) { __typename } }", json!({})),
        ("query($v: String!) { tagged(tags: [$v, \"a\"], raw: {a: [$v]}) { id } }", json!({"v": "x"})),
        ("query($v: ID!) { job(by: {id: $v}) { id } }", json!({"v": "x"})),
        ("query($v: JobFilter!) { jobCount(filter: {and: [$v], not: $v}) }", json!({"v": {}})),
        ("query($v: Int) { jobCount(filter: {title: {size: $v}}) }", json!({"v": 1})),
        ("{ node(id: \"\\u{1F600}\\uD83D\\uDE00\") { id } }", json!({})),
        ("\u{feff}{ on: __typename, type: __typename,,, fragment: __typename }", json!({})),
        ("{ node(id: 1) { ... on Job { size } ... on Org { amount: size } } }", json!({})),
    ];
    for (document, variables) in cases {
        ask(document, variables).expect(document);
    }
}

#[test]
fn an_error_says_where() {
    let refused = refusal("{\n  orgs {\n    né: totalCount nope\n  }\n}", json!({}));
    assert_eq!(refused.code, Code::GraphqlParseFailed);
    let refused = refusal("\"é\" query {\n  orgs { nope }\n}", json!({}));
    assert_eq!(message(&refused), "type `OrgConnection` does not have a field `nope`");
    assert_eq!(refused.errors[0].locations, [Location { line: 2, column: 10 }]);
    let refused = refusal("\"é\" query { nope }", json!({}));
    assert_eq!(refused.errors[0].locations, [Location { line: 1, column: 13 }]);
}

#[test]
fn only_so_many_errors_are_told() {
    let fields: String = (0..1_000).map(|index| format!("f{index} ")).collect();
    assert_eq!(refusal(&format!("{{ jobs {{ nodes {{ {fields} }} }} }}"), json!({})).errors.len(), 20);
    assert!(refusal(&format!("{{ {} }}", "! ".repeat(1_000)), json!({})).errors.len() <= 20);
}

#[test]
fn descriptions_may_stand_before_operations_fragments_and_variables() {
    let document = r#"
        "Of the operation" query Q(
            "Of a variable, \"$b: Int\"" $a: Int = 1 """
                Of another, "quoted" { ( [
            """ $b: String = "default" "Of the last" $c: [Boolean!]
        ) { orgs(first: $a) { totalCount ...F } tagged(tags: "$x", raw: {b: [$b, $c, "query"]}) { id } }
        # A comment in between "..."
        """Of the fragment"""
        fragment F on OrgConnection { nodes { id } }
    "#;
    let planned = ask(document, json!({})).expect("descriptions are allowed");
    assert_eq!(planned.variables.get("b"), Some(&json!("default")));
    for document in [
        "\"a\" { __typename }",
        "\"a\" \"b\" query { __typename }",
        "query \"a\" query { __typename }",
        "query(\"a\" \"b\" $v: Int) { orgs(first: $v) { totalCount } }",
        "query($v: \"a\" Int) { orgs(first: $v) { totalCount } }",
        "query($ \"a\" v: Int) { orgs(first: $v) { totalCount } }",
        "{ __typename } \"a\"",
        "query Q \"a\" { __typename }",
        "{ \"a\" __typename }",
    ] {
        assert_eq!(refusal(document, json!({})).code, Code::GraphqlParseFailed, "{document}");
    }
}
