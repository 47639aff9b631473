//! Clients that go on asking whatever happens, and note what they were told.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::program::send;

/// What one request came to; all of it is shown when a test fails.
#[derive(Clone, Debug)]
#[expect(dead_code, reason = "some of it is for who reads of a failure")]
pub(crate) struct Answer {
    pub(crate) asked: String,
    pub(crate) began: Instant,
    pub(crate) taken: Duration,
    pub(crate) status: u16,
    /// The codes of its errors.
    pub(crate) codes: Vec<String>,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn is_clean(&self) -> bool {
        self.status == 200 && self.codes.is_empty()
    }

    /// Whether status and codes are those for a database that does not answer.
    pub(crate) fn is_of_an_outage(&self) -> bool {
        let is = |code: &str| !self.codes.is_empty() && self.codes.iter().all(|it| it == code);
        match self.status {
            200 | 503 => is("UNAVAILABLE"),
            504 => is("TIMEOUT"),
            _ => false,
        }
    }
}

pub(crate) struct Clients {
    stop: Arc<AtomicBool>,
    answers: Arc<Mutex<Vec<Answer>>>,
    events: Arc<Mutex<Vec<i64>>>,
    threads: Vec<JoinHandle<()>>,
}

impl Clients {
    /// Some ask question after question, one follows the log from its beginning.
    pub(crate) fn start(address: &str, count: u64) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let (answers, events) = (Arc::default(), Arc::default());
        let mut threads = Vec::new();
        for number in 0..count {
            let (address, stop, answers) = (address.to_owned(), Arc::clone(&stop), Arc::clone(&answers));
            threads.push(std::thread::spawn(move || {
                for turn in (number..).take_while(|_| !stop.load(Ordering::Relaxed)) {
                    note(&answers, question(&address, turn));
                }
            }));
        }
        let (address, to) = (address.to_owned(), Arc::clone(&events));
        let stopping = Arc::clone(&stop);
        threads.push(std::thread::spawn(move || {
            while !stopping.load(Ordering::Relaxed) {
                // What broke off is taken up where it was, as the client library does it.
                drop(follow(&address, &to, &stopping));
                std::thread::sleep(Duration::from_millis(100));
            }
        }));
        Self { stop, answers, events, threads }
    }

    /// What was answered to questions asked since then.
    pub(crate) fn since(&self, moment: Instant) -> Vec<Answer> {
        self.answers.lock().expect("no client panics").iter().filter(|it| it.began >= moment).cloned().collect()
    }

    /// The events that were told, in this order.
    pub(crate) fn events(&self) -> Vec<i64> {
        self.events.lock().expect("no client panics").clone()
    }

    pub(crate) fn stop(self) {
        self.stop.store(true, Ordering::Relaxed);
        for thread in self.threads {
            thread.join().expect("no client panics");
        }
    }
}

/// How often each status came with each code.
pub(crate) fn counted(answers: &[Answer]) -> BTreeMap<(u16, String), usize> {
    let mut counts = BTreeMap::new();
    for answer in answers {
        *counts.entry((answer.status, answer.codes.first().cloned().unwrap_or_default())).or_default() += 1;
    }
    counts
}

fn note(answers: &Mutex<Vec<Answer>>, answer: Answer) {
    answers.lock().expect("no client panics").push(answer);
}

/// Questions of each kind, so different that few are answered from memory.
fn question(address: &str, turn: u64) -> Answer {
    let first = turn % 40 + 1;
    let query = match turn % 5 {
        0 => format!(
            "{{ jobs(first: {first}) {{ totalCount nodes {{ title org {{ name }} events(first: 2) {{ nodes {{ type }} }} }} }} }}"
        ),
        1 => format!(
            "{{ jobs(search: \"job\", first: {first}) {{ nodes {{ title }} facets(fields: [STATUS]) {{ buckets {{ count }} }} }} }}"
        ),
        2 => format!("{{ events(first: {first}) {{ nodes {{ seq job {{ title }} }} }} }}"),
        3 => return asked(address, "GET", &format!("/feed?after=0&limit={first}"), ""),
        _ => return asked(address, "GET", &format!("/job-postings/v1/jobs/search?limit={first}"), ""),
    };
    asked(address, "POST", "/graphql", &json!({ "query": query }).to_string())
}

fn asked(address: &str, method: &str, url: &str, body: &str) -> Answer {
    let began = Instant::now();
    let (status, _, text) = send(address, method, url, &[], body.as_bytes());
    let answer: Value = serde_json::from_str(&text).unwrap_or_default();
    let code = |error: &Value| error["extensions"]["code"].as_str().unwrap_or("none").to_owned();
    // The original's calls have one error, with its code in it.
    let one = answer["error"]["code"].as_str().map(str::to_uppercase);
    let codes = answer["errors"].as_array().into_iter().flatten().map(code).chain(one).collect();
    Answer { asked: format!("{url} {body}"), began, taken: began.elapsed(), status, codes, body: text }
}

/// Follows the log until the stream ends.
fn follow(address: &str, events: &Mutex<Vec<i64>>, stop: &AtomicBool) -> std::io::Result<()> {
    let after = events.lock().expect("no client panics").last().copied().unwrap_or_default();
    let body = json!({ "query": format!("subscription {{ changes(after: \"{after}\") {{ seq job {{ title }} }} }}") })
        .to_string();
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(Duration::from_secs(20)))?;
    let head = format!(
        "POST /graphql HTTP/1.1\r\nhost: {address}\r\naccept: text/event-stream\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all((head + &body).as_bytes())?;
    for line in BufReader::new(stream).lines() {
        if stop.load(Ordering::Relaxed) {
            return Ok(());
        }
        let line = line?;
        let Some(data) = line.strip_prefix("data: ") else { continue };
        let message: Value = serde_json::from_str(data).unwrap_or_default();
        match message["data"]["changes"]["seq"].as_str().and_then(|it| it.parse().ok()) {
            Some(seq) => events.lock().expect("no client panics").push(seq),
            None => return Ok(()),
        }
    }
    Ok(())
}
