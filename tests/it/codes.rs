//! Every code of the closed list, met over the wire.

use jobgraph::error::Code;
use serde_json::{Value, json};
use strum::VariantArray;

use crate::program::Server;

/// What it takes a database that fails, a clock, or a slow reader to meet, and where that is tested.
const ELSEWHERE: [(Code, &str); 5] = [
    (Code::RateLimited, "tests/it/access.rs"),
    (Code::Timeout, "src/http/tests/limits.rs"),
    (Code::Unavailable, "tests/it/feed.rs"),
    (Code::Lagged, "tests/it/feed.rs"),
    (Code::Internal, "src/http/tests/limits.rs"),
];

struct Asked {
    code: Code,
    status: u16,
    method: &'static str,
    url: &'static str,
    header: (&'static str, &'static str),
    body: String,
}

const ACCEPT: (&str, &str) = ("accept", "application/graphql-response+json");

fn post(code: Code, status: u16, body: impl Into<String>) -> Asked {
    Asked { code, status, method: "POST", url: "/graphql", header: ACCEPT, body: body.into() }
}

fn query(code: Code, text: impl Into<String>) -> Asked {
    post(code, 400, json!({ "query": text.into() }).to_string())
}

/// What has a code among its errors once it is executed.
fn executed(code: Code, text: &str) -> Asked {
    Asked { status: 200, ..query(code, text) }
}

fn all() -> Vec<Asked> {
    let many = "{ orgs(first: 100) { nodes { jobs(first: 100) { nodes { title } } } } }";
    let costly =
        "{ orgs(first: 100) { nodes { jobs(first: 100) { nodes { events(first: 100) { nodes { seq } } } } } } }";
    let deep = format!("{{ jobs {{ nodes {}title{} }} }}", "{ org { jobs { nodes ".repeat(5), " } } }".repeat(5));
    let get = |code, status, url| Asked { method: "GET", url, status, ..post(code, status, "") };
    vec![
        post(Code::BadRequest, 400, "{"),
        query(Code::GraphqlParseFailed, "{"),
        query(Code::GraphqlValidationFailed, "{ nonsense }"),
        post(Code::PersistedDocumentNotFound, 400, json!({ "documentId": "a" }).to_string()),
        query(Code::BadUserInput, "{ jobs(first: 101) { totalCount } }"),
        executed(Code::BadCursor, "{ jobs(after: \"x\") { nodes { title } } }"),
        executed(Code::BadFilter, "{ jobs(search: \"-java\") { totalCount } }"),
        query(Code::DocumentTooLarge, format!("{{ __typename }} # {}", "x".repeat(32 * 1024))),
        query(Code::DocumentTooDeep, deep.replace("nodes title", "nodes { title }")),
        query(Code::CostLimit, costly),
        query(Code::NodeLimit, many),
        post(Code::BodyTooLarge, 413, "x".repeat(300 * 1024)),
        Asked { status: 403, ..query(Code::Forbidden, "{ webhooks { url } }") },
        Asked {
            header: ("authorization", "Bearer x"),
            ..get(Code::Unauthenticated, 401, "/graphql?query={__typename}")
        },
        get(Code::NotFound, 404, "/nothing"),
        Asked { method: "PATCH", ..get(Code::MethodNotAllowed, 405, "/graphql") },
        Asked { header: ("accept", "text/html"), ..get(Code::NotAcceptable, 406, "/graphql?query={__typename}") },
        Asked { header: ("content-encoding", "gzip"), ..post(Code::UnsupportedMediaType, 415, "{}") },
    ]
}

fn met(server: &Server, asked: &Asked) -> (u16, Value) {
    let (status, _, body) = server.send(asked.method, asked.url, &[asked.header], &asked.body);
    let answer: Value =
        serde_json::from_str(&body).unwrap_or_else(|_| panic!("{}: {status} {body}", asked.code.name()));
    (status, answer["errors"][0].clone())
}

#[test]
fn every_code_is_met_with_its_status_and_a_message() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let url = format!("sqlite://{}", folder.path().join("jobgraph.db").display());
    let server = Server::start(&url, &["--anonymous-scopes", "read", "--cost-max", "1000000"]);
    let mut codes: Vec<Code> = ELSEWHERE.iter().map(|(code, _)| *code).collect();
    for asked in all() {
        let (status, error) = met(&server, &asked);
        assert_eq!((status, error["extensions"]["code"].as_str()), (asked.status, Some(asked.code.name())), "{error}");
        assert!(error["message"].as_str().is_some_and(|message| message.len() > 10), "{error}");
        codes.push(asked.code);
    }
    drop(server);
    let busy = Server::start(&url, &["--concurrency-max", "0"]);
    let (status, error) = met(&busy, &executed(Code::Overloaded, "{ __typename }"));
    assert_eq!((status, error["extensions"]["code"].as_str()), (503, Some("OVERLOADED")), "{error}");
    codes.push(Code::Overloaded);
    let missing: Vec<&str> = Code::VARIANTS.iter().filter(|it| !codes.contains(it)).map(|it| it.name()).collect();
    assert!(missing.is_empty(), "no test meets {missing:?}");
}
