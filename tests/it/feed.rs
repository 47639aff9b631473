//! The change feed: whoever follows a filter gets each of its events once and in order, however often it is cut off,
//! whichever server it asks, and while the log grows.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures_util::StreamExt;
use futures_util::stream::BoxStream;
use jobgraph::feed::FeedSettings;
use jobgraph::graphql::Gateway;
use jobgraph::http::{Backlog, Caller, Engine, FeedQuery, GraphqlRequest, Message, StreamContext};
use jobgraph::ingest::verdict::Policy;
use jobgraph::ingest::{Arrived, Body, Intake, identity};
use jobgraph::plan::Limits;
use jobgraph::store::Store;
use serde_json::{Value, json};
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;

use crate::raw;
use crate::support::{Backend, Database, backends};

const PATIENCE: Duration = Duration::from_secs(60);
const BOARDS: [&str; 3] = ["acme", "globex", "initech"];
const SNAPSHOTS: u64 = 24;
/// Room for all that a test leaves unread.
const BACKLOG: usize = 1_048_576;

/// Each snapshot creates, changes, closes and reopens some postings.
async fn ingest(store: &Store, board: &str, snapshot: u64) {
    let listed = (0..20 + snapshot).filter(|key| key % 7 != snapshot % 7);
    let job = |key| json!({ "id": key, "title": format!("Job {key} v{}", (snapshot + key) / 5) });
    let jobs: Vec<Value> = listed.map(job).collect();
    let body = Body::Read(json!({ "jobs": jobs, "meta": { "total": jobs.len() } }).to_string().into_bytes());
    let at = i64::try_from(snapshot).expect("it is small") * 60_000;
    let (provider, board) = ("greenhouse".to_owned(), board.to_owned());
    let arrived = Arrived { provider, board, started_at: at, finished_at: at, http_status: None, body };
    let policy = Some(Policy::immediate());
    Intake { store, archive: None, policy, clock: || 0 }.apply(&arrived).await.expect("it is applied");
}

fn settings() -> FeedSettings {
    FeedSettings { poll_interval: Duration::from_millis(10), ..FeedSettings::default() }
}

fn gateway(store: Store, settings: FeedSettings) -> Gateway {
    Gateway::new(store, Limits::default(), || 0).expect("the schema is valid").with_feed(settings)
}

/// A server that can be stopped.
#[derive(Clone)]
struct Running {
    gateway: Arc<Gateway>,
    drain: CancellationToken,
}

impl Running {
    fn start(store: Store) -> Self {
        Self { gateway: Arc::new(gateway(store, settings())), drain: CancellationToken::new() }
    }

    async fn follow(&self, after: Option<i64>, filter: &Value) -> BoxStream<'static, Message> {
        self.follow_within(Backlog::new(BACKLOG), after, filter).await
    }

    async fn follow_within(&self, backlog: Backlog, after: Option<i64>, filter: &Value) -> BoxStream<'static, Message> {
        let query = "subscription($after: Seq, $filter: EventFilter) { changes(after: $after, filter: $filter) \
            { seq eventKey type jobId job { title status } changes { path } } }";
        let variables = json!({ "after": after.map(|it| it.to_string()), "filter": filter });
        let context = StreamContext { backlog, ..context(self.drain.clone()) };
        subscribe(&self.gateway, query, variables, context).await.expect("it is allowed")
    }
}

fn context(drain: CancellationToken) -> StreamContext {
    StreamContext {
        request_id: "test".to_owned(),
        caller: Caller::program(),
        resume_after: None,
        drain,
        backlog: Backlog::new(BACKLOG),
    }
}

async fn subscribe(
    gateway: &Gateway,
    query: &str,
    variables: Value,
    context: StreamContext,
) -> Result<BoxStream<'static, Message>, Value> {
    let variables = variables.as_object().cloned().unwrap_or_default();
    let request = GraphqlRequest { query: query.to_owned(), variables, ..GraphqlRequest::default() };
    let stream = gateway.subscribe(request, context).await;
    stream.map(|it| it.messages).map_err(|answer| serde_json::from_slice(&answer.body).expect("it is JSON"))
}

