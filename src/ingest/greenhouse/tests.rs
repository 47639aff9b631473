//! Whole answers, as Greenhouse shapes them, with what can be wrong in them.

use serde_json::{Value, json};

use super::*;
use crate::ingest::posting::{PROBLEMS_MAX, Problem};
use crate::ingest::reader::TEXT_BYTES_MAX;

fn read(body: &[u8]) -> Result<Board, Unreadable> {
    PROVIDER.board("acme", &Answers::bare(body))
}

fn read_jobs(jobs: Value) -> Board {
    let total = jobs.as_array().map_or(0, Vec::len);
    read(json!({ "jobs": jobs, "meta": { "total": total } }).to_string().as_bytes()).expect("it is a board")
}

fn read_one(job: Value) -> Posting {
    read_jobs(json!([job])).postings.remove(0)
}

#[test]
fn a_whole_posting_is_mapped() {
    let posting = read_one(json!({
        "id": 42, "internal_job_id": 7, "title": " Director &amp; Co\t", "company_name": "Acme",
        "location": { "name": "Berlin, Germany " }, "requisition_id": 3437445, "language": "en",
        "absolute_url": "https://acme.example/jobs?gh_jid=42&gh_src=abc&utm_source=x",
        "first_published": "2026-05-26T17:29:54-04:00", "updated_at": "2026-06-04T16:28:58-04:00",
        "application_deadline": "2026-07-01",
        "departments": [{ "id": 2, "name": "Core", "parent_id": 1 }, { "id": 1, "name": "Engineering", "parent_id": null }],
        "metadata": [{ "id": 5, "name": "Employment Type", "value": "Regular" }],
        "pay_input_ranges": [{ "min_cents": 5_000_050, "max_cents": 7_000_000, "currency_type": "EUR", "title": "Berlin" }],
        "content": "&lt;p&gt;Tea &amp;amp; cake&lt;/p&gt;",
    }));
    assert_eq!(posting.key, "42");
    assert_eq!(posting.internal_job_key.as_deref(), Some("7"));
    assert_eq!(posting.title, "Director & Co");
    assert_eq!(posting.location_text.as_deref(), Some("Berlin, Germany"));
    assert_eq!(posting.requisition_id.as_deref(), Some("3437445"));
    assert_eq!(posting.source_url.as_deref(), Some("https://acme.example/jobs?gh_jid=42"));
    assert_eq!(posting.posted_at, Some(1_779_830_994_000));
    assert_eq!(posting.updated_at, Some(1_780_604_938_000));
    assert_eq!(posting.deadline_at, Some(1_782_950_399_999));
    assert_eq!(posting.department_path, ["Engineering", "Core"]);
    assert_eq!(posting.employment_type_raw.as_deref(), Some("Regular"));
    assert_eq!(posting.pay[0].min.as_deref(), Some("50000.5"));
    assert_eq!(posting.html().as_deref(), Some("<p>Tea &amp; cake</p>"));
    let native: Vec<&String> = posting.native.as_object().expect("it is an object").keys().collect();
    assert!(!native.iter().any(|key| ["id", "content", "absolute_url", "internal_job_id"].contains(&key.as_str())));
}

#[test]
fn one_odd_posting_costs_neither_its_board_nor_the_others() {
    let board = read_jobs(
        json!([null, 1, {}, { "id": { "x": 1 } }, { "id": 9, "title": ["?"], "location": 3, "metadata": "x" }]),
    );
    assert_eq!(board.postings.len(), 1);
    assert!(board.cut_short, "a posting without a key is lost, so absence proves nothing");
    let paths: Vec<&str> = board.problems.iter().map(|it| it.path.as_str()).collect();
    assert_eq!(paths, ["jobs[0]", "jobs[1]", "jobs[2].id", "jobs[3].id", "metadata", "title", "title", "location"]);
}

#[test]
fn an_odd_field_is_named_and_does_not_cut_the_board_short() {
    let board = read_jobs(json!([{ "id": 9, "title": "T", "updated_at": "yesterday" }]));
    assert!(!board.cut_short);
    assert_eq!(
        board.problems[0],
        Problem { key: Some("9".into()), path: "updated_at".into(), message: "is no time".into() }
    );
}

