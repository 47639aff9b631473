//! What those who run the server see of its state.

use super::*;

#[tokio::test]
async fn a_live_server_says_ok() {
    let server = Served::new(Settings::default()).await;
    let reply = server.get("/livez").await;
    assert_eq!((reply.status(), reply.body.as_str()), (200, "ok"));
    assert_eq!(reply.header("cache-control"), Some("no-store"));
}

#[tokio::test]
async fn a_ready_server_says_so_under_both_names() {
    let server = Served::new(Settings::default()).await;
    for url in ["/readyz", "/healthz"] {
        let reply = server.get(url).await;
        assert_eq!((reply.status(), reply.json()), (200, json!({ "ready": true, "reason": null })));
        assert_eq!(reply.header("cache-control"), Some("no-store"));
    }
}

#[tokio::test]
async fn a_server_that_is_not_ready_tells_the_reason_and_lives() {
    let engine = Fake { not_ready: Some("no database".to_owned()), ..Fake::default() };
    let server = Served::with_engine(Settings::default(), engine).await;
    let reply = server.get("/readyz").await;
    assert_eq!((reply.status(), reply.json()), (503, json!({ "ready": false, "reason": "no database" })));
    assert_eq!(server.get("/livez").await.status(), 200);
}

#[tokio::test]
async fn a_check_that_hangs_counts_as_not_ready() {
    let engine = Fake { not_ready: Some("never".to_owned()), ..Fake::default() };
    let server = Served::with_engine(Settings::default(), engine).await;
    let reply = server.get("/readyz").await;
    assert_eq!(reply.status(), 503);
    assert_eq!(reply.json()["reason"], "the readiness check took too long");
}

#[tokio::test]
async fn a_draining_server_is_not_ready() {
    let drain = CancellationToken::new();
    let router = router(Arc::new(Fake::default()), Settings::default(), drain.clone());
    drain.cancel();
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("the address of a bound socket");
    tokio::spawn(async { axum::serve(listener, router).await });

    let mut client = Client(TcpStream::connect(address).await.expect("a connection"));
    client.send("GET /readyz HTTP/1.1\r\nhost: x\r\n\r\n").await;
    let reply = client.reply().await;
    assert_eq!((reply.status(), reply.json()), (503, json!({ "ready": false, "reason": "shutting down" })));
}
