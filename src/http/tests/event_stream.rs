//! GraphQL over server-sent events, and what streams are spared of the limits of requests.

use tokio::time::timeout;

use super::*;

const STREAM: &str = "content-type: application/json\r\naccept: text/event-stream\r\n";

fn stream(headers: &str, document: &str) -> String {
    post(&format!("{STREAM}{headers}"), &json!({ "query": document }).to_string())
}

impl Served {
    /// Begins a stream, and gives its head.
    pub(super) async fn begin(&self, request: impl AsRef<[u8]>) -> (Client, Reply) {
        let mut client = self.connect().await;
        client.send(request).await;
        let head = client.reply_to("HEAD").await;
        (client, head)
    }
}

impl Client {
    /// Reads until the text ends so.
    pub(super) async fn read_to(&mut self, end: &str) -> String {
        let mut text = Vec::new();
        let read = async {
            while !text.ends_with(end.as_bytes()) {
                text.push(self.0.read_u8().await.expect("more of the stream"));
            }
        };
        timeout(PATIENCE, read).await.expect("the end in time");
        // Each write is a chunk: its size, a line break, the text, a line break.
        let text = String::from_utf8(text).expect("a stream in UTF-8");
        text.split("\r\n").skip(1).step_by(2).collect()
    }
}

#[tokio::test]
async fn a_subscription_is_a_stream_of_events() {
    let server = Served::new(Settings::default()).await;
    let (mut client, head) = server.begin(stream("", "subscription three")).await;
    assert_eq!(head.status(), 200);
    for (name, value) in [
        ("content-type", "text/event-stream; charset=utf-8"),
        ("cache-control", "no-store"),
        ("x-accel-buffering", "no"),
        ("vary", "accept"),
    ] {
        assert_eq!(head.header(name), Some(value));
    }
    let events = ":\n\nevent: next\nid: 1\ndata: {\"data\":1}\n\nevent: next\nid: 2\ndata: {\"data\":2}\n\n\
        event: next\nid: 3\ndata: {\"data\":3}\n\nevent: complete\ndata: \n\n";
    assert_eq!(client.read_to("0\r\n\r\n").await, events);
}

#[tokio::test]
async fn what_fails_on_the_way_is_told_before_the_end() {
    let server = Served::new(Settings::default()).await;
    let (mut client, _) = server.begin(stream("", "subscription lagged")).await;
    let text = client.read_to("0\r\n\r\n").await;
    assert!(text.contains("event: next\ndata: {\"errors\":[{\"extensions\":{\"code\":\"LAGGED\"}"), "{text}");
    assert!(text.ends_with("event: complete\ndata: \n\n"), "{text}");
}

#[tokio::test]
async fn a_query_is_a_stream_of_one() {
    let server = Served::new(Settings::default()).await;
    let url = "/graphql?query=%7Ba%7D";
    let (mut client, head) =
        server.begin(format!("GET {url} HTTP/1.1\r\nhost: x\r\naccept: text/event-stream\r\n\r\n")).await;
    assert_eq!(head.status(), 200);
    let text = client.read_to("0\r\n\r\n").await;
    assert!(text.starts_with(":\n\nevent: next\ndata: {\"data\":{"), "{text}");
    assert!(text.ends_with("}\n\nevent: complete\ndata: \n\n"), "{text}");
}

#[tokio::test]
async fn what_is_refused_is_a_single_answer_of_json() {
    let server = Served::new(Settings::default()).await;
    let reply = server.ask(stream("", "{")).await;
    assert_eq!(reply.status_and_code(), refusal(400, "OF_THE_ENGINE"));
    assert_eq!(reply.header("content-type"), Some("application/json; charset=utf-8"));
    let reply = server.ask(stream("last-event-id: yesterday\r\n", "subscription three")).await;
    assert_eq!(reply.status_and_code(), refusal(400, "BAD_REQUEST"));
    let reply = server.ask("GET /graphql HTTP/1.1\r\nhost: x\r\naccept: text/event-stream\r\n\r\n").await;
    assert_eq!(reply.status_and_code(), refusal(400, "BAD_REQUEST"));
}

/// One that was cut off before the first event once began anew, behind what had come meanwhile.
#[tokio::test]
async fn a_browser_that_comes_again_goes_on_though_it_had_no_event_yet() {
    let server = Served::new(Settings::default()).await;
    let asked = "GET /graphql?query=subscription%20three HTTP/1.1\r\nhost: x\r\naccept: text/event-stream\r\n\
        last-event-id: 41\r\n\r\n";
    let (mut client, _) = server.begin(asked).await;
    assert_eq!(client.read_to("\n\n\r\n").await, "id: 41\n\n");
    assert!(client.read_to("0\r\n\r\n").await.contains("\nid: 42\n"));
}

#[tokio::test]
async fn a_quiet_stream_outlives_the_limits_of_a_request() {
    let settings = Settings {
        event_stream_heartbeat: Duration::from_millis(100),
        request_timeout: Duration::from_millis(200),
        header_read_timeout: Duration::from_millis(200),
        write_timeout: Duration::from_millis(200),
        concurrency_max: 1,
        ..Settings::default()
    };
    let server = Served::new(settings).await;
    let (mut client, _) = server.begin(stream("", "subscription waiting")).await;
    let quiet = timeout(Duration::from_millis(800), client.read_to("complete")).await;
    assert!(quiet.is_err(), "it goes on");
    assert_eq!(server.query("{ a }").await.status(), 200, "it does not count as a request that is being answered");
    let Served { shutdown, ended, .. } = server;
    shutdown.send(()).expect("a server that runs");
    let rest = client.read_to("0\r\n\r\n").await;
    assert!(rest.ends_with("event: complete\ndata: \n\n"), "{rest}");
    timeout(PATIENCE, ended).await.expect("an end in time").expect("no panic").expect("no error");
}

#[tokio::test]
async fn a_stream_that_is_not_read_stops_what_is_behind_it() {
    let settings = Settings { stream_write_timeout: Duration::from_millis(300), ..Settings::default() };
    let server = Served::new(settings).await;
    let (client, _) = server.begin(stream("", "subscription endless")).await;
    tokio::time::sleep(Duration::from_millis(1500)).await;
    let Served { shutdown, ended, .. } = server;
    shutdown.send(()).expect("a server that runs");
    timeout(PATIENCE, ended).await.expect("an end in time").expect("no panic").expect("no error");
    drop(client);
}