async fn next(stream: &mut BoxStream<'static, Message>) -> Option<Message> {
    timeout(PATIENCE, stream.next()).await.expect("a message in time")
}

/// The position and the key of an event that was delivered whole.
fn event(message: &Message) -> (i64, String) {
    let Message::Next { body, position } = message else { panic!("{message:?}") };
    let answer: Value = serde_json::from_slice(body).expect("it is JSON");
    assert_eq!(answer.get("errors"), None, "{answer}");
    let event = &answer["data"]["changes"];
    assert!(event["job"]["title"].is_string() && event["changes"].is_array(), "{answer}");
    let seq = event["seq"].as_str().and_then(|it| it.parse().ok()).expect("it has a position");
    assert_eq!(*position, Some(seq));
    (seq, event["eventKey"].to_string())
}

/// Code and position of the message that ends a stream.
fn farewell(message: &Message) -> (String, i64) {
    let Message::Failed { errors } = message else { panic!("{message:?}") };
    let extensions = &errors[0]["extensions"];
    let position = extensions["resumeAfter"].as_str().and_then(|it| it.parse().ok()).expect("it says where to go on");
    (extensions["code"].as_str().expect("it has a code").to_owned(), position)
}

/// What a filter names, by the list of events.
async fn named(gateway: &Gateway, filter: &Value) -> Vec<(i64, String)> {
    let mut named = Vec::new();
    let mut cursor = Value::Null;
    loop {
        let query = "query($filter: EventFilter, $after: String) { events(first: 100, after: $after, filter: $filter, \
            orderBy: [{seq: ASC}]) { nodes { seq eventKey } pageInfo { endCursor hasNextPage } } }";
        let variables = json!({ "filter": filter, "after": cursor });
        let variables = variables.as_object().cloned().expect("it is an object");
        let request = GraphqlRequest { query: query.to_owned(), variables, ..GraphqlRequest::default() };
        let executed = gateway.execute(&request, "test").await;
        let answer: Value = serde_json::from_slice(&executed.answer.body).expect("it is JSON");
        let page = &answer["data"]["events"];
        for node in page["nodes"].as_array().unwrap_or_else(|| panic!("{answer}")) {
            let seq = node["seq"].as_str().and_then(|it| it.parse().ok()).expect("it has a position");
            named.push((seq, node["eventKey"].to_string()));
        }
        if page["pageInfo"]["hasNextPage"] == false {
            return named;
        }
        cursor = page["pageInfo"]["endCursor"].clone();
    }
}

fn filters() -> Vec<Value> {
    let source = |board: &str| identity::source_id("greenhouse", board);
    let job = |board: &str, key: &str| identity::job_id("greenhouse", board, key);
    vec![
        Value::Null,
        json!({}),
        json!({ "type": { "eq": "JOB_CLOSED" } }),
        json!({ "type": { "in": ["JOB_CREATED", "JOB_REOPENED"] } }),
        json!({ "sourceId": { "eq": source("acme") } }),
        json!({ "not": { "sourceId": { "eq": source("acme") } } }),
        json!({ "jobId": { "in": [job("globex", "3"), job("initech", "5")] } }),
        json!({ "or": [{ "type": { "eq": "JOB_UPDATED" } }, { "sourceId": { "eq": source("globex") } }] }),
        json!({ "seq": { "gt": "100", "lte": "400" } }),
        json!({ "provider": { "eq": "nobody" } }),
    ]
}

/// Reads until it has all that `is_done` waits for, is cut off at random, and goes on with either server.
async fn read(
    servers: Arc<Mutex<[Running; 2]>>,
    filter: Value,
    mut random: u64,
    read_so_far: Arc<Mutex<Vec<(i64, String)>>>,
) {
    let mut after = Some(0);
    loop {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let server = servers.lock().expect("no one panics")[(random >> 40) as usize % 2].clone();
        let mut stream = server.follow(after, &filter).await;
        for _ in 0..(random >> 33) % 40 {
            // A reader without events is cut off too.
            let Ok(message) = timeout(Duration::from_millis(200), stream.next()).await else { break };
            match message.expect("a stream has a last word") {
                message @ Message::Next { .. } => {
                    let event = event(&message);
                    after = Some(event.0);
                    read_so_far.lock().expect("no one panics").push(event);
                }
                message @ Message::Failed { .. } => {
                    let (code, position) = farewell(&message);
                    assert_eq!(code, "UNAVAILABLE");
                    after = Some(position);
                    sleep(Duration::from_millis(20)).await;
                    break;
                }
            }
        }
    }
}

