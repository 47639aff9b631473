//! What is too large, too slow, too much at once, or panics.

use std::sync::Mutex;
use std::time::Instant;

use super::*;
use crate::http::limits::Limits;

#[tokio::test]
async fn a_body_of_the_greatest_size_is_read_and_one_more_byte_is_not() {
    let server = Served::new(Settings { body_bytes_max: 1000, ..Settings::default() }).await;
    let body = |length: usize| format!(r#"{{"query":"{}"}}"#, "x".repeat(length - 12));
    assert_eq!(server.post(JSON, &body(1000)).await.status(), 200);
    let expected = (413, "BODY_TOO_LARGE".to_owned(), "the body has at least 1001 bytes, the limit is 1000".to_owned());
    assert_eq!(server.post(JSON, &body(1001)).await.refusal(), expected);
}

#[tokio::test]
async fn a_body_announced_as_too_large_is_refused_unread() {
    let server = Served::new(Settings::default()).await;
    let head = format!("POST /graphql HTTP/1.1\r\nhost: x\r\n{JSON}content-length: 10485760\r\n\r\n");
    assert_eq!(server.ask(head).await.status_and_code(), refusal(413, "BODY_TOO_LARGE"));
}

#[tokio::test]
async fn a_client_that_sends_a_large_body_whole_still_gets_its_response() {
    let server = Served::new(Settings::default()).await;
    let body = "x".repeat(10 * 1024 * 1024);
    assert_eq!(server.post(JSON, &body).await.status_and_code(), refusal(413, "BODY_TOO_LARGE"));
    assert_eq!(server.post("", &body).await.status_and_code(), refusal(415, "UNSUPPORTED_MEDIA_TYPE"));

    let mut chunked = format!("POST /graphql HTTP/1.1\r\nhost: x\r\n{JSON}transfer-encoding: chunked\r\n\r\n");
    for _ in 0..160 {
        chunked.push_str(&format!("10000\r\n{}\r\n", "x".repeat(0x10000)));
    }
    chunked.push_str("0\r\n\r\n");
    assert_eq!(server.ask(chunked).await.status_and_code(), refusal(413, "BODY_TOO_LARGE"));
}

#[tokio::test]
async fn a_long_url_is_refused() {
    let server = Served::new(Settings { url_bytes_max: 100, ..Settings::default() }).await;
    let url = |length: usize| format!("/graphql?query={}", "x".repeat(length - 15));
    assert_eq!(server.get(&url(100)).await.status(), 200);
    assert_eq!(server.get(&url(101)).await.status_and_code(), refusal(414, "BODY_TOO_LARGE"));
    assert_eq!(server.get(&url(60_000)).await.status_and_code(), refusal(414, "BODY_TOO_LARGE"));
}

#[tokio::test]
async fn headers_without_end_are_refused() {
    let server = Served::new(Settings::default()).await;
    let headers = format!("GET /livez HTTP/1.1\r\nhost: x\r\nx: {}\r\n", "x".repeat(80 * 1024));
    assert_eq!(server.ask(headers).await.status(), 431);
}

#[tokio::test]
async fn deep_nesting_is_refused_and_the_server_lives_on() {
    let server = Served::new(Settings::default()).await;
    assert_eq!(server.post(JSON, &"[".repeat(200_000)).await.status_and_code(), refusal(400, "BAD_REQUEST"));
    let variables = format!(r#"{{"query":"{{a}}","variables":{}"#, r#"{"a":"#.repeat(40_000));
    assert_eq!(server.post(JSON, &variables).await.status_and_code(), refusal(400, "BAD_REQUEST"));
    assert_eq!(server.query("{a}").await.status(), 200);
}

#[tokio::test]
async fn a_request_that_takes_too_long_is_given_up() {
    let server = Served::new(Settings { request_timeout: Duration::from_millis(50), ..Settings::default() }).await;
    let expected = (504, "TIMEOUT".to_owned(), "the request took longer than 0.05 s, ask for less".to_owned());
    assert_eq!(server.query("never").await.refusal(), expected);
}

#[tokio::test]
async fn a_request_too_many_is_refused_at_once_and_later_answered() {
    let server = Served::new(Settings { concurrency_max: 1, ..Settings::default() }).await;
    let mut first = server.connect().await;
    first.send(query("never")).await;
    // The second is refused as soon as the first has reached the engine.
    let refused = async {
        loop {
            let reply = server.query("{a}").await;
            if reply.status() != 200 {
                return reply;
            }
        }
    };
    let reply = tokio::time::timeout(PATIENCE, refused).await.expect("a refusal in time");
    assert_eq!(reply.status_and_code(), refusal(503, "OVERLOADED"));
    assert_eq!(reply.header("retry-after"), Some("1"));

    // The first hangs up, which gives its place back.
    drop(first);
    let answered = async { while server.query("{a}").await.status() != 200 {} };
    tokio::time::timeout(PATIENCE, answered).await.expect("an answer in time");
}

#[tokio::test]
async fn a_request_that_takes_long_gives_its_turn_to_the_next() {
    let turn_max = Duration::from_millis(50);
    let server = Served::new(Settings { running_max: 1, wait_max: PATIENCE, turn_max, ..Settings::default() }).await;
    let mut first = server.connect().await;
    first.send(query("never")).await;
    for _ in 0..3 {
        assert_eq!(server.query("{a}").await.status(), 200);
    }
}

#[tokio::test]
async fn in_an_overload_no_more_are_admitted_than_have_a_turn() {
    let overload_time = Duration::from_secs(1);
    let settings =
        Settings { running_max: 2, waiting_max: 0, wait_max: Duration::ZERO, overload_time, ..Settings::default() };
    let limits = Limits::new(&settings);
    let ask = async || limits.run("test", tokio::time::sleep(Duration::from_millis(20))).await.is_ok();
    let answered = async || {
        let answers = [ask(), ask(), ask(), ask(), ask(), ask()];
        futures_util::future::join_all(answers).await.into_iter().filter(|it| *it).count()
    };
    // The first of these are what begins it.
    answered().await;
    assert_eq!((answered().await, answered().await), (2, 2));
    // It is over once nobody was refused for a while.
    let third = async || {
        tokio::task::yield_now().await;
        limits.admit().is_ok()
    };
    assert!(!tokio::join!(ask(), ask(), third()).2);
    tokio::time::sleep(overload_time).await;
    assert!(tokio::join!(ask(), ask(), third()).2);
}

#[tokio::test]
async fn a_request_waits_a_while_for_its_turn_but_not_where_others_always_do() {
    let wait_max = Duration::from_secs(1);
    let overload_time = PATIENCE * 2;
    let settings =
        Settings { running_max: 1, waiting_max: 0, wait_max, overload_time, turn_max: PATIENCE, ..Settings::default() };
    let server = Served::new(settings).await;
    let mut first = server.connect().await;
    first.send(query("never")).await;
    let refused = async {
        loop {
            let since = Instant::now();
            let reply = server.query("{a}").await;
            if reply.status() != 200 {
                return (reply, since.elapsed());
            }
        }
    };
    let (reply, waited) = refused.await;
    assert_eq!(reply.status_and_code(), refusal(503, "OVERLOADED"));
    assert_eq!(reply.header("retry-after"), Some("1"));
    assert!(waited >= wait_max, "{waited:?}");
    let ask = async || {
        let since = Instant::now();
        assert_eq!(server.query("{a}").await.status_and_code(), refusal(503, "OVERLOADED"));
        since.elapsed()
    };
    let (one, other) = tokio::join!(ask(), ask());
    assert!(one.min(other) < wait_max && one.max(other) >= wait_max, "{one:?} {other:?}");
    // Nor is it read what is asked.
    let unreadable = async {
        tokio::time::sleep(wait_max / 4).await;
        assert_eq!(server.post(JSON, "{").await.status_and_code(), refusal(503, "OVERLOADED"));
    };
    tokio::join!(ask(), unreadable);

    // Where nobody may wait, one that finds a turn is answered all the same.
    drop(first);
    let answered = async { while server.query("{a}").await.status() != 200 {} };
    tokio::time::timeout(PATIENCE, answered).await.expect("an answer in time");
}

/// Work that never waits used to be done as soon as it was read, while what had come meanwhile waited unseen.
#[tokio::test]
async fn what_has_come_is_counted_before_work_begins() {
    let limits = Limits::new(&Settings { running_max: 1, ..Settings::default() });
    let seen = async || limits.run("test", async { limits.running() }).await.ok();
    assert_eq!(tokio::join!(seen(), seen(), seen()), (Some(3), Some(2), Some(1)));
}

/// To give way costs as much as a small request does.
#[tokio::test]
async fn one_that_found_itself_alone_does_not_give_way_again_for_a_while() {
    for (alone_for, firsts) in [(Duration::ZERO, ["other", "other"]), (PATIENCE, ["other", "one"])] {
        let limits = Limits::new(&Settings { alone_for, ..Settings::default() });
        for first in firsts {
            let done = Mutex::new(Vec::new());
            let note = |what| done.lock().expect("nobody panics").push(what);
            let (ran, ()) = tokio::join!(limits.run("test", async { note("one") }), async { note("other") });
            assert!(ran.is_ok());
            assert_eq!(done.lock().expect("nobody panics").first(), Some(&first));
        }
    }
}

#[tokio::test]
async fn one_that_was_taken_to_be_alone_gives_way_as_soon_as_another_is_seen() {
    let limits = Limits::new(&Settings { alone_for: PATIENCE, running_max: 1, ..Settings::default() });
    let seen = async || limits.run("test", async { limits.running() }).await.ok();
    assert_eq!(seen().await, Some(1));
    let first = async { limits.run("test", tokio::time::sleep(Duration::from_millis(20))).await.is_ok() };
    assert_eq!(tokio::join!(first, seen(), seen()), (true, Some(2), Some(1)));
}

/// Clients that asked again as soon as they were answered were refused now and then, though there were few of them.
#[tokio::test]
async fn as_many_clients_as_may_run_and_wait_are_never_refused_but_after_an_overload() {
    let wait_max = Duration::from_secs(1);
    let settings =
        Settings { running_max: 1, waiting_max: 2, wait_max, overload_time: wait_max, ..Settings::default() };
    let limits = Limits::new(&settings);
    let ask = async || {
        let (begun, mut refused) = (Instant::now(), 0);
        while begun.elapsed() < wait_max * 2 {
            if limits.run("test", tokio::time::sleep(Duration::from_millis(20))).await.is_err() {
                refused += 1;
                // Most come back too soon.
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        }
        refused
    };
    assert_eq!(tokio::join!(ask(), ask(), ask()), (0, 0, 0));
    let (one, two, three, four) = tokio::join!(ask(), ask(), ask(), ask());
    assert!(one + two + three + four > 0);
    // Some of them still, until the overload is found to be over.
    let over = async { while tokio::join!(ask(), ask(), ask()) != (0, 0, 0) {} };
    tokio::time::timeout(PATIENCE, over).await.expect("nobody is refused in the end");
}

#[tokio::test]
async fn a_panic_ends_its_own_request_only() {
    let server = Served::new(Settings { concurrency_max: 1, ..Settings::default() }).await;
    let mut client = server.connect().await;
    client.send(query("panic")).await;
    let reply = client.reply().await;
    assert_eq!(reply.status_and_code(), refusal(500, "INTERNAL"));
    assert!(!reply.body.contains("out of luck"));
    assert_eq!(reply.json()["errors"][0]["extensions"]["requestId"].as_str(), reply.header("x-request-id"));

    client.send(query("{a}")).await;
    assert_eq!(client.reply().await.status(), 200);
}

/// Each of the functions that wait for it had room for it twice, and 25 KB were moved for each request.
#[test]
fn what_waits_for_work_has_no_room_for_it() {
    let limits = Limits::new(&Settings::default());
    let work = || async {
        let held = [7_u8; 16 * 1_024];
        tokio::task::yield_now().await;
        held.iter().map(|it| u64::from(*it)).sum::<u64>()
    };
    assert!(size_of_val(&work()) > 16 * 1_024);
    for size in [size_of_val(&limits.run("test", work())), size_of_val(&limits.run_admitted("test", work()))] {
        assert!(size < 2 * 1_024, "{size} bytes");
    }
}
