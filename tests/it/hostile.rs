//! Requests that are meant to do harm, against the real program: each gets a clear error at once, and the process lives.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::program::Server;

/// An idle server answers within this; a program without optimization is allowed more.
const ANSWER_TIME_MAX: Duration = Duration::from_millis(if cfg!(debug_assertions) { 1_000 } else { 100 });
/// What 20 rounds of everything may add to resident memory, in KiB.
const MEMORY_GROWTH_MAX: u64 = 32 * 1_024;
const ROUNDS: usize = 20;
/// What documents that come once may add to it: the caches of documents and of two forms of operations.
const DOCUMENTS_GROWTH_MAX: u64 = 3 * 64 * 1_024;
const DOCUMENTS: usize = 500;

fn query(text: impl Into<String>) -> Vec<u8> {
    json!({ "query": text.into() }).to_string().into_bytes()
}

fn nested(open: &str, inner: &str, close: &str, depth: usize) -> String {
    format!("{}{inner}{}", open.repeat(depth), close.repeat(depth))
}

fn bomb(fragments: usize) -> String {
    let spreads = (0..fragments).map(|it| format!("fragment F{it} on Query {{ ...F{} ...F{} }}", it + 1, it + 1));
    format!("{{ ...F0 }} {} fragment F{fragments} on Query {{ __typename }}", spreads.collect::<Vec<_>>().join(" "))
}