#[test]
fn only_times_of_the_years_1_to_9999_in_utc_are_times() {
    for (text, is_time) in [
        ("0001-01-01T00:00:00Z", true),
        ("0001-01-01T00:00:00+00:01", false),
        ("0000-12-31", false),
        ("9999-12-31", true),
        ("9999-12-31T23:59:59-00:01", false),
        ("9999-12-31T23:59:60Z", false),
        ("+10000-01-01", false),
    ] {
        let board = read_jobs(json!([{ "id": 9, "title": "T", "first_published": text }]));
        assert_eq!((board.postings[0].posted_at.is_some(), board.problems.is_empty()), (is_time, is_time), "{text}");
    }
}

#[test]
fn a_total_that_does_not_fit_cuts_the_board_short() {
    let body = json!({ "jobs": [{ "id": 1, "title": "T" }], "meta": { "total": 2 } }).to_string();
    let board = read(body.as_bytes()).expect("it is a board");
    assert!(board.cut_short);
    assert_eq!(board.problems[0].message, "the list declares 2 postings, and has 1");
}

#[test]
fn a_key_that_stands_twice_counts_once() {
    let board = read_jobs(json!([{ "id": 1, "title": "A" }, { "id": 1, "title": "B" }]));
    assert_eq!(board.postings.len(), 1);
    assert_eq!(board.postings[0].title, "A");
    assert!(!board.cut_short);
}

#[test]
fn placeholders_are_no_requisitions() {
    for placeholder in ["TBD", "See Opening ID", " - ", "n/a"] {
        assert_eq!(read_one(json!({ "id": 1, "title": "T", "requisition_id": placeholder })).requisition_id, None);
    }
}

#[test]
fn the_employers_own_fields_tell_the_workplace_where_the_place_does_not() {
    let told = |place: &str, name: &str, value: Value| {
        let metadata = json!([{ "id": 1, "name": name, "value": value }]);
        read_one(json!({ "id": 1, "title": "T", "location": { "name": place }, "metadata": metadata })).workplace_raw
    };
    for name in ["Location Type", "workplace type", "Work Place Model", "Work Arrangement", "Remote Policy "] {
        assert_eq!(told("Leeds", name, json!("Hybrid")).as_deref(), Some("Hybrid"), "{name}");
    }
    assert_eq!(told("Leeds", "Location Type", json!([" Remote "])).as_deref(), Some("Remote"));
    assert_eq!(told("Leeds", "Location Type", json!(["On-Site", "Remote"])), None, "it is a choice");
    assert_eq!(told("Leeds", "Location Type", json!("On-Site")), None, "it may be hybrid by the text");
    assert_eq!(told("Leeds or Remote", "Location Type", json!("Hybrid")), None);
    assert_eq!(told("Leeds", "Location Type of the team", json!("Remote")), None);
    for silent in [Value::Null, json!(""), json!("n/a"), json!("Full-time"), json!("No remote work"), json!([])] {
        assert_eq!(told("Leeds", "Work Type", silent.clone()), None, "{silent}");
    }
}

#[test]
fn the_employers_own_fields_tell_the_places_where_they_are_called_so() {
    let told = |name: &str, value: Value| {
        let metadata = json!([{ "id": 1, "name": name, "value": value }]);
        let posting =
            read_one(json!({ "id": 1, "title": "T", "location": { "name": "Hybrid" }, "metadata": metadata }));
        assert_eq!(posting.location_text.as_deref(), Some("Hybrid"));
        posting.place_words
    };
    for name in ["Job Posting Location", "posting locations", "Job Location ", "Location"] {
        let places = json!(["Austin, US", " New York, US", "n/a"]);
        assert_eq!(told(name, places).as_deref(), Some("Austin, US; New York, US"), "{name}");
        assert_eq!(told(name, json!("Leeds")).as_deref(), Some("Leeds"), "{name}");
    }
    for name in ["Featured City Name", "Location Cost Tier", "Location Type", "Office Location"] {
        assert_eq!(told(name, json!("Leeds")), None, "{name}");
    }
    for silent in [Value::Null, json!(""), json!("TBD"), json!([]), json!([" ", 3]), json!(true)] {
        assert_eq!(told("Location", silent.clone()), None, "{silent}");
    }
}

