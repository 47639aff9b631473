use std::time::Instant;

use serde_json::json;

use super::*;
use crate::plan::tests::{MOMENT, ask, message, on_a_small_stack, refusal};

/// A document whose fragments each have a body that can spread the next one.
fn chain(fragments: usize, body: impl Fn(usize) -> String) -> String {
    let bodies: String =
        (0..fragments).map(|index| format!(" fragment F{index} on Org {{ {} }}", body(index))).collect();
    format!("{{ orgs {{ nodes {{ ...F0 }} }} }} {bodies} fragment F{fragments} on Org {{ id }}")
}

#[test]
fn fragments_that_multiply_are_refused_at_once() {
    on_a_small_stack(|| {
        for fragments in [13, 20, 40, 60, 98] {
            let bombs = [
                chain(fragments, |index| format!("...F{next} ...F{next}", next = index + 1)),
                chain(fragments, |index| format!("...F{} ", index + 1).repeat(10)),
                chain(fragments, |index| format!("...{{ ...F{next} }} ... on Org {{ ...F{next} }}", next = index + 1)),
                chain(fragments, |index| {
                    format!("a: related {{ ...F{next} }} b: related {{ ...F{next} }}", next = index + 1)
                }),
                chain(fragments, |index| format!("...F{next} @include(if: true) ...F{next}", next = index + 1)),
            ];
            for bomb in bombs {
                let start = Instant::now();
                let refused = refusal(&bomb, json!({}));
                assert!(start.elapsed() < MOMENT, "took {:?}", start.elapsed());
                assert!(matches!(refused.code, Code::DocumentTooLarge | Code::DocumentTooDeep), "{refused}");
            }
        }
    });
}

#[test]
fn fragments_that_spread_themselves_are_refused() {
    let cycles = [
        chain(60, |index| format!("...F{} ...F{index}", index + 1)),
        chain(60, |_| "...F0".to_owned()),
        chain(1, |_| "related { ...F0 }".to_owned()),
        "{ ...A } fragment A on Query { ...B } fragment B on Query { ... on Query { ...A } }".to_owned(),
    ];
    for cycle in cycles {
        let refused = refusal(&cycle, json!({}));
        assert_eq!(refused.code, Code::GraphqlValidationFailed, "{refused}");
        assert!(message(&refused).ends_with("spreads itself"), "{refused}");
    }
}

#[test]
fn as_many_fragments_as_allowed_may_follow_each_other_up_to_the_nesting_limit() {
    let spread_once = |fragments| chain(fragments, |index| format!("...F{} name", index + 1));
    assert!(ask(&spread_once(60), json!({})).is_ok());
    assert_eq!(refusal(&spread_once(62), json!({})).code, Code::DocumentTooDeep);
    assert_eq!(refusal(&chain(100, |_| "id".to_owned()), json!({})).code, Code::DocumentTooLarge);
}

/// A document with so many of something.
type Build<'a> = &'a dyn Fn(usize) -> String;

#[test]
fn every_count_is_refused_above_its_limit_and_allowed_at_it() {
    let below = |field: &str, count: usize| format!("{{ orgs(first: 1) {{ nodes {{ {} }} }} }}", field.repeat(count));
    let cases: [(&str, Build<'_>, usize); 6] = [
        ("aliases", &|count| (0..count).map(|index| format!("n{index}: name ")).collect(), 30),
        ("directives", &|count| "name @include(if: true) ".repeat(count), 50),
        ("root fields", &|count| "__typename ".repeat(count), 20),
        ("operations", &|count| (0..count).map(|index| format!("query Q{index} {{ __typename }} ")).collect(), 20),
        ("fragments", &|count| (0..count).map(|index| format!("fragment F{index} on Org {{ id }} ")).collect(), 100),
        ("selections", &|count| "...Many ".repeat(count / 50), 5_000),
    ];
    for (what, build, limit) in cases {
        let document = |count| match what {
            "root fields" => format!("{{ {} }}", build(count)),
            "operations" => build(count),
            "fragments" => format!("{{ orgs {{ nodes {{ {} }} }} }} {}", spreads(count), build(count)),
            "selections" => format!("{} fragment Many on Org {{ {} }}", below(&build(count), 1), "id ".repeat(49)),
            _ => below(&build(count), 1),
        };
        let parsed = |count| {
            let operation = if what == "operations" { Some("Q1") } else { None };
            let planner = crate::plan::tests::planner();
            let document = document(count);
            planner.plan(&crate::plan::Request {
                operation_name: operation,
                ..crate::plan::tests::request(&document, json!({}))
            })
        };
        // The fields around the spreads are selections too.
        let allowed = if what == "selections" { limit - 50 } else { limit };
        parsed(allowed).expect(what);
        let refused = parsed(allowed + 50).expect_err(what);
        assert_eq!(refused.code, Code::DocumentTooLarge, "{what}");
        assert!(message(&refused).contains(&format!("{what}, the limit is {limit}")), "{refused}");
    }
}

/// A fragment of 7 KB, spread in 592 places, was written out in each of them before its filter was looked at: 200 MB.
#[test]
fn arguments_count_wherever_their_fragment_is_spread() {
    // Each spread brings 4 KiB.
    let text = "a".repeat(4_096 - "search:\"\"".len());
    let long = |count: usize| {
        format!("{{ {} }} fragment F on Query {{ jobs(search:\"{text}\") {{ totalCount }} }}", "...F ".repeat(count))
    };
    assert!(ask(&long(16), json!({})).is_ok());
    let refused = refusal(&long(17), json!({}));
    assert_eq!(refused.code, Code::DocumentTooLarge);
    assert_eq!(message(&refused), "the document comes to 69632 bytes of arguments, the limit is 65536");
    let many = format!(
        "{{ orgs {{ nodes {{ {} }} }} }} fragment F on Org {{ jobs(filter: {{and: [{}]}}) {{ totalCount }} }}",
        "...F ".repeat(20),
        "{salary: 1} ".repeat(520)
    );
    assert_eq!(refusal(&many, json!({})).code, Code::DocumentTooLarge);
}

fn spreads(count: usize) -> String {
    (0..count).map(|index| format!("...F{index} ")).collect()
}

#[test]
fn depth_is_counted_in_fields_through_fragments_and_not_in_introspection() {
    let deep = |levels: usize| {
        format!("{{ node(id: 1) {{ ... on Org {{ {} id {} }} }} }}", "related { ".repeat(levels), "}".repeat(levels))
    };
    assert!(ask(&deep(10), json!({})).is_ok());
    let refused = refusal(&deep(11), json!({}));
    assert_eq!(refused.code, Code::DocumentTooDeep);
    assert_eq!(message(&refused), "the operation is 13 fields deep, the limit is 12");
    let types = |levels: usize| {
        format!("{{ __type(name: \"Job\") {{ {} name {} }} }}", "ofType { ".repeat(levels), "}".repeat(levels))
    };
    assert!(ask(&types(40), json!({})).is_ok());
    assert_eq!(refusal(&types(70), json!({})).code, Code::DocumentTooDeep);
}

#[test]
fn introspection_that_goes_round_in_the_schema_is_refused() {
    let round = "{ __schema { types { fields { type { fields { type { ...T } } } } } } } fragment T on __Type { fields { name } }";
    let refused = refusal(round, json!({}));
    assert_eq!(refused.code, Code::DocumentTooDeep);
    assert_eq!(message(&refused), "\"__schema\" nests lists of the schema more than 2 deep");
}
