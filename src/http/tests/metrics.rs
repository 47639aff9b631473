//! What `/metrics` counts.

use super::*;

pub(super) async fn value(server: &Served, line: &str) -> Option<f64> {
    let text = server.get("/metrics").await.body;
    let value = text.lines().find_map(|it| it.strip_prefix(line)).map(str::trim);
    value.map(|it| it.parse().expect("a number"))
}

#[tokio::test]
async fn each_request_is_counted_by_how_it_ended() {
    let server = Served::new(Settings::default()).await;
    server.query("{a}").await;
    server.query("{a}").await;
    server.query("{").await;
    server.ask("PATCH /graphql HTTP/1.1\r\nhost: x\r\n\r\n").await;
    for (outcome, count) in [("EXECUTED", 2.0), ("REFUSED", 1.0), ("METHOD_NOT_ALLOWED", 1.0)] {
        let line = format!("graphql_requests_total{{outcome=\"{outcome}\"}}");
        assert_eq!(value(&server, &line).await, Some(count), "{outcome}");
    }
    assert_eq!(value(&server, "graphql_request_duration_seconds_count").await, Some(4.0));
    assert_eq!(value(&server, "graphql_requests_running").await, Some(0.0));
}

#[tokio::test]
async fn what_is_under_way_shows_while_it_is() {
    let server = Served::new(Settings::default()).await;
    let mut client = server.connect().await;
    client.send(query("never")).await;
    tokio::time::timeout(PATIENCE, async { while value(&server, "graphql_requests_running").await != Some(1.0) {} })
        .await
        .expect("it is running in time");
    drop(client);
    tokio::time::timeout(PATIENCE, async {
        while value(&server, "graphql_requests_total{outcome=\"ABANDONED\"}").await != Some(1.0) {}
    })
    .await
    .expect("it is given up in time");
}

#[tokio::test]
async fn they_come_as_open_metrics_and_are_not_kept() {
    let reply = Served::new(Settings::default()).await.get("/metrics").await;
    assert_eq!(reply.header("content-type"), Some("application/openmetrics-text; version=1.0.0; charset=utf-8"));
    assert_eq!(reply.header("cache-control"), Some("no-store"));
    assert!(reply.body.contains("build_info{version=\"") && reply.body.ends_with("# EOF\n"), "{}", reply.body);
}
