//! Sockets that send nothing, half of something, or read nothing; too many of them; and the end of the server.

use super::*;

const SOON: Duration = Duration::from_millis(100);

#[tokio::test]
async fn a_client_that_sends_no_headers_is_hung_up_on() {
    let server = Served::new(Settings { header_read_timeout: SOON, ..Settings::default() }).await;
    let mut silent = server.connect().await;
    let mut halting = server.connect().await;
    halting.send("POST /graphql HTTP/1.1\r\nho").await;
    assert!(silent.is_closed().await);
    assert!(halting.is_closed().await);
}

#[tokio::test]
async fn a_client_that_drips_headers_is_hung_up_on() {
    let server = Served::new(Settings { header_read_timeout: SOON, ..Settings::default() }).await;
    let Client(stream) = server.connect().await;
    let (read, mut write) = stream.into_split();
    let drip = tokio::spawn(async move {
        write.write_all(b"GET /livez HTTP/1.1\r\nx: ").await.ok();
        while write.write_all(b"x").await.is_ok() {
            tokio::time::sleep(SOON / 10).await;
        }
    });
    let closed = async {
        read.readable().await.expect("a socket");
        read.try_read(&mut [0]).map_or(true, |length| length == 0)
    };
    assert!(tokio::time::timeout(PATIENCE, closed).await.expect("an end in time"));
    drip.await.expect("the drip ends with the connection");
}

#[tokio::test]
async fn an_idle_connection_is_closed() {
    let server = Served::new(Settings { header_read_timeout: SOON, ..Settings::default() }).await;
    let mut client = server.connect().await;
    client.send(query("{a}")).await;
    assert_eq!(client.reply().await.status(), 200);
    assert!(client.is_closed().await);
}

#[tokio::test]
async fn a_client_that_sends_half_a_body_is_told_and_hung_up_on() {
    let server = Served::new(Settings { body_read_timeout: SOON, ..Settings::default() }).await;
    let mut client = server.connect().await;
    client.send(format!("POST /graphql HTTP/1.1\r\nhost: x\r\n{JSON}content-length: 100\r\n\r\n{{")).await;
    let reply = client.reply().await;
    let expected = (408, "TIMEOUT".to_owned(), "the body took longer than 0.1 s to arrive".to_owned());
    assert_eq!(reply.refusal(), expected);
    assert!(client.is_closed().await);
}

#[tokio::test]
async fn a_client_that_does_not_read_is_hung_up_on() {
    let server = Served::new(Settings { write_timeout: SOON, connections_max: 1, ..Settings::default() }).await;
    let mut greedy = server.connect().await;
    greedy.send(query("large")).await;
    // There is one place only, so that an answer to the next client proves that the first has lost it.
    assert_eq!(server.get("/livez").await.status(), 200);
}

/// The connection once kept the time that streams have.
#[tokio::test]
async fn a_client_that_does_not_read_is_hung_up_on_after_a_stream_too() {
    let stream_write_timeout = PATIENCE * 10;
    let settings = Settings { write_timeout: SOON, stream_write_timeout, connections_max: 1, ..Settings::default() };
    let server = Served::new(settings).await;
    let as_stream = post(&format!("{JSON}accept: text/event-stream\r\n"), r#"{"query":"{a}"}"#);
    let (mut greedy, _) = server.begin(as_stream).await;
    greedy.read_to("0\r\n\r\n").await;
    greedy.send(query("large")).await;
    assert_eq!(server.get("/livez").await.status(), 200);
}

#[tokio::test]
async fn one_connection_serves_many_requests() {
    let server = Served::new(Settings::default()).await;
    let mut client = server.connect().await;
    for _ in 0..3 {
        client.send(query("{a}")).await;
        assert_eq!(client.reply().await.status(), 200);
    }
    client.send(query("{a}").repeat(3)).await;
    for _ in 0..3 {
        assert_eq!(client.reply().await.status(), 200);
    }
}

#[tokio::test]
async fn a_connection_too_many_waits_for_a_place() {
    let server = Served::new(Settings { connections_max: 1, ..Settings::default() }).await;
    let mut first = server.connect().await;
    first.send(query("{a}")).await;
    assert_eq!(first.reply().await.status(), 200);

    let mut second = server.connect().await;
    second.send(query("{a}")).await;
    assert!(tokio::time::timeout(SOON, second.0.readable()).await.is_err(), "answered without a place");
    drop(first);
    assert_eq!(second.reply().await.status(), 200);
}

#[tokio::test]
async fn what_is_no_http_is_refused() {
    let server = Served::new(Settings::default()).await;
    assert_eq!(server.ask("\x16\x03\x01 hello\r\n\r\n").await.status(), 400);
    let smuggled = "POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-length: 4\r\ncontent-length: 5\r\n\r\nabcde";
    assert_eq!(server.ask(smuggled).await.status(), 400);
}

#[tokio::test]
async fn at_shutdown_open_requests_are_answered_and_idle_connections_closed() {
    let settings = Settings { request_timeout: SOON, ..Settings::default() };
    let server = Served::new(settings).await;
    let mut idle = server.connect().await;
    idle.send(query("{a}")).await;
    idle.reply().await;
    let mut busy = server.connect().await;
    // The head alone: the request is open once the server asks for the rest.
    busy.send(format!("POST /graphql HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\n{JSON}content-length: 13\r\n\r\n"))
        .await;
    assert_eq!(busy.reply().await.status(), 100);

    server.shutdown.send(()).expect("a server that listens");
    assert!(idle.is_closed().await);
    busy.send(r#"{"query":"a"}"#).await;
    let reply = busy.reply().await;
    assert_eq!((reply.status(), reply.header("connection")), (200, Some("close")));
    assert!(busy.is_closed().await);
    server.ended.await.expect("no panic").expect("an orderly end");
    assert!(TcpStream::connect(server.address).await.is_err());
}

#[tokio::test]
async fn the_drain_does_not_wait_for_ever() {
    let server = Served::new(Settings { drain_timeout: SOON, ..Settings::default() }).await;
    let mut busy = server.connect().await;
    busy.send(format!("POST /graphql HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\n{JSON}content-length: 13\r\n\r\n"))
        .await;
    assert_eq!(busy.reply().await.status(), 100);
    server.shutdown.send(()).expect("a server that listens");
    let ended = tokio::time::timeout(PATIENCE, server.ended).await.expect("an end in time");
    ended.expect("no panic").expect("an orderly end");
    assert!(busy.is_closed().await);
}
