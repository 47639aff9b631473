use serde_json::json;

use super::*;
use crate::plan::tests::{ask, message, refusal, text};

#[test]
fn what_is_asked_twice_is_written_once_where_it_stood_first() {
    let cases = [
        ("{ orgs { totalCount totalCount } }", "query{orgs{totalCount}}"),
        ("{ orgs { nodes { id } } orgs { totalCount nodes { name id } } }", "query{orgs{nodes{id name} totalCount}}"),
        ("{ a: orgs { totalCount } orgs { totalCount } }", "query{a:orgs{totalCount} orgs{totalCount}}"),
        ("{ orgs: orgs { totalCount } }", "query{orgs{totalCount}}"),
        (
            "{ orgs { ...A ...B nodes { id } } } fragment A on OrgConnection { nodes { name } ...B } fragment B on OrgConnection { nodes { size id } }",
            "query{orgs{nodes{name size id}}}",
        ),
        ("{ ... { orgs { ... { totalCount } } } ... on Query { orgs { totalCount } } }", "query{orgs{totalCount}}"),
        (
            "{ a: orgs(first: 1, last: null) { totalCount } a: orgs(last: null, first: 1) { nodes { id } } }",
            "query{a:orgs(first:1,last:null){totalCount nodes{id}}}",
        ),
        (
            "{ orgs { nodes { jobs { nodes { id } } } nodes { jobs { nodes { title } totalCount } } } }",
            "query{orgs{nodes{jobs{nodes{id title} totalCount}}}}",
        ),
    ];
    for (query, expected) in cases {
        assert_eq!(text(query, json!({})), expected, "{query}");
    }
}

#[test]
fn an_abstract_type_is_written_once_for_each_object_type() {
    let cases = [
        ("{ node(id: 1) { id } }", "query{node(id:1){...on Job{id}...on Org{id}}}"),
        ("{ node(id: 1) { ... on Org { name } id } }", "query{node(id:1){...on Job{id}...on Org{name id}}}"),
        (
            "{ found(text: \"x\") { ... on Node { id } ... on Job { title } } }",
            "query{found(text:\"x\"){...on Job{id title}...on Org{id}}}",
        ),
        ("{ found(text: \"x\") { ... on Org { size } } }", "query{found(text:\"x\"){...on Org{size}}}"),
        (
            "{ found(text: \"x\") { __typename } }",
            "query{found(text:\"x\"){...on Job{__typename}...on Org{__typename}}}",
        ),
        (
            "{ orgs { nodes { ... on Node { id ... on Org { name } ... on Found { ... on Org { size } } } } } }",
            "query{orgs{nodes{id name size}}}",
        ),
        (
            "{ node(id: 1) { ... on Job { related { id } } ... on Org { related { id } } } }",
            "query{node(id:1){...on Job{related{...on Job{id}...on Org{id}}}...on Org{related{id}}}}",
        ),
    ];
    for (query, expected) in cases {
        assert_eq!(text(query, json!({})), expected, "{query}");
    }
}

#[test]
fn conditions_are_decided_and_leave_no_trace() {
    let query = "query($yes: Boolean!, $no: Boolean = false) { orgs {
        totalCount @skip(if: $yes)
        nodes @include(if: $yes) { id @skip(if: $no) name @include(if: $no) size @skip(if: false) @include(if: true) ...Far @skip(if: $yes) }
        ... @include(if: $no) { pageInfo { endCursor } }
      } }
      fragment Far on Org { related { id } }";
    assert_eq!(text(query, json!({"yes": true})), "query{orgs{nodes{id size}}}");
    assert_eq!(text(query, json!({"yes": false, "no": true})), "query{orgs{totalCount pageInfo{endCursor}}}");
    let twice = "query($v: Boolean!) { orgs { ...F @skip(if: $v) ...F } } fragment F on OrgConnection { totalCount }";
    assert_eq!(text(twice, json!({"v": true})), "query{orgs{totalCount}}");
}

#[test]
fn a_set_of_which_nothing_is_left_selects_nothing() {
    let empty = "{__typename @skip(if:true)}";
    assert_eq!(text("{ orgs { totalCount @skip(if: true) } }", json!({})), format!("query{{orgs{empty}}}"));
    assert_eq!(text("{ node(id: 1) { id @skip(if: true) } }", json!({})), format!("query{{node(id:1){empty}}}"));
    assert_eq!(text("{ orgs @include(if: false) { totalCount } }", json!({})), format!("query{empty}"));
}

#[test]
fn a_condition_that_is_null_is_the_clients_fault() {
    let query = "query($v: Boolean = true) { orgs { totalCount @skip(if: $v) } }";
    let refused = refusal(query, json!({"v": null}));
    assert_eq!(
        (refused.code, message(&refused)),
        (Code::BadUserInput, "variable \"$v\" decides what is selected, so it must not be null")
    );
}

#[test]
fn lists_that_differ_are_not_the_same_question() {
    let refused = refusal("{ nodes(ids: [1]) { id } ...{ nodes(ids: [1, 2]) { id } } }", json!({}));
    assert_eq!(refused.code, Code::GraphqlValidationFailed);
    assert_eq!(message(&refused), "\"nodes\" is asked with two different sets of arguments: give one an alias");
}

