//! The schema of a server that does not tell it: nobody reads it, and whoever knows it asks as ever.

use serde_json::{Value, json};

use crate::program::Server;

const SCHEMA: &str = "{ jobs { totalCount } __schema { types { name } } }";
const TYPE: &str = r#"query Type { __type(name: "Job") { fields { name } } }"#;

struct Asking {
    server: Server,
    _folder: tempfile::TempDir,
}

impl Asking {
    fn start(arguments: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let file = |name: &str| folder.path().join(name).display().to_string();
        std::fs::write(file("manifest.json"), json!({ "types": SCHEMA }).to_string()).expect("it is written");
        let url = format!("sqlite://{}", file("jobgraph.db"));
        let documents = file("manifest.json");
        let server = Server::start(&url, &[&["--documents", &documents], arguments].concat());
        Self { server, _folder: folder }
    }

    fn ask(&self, request: Value) -> (u16, Value) {
        let (status, body) = self.server.post(request.to_string().as_bytes());
        (status, serde_json::from_str(&body).expect("an answer is JSON"))
    }

    fn read(&self, path: &str) -> (u16, String) {
        let (status, _, body) = self.server.send("GET", path, &[], "");
        (status, body)
    }
}

#[test]
fn a_server_tells_its_schema_unless_it_is_told_not_to() {
    let open = Asking::start(&["--federation"]);
    for query in [SCHEMA, TYPE, "{ _service { sdl } }"] {
        let (status, answer) = open.ask(json!({ "query": query }));
        assert_eq!((status, answer.get("errors")), (200, None), "{query}");
    }
    assert_eq!((open.read("/schema.graphql").0, open.read("/reference").0), (200, 200));

    let closed = Asking::start(&["--federation", "--introspection", "off"]);
    for query in [
        SCHEMA,
        TYPE,
        "{ _service { sdl } }",
        "query { ...schema } fragment schema on Query { a: __schema { queryType { name } } }",
        "query ($yes: Boolean = true) { __schema @include(if: $yes) { queryType { name } } }",
    ] {
        let (status, answer) = closed.ask(json!({ "query": query }));
        assert_eq!(
            (status, &answer["errors"][0]["extensions"]["code"]),
            (403, &json!("FORBIDDEN")),
            "{query}: {answer}"
        );
        assert_eq!(answer.get("data"), None, "{query}");
    }
    for path in ["/schema.graphql", "/reference"] {
        assert_eq!(closed.read(path), (404, "this server does not tell its schema\n".to_owned()), "{path}");
    }
    assert_eq!(closed.read("/graphiql").0, 200);
}

#[test]
fn what_is_no_question_about_the_schema_is_answered_where_it_is_not_told() {
    let closed = Asking::start(&["--introspection", "off"]);
    let names = json!({ "query": "{ __typename jobs { __typename nodes { __typename } } }" });
    let expected = json!({ "__typename": "Query", "jobs": { "__typename": "JobConnection", "nodes": [] } });
    assert_eq!(closed.ask(names), (200, json!({ "data": expected })));
    let (status, answer) = closed.ask(json!({ "documentId": "types" }));
    assert_eq!((status, answer.get("errors")), (200, None));
    assert!(answer["data"]["__schema"]["types"].as_array().is_some_and(|types| types.len() > 100));
}

#[test]
fn a_mistake_is_answered_without_a_guess_at_what_was_meant() {
    let closed = Asking::start(&["--introspection", "off"]);
    for (query, unsaid) in [
        ("{ job(by: { id: \"a\" }) { titel } }", "title"),
        ("{ jobz { totalCount } }", "jobs"),
        ("{ jobs(frist: 1) { totalCount } }", "first"),
        ("{ jobs(filter: { titl: { eq: \"a\" } }) { totalCount } }", "title"),
        ("{ jobs { nodes { ... on Jobb { title } } } }", "\"Job\""),
        ("{ events(filter: { type: { eq: JOB_CLOSE } }) { totalCount } }", "JOB_CLOSED"),
        ("{ jobs { totalCount @skp(if: true) } }", "@skip"),
    ] {
        let (_, answer) = closed.ask(json!({ "query": query }));
        let errors = answer["errors"].to_string();
        assert!(!errors.contains(unsaid) && !errors.to_lowercase().contains("did you mean"), "{query}: {errors}");
        assert_eq!(answer["errors"][0]["extensions"]["code"], "GRAPHQL_VALIDATION_FAILED", "{query}: {answer}");
    }
}
