//! The one log line of a request. Each test has a thread, and with it a log, of its own.

use std::io::Write;
use std::sync::Mutex;

use tracing::subscriber::DefaultGuard;

use super::*;

#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("a lock nobody panics with").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Lines {
    fn capture() -> (Self, DefaultGuard) {
        // Other tests' threads meet events as well. Without a subscriber for them, what they meet first would count as of
        // interest to nobody, here too.
        tracing::subscriber::set_global_default(tracing_subscriber::registry()).ok();
        let lines = Self::default();
        let written = lines.clone();
        let subscriber = tracing_subscriber::fmt()
            .json()
            .flatten_event(true)
            .with_max_level(tracing::Level::INFO)
            .with_writer(move || written.clone())
            .finish();
        (lines, tracing::subscriber::set_default(subscriber))
    }

    fn of(&self, message: &str) -> Vec<Value> {
        let text = String::from_utf8(self.0.lock().expect("a lock nobody panics with").clone()).expect("UTF-8");
        let lines = text.lines().map(|line| serde_json::from_str::<Value>(line).expect("a line of JSON"));
        lines.filter(|line| line["message"] == message).collect()
    }
}

#[tokio::test]
async fn an_answered_request_leaves_one_line() {
    let (lines, _guard) = Lines::capture();
    let server = Served::new(Settings::default()).await;
    let body = r#"{"query":"{secret}","operationName":"A","variables":{"n":"secret"}}"#;
    let reply = server.post("content-type: application/json\r\nx-request-id: mine\r\n", body).await;

    let [line] = lines.of("request").try_into().expect("one line");
    assert_eq!(line["level"], "INFO");
    assert_eq!(line["request_id"], "mine");
    assert_eq!(line["method"], "POST");
    assert_eq!(line["status"], 200);
    assert_eq!(line["outcome"], "EXECUTED");
    assert_eq!(line["operation"], "A");
    assert_eq!(line["document_hash"], "fffffffffffffffe");
    assert_eq!(line["cost"], 12);
    assert_eq!(line["statements"], 3);
    assert_eq!(line["rows"], 40);
    assert!(line["duration_ms"].is_f64());
    assert_eq!(line["bytes"], reply.body.len());
    assert!(!line.to_string().contains("secret"));
}

#[tokio::test]
async fn a_slow_request_leaves_a_second_line_that_says_where_its_time_went() {
    let (lines, _guard) = Lines::capture();
    let body = r#"{"query":"{secret}","operationName":"A","variables":{"n":"secret"}}"#;
    let server = Served::new(Settings { slow: Some(Duration::from_secs(60)), ..Settings::default() }).await;
    server.post(JSON, body).await;
    assert_eq!((lines.of("request").len(), lines.of("slow request").len()), (1, 0));
    let server = Served::new(Settings { slow: Some(Duration::ZERO), ..Settings::default() }).await;
    server.post(&format!("{JSON}x-request-id: mine\r\n"), body).await;

    let [line] = lines.of("slow request").try_into().expect("one line");
    assert_eq!(lines.of("request").len(), 2);
    assert_eq!(line["level"], "WARN");
    for (name, value) in [
        ("request_id", json!("mine")),
        ("outcome", json!("EXECUTED")),
        ("operation", json!("A")),
        ("document_hash", json!("fffffffffffffffe")),
        ("cost", json!(12)),
        ("statements", json!(3)),
        ("rows", json!(40)),
        ("statement", json!("SELECT '…', $1")),
        ("statement_ms", json!(5.0)),
        ("statement_rows", json!(30)),
    ] {
        assert_eq!(line[name], value, "{name}");
    }
    assert!(line["duration_ms"].is_f64() && !line.to_string().contains("secret"), "{line}");
}

#[tokio::test]
async fn a_refused_request_leaves_one_line() {
    let (lines, _guard) = Lines::capture();
    let server = Served::new(Settings::default()).await;
    server.post(JSON, "secret").await;

    let [line] = lines.of("request").try_into().expect("one line");
    assert_eq!(line["status"], 400);
    assert_eq!(line["outcome"], "BAD_REQUEST");
    assert_eq!(line["operation"], Value::Null);
    assert!(!line.to_string().contains("secret"));
}

#[tokio::test]
async fn a_request_whose_client_hangs_up_leaves_one_line() {
    let (lines, _guard) = Lines::capture();
    let server = Served::new(Settings::default()).await;
    let mut client = server.connect().await;
    client.send(query("never")).await;
    drop(client);
    // One place was taken and is given back when the request is dropped.
    let ended = async {
        while lines.of("request").is_empty() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(PATIENCE, ended).await.expect("a line in time");
    assert_eq!(lines.of("request")[0]["outcome"], "ABANDONED");
}

#[tokio::test]
async fn a_panic_is_logged_once_with_the_id_of_its_request() {
    let (lines, _guard) = Lines::capture();
    let server = Served::new(Settings::default()).await;
    let reply = server.query("panic").await;

    let [line] = lines.of("request panicked").try_into().expect("one line");
    assert_eq!(line["request_id"].as_str(), reply.header("x-request-id"));
    assert_eq!(line["panic"], "out of luck");
    assert_eq!(lines.of("request").len(), 1);
}

#[tokio::test]
async fn health_is_not_logged() {
    let (lines, _guard) = Lines::capture();
    let server = Served::new(Settings::default()).await;
    server.get("/readyz").await;
    assert_eq!(lines.of("request"), Vec::<Value>::new());
}
