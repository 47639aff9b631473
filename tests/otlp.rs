//! Traces, as a collector gets them: `cargo test --features otlp --test otlp`. Without the feature there is nothing to test.

#![cfg(feature = "otlp")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// The exporter gathers for some seconds.
const PATIENCE: Duration = Duration::from_secs(30);

struct Ended(Child);

impl Drop for Ended {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

/// A collector that hands on what it is sent: the address of each message, and its bytes.
fn collector() -> (String, Receiver<(String, Vec<u8>)>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = format!("http://{}", listener.local_addr().expect("its address"));
    let (to, messages) = channel();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(stream) = stream else { continue };
            let to = to.clone();
            std::thread::spawn(move || {
                let mut reader = BufReader::new(stream);
                while let Some(message) = receive(&mut reader) {
                    drop(to.send(message));
                }
            });
        }
    });
    (address, messages)
}

/// One message of a connection, which is answered.
fn receive(reader: &mut BufReader<TcpStream>) -> Option<(String, Vec<u8>)> {
    let (mut first, mut length) = (String::new(), 0);
    reader.read_line(&mut first).ok()?;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let line = line.trim().to_ascii_lowercase();
        if line.is_empty() {
            break;
        }
        if let Some(text) = line.strip_prefix("content-length:") {
            length = text.trim().parse().ok()?;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    reader.get_mut().write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").ok()?;
    Some((first.split(' ').nth(1)?.to_owned(), body))
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|it| it == text.as_bytes())
}

fn post(address: &str, traceparent: &str, body: &str) -> String {
    let mut stream = TcpStream::connect(address).expect("it accepts connections");
    let head = format!(
        "POST /graphql HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: application/json\r\ntraceparent: {traceparent}\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(head.as_bytes()).expect("it takes the request");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("it answers");
    answer
}

#[test]
fn a_collector_gets_a_span_of_a_request_with_its_statements_and_without_what_was_asked_for() {
    let (collector, messages) = collector();
    let folder = tempfile::tempdir().expect("a folder can be made");
    let url = format!("sqlite://{}", folder.path().join("jobgraph.db").display());
    let mut child = Command::new(env!("CARGO_BIN_EXE_jobgraph"))
        .args(["--database-url", &url, "--otlp-endpoint", &collector, "serve", "--listen", "127.0.0.1:0"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    let output = child.stdout.take().expect("its output is piped");
    let _ended = Ended(child);
    let mut first = String::new();
    BufReader::new(output).read_line(&mut first).expect("it says where it listens");
    let address = first.trim().rsplit_once("http://").expect("it names an address").1.trim_end_matches("/graphql");

    let trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    let body = r#"{"query":"query Listed($city: String!) { jobs(filter: { city: { eq: $city } }) { totalCount nodes { title } } }",
        "operationName":"Listed","variables":{"city":"Atlantis"}}"#;
    let answer = post(address, &format!("00-{trace}-00f067aa0ba902b7-01"), body);
    assert!(answer.contains("\"totalCount\":0"), "{answer}");

    let mut all = Vec::new();
    let wanted =
        ["jobgraph", "graphql.operation.type", "query", "Listed", "db.query.text", "sqlite", "jobgraph.statements"];
    while !wanted.iter().all(|it| holds(&all, it)) {
        let (path, body) = messages.recv_timeout(PATIENCE).expect("a message in time");
        assert_eq!(path, "/v1/traces");
        all.extend(body);
    }
    let trace: Vec<u8> =
        (0..16).map(|at| u8::from_str_radix(&trace[at * 2..at * 2 + 2], 16).expect("hexadecimal")).collect();
    assert!(all.windows(16).any(|it| it == trace), "it is part of the client's trace");
    assert!(!holds(&all, "Atlantis"), "values stay here");
}
