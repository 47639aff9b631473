//! A small schema that the tests of all steps ask, and what the planner as a whole answers.

use std::time::{Duration, Instant};

use serde_json::json;

use super::*;

const SDL: &str = r#"
interface Node { id: ID! }
union Found = Job | Org
type Query {
  job(by: JobLookup!): Job
  jobs(filter: JobFilter, search: String, first: Int = 10, after: String, last: Int, before: String): JobConnection!
  orgs(first: Int, last: Int): OrgConnection!
  node(id: ID!): Node
  nodes(ids: [ID!]!): [Node]!
  found(text: String!): Found
  jobCount(filter: JobFilter): Int!
  stats(values: [String!], top: Int, from: String, to: String): [Stats!]!
  tagged(tags: [String!], raw: JSON, limit: Int! = 3, ratio: Float): [Job!]!
}
type Mutation { touch(id: ID!): Job }
type Subscription { changes(filter: JobFilter): Job! }
type Job implements Node {
  id: ID!
  title(upper: Boolean = false): String!
  org: Org
  related: Node
  size: String
  provider: Provider!
}
type Org implements Node {
  id: ID!
  name: String!
  related: Org
  size: Int
  jobs(filter: JobFilter, first: Int, last: Int): JobConnection!
}
type JobConnection { edges: [JobEdge!]! nodes: [Job!]! pageInfo: PageInfo! totalCount: Int! facets: [Facet!]! }
type JobEdge { cursor: String! node: Job! highlights: [Highlight!]! }
type Highlight { text: String! }
type Stats { value: String! created: Int! reopenRate: Float medianDaysToClose: Int days: [Day!]! freshness: Fresh }
type Day { day: String! }
type Fresh { stale: Int! }
type OrgConnection { edges: [OrgEdge!]! nodes: [Org!]! pageInfo: PageInfo! totalCount: Int! }
type OrgEdge { cursor: String! node: Org! }
type PageInfo { hasNextPage: Boolean! endCursor: String }
type Facet { value: String! count: Int! }
enum Provider { LEVER ASHBY }
scalar JSON
input JobFilter {
  provider: [Provider!]
  title: TextFilter
  salary: Int
  and: [JobFilter!]
  not: JobFilter
}
input TextFilter { contains: String, size: Int! = 5 }
input JobLookup @oneOf { id: ID, url: String }
"#;

pub(super) fn planner() -> Planner {
    Planner::new(SDL, Limits::default()).expect("the schema of the tests is valid")
}

pub(super) fn ask(query: &str, variables: Value) -> Result<Planned, Refusal> {
    planner().plan(&request(query, variables))
}

pub(super) fn request(query: &str, variables: Value) -> Request<'_> {
    let Value::Object(variables) = variables else { panic!("variables are an object") };
    Request { query, operation_name: None, variables, is_get: false, now: 0 }
}

/// The normalized text.
pub(super) fn text(query: &str, variables: Value) -> String {
    ask(query, variables).expect("the request is allowed").operation.text.clone()
}

pub(super) fn refusal(query: &str, variables: Value) -> Refusal {
    ask(query, variables).expect_err(query)
}

pub(super) fn message(refusal: &Refusal) -> &str {
    &refusal.errors[0].message
}

/// Runs in a thread with the stack of a worker, which a recursion without limit would overflow.
pub(super) fn on_a_small_stack<T: Send + 'static>(run: impl FnOnce() -> T + Send + 'static) -> T {
    let thread = std::thread::Builder::new().stack_size(2 * 1024 * 1024).spawn(run);
    thread.expect("a thread starts").join().expect("the thread does not panic")
}

/// Generous, since the tests run unoptimized and beside others; what it catches is not slow but exponential.
pub(super) const MOMENT: Duration = Duration::from_millis(1_000);

#[test]
fn what_is_planned_is_the_normalized_operation_with_its_variables_and_its_cost() {
    let query =
        "query Page($n: Int = 5, $with: Boolean!) { jobs(first: $n) { nodes { id ...More @include(if: $with) } } }
        fragment More on Job { id title }";
    let planned = ask(query, json!({"with": true, "unknown": 1})).expect("the request is allowed");
    assert_eq!(planned.operation.text, "query Page($n:Int=5){jobs(first:$n){nodes{id title}}}");
    assert_eq!(planned.operation.name.as_deref(), Some("Page"));
    assert_eq!(planned.operation.kind, OperationKind::Query);
    assert_eq!(Value::Object(Map::clone(&planned.variables)), json!({"n": 5}));
    assert_eq!((planned.cost, planned.nodes), (7, 5));
    assert!(!planned.operation.is_introspection_only);
}

