//! Webhooks against receivers that fail, hang, break off and come back.

mod commands;
pub(crate) mod receiver;

use std::io::BufRead;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use entity::{ABSENT, webhook};
use jobgraph::graphql::Gateway;
use jobgraph::http::{Engine, FeedQuery, GraphqlRequest};
use jobgraph::ingest::verdict::Policy;
use jobgraph::ingest::{Arrived, Body, Intake};
use jobgraph::plan::Limits;
use jobgraph::store::Store;
use jobgraph::store::filter::Filter;
use jobgraph::store::scope::Scope as Rows;
use jobgraph::store::webhook::WebhookDeliveries;
use jobgraph::webhook::{Deliverer, Settings, Turn};
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

use self::receiver::{Fault, Receiver, SECRET};
use crate::support::{Database, backends};

/// A clock that goes, from a day in November 2026 on.
fn now() -> i64 {
    static BEGAN: OnceLock<Instant> = OnceLock::new();
    let passed = BEGAN.get_or_init(Instant::now).elapsed().as_millis();
    1_795_176_000_000 + i64::try_from(passed).expect("no test runs that long")
}

fn settings() -> Settings {
    Settings {
        allow_private: true,
        timeout: Duration::from_millis(400),
        pause: Duration::from_millis(10),
        pause_max: Duration::from_millis(40),
        poll: Duration::from_millis(10),
        events_max: 7,
        ..Settings::default()
    }
}

/// Applies an answer of a board that lists these postings; those it no longer lists are closed.
async fn ingest(store: &Store, board: &str, at: i64, keys: std::ops::Range<u64>) {
    let jobs: Vec<Value> = keys.map(|key| json!({ "id": key, "title": format!("Job {key}") })).collect();
    let body = Body::Read(json!({ "jobs": jobs, "meta": { "total": jobs.len() } }).to_string().into_bytes());
    let (provider, board) = ("greenhouse".to_owned(), board.to_owned());
    let arrived = Arrived { provider, board, started_at: at, finished_at: at, http_status: None, body };
    let intake = Intake { store, archive: None, policy: Some(Policy::immediate()), clock: now };
    intake.apply(&arrived).await.expect("it is applied");
}

pub(crate) async fn register(store: &Store, url: &str, filter: &str) -> String {
    let webhook_id = uuid::Uuid::now_v7().to_string();
    let webhook = webhook::Model {
        webhook_id: webhook_id.clone(),
        url: url.to_owned(),
        secret: SECRET.to_owned(),
        filter: filter.to_owned(),
        position: 0,
        pending_seq: 0,
        replays: 0,
        deliveries: 0,
        status: "ACTIVE".to_owned(),
        consecutive_failures: 0,
        next_attempt_at: 0,
        last_error: None,
        created_at: now(),
        last_success_at: ABSENT,
        lease_owner: String::new(),
        leased_until: 0,
    };
    assert!(store.add_webhook(webhook, 50).await.expect("it is written"));
    webhook_id
}

async fn row(store: &Store) -> webhook::Model {
    store.webhooks().await.expect("webhooks are read").remove(0)
}

/// A deliverer in the background, and what stops it.
fn start(store: &Store) -> (CancellationToken, tokio::task::JoinHandle<()>) {
    let stop = CancellationToken::new();
    let deliverer = Deliverer::new(store.clone(), settings(), now).expect("a client can be made");
    (stop.clone(), tokio::spawn(Arc::new(deliverer).run(stop)))
}

async fn turn(store: &Store, settings: Settings) -> Vec<Turn> {
    let deliverer = Deliverer::new(store.clone(), settings, now).expect("a client can be made");
    deliverer.once(&CancellationToken::new()).await.expect("webhooks are read")
}