/// Requests that are small as they are sent, and were far larger by the time that something refused them.
fn swelling() -> Vec<(String, Vec<u8>)> {
    let objects = vec![r#"{"":0}"#; 37_000].join(",");
    let objects = format!(r#"{{"query":"{{__typename}}","variables":{{"a":[{objects}]}}}}"#);
    let spread = format!(
        "{{ orgs {{ nodes {{ {} }} }} }} fragment F on Org {{ jobs(filter: {{ or: [{}] }}) {{ totalCount }} }}",
        "...F ".repeat(592),
        "{isStale: true} ".repeat(520)
    );
    let uses = "$f ".repeat(1_900);
    let repeated = format!("query ($f: JobFilter!) {{ jobs(filter: {{ or: [{uses}] }}) {{ totalCount }} }}");
    let filter = json!({ "or": vec![json!({ "isStale": true }); 4_900] });
    let repeated = json!({ "query": repeated, "variables": { "f": filter } });
    vec![
        ("objects of one member".to_owned(), objects.into_bytes()),
        ("a filter in a fragment".to_owned(), query(spread)),
        ("a variable many times in a list".to_owned(), repeated.to_string().into_bytes()),
    ]
}

fn attacks() -> Vec<(String, Vec<u8>)> {
    let mut attacks = swelling();
    let mut add = |name: &str, body: Vec<u8>| attacks.push((name.to_owned(), body));
    for depth in [100, 1_000, 2_000, 10_000] {
        add("nested lists", query(format!("{{ nodes(ids: {}) {{ id }} }}", nested("[", "1", "]", depth))));
        add(
            "nested objects",
            query(format!("{{ jobs(filter: {}) {{ totalCount }} }}", nested("{not:", "{}", "}", depth))),
        );
        add("nested fields", query(nested("{a", "", "}", depth)));
        add("nested types", query(format!("query ($a: {}) {{ __typename }}", nested("[", "Int", "]", depth))));
        add("unclosed lists", query(format!("{{ nodes(ids: {}", "[".repeat(depth))));
    }
    for depth in [1_000, 100_000] {
        add(
            "nested JSON",
            format!("{{\"query\":\"{{__typename}}\",\"variables\":{{\"a\":{}}}}}", nested("[", "1", "]", depth))
                .into_bytes(),
        );
    }
    add("lists 100,000 deep", query(nested("[", "", "]", 100_000)));
    add(
        "lists 100,000 deep in a document",
        query(format!("{{ nodes(ids: {}) {{ id }} }}", nested("[", "", "]", 100_000))),
    );
    for fragments in [10, 20, 30, 60] {
        add("fragment bomb", query(bomb(fragments)));
    }
    add("fragment circle", query("{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }"));
    let aliases: String = (0..10_000).map(|it| format!("a{it}: __typename ")).collect();
    add("aliases", query(format!("{{ {aliases} }}")));
    add("same field 10,000 times", query(format!("{{ {} }}", "__typename ".repeat(10_000))));
    add("directives", query(format!("{{ __typename {} }}", "@skip(if: false) ".repeat(2_000))));
    add("10 MB", vec![b' '; 10 * 1_024 * 1_024]);
    add("invalid UTF-8", b"{\"query\":\"{ __typename \xff }\"}".to_vec());
    add("a string that never ends", query("{ node(id: \"".to_owned() + &"a".repeat(20_000)));
    add("integers beyond 64 bits", query(format!("{{ jobs(first: {}) {{ totalCount }} }}", "9".repeat(100))));
    add("integers beyond 64 bits in variables", br#"{"query":"query ($n: Int) { jobs(first: $n) { totalCount } }","variables":{"n":99999999999999999999999999}}"#.to_vec());
    add("a page that is too large", query("{ jobs(first: 101) { totalCount } }"));
    add("a negative page", query("{ jobs(first: -1) { totalCount } }"));
    add(
        "too many nodes",
        query("{ orgs(first: 100) { nodes { jobs(first: 100) { nodes { events(first: 100) { nodes { seq } } } } } } }"),
    );
    add("broken cursor", query("{ jobs(after: \"AAAA\") { nodes { title } } }"));
    add("NUL in a cursor", query("{ jobs(after: \"\\u0000\") { nodes { title } } }"));
    add("empty", Vec::new());
    add("no JSON", b"{".to_vec());
    add("a batch", b"[{\"query\":\"{__typename}\"}]".to_vec());
    add("two values of a lookup", query("{ job(by: { id: \"a\", url: \"https://x.example\" }) { title } }"));
    add("a null in a filter", query("{ jobs(filter: { city: { eq: null } }) { totalCount } }"));
    add("no time", query("{ jobs(filter: { postedAt: { gte: \"yesterday\" } }) { totalCount } }"));
    add(
        "too long a list",
        query(format!("{{ jobs(filter: {{ provider: {{ in: {:?} }} }}) {{ totalCount }} }}", vec!["a"; 201])),
    );
    attacks
}

#[test]
fn hostile_requests_get_a_clear_error_and_the_process_lives() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let mut server = Server::start(&format!("sqlite://{}", folder.path().join("jobgraph.db").display()), &[]);
    let attacks = attacks();
    for (name, body) in &attacks {
        drop(server.post(body));
        let started = Instant::now();
        let (status, answer) = server.post(body);
        let taken = started.elapsed();
        let answer: Value = serde_json::from_str(&answer).unwrap_or_else(|_| panic!("{name}: {status} {answer}"));
        let code = answer["errors"][0]["extensions"]["code"].as_str().unwrap_or_default().to_owned();
        assert!(!code.is_empty() && code != "INTERNAL", "{name}: {status} {answer}");
        assert!(!answer["errors"][0]["message"].as_str().unwrap_or_default().is_empty(), "{name}");
        assert!(taken < ANSWER_TIME_MAX, "{name} took {taken:?}");
    }
    let before = server.memory();
    for _ in 0..ROUNDS {
        for (_, body) in &attacks {
            drop(server.post(body));
        }
    }
    assert!(server.is_alive());
    assert_eq!(server.ask("{ __typename }"), json!({ "data": { "__typename": "Query" } }));
    let grown = server.memory().saturating_sub(before);
    assert!(grown < MEMORY_GROWTH_MAX, "memory grew by {grown} KiB");
}

/// Each once took 0.7 MB for good, up to 2,000 of those the executor had read, and as many as there are kept answers of the others.
#[test]
fn documents_that_come_once_leave_nothing() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let server = Server::start(&format!("sqlite://{}", folder.path().join("jobgraph.db").display()), &[]);
    let schema =
        server.ask("{ __type(name: \"Job\") { fields { name args { name } type { kind ofType { kind } } } } }");
    let fields = schema["data"]["__type"]["fields"].as_array().expect("a list");
    let is_plain = |field: &&Value| {
        let kind = &field["type"];
        let is_leaf = [&kind["kind"], &kind["ofType"]["kind"]].iter().any(|it| **it == "SCALAR" || **it == "ENUM");
        is_leaf && field["args"].as_array().is_some_and(Vec::is_empty)
    };
    let fields: Vec<&str> = fields.iter().filter(is_plain).filter_map(|field| field["name"].as_str()).collect();
    let fields = fields.join(" ");
    let before = server.memory();
    for document in 0..DOCUMENTS {
        let roots = (0..20).map(|it| format!("a{it}x{document}: job(by: {{ id: \"x\" }}) {{ {fields} }}"));
        let answer = server.ask(&format!("{{ {} }}", roots.collect::<Vec<_>>().join(" ")));
        assert_eq!(answer["data"][format!("a0x{document}")], Value::Null, "{answer}");
    }
    let grown = server.memory().saturating_sub(before);
    assert!(grown < DOCUMENTS_GROWTH_MAX, "memory grew by {grown} KiB");
}

#[test]
fn odd_strings_are_just_strings() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let server = Server::start(&format!("sqlite://{}", folder.path().join("jobgraph.db").display()), &[]);
    for text in ["'; DROP TABLE job; --", "%_\\\\", "\\uD83C\\uDF19"] {
        let answer =
            server.ask(&format!("{{ jobs(filter: {{ title: {{ startsWith: \"{text}\" }} }}) {{ totalCount }} }}"));
        assert_eq!(answer["data"]["jobs"]["totalCount"], 0, "{text}: {answer}");
    }
}