async fn each_reader_gets_its_events(backend: Backend) {
    let database = Database::new(backend).await;
    let servers = [Running::start(database.store().await), Running::start(database.store().await)];
    let servers = Arc::new(Mutex::new(servers));
    let filters = filters();
    let mut readers = Vec::new();
    let mut tasks = tokio::task::JoinSet::new();
    for (filter, random) in filters.iter().zip(1..) {
        let so_far = Arc::new(Mutex::new(Vec::new()));
        tasks.spawn(read(Arc::clone(&servers), filter.clone(), random, Arc::clone(&so_far)));
        readers.push(so_far);
    }
    let mut writers = tokio::task::JoinSet::new();
    for board in BOARDS {
        let store = database.store().await;
        writers.spawn(async move {
            for snapshot in 0..SNAPSHOTS {
                ingest(&store, board, snapshot).await;
            }
            store.close().await.expect("the store closes");
        });
    }
    for restart in 0..6 {
        sleep(Duration::from_millis(150)).await;
        let fresh = Running::start(database.store().await);
        let stopped = std::mem::replace(&mut servers.lock().expect("no one panics")[restart % 2], fresh);
        stopped.drain.cancel();
    }
    while let Some(written) = writers.join_next().await {
        written.expect("no writer panics");
    }
    let asked = servers.lock().expect("no one panics")[0].gateway.clone();
    let mut expected = Vec::new();
    for filter in &filters {
        expected.push(named(&asked, filter).await);
    }
    assert!(expected[0].len() > 500, "{}", expected[0].len());
    assert!(expected[0].iter().map(|it| it.0).eq(1..=i64::try_from(expected[0].len()).expect("it is small")));
    let is_done =
        || readers.iter().zip(&expected).all(|(it, all)| it.lock().expect("no one panics").len() >= all.len());
    let done = async {
        while !is_done() {
            sleep(Duration::from_millis(20)).await;
        }
        // Whatever came twice would come now.
        sleep(Duration::from_millis(300)).await;
    };
    tokio::select! {
        () = async { timeout(PATIENCE, done).await.expect("each reader gets its events in time") } => {}
        ended = tasks.join_next() => panic!("a reader ended: {ended:?}"),
    }
    for ((so_far, all), filter) in readers.iter().zip(&expected).zip(&filters) {
        assert_eq!(*so_far.lock().expect("no one panics"), *all, "{backend}: {filter}");
    }
    tasks.shutdown().await;
}