async fn until_at(store: &Store, position: i64) {
    for _ in 0..1_000 {
        if row(store).await.position == position {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("position {position} was not reached: {:?}", row(store).await);
}

async fn ask(store: &Store, query: &str) -> (Value, usize) {
    let gateway = Gateway::new(store.clone(), Limits::default(), now).expect("the schema is valid");
    let request = GraphqlRequest { query: query.to_owned(), ..GraphqlRequest::default() };
    let executed = gateway.execute(&request, "test").await;
    let answer: Value = serde_json::from_slice(&executed.answer.body).expect("it is JSON");
    assert_eq!(answer.get("errors"), None, "{answer}");
    (answer["data"].clone(), executed.statements.len())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receiver_that_fails_hangs_and_comes_back_gets_every_event_in_order() {
    for backend in backends() {
        let database = Database::new(backend).await;
        let store = database.store().await;
        ingest(&store, "acme", 1_000, 0..40).await;
        let receiver = Receiver::start().await;
        use Fault::{Break, Hang, Lose, Status};
        receiver.plan([Status(500), Hang, Break, Status(301), Lose, Hang, Lose, Status(429), Break, Status(404), Lose]);
        register(&store, &receiver.url, "{}").await;
        let (stop, running) = start(&store);
        until_at(&store, 40).await;
        ingest(&store, "acme", 2_000, 10..45).await;
        until_at(&store, 55).await;
        stop.cancel();
        running.await.expect("it ends");

        let received = receiver.received();
        assert!(received.iter().all(|it| it.is_signed() && it.is_recent(now())), "{backend}: every request is signed");
        assert_eq!(receiver.first_seen(), (1..=55).collect::<Vec<i64>>(), "{backend}: all of them, in order");
        assert_eq!(received.iter().filter(|it| it.is_taken).count(), 3 + 6 + 3, "{backend}: three answers were lost");
        for again in received.iter().filter(|it| received.iter().any(|other| other.id == it.id)) {
            let same = received.iter().filter(|it| it.id == again.id);
            assert!(same.into_iter().all(|it| it.body == again.body), "{backend}: one id, one batch");
        }
        let closed = &received.last().expect("there are some").body["events"];
        assert!(receiver.events().iter().any(|it| it["type"] == "JOB_CLOSED" && it["tombstone"]["jobId"].is_string()));
        assert!(closed[0]["changes"].is_array(), "{closed}");
        let webhook = row(&store).await;
        assert_eq!((webhook.status.as_str(), webhook.consecutive_failures), ("ACTIVE", 0), "{backend}");

        let query = "{ webhooks(first: 2) { status position lag lastError all: deliveries(first: 100) { outcome httpStatus attempt events } deliveries(first: 2) { firstSeq lastSeq } } }";
        let (data, statements) = ask(&store, query).await;
        let shown = &data["webhooks"][0];
        assert_eq!((&shown["position"], &shown["lag"], &shown["lastError"]), (&json!("55"), &json!(0), &Value::Null));
        assert_eq!(statements, 4, "{backend}: the webhooks, the end of the log, and one for each field of deliveries");
        let outcomes: Vec<&str> =
            shown["all"].as_array().into_iter().flatten().rev().filter_map(|it| it["outcome"].as_str()).collect();
        let (refused, cut, late) = ("REFUSED", "UNREACHABLE", "TIMED_OUT");
        assert_eq!(
            outcomes[..11],
            [refused, late, cut, refused, cut, late, cut, refused, cut, refused, cut],
            "{backend}"
        );
        assert!(outcomes[11..].iter().all(|it| *it == "DELIVERED"), "{backend}: {outcomes:?}");
        assert_eq!(shown["deliveries"][0]["lastSeq"], "55");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_reads_alike_for_those_who_poll() {
    for backend in backends() {
        let database = Database::new(backend).await;
        let store = database.store().await;
        ingest(&store, "acme", 1_000, 0..10).await;
        ingest(&store, "acme", 2_000, 5..12).await;
        let receiver = Receiver::start().await;
        register(&store, &receiver.url, "{}").await;
        let (stop, running) = start(&store);
        until_at(&store, 17).await;
        stop.cancel();
        running.await.expect("it ends");
        let gateway = Gateway::new(store, Limits::default(), now).expect("the schema is valid");
        let page = gateway.feed(FeedQuery { limit: 100, ..FeedQuery::default() }).await.expect("there is a page");
        let lines: Vec<Value> = page
            .body
            .lines()
            .map(|line| serde_json::from_str(&line.expect("it is text")).expect("it is JSON"))
            .collect();
        assert_eq!((lines.len(), page.next), (17, 17), "{backend}");
        assert_eq!(lines, receiver.events(), "{backend}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_replay_sends_everything_again_under_other_ids() {
    for backend in backends() {
        let database = Database::new(backend).await;
        let store = database.store().await;
        ingest(&store, "acme", 1_000, 0..20).await;
        let receiver = Receiver::start().await;
        let id = register(&store, &receiver.url, "{}").await;
        let (stop, running) = start(&store);
        until_at(&store, 20).await;
        let before = receiver.received().len();
        assert!(store.replay_webhook(&id, 6).await.expect("it is written"));
        until_at(&store, 20).await;
        stop.cancel();
        running.await.expect("it ends");
        let received = receiver.received();
        let (first, again) = received.split_at(before);
        let seqs: Vec<i64> = again.iter().flat_map(receiver::Received::seqs).collect();
        assert_eq!(seqs, (7..=20).collect::<Vec<i64>>(), "{backend}");
        assert!(again.iter().all(|it| first.iter().all(|earlier| earlier.id != it.id)), "{backend}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_deliverers_at_once_never_interleave() {
    for backend in backends() {
        let database = Database::new(backend).await;
        let (store, other) = (database.store().await, database.store().await);
        let receiver = Receiver::start().await;
        register(&store, &receiver.url, "{}").await;
        let running = [start(&store), start(&other)];
        for round in 0..10 {
            ingest(&store, &format!("board-{round}"), 1_000, 0..20).await;
            tokio::time::sleep(Duration::from_millis(30)).await;
        }
        until_at(&store, 200).await;
        for (stop, task) in running {
            stop.cancel();
            task.await.expect("it ends");
        }
        let seqs: Vec<i64> = receiver.received().iter().flat_map(receiver::Received::seqs).collect();
        assert_eq!(seqs, (1..=200).collect::<Vec<i64>>(), "{backend}: each once, in order");
        assert!(!receiver.had_two_at_once(), "{backend}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lease_excludes_others_until_it_ends() {
    for backend in backends() {
        let database = Database::new(backend).await;
        let store = database.store().await;
        ingest(&store, "acme", 1_000, 0..1).await;
        let id = register(&store, "https://example.com/", "{}").await;
        let hold = async |owner: &str, at: i64| {
            store.hold_webhook(&id, owner, at, at + 100).await.expect("it is written").is_some()
        };
        assert!(hold("a", 1_000).await, "{backend}: it is free");
        assert!(hold("a", 1_050).await, "{backend}: who has it keeps it");
        assert!(!hold("b", 1_149).await, "{backend}: another waits");
        // The database may have been away when it was to be given back.
        assert_eq!(
            store.due_webhooks("a", 1_149).await.expect("they are read"),
            [id.as_str()],
            "{backend}: its holder may"
        );
        assert_eq!(store.due_webhooks("b", 1_149).await.expect("they are read"), Vec::<String>::new());
        assert!(hold("b", 1_150).await, "{backend}: until it ends");
        assert!(!hold("a", 1_151).await, "{backend}: and then it is the other's");
        store.release_webhook(&id, "a").await.expect("it is written");
        assert!(!hold("a", 1_151).await, "{backend}: only who has it gives it back");
        store.release_webhook(&id, "b").await.expect("it is written");
        assert!(hold("a", 1_151).await, "{backend}");
        assert!(store.pause_webhook(&id).await.expect("it is written"));
        assert!(!hold("a", 1_152).await, "{backend}: nobody holds a paused one");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn only_what_meets_the_filter_is_sent_and_the_position_passes_the_rest() {
    for backend in backends() {
        let database = Database::new(backend).await;
        let store = database.store().await;
        ingest(&store, "acme", 1_000, 0..30).await;
        ingest(&store, "other", 1_000, 0..30).await;
        ingest(&store, "acme", 2_000, 20..30).await;
        ingest(&store, "other", 2_000, 20..30).await;
        let source = jobgraph::ingest::identity::source_id("greenhouse", "other");
        let receiver = Receiver::start().await;
        let filter = json!({ "types": ["JOB_CLOSED"], "providers": ["greenhouse"], "sourceIds": [source] });
        register(&store, &receiver.url, &filter.to_string()).await;
        let turns = turn(&store, settings()).await;
        assert_eq!((turns[0].events, turns[0].position, &turns[0].error), (20, 100, &None), "{backend}");
        let seqs: Vec<i64> = receiver.received().iter().flat_map(receiver::Received::seqs).collect();
        assert_eq!(seqs, (81..=100).collect::<Vec<i64>>(), "{backend}");
        let (data, _) = ask(&store, "{ webhooks { types providers sourceIds orgIds } }").await;
        let expected =
            json!([{ "types": ["JOB_CLOSED"], "providers": ["greenhouse"], "sourceIds": [source], "orgIds": [] }]);
        assert_eq!(data["webhooks"], expected, "{backend}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn failures_are_counted_gone_pauses_and_a_pause_asked_for_is_kept() {
    for backend in backends() {
        let database = Database::new(backend).await;
        let store = database.store().await;
        ingest(&store, "acme", 1_000, 0..3).await;
        let receiver = Receiver::start().await;
        let id = register(&store, &receiver.url, "{}").await;
        receiver.plan([Fault::Status(503); 10]);
        for failure in 1..=10 {
            store.resume_webhook(&id).await.expect("it is written");
            let many = webhook::Model { consecutive_failures: failure - 1, ..row(&store).await };
            store.remove_webhook(&id).await.expect("it is written");
            store.add_webhook(many, 50).await.expect("it is written");
            assert_eq!(turn(&store, settings()).await.len(), 1, "{backend}");
            let expected = if failure < 10 { "ACTIVE" } else { "FAILING" };
            assert_eq!(row(&store).await.status, expected, "{backend} {failure}");
        }
        assert_eq!(row(&store).await.last_error.as_deref(), Some("the receiver answered 503"));
        receiver.plan([Fault::Later(30)]);
        store.replay_webhook(&id, 0).await.expect("it is written");
        let before = now();
        let patient = Settings { pause_max: Duration::from_secs(20), ..settings() };
        turn(&store, patient).await;
        let pause = row(&store).await.next_attempt_at - before;
        assert!(
            (20_000..22_000).contains(&pause),
            "{backend}: what is asked for, but no more than is allowed: {pause}"
        );
        assert_eq!(turn(&store, settings()).await, [], "{backend}: it is not tried before");
        receiver.plan([Fault::Status(410)]);
        store.resume_webhook(&id).await.expect("it is written");
        turn(&store, settings()).await;
        assert_eq!(row(&store).await.status, "PAUSED", "{backend}");
        assert_eq!(turn(&store, settings()).await, [], "{backend}");
        store.resume_webhook(&id).await.expect("it is written");
        assert_eq!(turn(&store, settings()).await[0].events, 3, "{backend}");
        assert_eq!(row(&store).await.status, "ACTIVE", "{backend}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_record_of_deliveries_is_bounded() {
    for backend in backends() {
        let database = Database::new(backend).await;
        let store = database.store().await;
        ingest(&store, "acme", 1_000, 0..1_010).await;
        let receiver = Receiver::start().await;
        register(&store, &receiver.url, "{}").await;
        let one_each = Settings { events_max: 1, ..settings() };
        assert_eq!(turn(&store, one_each).await[0].deliveries, 1_010, "{backend}");
        let (data, _) = ask(&store, "{ webhooks { deliveries(first: 1) { lastSeq } } }").await;
        assert_eq!(data["webhooks"][0]["deliveries"][0]["lastSeq"], "1010", "{backend}");
        assert_eq!(row(&store).await.deliveries, 1_010, "{backend}");
        let kept = store
            .reader()
            .count::<WebhookDeliveries>(&Rows::default(), &Filter::default())
            .await
            .expect("they are counted");
        assert_eq!(kept.count, 1_000, "{backend}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receiver_on_this_machine_is_refused_unless_it_is_allowed() {
    for backend in backends() {
        let database = Database::new(backend).await;
        let store = database.store().await;
        ingest(&store, "acme", 1_000, 0..3).await;
        let receiver = Receiver::start().await;
        let by_number = receiver.url.replace("http:", "https:");
        let by_name = by_number.replace("127.0.0.1", "localhost");
        for url in [&receiver.url, &by_number, &by_name] {
            let id = register(&store, url, "{}").await;
            let strict = Settings { allow_private: false, ..settings() };
            let turns = turn(&store, strict).await;
            assert!(turns[0].error.is_some(), "{backend} {url}");
            let (data, _) = ask(&store, "{ webhooks { deliveries { outcome httpStatus error } } }").await;
            let delivery = &data["webhooks"][0]["deliveries"][0];
            assert_eq!(delivery["outcome"], "FORBIDDEN", "{backend} {url}: {delivery}");
            store.remove_webhook(&id).await.expect("it is written");
        }
        assert_eq!(receiver.connections(), 0, "{backend}");
    }
}
