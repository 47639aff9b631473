//! Every limit: what is at it is answered, and one past it is refused with the limit's own code and a message that names it.
//! A setting without a row of the table fails.

mod settings;
mod stored;
mod wire;

use std::path::Path;

use serde_json::Value;

use self::wire::{Asked, Case, cases};
use crate::program::Server;

/// Limits that it takes a clock, a slow client or a large database to meet, and the test that does.
const ELSEWHERE: [(&str, &str, &str); 48] = [
    ("alone_for", "src/http/tests/limits.rs", "one_that_found_itself_alone_does_not_give_way_again_for_a_while"),
    ("answers_bytes_max", "tests/it/answers.rs", "what_is_kept_has_a_limit"),
    ("api_keys_kept_max", "src/http/tests/access.rs", "a_key_is_looked_up_once_for_many_requests_known_or_not"),
    ("api_keys_max", "tests/it/limits/stored.rs", "no_more_is_stored_than_may_be"),
    ("batch_max", "tests/it/feed.rs", "each_reader_gets_the_events_its_filter_names_once_and_in_order"),
    ("body_read_timeout", "src/http/tests/connection.rs", "a_client_that_sends_half_a_body_is_told_and_hung_up_on"),
    ("boards_added_max", "tests/it/limits/stored.rs", "a_table_has_no_more_boards_than_may_be"),
    ("buffered_max", "tests/it/feed.rs", "a_reader_that_lags_is_told_where_to_go_on"),
    ("cached_bytes_max", "src/plan/tests.rs", "the_caches_hold_no_more_than_they_may"),
    ("cached_documents_max", "src/plan/tests.rs", "the_caches_hold_no_more_than_they_may"),
    ("concurrency_max", "src/http/tests/limits.rs", "a_request_too_many_is_refused_at_once_and_later_answered"),
    ("connections_max", "src/http/tests/connection.rs", "a_connection_too_many_waits_for_a_place"),
    ("documents_max", "src/graphql/documents.rs", "manifests_are_read_as_their_tools_write_them"),
    ("drain_timeout", "src/http/tests/connection.rs", "the_drain_does_not_wait_for_ever"),
    ("errors_max", "tests/it/limits.rs", "no_more_errors_are_told_than_may_be"),
    ("event_stream_heartbeat", "src/http/tests/event_stream.rs", "a_quiet_stream_outlives_the_limits_of_a_request"),
    ("export_timeout", "tests/it/limits/stored.rs", "an_export_that_takes_too_long_breaks_off"),
    ("exports_max", "tests/it/export.rs", "exports_over_http_are_whole_few_at_once_and_say_what_is_wrong"),
    ("header_read_timeout", "src/http/tests/connection.rs", "a_client_that_drips_headers_is_hung_up_on"),
    ("lag_max", "tests/it/feed.rs", "a_reader_that_lags_is_told_where_to_go_on"),
    ("learned_bytes_max", "src/graphql/documents.rs", "only_what_was_in_order_is_learned"),
    ("manifest_bytes_max", "tests/it/limits/stored.rs", "a_manifest_that_is_too_large_is_refused"),
    ("rate_burst", "tests/it/access.rs", "a_caller_spends_points_to_the_last_and_is_then_told_when_to_ask_again"),
    ("rate_limit", "tests/it/access.rs", "a_caller_spends_points_to_the_last_and_is_then_told_when_to_ask_again"),
    ("readers_max", "src/store/lanes/sqlite/tests.rs", "who_waits_too_long_for_a_connection_is_told_so"),
    (
        "reservations_a_caller_max",
        "src/http/tests/rate.rs",
        "a_caller_may_reserve_so_many_streams_and_one_more_is_refused_to_it_alone",
    ),
    ("reservations_max", "src/http/tests/shared_stream.rs", "so_many_reservations_may_wait_and_one_more_is_refused"),
    ("request_timeout", "src/http/tests/limits.rs", "a_request_that_takes_too_long_is_given_up"),
    ("retry_max", "tests/it/feed.rs", "a_database_that_is_lost_ends_the_stream_after_a_while"),
    ("slow_ms", "src/http/tests/log.rs", "a_slow_request_leaves_a_second_line_that_says_where_its_time_went"),
    (
        "overload_time",
        "src/http/tests/limits.rs",
        "as_many_clients_as_may_run_and_wait_are_never_refused_but_after_an_overload",
    ),
    ("running_max", "src/http/tests/limits.rs", "a_request_waits_a_while_for_its_turn_but_not_where_others_always_do"),
    ("socket_init_timeout", "src/http/tests/socket.rs", "a_client_that_does_not_introduce_itself_is_closed"),
    ("socket_operations_max", "src/http/tests/socket.rs", "operations_and_streams_are_limited"),
    ("socket_ping_interval", "src/http/tests/socket.rs", "a_client_that_answers_no_ping_is_dropped"),
    ("statement_timeout_s", "src/store/lanes/sqlite/tests.rs", "a_statement_that_takes_too_long_is_stopped"),
    ("stream_backlog_bytes_max", "tests/it/feed.rs", "a_client_that_lags_with_many_bytes_is_told_where_to_go_on"),
    ("stream_write_timeout", "src/http/tests/event_stream.rs", "a_stream_that_is_not_read_stops_what_is_behind_it"),
    ("socket_message_bytes_max", "src/http/tests/socket.rs", "a_message_that_is_too_long_ends_its_socket"),
    ("streams_max", "src/http/tests/socket.rs", "operations_and_streams_are_limited"),
    (
        "streams_per_caller_max",
        "src/http/tests/rate.rs",
        "a_caller_may_have_so_many_streams_and_one_more_is_refused_to_it_alone",
    ),
    ("total_count_max", "tests/it/limits/stored.rs", "counting_ends_at_its_limit_and_says_so"),
    ("turn_max", "src/http/tests/limits.rs", "a_request_that_takes_long_gives_its_turn_to_the_next"),
    (
        "waiting_max",
        "src/http/tests/limits.rs",
        "as_many_clients_as_may_run_and_wait_are_never_refused_but_after_an_overload",
    ),
    ("wait_max", "src/http/tests/limits.rs", "a_request_waits_a_while_for_its_turn_but_not_where_others_always_do"),
    ("webhook_deliveries_max", "tests/it/webhook.rs", "the_record_of_deliveries_is_bounded"),
    ("webhooks_max", "tests/it/limits/stored.rs", "no_more_is_stored_than_may_be"),
    ("write_timeout", "src/http/tests/connection.rs", "a_client_that_does_not_read_is_hung_up_on"),
];