#[test]
fn one_of_several_operations_is_chosen_by_name() {
    let planner = planner();
    let query = "query A { orgs { totalCount } } query B { jobs { totalCount } }";
    let plan = |operation_name| planner.plan(&Request { operation_name, ..request(query, json!({})) });
    assert_eq!(plan(Some("B")).expect("there is a B").operation.text, "query B{jobs{totalCount}}");
    let refused = plan(None).expect_err("nothing tells which");
    assert_eq!(refused.code, Code::BadRequest);
    assert_eq!(message(&refused), "the document has several operations: name one in \"operationName\"");
    let refused = plan(Some("C")).expect_err("there is no C");
    assert_eq!(message(&refused), "there is no operation \"C\" in the document");
    let alone =
        |operation_name| planner.plan(&Request { operation_name, ..request("{ orgs { totalCount } }", json!({})) });
    assert!(alone(Some("")).is_ok(), "an empty name is as good as none");
    assert_eq!(alone(Some("A")).expect_err("it has no name").code, Code::BadRequest);
}

#[test]
fn mutations_do_not_come_by_get() {
    let planner = planner();
    let by_get = |query| planner.plan(&Request { is_get: true, ..request(query, json!({})) });
    for query in ["{ orgs { totalCount } }", "subscription { changes { id } }"] {
        assert!(by_get(query).is_ok(), "{query}");
    }
    let mutation = "mutation { touch(id: 1) { id } }";
    assert_eq!(by_get(mutation).expect_err(mutation).code, Code::MethodNotAllowed);
    assert!(planner.plan(&request(mutation, json!({}))).is_ok());
}

#[test]
fn a_document_is_parsed_once_and_so_is_one_that_is_refused() {
    let planner = planner();
    let query = "query($skip: Boolean!) { orgs { totalCount nodes @skip(if: $skip) { id } } }";
    let plan =
        |skip: bool| planner.plan(&request(query, json!({"skip": skip}))).expect("the request is allowed").operation;
    assert!(Arc::ptr_eq(&plan(true), &plan(true)));
    assert!(!Arc::ptr_eq(&plan(true), &plan(false)));
    let parsed = || planner.document("{ nope }").expect("it is short enough");
    assert!(Arc::ptr_eq(&parsed(), &parsed()));
    assert_eq!(planner.plan(&request("{ nope }", json!({}))).err(), Some(refusal("{ nope }", json!({}))));
}

#[test]
fn the_caches_hold_no_more_than_they_may() {
    let limits = Limits { cached_documents_max: 10, ..Limits::default() };
    let planner = Planner::new(SDL, limits).expect("the schema of the tests is valid");
    for index in 0..100 {
        let query = format!("{{ orgs(first: {index}) {{ totalCount }} }}");
        planner.plan(&request(&query, json!({}))).expect("the request is allowed");
    }
    planner.documents.run_pending_tasks();
    planner.operations.run_pending_tasks();
    assert!(planner.documents.entry_count() <= 10);
    assert!(planner.operations.entry_count() <= 10);
}

#[test]
fn the_introspection_that_tools_ask_is_allowed_and_has_one_price() {
    let planned = ask(INTROSPECTION, json!({})).expect("tools may introspect");
    assert!(planned.operation.is_introspection_only);
    assert_eq!((planned.cost, planned.nodes), (50, 0));
    let planned = ask("{ __type(name: \"Job\") { name } jobs { totalCount } }", json!({})).expect("both may be asked");
    assert!(!planned.operation.is_introspection_only);
    assert_eq!(planned.cost, 62);
}

#[test]
fn a_schema_that_does_not_hold_is_refused() {
    let error = Planner::new("type Query { a: Missing }", Limits::default()).err().expect("there is no such type");
    assert!(error.to_string().contains("Missing"), "{error}");
}

