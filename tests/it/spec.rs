//! What the GraphQL specification of September 2025 has brought, over the wire: descriptions in documents, extensions in requests,
//! input objects of which one field is given, and deprecated inputs in introspection.

use serde_json::{Value, json};

use crate::program::Server;

fn server() -> (Server, tempfile::TempDir) {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let url = format!("sqlite://{}", folder.path().join("jobgraph.db").display());
    (Server::start(&url, &[]), folder)
}

fn ask(server: &Server, request: Value) -> Value {
    let (status, body) = server.post(request.to_string().as_bytes());
    assert_eq!(status, 200, "{body}");
    serde_json::from_str(&body).expect("an answer is JSON")
}

#[test]
fn a_document_may_describe_its_operations_fragments_and_variables() {
    let (server, _folder) = server();
    let document = "\"\"\"\nHow many postings there are.\n\"\"\"\nquery Count(\"Which.\" $filter: JobFilter, \"\"\"Of whom.\"\"\" $by: OrgLookup = { slug: \"x\" }) {\n  jobs(filter: $filter) { ...total }\n  org(by: $by) { id }\n}\n\"The number.\"\nfragment total on JobConnection { totalCount }";
    let answer =
        ask(&server, json!({ "query": document, "variables": { "filter": { "status": { "eq": "ACTIVE" } } } }));
    assert_eq!(answer, json!({ "data": { "jobs": { "totalCount": 0 }, "org": null } }));
}

#[test]
fn extensions_that_nobody_knows_change_nothing_and_others_are_no_extensions() {
    let (server, _folder) = server();
    for extensions in [json!({}), json!(null), json!({ "client": { "name": "a" }, "trace": [1] })] {
        let answer = ask(&server, json!({ "query": "{ __typename }", "extensions": extensions }));
        assert_eq!(answer, json!({ "data": { "__typename": "Query" } }));
    }
    let (status, body) = server.post(br#"{"query":"{ __typename }","extensions":[]}"#);
    assert!(status == 400 && body.contains("BAD_REQUEST"), "{status} {body}");
}

#[test]
fn whatever_can_be_named_in_several_ways_takes_exactly_one() {
    let (server, _folder) = server();
    let query = "{ __schema { types { name isOneOf inputFields { name } fields { name args { name type { name ofType { name } } } } } } }";
    let answer = ask(&server, json!({ "query": query }));
    let types = answer["data"]["__schema"]["types"].as_array().expect("types").clone();
    let of = |name: &str| types.iter().find(|it| it["name"] == name).cloned().unwrap_or_default();
    let mut lookups = 0;
    let fields = types.iter().filter_map(|it| it["fields"].as_array()).flatten();
    for argument in fields.filter_map(|it| it["args"].as_array()).flatten() {
        let named = argument["type"]["name"].as_str().or(argument["type"]["ofType"]["name"].as_str());
        // Statistics are kept by a dimension, which is an enum.
        let Some(named) = named.filter(|it| argument["name"] == "by" && *it != "StatDimension") else { continue };
        assert_eq!(of(named)["isOneOf"], true, "{named}");
        lookups += 1;
    }
    assert!(lookups >= 4, "{lookups}");
    let (_, body) = server.post(br#"{"query":"{ org(by: { id: \"a\", slug: \"b\" }) { id } }"}"#);
    assert!(body.contains("takes exactly one field, not 2"), "{body}");
}

#[test]
fn introspection_tells_of_inputs_whether_they_are_deprecated() {
    let (server, _folder) = server();
    let inputs = "(includeDeprecated: true) { name isDeprecated deprecationReason }";
    let query = format!(
        "{{ __schema {{ description directives {{ name isRepeatable args{inputs} }} }} \
         input: __type(name: \"JobFilter\") {{ isOneOf inputFields{inputs} }} \
         query: __type(name: \"Query\") {{ fields(includeDeprecated: true) {{ name args{inputs} }} }} }}"
    );
    let answer = ask(&server, json!({ "query": query }));
    assert_eq!(answer.get("errors"), None, "{answer}");
    let inputs = answer["data"]["input"]["inputFields"].as_array().expect("fields");
    assert!(inputs.len() > 10 && inputs.iter().all(|it| it["isDeprecated"].is_boolean()), "{answer}");
    let fields = answer["data"]["query"]["fields"].as_array().expect("fields");
    let mut arguments = fields.iter().filter_map(|it| it["args"].as_array()).flatten();
    assert!(arguments.all(|it| it["isDeprecated"] == false && it["deprecationReason"].is_null()), "{answer}");
}
