//! The pages for people, with nothing in the graph.

use super::*;

#[tokio::test]
async fn every_page_is_guarded_by_a_policy_that_runs_no_inline_script() {
    let server = Served::new(Settings::default()).await;
    for path in ["/", "/jobs", "/jobs?q=rust", "/orgs", "/sources", "/events"] {
        let reply = server.get(path).await;
        assert_eq!(reply.status(), 200, "{path}");
        assert_eq!(reply.header("content-type"), Some("text/html; charset=utf-8"), "{path}");
        let policy = reply.header("content-security-policy").expect("there is a policy");
        assert!(policy.contains("script-src 'self';"), "{policy}");
        assert!(reply.body.contains("<script type=\"module\""), "{path}");
    }
}

/// Only of postings it once was; search engines were to list whatever stood below the other addresses.
#[tokio::test]
async fn an_address_of_nothing_is_a_page_that_explains() {
    let server = Served::new(Settings::default()).await;
    for (path, what) in [
        ("/jobs/0000000000000000000000000000000000000000", "posting"),
        ("/jobs/x/history", "posting"),
        ("/orgs/x", "company"),
        ("/orgs/x/y", "company"),
        ("/sources/x", "board"),
        ("/jobs/x/y", "page"),
        ("/events/x", "page"),
    ] {
        let reply = server.get(path).await;
        assert_eq!(reply.status(), 404, "{path}");
        assert!(reply.body.contains(&format!("There is no such {what}")), "{path}: {}", reply.body);
        assert!(reply.body.contains("<meta name=\"robots\" content=\"noindex\" />"), "{path}");
        assert!(reply.body.contains("<script type=\"module\""), "{path}");
        assert!(reply.header("content-security-policy").is_some(), "{path}");
    }
}

#[tokio::test]
async fn a_posting_that_cannot_be_asked_for_is_a_page_that_asks_again() {
    let server = Served::new(Settings { concurrency_max: 0, ..Settings::default() }).await;
    let reply = server.get("/jobs/x").await;
    assert_eq!((reply.status(), reply.header("retry-after")), (503, Some("1")));
    assert_eq!(reply.header("cache-control"), Some("no-store"));
    assert!(reply.body.contains("<script type=\"module\""));
}

/// It once was a page without a posting, or one that told to come back in a second.
#[tokio::test]
async fn who_asks_for_too_many_postings_is_told_when_to_come_back() {
    let number = |number| std::num::NonZeroU32::new(number).expect("it is not zero");
    let rate = Some(Rate { per_minute: number(1), burst: number(1) });
    let trusted_proxies = vec!["127.0.0.1/32".parse().expect("a network")];
    let server = Served::new(Settings { rate, trusted_proxies, ..Settings::default() }).await;
    let ask = async |headers: &str| {
        server.ask(format!("GET /jobs/x HTTP/1.1\r\nhost: x\r\nx-forwarded-for: 192.0.2.1\r\n{headers}\r\n")).await
    };
    assert_eq!(ask("").await.status(), 404, "the one point is spent");
    let reply = ask("").await;
    assert_eq!((reply.status(), reply.header("retry-after")), (429, Some("7")));
    assert_eq!(reply.header("cache-control"), Some("no-store"));
    // Whoever tries secrets is told too, in place of a page.
    let with_secret = async |byte| ask(&format!("authorization: Bearer {}\r\n", secret(byte))).await;
    assert_eq!(with_secret(10).await.status(), 200);
    let reply = with_secret(11).await;
    assert_eq!((reply.status(), reply.header("retry-after").is_some()), (429, true));
}

/// A cache once gave the compressed script to clients that cannot read it.
#[tokio::test]
async fn caches_are_told_that_an_asset_is_compressed_for_some() {
    let server = Served::new(Settings::default()).await;
    let page = server.get("/").await.body;
    let assets: Vec<&str> = page.split('"').filter(|it| it.starts_with("/web/assets/")).collect();
    assert!(!assets.is_empty(), "{page}");
    for path in assets {
        assert_eq!(server.get(path).await.header("vary"), Some("accept-encoding"), "{path}");
    }
}

#[tokio::test]
async fn what_is_no_page_stays_unknown() {
    let server = Served::new(Settings::default()).await;
    for path in ["/other", "/web", "/web/assets/none.js", "/web/assets/..%2Findex.html"] {
        assert_eq!(server.get(path).await.status(), 404, "{path}");
    }
}

#[tokio::test]
async fn an_operator_may_do_without_pages_or_without_graphiql() {
    let server = Served::new(Settings { web: false, ..Settings::default() }).await;
    assert_eq!(server.get("/").await.status_and_code(), refusal(404, "NOT_FOUND"));
    let server = Served::new(Settings { graphiql: false, ..Settings::default() }).await;
    assert!(server.get("/").await.body.contains("<meta name=\"graphiql\" content=\"off\" />"));
}