#[test]
fn values_are_printed_so_that_they_read_the_same() {
    let query = r#"query N($a: [String!] = ["x"]) { tagged(tags: $a, limit: -0, ratio: 1.50e3, raw: {a: [1, null, X, true], b: "q\"\\\n\u0001é", c: """
        block
          "text"
    """, d: {}}) { id } }"#;
    let expected = r#"query N($a:[String!]=["x"]){tagged(tags:$a,limit:-0,ratio:1.50e3,raw:{a:[1,null,X,true],b:"q\"\\\n\u0001é",c:"block\n  \"text\"",d:{}}){id}}"#;
    assert_eq!(text(query, json!({})), expected);
    assert_eq!(text(expected, json!({})), expected, "what is normal stays as it is");
}

#[test]
fn the_tree_mirrors_the_text() {
    let query = "query($n: Int) {\n  page: jobs(first: $n, filter: {provider: LEVER, and: [{salary: $n}]}) {\n    nodes { id }\n  }\n  node(id: 7) { ...O id }\n}\nfragment O on Org { jobs { totalCount } }";
    let operation = ask(query, json!({"n": 3})).expect("the request is allowed").operation;
    let root = &operation.selection;
    let page = root.child("page", "Query").expect("it is selected");
    assert_eq!((page.id, page.field.as_str(), page.response_key.as_str()), (1, "jobs", "page"));
    assert_eq!(page.location, Location { line: 2, column: 3 });
    let (all, none) = (json!({"n": 3}), json!({}));
    let (all, none) = (all.as_object().expect("an object"), none.as_object().expect("an object"));
    assert_eq!(page.argument("first", all), Some(json!(3)));
    assert_eq!(page.argument("first", none), None);
    assert_eq!(page.argument("last", all), None);
    assert_eq!(page.argument("filter", all), Some(json!({"provider": ["LEVER"], "and": [{"salary": 3}]})));
    assert_eq!(page.argument("filter", none), Some(json!({"provider": ["LEVER"], "and": [{}]})));
    let node = root.child("node", "Query").expect("it is selected");
    assert_eq!(node.argument("id", all), Some(json!("7")));
    let keys = |type_name| node.fields(type_name).map(|field| field.response_key.as_str()).collect::<Vec<_>>();
    assert_eq!((keys("Job"), keys("Org"), keys("Other")), (vec!["id"], vec!["jobs", "id"], vec![]));
    assert!(node.child("jobs", "Job").is_none());
    let total = root.descend(["node", "jobs", "totalCount"]).expect("it is selected");
    assert_eq!(total.location, Location { line: 7, column: 28 });
    assert!(root.descend(["node", "missing"]).is_none());
    assert_eq!(total.id, operation.selection_count - 2);
}

#[test]
fn ids_are_dense_and_in_the_order_of_the_text() {
    fn collect(selection: &Selection, ids: &mut Vec<usize>) {
        ids.push(selection.id);
        let below: Vec<_> = match &selection.children {
            Children::Leaf => Vec::new(),
            Children::Object(fields) => fields.iter().collect(),
            Children::Abstract(types) => types.iter().flat_map(|(_, fields)| fields).collect(),
        };
        below.into_iter().for_each(|selection| collect(selection, ids));
    }
    let operation = ask("{ node(id: 1) { id ... on Job { org { name } title } } orgs { totalCount } }", json!({}))
        .expect("it is allowed")
        .operation;
    let mut ids = Vec::new();
    collect(&operation.selection, &mut ids);
    assert_eq!(ids, (0..operation.selection_count).collect::<Vec<_>>());
}

#[test]
fn interfaces_inside_interfaces_do_not_multiply_without_limit() {
    let levels = 11;
    let query =
        format!("{{ node(id: 1) {{ {} id {} }} }}", "... on Job { related { ".repeat(levels), "} }".repeat(levels));
    assert!(ask(&query, json!({})).is_err(), "it is too deep or too large");
    let wide = format!(
        "{{ node(id: 1) {{ ...A }} }} fragment A on Node {{ {} }}",
        (0..9).fold("id".to_owned(), |inner, _| {
            format!("... on Job {{ related {{ {inner} }} }} ... on Org {{ related {{ ... on Node {{ {inner} }} }} }}")
        })
    );
    let refused = refusal(&wide, json!({}));
    assert_eq!(refused.code, Code::DocumentTooLarge, "{refused}");
}

#[test]
fn what_is_made_of_arguments_is_kept_unless_they_hold_variables() {
    let query = "query($n: Int) { a: jobs(first: 1) { totalCount } b: jobs(first: $n) { totalCount } c: jobs(filter: {and: [{salary: $n}]}) { totalCount } }";
    let root = &ask(query, json!({"n": 3})).expect("the request is allowed").operation.selection;
    for (key, second) in [("a", 1), ("b", 2), ("c", 2)] {
        let field = root.child(key, "Query").expect("it is selected");
        assert!(field.made_of_arguments(|| Err::<i32, _>(())).is_err(), "{key}: what failed is no value");
        let made = [1, 2].map(|turn| field.made_of_arguments(|| Ok::<i32, ()>(turn)).map(|it| *it));
        assert_eq!(made, [Ok(1), Ok(second)], "{key}");
    }
}