#[test]
fn hostile_documents_are_refused_at_once_and_without_overflowing_the_stack() {
    let many = |open: &str, close: &str, count: usize| format!("{}{}", open.repeat(count), close.repeat(count));
    let mut documents = Vec::new();
    for count in [65, 1_000, 8_000, 100_000] {
        documents.extend([
            many("{a", "}", count),
            format!("{{ tagged(raw: {}) {{ id }} }}", many("[", "]", count)),
            format!("{{ tagged(raw: {}) {{ id }} }}", "[".repeat(count)),
            format!("{{ tagged(raw: {}1{}) {{ id }} }}", "{a:".repeat(count), "}".repeat(count)),
            format!("query($a: {}Int{}) {{ a }}", "[".repeat(count), "]".repeat(count)),
            format!("{{ a {} }}", "@skip(if: [".repeat(count)),
            format!("{{ a{} }}", " @skip(if: true)".repeat(count)),
            "{a".repeat(count),
            "...{".repeat(count),
            "(".repeat(count),
            "}".repeat(count),
            "\"".repeat(count),
            "\"\"\"".repeat(count),
            "\"\" ".repeat(count),
            "é".repeat(count),
            "query ".repeat(count),
            format!("{{ tagged(raw: \"{}", "\\\"".repeat(count)),
            format!("{{ {} }}", "orgs { nodes { ".repeat(count)),
        ]);
    }
    on_a_small_stack(move || {
        let planner = planner();
        for document in documents {
            let start = Instant::now();
            let refused = planner.plan(&request(&document, json!({})));
            let head: String = document.chars().take(40).collect();
            let refused = refused.expect_err(&head);
            assert!(start.elapsed() < MOMENT, "{head} took {:?}", start.elapsed());
            assert!(refused.errors.len() <= 20 && refused.errors.iter().all(|error| error.message.len() < 1_300));
        }
    });
}

#[test]
fn documents_as_large_as_allowed_are_answered_at_once() {
    let one_key = "id ".repeat(3_900);
    let wide = (0..16)
        .map(|index| format!("a{index}: orgs {{ nodes {{ {} }} }}", "id name size ".repeat(75)))
        .collect::<String>();
    let nested = format!("{{ node(id: 1) {{ ... on Org {{ {} id {} }} }} }}", "related { ".repeat(10), "}".repeat(10));
    let twice = format!("{{ job(by: {{id: 1}}) {{ {} }} }}", "org { related { id name } } ".repeat(480));
    let chain: String =
        (1..50).map(|index| format!("fragment F{index} on Org {{ ...F{} id name }} ", index - 1)).collect();
    let chain = format!("{{ orgs {{ nodes {{ ...F49 }} }} }} {chain} fragment F0 on Org {{ id }}");
    let arguments = format!("{{ tagged(raw: [{}]) {{ id }} }}", "{a: [1, \"x\", X]} ".repeat(390));
    for document in
        [format!("{{ orgs {{ nodes {{ {one_key} }} }} }}"), format!("{{ {wide} }}"), nested, twice, chain, arguments]
    {
        let start = Instant::now();
        let planned = ask(&document, json!({}));
        assert!(start.elapsed() < MOMENT, "{} took {:?}", &document[..60], start.elapsed());
        planned.expect("it is within the limits");
    }
}

/// What schema explorers and code generators ask, with every option on.
const INTROSPECTION: &str = r#"
query Everything {
  __schema {
    description
    queryType { name kind }
    mutationType { name kind }
    subscriptionType { name kind }
    types { ...WholeType }
    directives { name description isRepeatable locations args(includeDeprecated: true) { ...Input } }
  }
}
fragment WholeType on __Type {
  kind
  name
  description
  specifiedByURL
  isOneOf
  fields(includeDeprecated: true) {
    name
    description
    args(includeDeprecated: true) { ...Input }
    type { ...Reference }
    isDeprecated
    deprecationReason
  }
  inputFields(includeDeprecated: true) { ...Input }
  interfaces { ...Reference }
  enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason }
  possibleTypes { ...Reference }
}
fragment Input on __InputValue {
  name
  description
  type { ...Reference }
  defaultValue
  isDeprecated
  deprecationReason
}
fragment Reference on __Type {
  kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name
    ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } } } } } } }
}
"#;