#[test]
fn the_employers_own_fields_tell_hours_and_terms_where_none_is_called_employment() {
    let read = |fields: &[(&str, &str)]| {
        let field = |(id, (name, value)): (usize, &(&str, &str))| json!({ "id": id, "name": name, "value": value });
        let metadata: Vec<Value> = fields.iter().enumerate().map(field).collect();
        read_one(json!({ "id": 1, "title": "T", "metadata": metadata }))
    };
    let told = |fields: &[(&str, &str)]| read(fields).employment_type_raw;
    let worker = [("Worker Sub-Type", "Regular"), ("Pay Rate Type", "Salary"), ("time type", "Full time")];
    assert_eq!(told(&worker).as_deref(), Some("Regular, Full time"));
    assert_eq!(read(&worker).metadata.len(), 3);
    assert_eq!(told(&[("Contract Type", "Permanent"), ("Job Type", "N/A")]).as_deref(), Some("Permanent"));
    assert_eq!(told(&[("Time Type", "Full time"), ("Employment Type", "Regular")]).as_deref(), Some("Regular"));
    assert_eq!(told(&[("Time Type", "Full time"), ("Employment Type", " ")]).as_deref(), Some("Full time"));
    assert_eq!(told(&[("Req Type", "Industry"), ("Worker Type", "")]), None);
}

