//! The log page by page.

use super::*;

#[tokio::test]
async fn pages_lead_from_one_to_the_next() {
    let server = Served::new(Settings::default()).await;
    let page = server.get("/feed?after=5&limit=10&type=JOB_CLOSED,JOB_CREATED").await;
    assert_eq!((page.status(), page.body.lines().count()), (200, 10));
    assert_eq!(page.header("content-type"), Some("application/x-ndjson"));
    let link = "</feed?after=15&limit=10&type=JOB_CLOSED%2CJOB_CREATED>; rel=\"next\"";
    assert_eq!(page.header("link"), Some(link));
    let last = server.get("/feed?after=20&limit=10").await;
    assert_eq!((last.status(), last.body.lines().count()), (200, 5));
    let end = server.get("/feed?after=25").await;
    assert_eq!((end.status(), end.body.as_str()), (200, ""));
    assert_eq!(end.header("link"), Some("</feed?after=25&limit=100>; rel=\"next\""));
}

#[tokio::test]
async fn who_has_a_page_is_told_so() {
    let server = Served::new(Settings::default()).await;
    let page = server.get("/feed?after=20&limit=10").await;
    let etag = page.header("etag").expect("it has a version");
    for (known, status) in [(etag, 304), (&format!("\"x\", W/{etag}"), 304), ("*", 304), ("\"x\"", 200)] {
        let request = format!("GET /feed?after=20&limit=10 HTTP/1.1\r\nhost: x\r\nif-none-match: {known}\r\n\r\n");
        let reply = server.ask(request).await;
        assert_eq!((reply.status(), reply.header("etag")), (status, Some(etag)), "{known}");
        assert_eq!(reply.header("link"), page.header("link"), "{known}");
    }
    let latest = server.get("/feed.json").await;
    assert_eq!(latest.header("content-type"), Some("application/feed+json"));
    let etag = latest.header("etag").expect("it has a version");
    let again = server.ask(format!("GET /feed.json HTTP/1.1\r\nhost: x\r\nif-none-match: {etag}\r\n\r\n")).await;
    assert_eq!(again.status(), 304);
}

/// An address does not name the log: full pages were kept for a year, and of one that was begun anew the old ones stayed.
#[tokio::test]
async fn a_page_is_of_one_log_alone() {
    let mut etags = Vec::new();
    for log_begins_at in [0, 1] {
        let server = Served::with_engine(Settings::default(), Fake { log_begins_at, ..Fake::default() }).await;
        let page = server.get("/feed?after=5&limit=10").await;
        assert_eq!(page.header("cache-control"), Some("no-cache"));
        etags.push(page.header("etag").expect("it has a version").to_owned());
    }
    assert_ne!(etags[0], etags[1]);
}

#[tokio::test]
async fn a_head_tells_the_length_alone() {
    let server = Served::new(Settings::default()).await;
    let mut client = server.connect().await;
    client.send("HEAD /feed?limit=2 HTTP/1.1\r\nhost: x\r\n\r\n").await;
    let reply = client.reply_to("HEAD").await;
    assert_eq!((reply.status(), reply.header("content-length")), (200, Some("20")));
}

#[tokio::test]
async fn a_wrong_parameter_is_named() {
    let server = Served::new(Settings::default()).await;
    for (query, name) in [
        ("after=-1", "after"),
        ("after=x", "after"),
        ("after=26", "after"),
        ("limit=0", "limit"),
        ("limit=1001", "limit"),
        ("limit=1&limit=2", "limit"),
        ("type=JOB_EATEN", "type"),
        ("provider=", "provider"),
        ("provider=greenhouse,grenhouse", "provider"),
        ("orgId=a,%00", "orgId"),
        ("orgId=acme", "orgId"),
        ("orgId=source_62fbc0b4-dfc4-45d7-9b9e-0e0c3607d145", "orgId"),
        ("sourceId=62fbc0b4-dfc4-45d7-9b9e-0e0c3607d145,7", "sourceId"),
        ("type=JOB_CLOSED%00", "type"),
        ("form=1", "form"),
    ] {
        let (status, code, message) = server.get(&format!("/feed?{query}")).await.refusal();
        assert_eq!((status, code.as_str()), (400, "BAD_REQUEST"), "{query}");
        assert!(message.starts_with(&format!("\"{name}\" ")), "{query}: {message}");
    }
    let (_, _, message) = server.get("/feed?provider=grenhouse").await.refusal();
    assert!(message.contains("greenhouse, lever, "), "{message}");
}

/// Whoever asked for some of the latest postings was once given all of them.
#[tokio::test]
async fn the_latest_postings_have_no_parameters() {
    let server = Served::new(Settings::default()).await;
    for (query, name) in [("q=x&type=x", "q"), ("limit=5", "limit"), ("flag", "flag")] {
        let (status, code, message) = server.get(&format!("/feed.json?{query}")).await.refusal();
        assert_eq!((status, code.as_str()), (400, "BAD_REQUEST"), "{query}");
        assert_eq!(message, format!("\"{name}\" is no parameter, /feed.json has none"));
    }
    assert_eq!(server.get("/feed.json?").await.status(), 200);
}

/// A global id was once taken for a key, which no event has: no page had a line.
#[tokio::test]
async fn an_id_may_be_global_or_plain() {
    let server = Served::new(Settings::default()).await;
    let (id, upper) = ("62fbc0b4-dfc4-45d7-9b9e-0e0c3607d145", "62FBC0B4-DFC4-45D7-9B9E-0E0C3607D145");
    let page = server.get(&format!("/feed?provider=lever&orgId=org_{id},{upper}&sourceId=source_{id}")).await;
    let link = format!("</feed?after=25&limit=100&provider=lever&orgId={id}%2C{id}&sourceId={id}>; rel=\"next\"");
    assert_eq!((page.status(), page.header("link")), (200, Some(link.as_str())));
}

#[tokio::test]
async fn a_database_that_does_not_answer_is_no_empty_page() {
    let engine = Fake { not_ready: Some("no database".to_owned()), ..Fake::default() };
    let server = Served::with_engine(Settings::default(), engine).await;
    assert_eq!(server.get("/feed.json").await.status_and_code(), refusal(503, "UNAVAILABLE"));
}
