//! Requests at a limit and one past it.

use serde_json::json;

pub(super) const ACCEPT: (&str, &str) = ("accept", "application/graphql-response+json");

/// A request.
pub(super) enum Asked {
    Post(String),
    Get(String),
}

/// A limit that a single request meets.
pub(super) struct Case {
    pub(super) limit: &'static str,
    pub(super) at: Asked,
    pub(super) past: Asked,
    pub(super) status: u16,
    pub(super) code: &'static str,
    /// What the message tells: the limit, and what was asked, unless counting ends before that is known.
    pub(super) figures: Vec<String>,
}

fn query(text: &str) -> Asked {
    Asked::Post(json!({ "query": text }).to_string())
}

fn case(limit: &'static str, code: &'static str, max: usize, ask: impl Fn(usize) -> Asked) -> Case {
    let figures = vec![max.to_string(), (max + 1).to_string()];
    Case { limit, at: ask(max), past: ask(max + 1), status: 400, code, figures }
}

/// One of which nothing is counted beyond the limit.
fn only_limit(mut case: Case) -> Case {
    case.figures.truncate(1);
    case
}

pub(super) fn cases() -> Vec<Case> {
    [of_texts(), of_documents(), of_filters(), of_lists()].into_iter().flatten().collect()
}

/// A text made as long as given by what follows it.
fn filled(text: &str, with: &str, bytes: usize) -> String {
    text.to_owned() + &with.repeat(bytes - text.len())
}

fn of_texts() -> Vec<Case> {
    let with_status = |case, status| Case { status, ..case };
    let body = json!({ "query": "{ __typename }" }).to_string();
    vec![
        with_status(
            case("body_bytes_max", "BODY_TOO_LARGE", 262_144, |bytes| Asked::Post(filled(&body, " ", bytes))),
            413,
        ),
        with_status(
            case("url_bytes_max", "BODY_TOO_LARGE", 8_192, |bytes| {
                Asked::Get(filled("/graphql?query=%7B__typename%7D", "+", bytes))
            }),
            414,
        ),
        case("document_bytes_max", "DOCUMENT_TOO_LARGE", 32_768, |bytes| query(&filled("{__typename}#", "x", bytes))),
    ]
}

fn of_documents() -> Vec<Case> {
    let jobs = |inner: &str| query(&format!("{{ jobs(first: 1) {{ nodes {{ {inner} }} }} }}"));
    vec![
        only_limit(case("tokens_max", "DOCUMENT_TOO_LARGE", 4_000, |tokens| query(&text_of(tokens)))),
        only_limit(case("nesting_max", "DOCUMENT_TOO_DEEP", 64, |depth| {
            let (open, close) = ("{ ofType ".repeat(depth - 2), " }".repeat(depth));
            query(&format!("{{ __type(name: \"Job\") {open} {{ name {close}"))
        })),
        case("depth_max", "DOCUMENT_TOO_DEEP", 12, |depth| {
            let round = "jobs(first: 1) { nodes { org { ";
            let end = if depth == 12 {
                "jobs(first: 1) { nodes { title } }"
            } else {
                "jobs(first: 1) { nodes { org { name } } }"
            };
            query(&format!("{{ {}{end}{} }}", round.repeat(3), " } } }".repeat(3)))
        }),
        case("selections_max", "DOCUMENT_TOO_LARGE", 5_000, |count| {
            // Two around, 49 spreads of a fragment with 100 fields, and the rest.
            let spreads = "...F ".repeat(49);
            let fields = "title ".repeat(count - 2 - 49 * 101);
            let fragment = "title ".repeat(100);
            query(&format!(
                "{{ jobs(first: 1) {{ nodes {{ {spreads} {fields} }} }} }} fragment F on Job {{ {fragment} }}"
            ))
        }),
        case("aliases_max", "DOCUMENT_TOO_LARGE", 30, |count| {
            jobs(&(0..count).map(|it| format!("a{it}: title ")).collect::<String>())
        }),
        case("root_fields_max", "DOCUMENT_TOO_LARGE", 20, |count| {
            query(&format!("{{ {} }}", "__typename ".repeat(count)))
        }),
        case("directives_max", "DOCUMENT_TOO_LARGE", 50, |count| jobs(&"title @skip(if: false) ".repeat(count))),
        case("argument_bytes_max", "DOCUMENT_TOO_LARGE", 65_536, |bytes| {
            // A fragment with 4 KiB of them fifteen times, and the rest.
            let job =
                |bytes: usize| format!("job(by:{{id:\"{}\"}}) {{ id }}", "a".repeat(bytes - "by:{id:\"\"}".len()));
            let (rest, of_fragment) = (job(bytes - 15 * 4_096), job(4_096));
            query(&format!("{{ {} rest: {rest} }} fragment F on Query {{ {of_fragment} }}", "...F ".repeat(15)))
        }),
        case("fragments_max", "DOCUMENT_TOO_LARGE", 100, |count| {
            let spreads: String = (0..count).map(|it| format!("...F{it} ")).collect();
            let fragments: String = (0..count).map(|it| format!("fragment F{it} on Job {{ title }} ")).collect();
            query(&format!("{{ jobs(first: 1) {{ nodes {{ {spreads} }} }} }} {fragments}"))
        }),
        case("operations_max", "DOCUMENT_TOO_LARGE", 20, |count| {
            let text: String = (0..count).map(|it| format!("query Q{it} {{ __typename }} ")).collect();
            Asked::Post(json!({ "query": text, "operationName": "Q0" }).to_string())
        }),
    ]
}