#[test]
fn what_is_no_board_is_told_apart_from_an_empty_one() {
    assert!(matches!(read(b"<html>"), Err(Unreadable::NoJson(_))));
    assert!(matches!(read(br#"{"jobs":[{"id":1"#), Err(Unreadable::NoJson(_))));
    assert!(matches!(read("[".repeat(10_000_000).as_bytes()), Err(Unreadable::NoJson(_))));
    assert_eq!(read(b"{}"), Err(Unreadable::NoList("jobs")));
    assert_eq!(read(br#"{"jobs":null}"#), Err(Unreadable::NoList("jobs")));
    assert!(read(br#"{"jobs":[]}"#).expect("it is a board").postings.is_empty());
}

#[test]
fn departments_that_are_their_own_ancestors_end() {
    let path =
        |departments: Value| read_one(json!({ "id": 1, "title": "T", "departments": departments })).department_path;
    let cycle = json!([{ "id": 1, "name": "A", "parent_id": 2 }, { "id": 2, "name": "B", "parent_id": 1 }]);
    assert_eq!(path(cycle), ["B", "A"]);
    let nameless = json!([{ "id": 1, "parent_id": 2 }, { "id": 2, "name": null, "parent_id": 1 }]);
    assert_eq!(path(nameless), Vec::<String>::new());
    let own_parent = json!([{ "id": 1, "name": "A", "parent_id": 1 }, { "id": 2 }, { "id": 3 }]);
    assert_eq!(path(own_parent), ["A"]);
    assert_eq!(path(json!([{ "id": 1, "parent_id": 1 }])), Vec::<String>::new());
    let lasso = json!([
        { "id": 1, "name": "A", "parent_id": 2 }, { "id": 2, "name": "B", "parent_id": 3 },
        { "id": 3, "name": "C", "parent_id": 2 },
    ]);
    assert_eq!(path(lasso), ["C", "B", "A"]);
}

#[test]
fn an_update_of_the_time_alone_changes_the_source_hash() {
    let one = read_one(json!({ "id": 1, "title": "T", "updated_at": "2026-01-01T00:00:00Z" }));
    let two = read_one(json!({ "id": 1, "title": "T", "updated_at": "2026-01-02T00:00:00Z" }));
    assert_ne!(one.source_hash, two.source_hash);
}

#[test]
fn numbers_beyond_doubles_are_no_problem() {
    let body = format!(r#"{{"jobs":[{{"id":1,"title":"T","x":{}}}]}}"#, "9".repeat(300));
    assert_eq!(read(body.as_bytes()).expect("it is a board").postings.len(), 1);
}

#[test]
fn a_board_is_named_safely_in_its_address() {
    assert!(url("a/../b?x").contains("/boards/a%2F..%2Fb%3Fx/jobs?"));
}

fn read_text(jobs: &[u8]) -> Board {
    read(&[br#"{"jobs":["#, jobs, b"]}"].concat()).expect("it is a board")
}

fn told(board: &Board) -> Vec<(&str, &str)> {
    board.problems.iter().map(|it| (it.key.as_deref().unwrap_or("?"), it.path.as_str())).collect()
}

#[test]
fn an_odd_value_costs_its_field_and_neither_posting_nor_board() {
    for odd in [&b"1e400"[..], br#""\ud800""#, b"\"\xc3\"", b"NaN", br#""\q""#] {
        let job = [
            br#"{"id":1,"title":"T","language":"en","requisition_id":"#,
            odd,
            br#","metadata":[{"id":5,"name":"M","value":"#,
            odd,
            br#"}],"offices":[{"name":"#,
            odd,
            br#","id":3}]},{"id":2,"title":"U"}"#,
        ]
        .concat();
        let board = read_text(&job);
        assert_eq!(told(&board), [("1", "requisition_id"), ("1", "metadata[0].value"), ("1", "offices[0].name")]);
        assert!(!board.cut_short);
        assert_eq!(board.postings.len(), 2);
        let posting = &board.postings[0];
        assert_eq!((posting.title.as_str(), posting.language.as_deref()), ("T", Some("en")));
        assert_eq!(posting.metadata[0].value, Value::Null);
        assert_eq!(posting.native["offices"], json!([{ "id": 3 }]));
        assert_eq!(board.postings[1].title, "U");
    }
}

#[test]
fn every_field_of_another_shape_is_named() {
    let board = read_jobs(json!([{
        "id": 1, "title": 3, "internal_job_id": 1.5, "requisition_id": [], "location": { "name": 1 }, "language": {},
        "departments": [{ "id": 1, "name": 2 }, 3], "metadata": [7], "content": 1, "absolute_url": true,
        "pay_input_ranges": [{ "min_cents": "x", "max_cents": 1e300, "title": 2 }, null], "company_name": 0,
        "first_published": 0,
    }]));
    let mut paths: Vec<&str> = told(&board).into_iter().map(|it| it.1).collect();
    paths.sort_unstable();
    assert_eq!(
        paths,
        [
            "absolute_url",
            "company_name",
            "content",
            "departments[0].name",
            "departments[1]",
            "first_published",
            "internal_job_id",
            "language",
            "location.name",
            "metadata[0]",
            "pay_input_ranges[0].max_cents",
            "pay_input_ranges[0].min_cents",
            "pay_input_ranges[0].title",
            "pay_input_ranges[1]",
            "requisition_id",
            "title",
            "title",
        ]
    );
}

#[test]
fn numbers_that_are_names_keep_their_digits() {
    let long = "123456789012345678901234567890";
    let job = format!(r#"{{"id":{long},"title":"T","requisition_id":{long},"internal_job_id":{long}}}"#);
    let board = read_text(job.as_bytes());
    assert_eq!(board.problems, []);
    let posting = &board.postings[0];
    assert_eq!(posting.key, long);
    assert_eq!(posting.requisition_id.as_deref(), Some(long));
    assert_eq!(posting.internal_job_key.as_deref(), Some(long));
}

#[test]
fn a_posting_whose_id_is_odd_is_lost_alone() {
    let board = read_text(br#"{"id":"\ud800","title":"T"},{"id":1e400},{"id":2,"title":"U"}"#);
    assert_eq!(told(&board), [("?", "jobs[0].id"), ("?", "jobs[1].id")]);
    assert!(board.cut_short && board.postings.len() == 1);
}

#[test]
fn an_odd_value_beside_the_postings_costs_no_board() {
    let board = read(br#"{"x":"\ud800","meta":{"total":1e400,"y":NaN},"jobs":[{"id":1,"title":"T"}]}"#);
    let board = board.expect("it is a board");
    assert_eq!(told(&board), [("?", "meta.total"), ("?", "meta.y")]);
    assert_eq!((board.postings.len(), board.declared_total, board.cut_short), (1, None, false));
    assert_eq!(read(b"\xef\xbb\xbf{\"jobs\":[]}").map(|it| it.postings.len()), Ok(0));
}

#[test]
fn nul_stands_nowhere() {
    let nul = b"a\\u0000b\0c&#0;d&#x0;e".as_slice();
    let texts: [&[u8]; 11] = [
        br#"{"id":"1\u0000","title":""#,
        nul,
        br#"","location":{"name":""#,
        nul,
        br#""},"content":""#,
        nul,
        br#"","company_name":""#,
        nul,
        br#"","metadata":[{"id":"m\u0000","name":"M","value":[""#,
        nul,
        br#""]}],"k\u0000":{"l\u0000":1},"departments":[{"id":1,"name":"D\u0000"}]}"#,
    ];
    let board = read_text(&texts.concat());
    let posting = &board.postings[0];
    assert_eq!((posting.key.as_str(), posting.title.as_str()), ("1", "abcde"));
    assert_eq!(posting.html().as_deref(), Some("abcde"));
    assert_eq!(posting.native["k"], json!({ "l": 1 }));
    assert!(!format!("{board:?}").contains("\\0"), "{board:?}");
}

#[test]
fn what_names_persons_is_kept_nowhere() {
    let metadata = json!([
        { "id": 1, "name": "Recruiter", "value": "Jane Doe", "value_type": "short_text" },
        { "id": 2, "name": "Owner", "value": { "user_id": 3, "name": "Jane Doe" }, "value_type": "user" },
        { "id": 3, "name": "Write to", "value": "jane.doe@acme.example", "value_type": "short_text" },
        { "id": 4, "name": "Hiring Manager", "value": ["Jane Doe"] },
        { "id": 5, "name": "Team size", "value": "7" },
    ]);
    let posting = read_one(json!({
        "id": 1, "title": "T", "metadata": metadata, "hiring_managers": [{ "name": "Jane Doe" }],
        "hiring_team": [{ "name": "Jane Doe", "email": "jane.doe@acme.example" }], "education": "optional",
    }));
    assert_eq!(posting.metadata.iter().map(|it| it.id.as_str()).collect::<Vec<_>>(), ["5"]);
    assert_eq!(
        posting.native,
        json!({ "title": "T", "metadata": [{ "id": 5, "name": "Team size", "value": "7" }], "education": "optional" })
    );
    let unlisted = read_one(json!({ "id": 1, "title": "T", "metadata": { "Recruiter": "Jane Doe" } }));
    assert_eq!(unlisted.native, json!({ "title": "T" }));
}

#[test]
fn problems_are_counted_and_not_heaped_up() {
    let board = read_jobs(json!(vec![Value::Null; PROBLEMS_MAX + 1_000]));
    assert_eq!(board.problems.len(), PROBLEMS_MAX + 1);
    assert_eq!(board.problems.last().map(|it| it.message.as_str()), Some("1000 more problems are not listed"));
    let few = read_jobs(json!(vec![Value::Null; PROBLEMS_MAX]));
    assert_eq!(few.problems.len(), PROBLEMS_MAX);
    let long = read_jobs(json!([{ "id": 1, "title": "T" }, { "id": "x".repeat(1_000), "title": 1, "updated_at": 2 }]));
    assert!(long.problems.iter().all(|it| it.key.as_ref().is_none_or(|key| key.len() < 500)));
}

#[test]
fn only_pages_are_addresses() {
    let board = read_jobs(json!([{ "id": 1, "title": "T", "absolute_url": "javascript:alert(1)" }]));
    assert_eq!(told(&board), [("1", "absolute_url")]);
    assert_eq!((&board.postings[0].source_url, &board.postings[0].apply_url), (&None, &None));
    let address = "https://acme.example/jobs?q=a%20b&gh_src=x&r=c+d";
    let posting = read_one(json!({ "id": 1, "title": "T", "absolute_url": address }));
    assert_eq!(posting.source_url.as_deref(), Some("https://acme.example/jobs?q=a%20b&r=c+d"));
}

#[test]
fn texts_that_are_searched_for_are_no_longer_than_an_index_takes() {
    let long = "é".repeat(TEXT_BYTES_MAX);
    let board = read_jobs(json!([{
        "id": 1, "title": long, "company_name": long, "requisition_id": long, "location": { "name": long },
        "absolute_url": format!("https://a.example/{long}"), "departments": [{ "id": 1, "name": long }],
    }]));
    let posting = &board.postings[0];
    assert_eq!(posting.title, "é".repeat(TEXT_BYTES_MAX / 2));
    assert_eq!((&posting.company_name, &posting.requisition_id, &posting.location_text), (&None, &None, &None));
    assert_eq!((&posting.source_url, posting.department_path.len()), (&None, 0));
    assert_eq!(board.problems.len(), 6);
}
