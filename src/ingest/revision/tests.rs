//! Differences of revisions, and revisions from differences.

use serde_json::json;

use super::*;
use crate::ingest::posting::Metadata;
use crate::vocabulary::Provenance;

fn place(city: &str) -> Location {
    Location {
        raw: Some(city.to_owned()),
        city: Some(city.to_owned()),
        region: None,
        region_code: None,
        country: Some("Germany".to_owned()),
        country_code: Some("DE".to_owned()),
        macro_region: None,
        postal_code: None,
        is_remote: false,
        confidence: 0.9,
        provenance: Provenance::LocationText,
    }
}

fn revision(title: &str, cities: &[&str]) -> Revision {
    let normalized = Normalized {
        title: title.to_owned(),
        locations: cities.iter().map(|city| place(city)).collect(),
        ..Normalized::default()
    };
    Revision::of(&Posting::default(), &normalized).active()
}

#[test]
fn changes_lead_from_one_revision_to_the_other() {
    let before = revision("Engineer", &["Berlin", "Munich"]);
    let after = revision("Senior Engineer", &["Munich", "Hamburg"]).closed(0, ClosedReason::NotListed);
    let mut folded = before.clone();
    folded.apply(&before.changes(&after, None)).expect("they start from what is there");
    assert_eq!(folded, after);
}

#[test]
fn changes_are_sorted_by_path_and_tell_what_was_done() {
    let changes = revision("A", &["Berlin"]).changes(&revision("B", &["Berlin", "Munich"]), None);
    let told: Vec<(&str, ChangeOp, ChangeKind)> = changes.iter().map(|it| (it.path.as_str(), it.op, it.kind)).collect();
    assert_eq!(
        told,
        [
            ("locations[DE/Munich]", ChangeOp::Add, ChangeKind::Derived),
            ("title", ChangeOp::Replace, ChangeKind::Source),
        ]
    );
}

#[test]
fn a_new_order_of_the_other_places_is_no_change() {
    let before = revision("A", &["Berlin", "Munich", "Hamburg"]);
    assert_eq!(before.changes(&revision("A", &["Berlin", "Hamburg", "Munich"]), None), []);
}

#[test]
fn closing_changes_three_paths_and_nothing_else() {
    let changes = revision("A", &[]).changes(&revision("A", &[]).closed(0, ClosedReason::Gone), None);
    let paths: Vec<&str> = changes.iter().map(|it| it.path.as_str()).collect();
    assert_eq!(paths, ["closedReason", "inactiveAt", "status"]);
}

#[test]
fn the_normalized_hash_is_of_the_content_alone() {
    let open = revision("A", &[]);
    assert_eq!(open.normalized_hash(), open.clone().closed(5, ClosedReason::Gone).normalized_hash());
    assert_ne!(open.normalized_hash(), revision("B", &[]).normalized_hash());
}

#[test]
fn a_change_that_starts_from_something_else_is_refused() {
    let changes = revision("A", &[]).changes(&revision("B", &[]), None);
    let error = revision("C", &[]).apply(&changes).expect_err("it is another title");
    assert_eq!(error.to_string(), r#"the change of "title" does not fit: it expects "A", there is "C""#);
}

#[test]
fn two_places_that_are_the_same_are_kept_apart() {
    let revision = revision("A", &["Berlin", "Berlin"]);
    assert!(revision.value("locations[DE/Berlin]").is_some());
    assert!(revision.value("locations[DE/Berlin#2]").is_some());
}

#[test]
fn a_description_changes_by_lines() {
    let diff = text_diff("a\nb\nc\n", "a\nB\nc\nd\n");
    let hunk = |old_start, new_start, removed: &[&str], added: &[&str]| Hunk {
        old_start,
        new_start,
        removed: removed.iter().map(ToString::to_string).collect(),
        added: added.iter().map(ToString::to_string).collect(),
    };
    assert_eq!(diff.hunks, [hunk(2, 2, &["b"], &["B"]), hunk(4, 4, &[], &["d"])]);
    assert!(!diff.truncated);
}

/// The line that was last counted as another one once a line end stood behind it.
#[test]
fn a_paragraph_at_the_end_is_all_that_is_added() {
    let diff = text_diff("Cooks soup.", "Cooks soup.\n\nBakes bread.");
    let added = vec![String::new(), "Bakes bread.".to_owned()];
    assert_eq!(diff.hunks, [Hunk { old_start: 2, new_start: 2, removed: Vec::new(), added }]);
    let back = text_diff("Cooks soup.\n\nBakes bread.", "Cooks soup.");
    let removed = vec![String::new(), "Bakes bread.".to_owned()];
    assert_eq!(back.hunks, [Hunk { old_start: 2, new_start: 2, removed, added: Vec::new() }]);
}

#[test]
fn a_huge_difference_is_cut_and_says_so() {
    let diff = text_diff("", &format!("{}\n", "x".repeat(TEXT_DIFF_BYTES_MAX + 1)));
    assert_eq!(diff, TextDiff { hunks: Vec::new(), truncated: true });
}

#[test]
fn line_ends_count_as_bytes_of_a_difference() {
    let lines = |count: usize| "x\n".repeat(count);
    let fits = TEXT_DIFF_BYTES_MAX / 1024;
    let line = format!("{}\n", "x".repeat(1023));
    assert!(!text_diff("", &line.repeat(fits)).truncated);
    assert!(text_diff("", &format!("{}\n", line.repeat(fits))).truncated);
    assert!(!text_diff("", &lines(TEXT_DIFF_LINES_MAX)).truncated);
}

#[test]
fn texts_of_too_many_lines_are_not_compared() {
    let long = "x\n".repeat(TEXT_DIFF_LINES_MAX + 1);
    assert_eq!(text_diff(&long, "x\n"), TextDiff { hunks: Vec::new(), truncated: true });
    assert_eq!(text_diff("x\n", &long), TextDiff { hunks: Vec::new(), truncated: true });
}

/// What took longest was once cut short by a clock, so that two machines told two stories.
#[test]
fn the_worst_texts_give_the_same_difference_each_time() {
    let text = |seed: usize| -> String {
        (0..TEXT_DIFF_LINES_MAX).map(|at| format!("{}{}\n", "same ".repeat(50), (at * seed) % 1_999)).collect()
    };
    let (old, new) = (text(7), text(1_201));
    let first = text_diff(&old, &new);
    assert!(first.truncated && !first.hunks.is_empty());
    assert_eq!(first, text_diff(&old, &new));
}

#[test]
fn lone_carriage_returns_do_not_shift_lines() {
    let diff = text_diff("a\rb\r\nc\n", "a\rb\r\nd\n");
    assert_eq!(diff.hunks, [Hunk { old_start: 2, new_start: 2, removed: vec!["c".into()], added: vec!["d".into()] }]);
}

#[test]
fn metadata_is_keyed_by_id_and_null_is_no_value() {
    let metadata = |id: &str, value: Value| Metadata { id: id.to_owned(), name: "N".to_owned(), value };
    let posting =
        Posting { metadata: vec![metadata("1", json!("x")), metadata("2", Value::Null)], ..Posting::default() };
    let revision = Revision::of(&posting, &Normalized::default());
    assert_eq!(revision.value("metadata[1]"), Some(&json!({ "name": "N", "value": "x" })));
    assert_eq!(revision.value("metadata[2]"), None);
}
