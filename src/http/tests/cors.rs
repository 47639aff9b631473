//! Pages of other origins.

use super::*;

async fn asked_by(server: &Served, origin: &str) -> Reply {
    server.post(&format!("{JSON}origin: {origin}\r\n"), r#"{"query":"{a}"}"#).await
}

fn preflight(origin: &str) -> String {
    format!(
        "OPTIONS /graphql HTTP/1.1\r\nhost: x\r\norigin: {origin}\r\naccess-control-request-method: POST\r\naccess-control-request-headers: content-type,authorization\r\n\r\n"
    )
}

#[tokio::test]
async fn no_other_origin_may_read_unless_told() {
    let server = Served::new(Settings::default()).await;
    assert_eq!(asked_by(&server, "https://a.example").await.header("access-control-allow-origin"), None);
    let reply = server.ask(preflight("https://a.example")).await;
    assert_eq!((reply.status(), reply.header("access-control-allow-origin")), (405, None));
}

#[tokio::test]
async fn an_origin_that_is_listed_may_and_any_other_not() {
    let origins = vec!["https://a.example".to_owned(), "http://localhost:5173".to_owned()];
    let server = Served::new(Settings { cors_origins: origins.clone(), ..Settings::default() }).await;
    for origin in &origins {
        let reply = asked_by(&server, origin).await;
        assert_eq!((reply.status(), reply.header("access-control-allow-origin")), (200, Some(origin.as_str())));
        assert_eq!(reply.header("access-control-allow-credentials"), None);
        assert!(reply.head.to_ascii_lowercase().contains("vary: origin"), "{}", reply.head);
        let reply = server.ask(preflight(origin)).await;
        assert_eq!((reply.status(), reply.header("access-control-allow-origin")), (200, Some(origin.as_str())));
        assert!(reply.header("access-control-allow-headers").is_some_and(|it| it.contains("authorization")));
        assert_eq!(reply.header("access-control-max-age"), Some("7200"));
    }
    assert_eq!(asked_by(&server, "https://b.example").await.header("access-control-allow-origin"), None);
    // What a form can send is refused to whomever, as before.
    let form = "content-type: text/plain\r\norigin: https://a.example\r\n";
    assert_eq!(server.post(form, r#"{"query":"{a}"}"#).await.status(), 415);
}

/// A script could save an export, but neither by its name nor as of its snapshot.
#[tokio::test]
async fn a_script_of_another_origin_may_read_what_an_export_is_told_by() {
    let server = Served::new(Settings { cors_origins: vec!["*".to_owned()], ..Settings::default() }).await;
    let (_, head) = server.begin("GET /export.csv HTTP/1.1\r\nhost: x\r\norigin: https://a.example\r\n\r\n").await;
    let exposed = head.header("access-control-expose-headers").expect("some are");
    for name in ["x-snapshot", "content-disposition"] {
        assert!(head.header(name).is_some() && exposed.split(',').any(|it| it.trim() == name), "{}", head.head);
    }
}

#[tokio::test]
async fn any_origin_may_where_the_operator_says_so() {
    let server = Served::new(Settings { cors_origins: vec!["*".to_owned()], ..Settings::default() }).await;
    assert_eq!(asked_by(&server, "https://b.example").await.header("access-control-allow-origin"), Some("*"));
}