/// Limits that nothing tries at their figure, and why.
const UNTRIED: [(&str, &str); 5] = [
    ("asking_max", "readers of the log beyond it wait their turn, and notice nothing"),
    ("facet_rows_max", "a million rows take minutes to make; it ends counting as total_count_max does"),
    ("rate_callers_max", "the cache forgets callers beyond it, as tests of src/http/rate.rs show of one"),
    ("robots_sites_max", "the cache asks sites beyond it again"),
    ("page_size_default", "it is no limit: what is not asked for is asked in pages of it"),
];

/// Tests of settings that no client and no answer of a board meets as a limit: `tests/it/sources.rs`, `src/ingest/schedule.rs`
/// and `src/ingest/fetch/tests.rs` try them.
const PACES: [&str; 26] = [
    "api_key_use_ms",
    "api_keys_kept",
    "boards_at_once",
    "cache_max_age_s",
    "crawl_backoff_s",
    "crawl_interval_max_s",
    "crawl_interval_min_s",
    "crawl_jitter_percent",
    "crawl_lease_ms",
    "crawl_poll_s",
    "crawl_timeout_s",
    "crawl_turn_timeout_s",
    "details_kept_s",
    "events_a_point",
    "keep_raw_answers",
    "keep_raw_days",
    "keys_kept",
    "load_quiet",
    "poll_interval",
    "revoked_kept_ms",
    "robots_delay_max_s",
    "robots_kept_s",
    "site_at_once",
    "site_rate",
    "stats_days_default",
    "stats_top_default",
];

#[test]
fn every_limit_of_the_settings_is_tried_and_every_test_named_here_is_there() {
    let mut tried: Vec<&str> = cases().iter().map(|it| it.limit).collect();
    for (limit, file, test) in ELSEWHERE {
        let text =
            std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).expect("the file is there");
        assert!(text.contains(&format!("fn {test}(")), "{limit}: {file} has no test {test}");
        tried.push(limit);
    }
    tried.extend(UNTRIED.iter().map(|(limit, _)| *limit));
    tried.extend(PACES);
    let settings = settings::names();
    let missing: Vec<&String> = settings.iter().filter(|it| !tried.contains(&it.as_str())).collect();
    assert!(missing.is_empty(), "no row of tests/it/limits.rs tries {missing:?}");
    tried.retain(|it| !settings.iter().any(|name| name == it));
    assert!(tried.is_empty(), "there is no such setting: {tried:?}");
}

#[test]
fn what_is_at_a_limit_is_answered_and_one_past_it_is_refused_with_the_figures() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let url = format!("sqlite://{}", folder.path().join("jobgraph.db").display());
    let servers = [Server::start(&url, &["--cost-max", "1000000"]), Server::start(&url, &["--cost-max", "17"])];
    // All are tried, so that one run tells all that is wrong.
    let wrong: Vec<String> = cases().iter().filter_map(|case| fault(&servers, case)).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// What is not as it should be.
fn fault(servers: &[Server; 2], case: &Case) -> Option<String> {
    let server = &servers[usize::from(case.limit == "cost_max")];
    let (status, answer) = ask(server, &case.at);
    if status != 200 || answer.get("errors").is_some() {
        return Some(format!("{} at its limit: {status} {answer}", case.limit));
    }
    let (status, answer) = ask(server, &case.past);
    let error = &answer["errors"][0];
    let code = error["extensions"]["code"].as_str().unwrap_or_default();
    if (status, code) != (case.status, case.code) {
        return Some(format!("{} past its limit: {status} {answer}", case.limit));
    }
    let message = error["message"].as_str().unwrap_or_default();
    let untold = case.figures.iter().find(|figure| !message.contains(*figure))?;
    Some(format!("{}: \"{message}\" does not tell {untold}", case.limit))
}

#[test]
fn no_more_errors_are_told_than_may_be() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let server = Server::start(&format!("sqlite://{}", folder.path().join("jobgraph.db").display()), &[]);
    for (wrong, told) in [(20, 20), (21, 20), (200, 20)] {
        let fields: String = (0..wrong).map(|it| format!("x{it} ")).collect();
        let answer = server.ask(&format!("{{ jobs {{ nodes {{ {fields} }} }} }}"));
        assert_eq!(answer["errors"].as_array().map(Vec::len), Some(told), "{answer}");
    }
}

fn ask(server: &Server, asked: &Asked) -> (u16, Value) {
    let (status, _, body) = match asked {
        Asked::Post(body) => server.send("POST", "/graphql", &[wire::ACCEPT], body),
        Asked::Get(url) => server.send("GET", url, &[wire::ACCEPT], ""),
    };
    (status, serde_json::from_str(&body).unwrap_or_else(|_| panic!("{status} {body}")))
}