/// A document of so many tokens: names in lists of a filter.
fn text_of(tokens: usize) -> String {
    let begin = ["{", "jobs", "(", "filter", ":", "{", "or", ":", "["];
    let end = ["]", "}", ")", "{", "totalCount", "}", "}"];
    let mut left = tokens - begin.len() - end.len();
    let mut words: Vec<&str> = begin.to_vec();
    while left > 0 {
        // A list has 10 words around it, and may have 200 names.
        let mut names = (left - 10).min(200);
        let rest = left - 10 - names;
        if (1..11).contains(&rest) {
            names -= 11 - rest;
        }
        words.extend(["{", "provider", ":", "{", "in", ":", "["]);
        words.extend(std::iter::repeat_n("\"a\"", names));
        words.extend(["]", "}", "}"]);
        left -= 10 + names;
    }
    words.extend(end);
    assert_eq!(words.len(), tokens);
    words.join(" ")
}

fn of_filters() -> Vec<Case> {
    let jobs = |filter: &str| query(&format!("{{ jobs(filter: {filter}) {{ totalCount }} }}"));
    vec![
        only_limit(case("filter_nodes_max", "BAD_FILTER", 64, |count| {
            // One around, two for each, and one alone where that leaves one.
            let each = "{ provider: { eq: \"a\" } } ".repeat((count - 1) / 2);
            let alone = if count % 2 == 0 { "isStale: true" } else { "" };
            jobs(&format!("{{ or: [{each}] {alone} }}"))
        })),
        only_limit(case("filter_depth_max", "BAD_FILTER", 5, |depth| {
            jobs(&format!("{}{{ provider: {{ eq: \"a\" }} }}{}", "{ not: ".repeat(depth - 2), " }".repeat(depth - 2)))
        })),
        case("filter_list_max", "BAD_FILTER", 200, |count| {
            jobs(&format!("{{ provider: {{ in: {:?} }} }}", vec!["a"; count]))
        }),
        case("filter_string_max", "BAD_FILTER", 1_000, |count| {
            jobs(&format!("{{ provider: {{ eq: {:?} }} }}", "a".repeat(count)))
        }),
        case("variable_bytes_max", "BAD_USER_INPUT", 1_048_576, used),
    ]
}

/// Variables that come to so many bytes where they are used: each takes a hundred beside its text.
fn used(bytes: usize) -> Asked {
    let uses = vec!["$x"; bytes / 1_000];
    let lists = uses.chunks(200).map(|it| format!("{{ provider: {{ in: [{}] }} }} ", it.join(" ")));
    let lists: String = lists.collect();
    let query = format!(
        "query ($x: String!, $y: String!) {{ jobs(filter: {{ or: [{lists} {{ provider: {{ eq: $y }} }}] }}) {{ totalCount }} }}"
    );
    let variables = json!({ "x": "a".repeat(900), "y": "a".repeat(bytes % 1_000 - 100) });
    Asked::Post(json!({ "query": query, "variables": variables }).to_string())
}

fn of_lists() -> Vec<Case> {
    let executed = |case| Case { status: 200, ..case };
    let ids = |count: usize| vec!["019aaa00-0000-7000-8000-000000000000"; count];
    vec![
        case("page_size_max", "BAD_USER_INPUT", 100, |count| {
            query(&format!("{{ jobs(first: {count}) {{ totalCount }} }}"))
        }),
        case("ids_max", "BAD_USER_INPUT", 100, |count| query(&format!("{{ nodes(ids: {:?}) {{ id }} }}", ids(count)))),
        executed(case("facet_buckets_max", "BAD_USER_INPUT", 100, |count| {
            query(&format!("{{ jobs {{ facets(fields: [STATUS], top: {count}) {{ buckets {{ count }} }} }} }}"))
        })),
        Case {
            // 100 employers, and 99 or 100 postings of each.
            figures: vec!["10000".to_owned(), "10100".to_owned()],
            at: query("{ orgs(first: 100) { nodes { jobs(first: 99) { nodes { title } } } } }"),
            past: query("{ orgs(first: 100) { nodes { jobs(first: 100) { nodes { title } } } } }"),
            ..case("nodes_max", "NODE_LIMIT", 10_000, |_| query(""))
        },
        case("cost_max", "COST_LIMIT", 17, |points| {
            query(&format!("{{ jobs(first: {}) {{ totalCount nodes {{ title }} }} }}", points - 12))
        }),
    ]
}