#[test]
fn each_reader_gets_the_events_its_filter_names_once_and_in_order() {
    for backend in backends() {
        let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
        runtime.block_on(each_reader_gets_its_events(backend));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_position_only_what_comes_is_told() {
    for backend in backends() {
        let database = Database::new(backend).await;
        let store = database.store().await;
        ingest(&store, "acme", 0).await;
        let head = store.reader().head().await.expect("it is read");
        let server = Running::start(store.clone());
        let request =
            GraphqlRequest { query: "subscription { changes { seq } }".to_owned(), ..GraphqlRequest::default() };
        let begun = server.gateway.subscribe(request, context(server.drain.clone())).await.expect("it is allowed");
        assert_eq!(begun.after, Some(head), "{backend}: a client that is cut off at once knows where it began");
        let mut stream = server.follow(None, &Value::Null).await;
        assert!(timeout(Duration::from_millis(200), stream.next()).await.is_err(), "nothing happens");
        ingest(&store, "acme", 1).await;
        assert_eq!(event(&next(&mut stream).await.expect("a message")).0, head + 1, "{backend}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_that_lags_is_told_where_to_go_on() {
    let database = Database::new(Backend::Sqlite).await;
    let store = database.store().await;
    ingest(&store, "acme", 0).await;
    let settings = FeedSettings { buffered_max: 3, lag_max: Duration::from_millis(100), ..settings() };
    let server = Running { gateway: Arc::new(gateway(store.clone(), settings)), drain: CancellationToken::new() };
    let mut stream = server.follow(Some(0), &Value::Null).await;
    sleep(Duration::from_millis(500)).await;
    for seq in 1..=3 {
        assert_eq!(event(&next(&mut stream).await.expect("a message")).0, seq);
    }
    assert_eq!(farewell(&next(&mut stream).await.expect("a last word")), ("LAGGED".to_owned(), 3));
    assert_eq!(next(&mut stream).await, None);
    let mut stream = server.follow(Some(3), &Value::Null).await;
    assert_eq!(event(&next(&mut stream).await.expect("a message")).0, 4);
}

/// Few messages can be much: 64 of them for each of 20 operations were kept for one client, however long.
#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_lags_with_many_bytes_is_told_where_to_go_on() {
    let database = Database::new(Backend::Sqlite).await;
    let store = database.store().await;
    ingest(&store, "acme", 0).await;
    let settings = FeedSettings { lag_max: Duration::from_millis(100), ..settings() };
    let server = Running { gateway: Arc::new(gateway(store.clone(), settings)), drain: CancellationToken::new() };
    // A message beyond all room takes all of it, so that it can be sent at all.
    let backlog = Backlog::new(10);
    let mut first = server.follow_within(backlog.clone(), Some(0), &Value::Null).await;
    sleep(Duration::from_millis(500)).await;
    let mut second = server.follow_within(backlog, Some(0), &Value::Null).await;
    assert_eq!(farewell(&next(&mut second).await.expect("a last word")), ("LAGGED".to_owned(), 0));
    assert_eq!(event(&next(&mut first).await.expect("a message")).0, 1);
    assert_eq!(farewell(&next(&mut first).await.expect("a last word")), ("LAGGED".to_owned(), 1));
    let mut alone = server.follow_within(Backlog::new(10), Some(1), &Value::Null).await;
    for seq in 2..=10 {
        assert_eq!(event(&next(&mut alone).await.expect("a message")).0, seq);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_is_lost_ends_the_stream_after_a_while() {
    let database = Database::new(Backend::Sqlite).await;
    let store = database.store().await;
    ingest(&store, "acme", 0).await;
    let settings = FeedSettings { retry_max: Duration::from_millis(500), ..settings() };
    let server = Running { gateway: Arc::new(gateway(store.clone(), settings)), drain: CancellationToken::new() };
    let head = store.reader().head().await.expect("it is read");
    let mut stream = server.follow(None, &Value::Null).await;
    store.close().await.expect("the store closes");
    assert_eq!(farewell(&next(&mut stream).await.expect("a last word")), ("UNAVAILABLE".to_owned(), head));
    assert_eq!(next(&mut stream).await, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_followed_is_refused_at_once() {
    let database = Database::new(Backend::Sqlite).await;
    let gateway = gateway(database.store().await, settings());
    for (query, code) in [
        ("subscription { changes(after: \"7\") { seq } }", "BAD_USER_INPUT"),
        ("subscription { changes(after: \"x\") { seq } }", "BAD_USER_INPUT"),
        ("subscription { changes(filter: {type: {eq: null}}) { seq } }", "BAD_FILTER"),
        ("subscription { watch(filter: {lastSeenAt: {newerThan: \"P1D\"}}) { seq } }", "BAD_FILTER"),
        ("subscription { watch(filter: {or: [{org: {activeJobCount: {gt: 1}}}]}) { seq } }", "BAD_FILTER"),
        ("subscription { changes { nothing } }", "GRAPHQL_VALIDATION_FAILED"),
        ("subscription { a: changes { seq } b: changes { seq } }", "GRAPHQL_VALIDATION_FAILED"),
        (
            "subscription { changes { job { events(first: 100) { nodes { job { events(first: 100) { nodes { seq } } } } } } } }",
            "COST_LIMIT",
        ),
    ] {
        let refused = subscribe(&gateway, query, Value::Null, context(CancellationToken::new())).await.err();
        assert_eq!(refused.expect(query)["errors"][0]["extensions"]["code"], code, "{query}");
    }
    let request = GraphqlRequest { query: "subscription { changes { seq } }".to_owned(), ..GraphqlRequest::default() };
    let answer: Value =
        serde_json::from_slice(&gateway.execute(&request, "test").await.answer.body).expect("it is JSON");
    assert_eq!(answer["errors"][0]["extensions"]["code"], "NOT_ACCEPTABLE");
}

/// Each of 20,000 that may be open keeps its document for as long as it lives.
#[tokio::test(flavor = "multi_thread")]
async fn a_subscription_that_is_too_long_is_refused_with_the_figures() {
    let database = Database::new(Backend::Sqlite).await;
    let gateway = gateway(database.store().await, settings());
    let follow = async |bytes: usize| {
        let name = "a".repeat(bytes - "subscription{changes{:seq}}".len());
        let query = format!("subscription {{ changes {{ {name}: seq }} }}");
        subscribe(&gateway, &query, Value::Null, context(CancellationToken::new())).await.err()
    };
    assert_eq!(follow(8_192).await, None);
    let error = follow(8_193).await.expect("it is refused")["errors"][0].take();
    assert_eq!(error["extensions"]["code"], "DOCUMENT_TOO_LARGE");
    let message = error["message"].as_str().unwrap_or_default();
    assert!(message.contains("8193 bytes") && message.contains("the limit is 8192"), "{message}");
}

/// The positions on each page and where the next one begins, until that is where the page itself began.
async fn pages(gateway: &Gateway, mut query: FeedQuery) -> Vec<(Vec<i64>, i64)> {
    let seq = |line: &str| -> i64 {
        let event: Value = serde_json::from_str(line).expect("it is JSON");
        event["seq"].as_str().and_then(|it| it.parse().ok()).expect("it has a position")
    };
    let mut pages = Vec::new();
    loop {
        let page = gateway.feed(query.clone()).await.expect("there is a page");
        let lines = String::from_utf8(page.body).expect("it is text");
        pages.push((lines.lines().map(seq).collect(), page.next));
        if page.next == query.after {
            return pages;
        }
        query.after = page.next;
    }
}

/// One that hardly an event meets once took seconds, through all of the log, for a point.
#[tokio::test(flavor = "multi_thread")]
async fn a_page_goes_through_a_part_of_the_log_and_says_where_the_next_one_begins() {
    for backend in backends() {
        let database = Database::new(backend).await;
        let store = database.store().await;
        ingest(&store, "acme", 0).await;
        // As if there had been others between the last one and those before.
        let statements = [
            "CREATE TEMPORARY TABLE moved AS SELECT * FROM event_body WHERE seq = 17",
            "DELETE FROM event_body WHERE seq = 17",
            "UPDATE event SET seq = 50000 WHERE seq = 17",
            "UPDATE moved SET seq = 50000",
            "INSERT INTO event_body SELECT * FROM moved",
        ];
        raw::execute(&database.url, &statements).await;
        let gateway = gateway(store, settings());
        let query = FeedQuery { limit: 100, ..FeedQuery::default() };
        let none: Vec<i64> = Vec::new();
        let all: [(Vec<i64>, i64); 4] =
            [((1..=16).collect(), 20_000), (none.clone(), 40_000), (vec![50_000], 50_000), (none.clone(), 50_000)];
        assert_eq!(pages(&gateway, query.clone()).await, all, "{backend}");
        let nobody = FeedQuery { providers: vec!["nobody".to_owned()], ..query };
        let ends = [20_000_i64, 40_000, 50_000, 50_000].map(|end| (none.clone(), end));
        assert_eq!(pages(&gateway, nobody).await, ends, "{backend}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_of_long_events_ends_before_it_has_as_many_as_it_may() {
    for backend in backends() {
        let database = Database::new(backend).await;
        let store = database.store().await;
        ingest(&store, "acme", 0).await;
        let long = format!("UPDATE event_body SET changes = '[\"{}\"]'", "x".repeat(1_000_000));
        raw::execute(&database.url, &[&long]).await;
        let gateway = gateway(store, settings());
        let query = FeedQuery { limit: 1_000, ..FeedQuery::default() };
        let expected: [(Vec<i64>, i64); 3] = [((1..=9).collect(), 9), ((10..=17).collect(), 17), (Vec::new(), 17)];
        assert_eq!(pages(&gateway, query).await, expected, "{backend}");
    }
}
