//! The numbers among the settings, by the text that declares them.

use std::collections::BTreeSet;
use std::path::Path;

/// Types of what may be a limit.
const NUMBERS: [&str; 9] =
    ["usize", "u64", "i64", "u32", "i32", "Duration", "Option<usize>", "Option<u32>", "Option<u64>"];
/// Where limits of the planner, of HTTP and of the log are declared: file and structure.
const STRUCTURES: [(&str, &str); 3] =
    [("src/plan/limits.rs", "Limits"), ("src/http/settings.rs", "Settings"), ("src/feed.rs", "FeedSettings")];
/// Settings of `serve` and of every command; those of other commands bound nothing that others meet.
const ARGUMENTS: [(&str, &str); 4] = [
    ("src/config.rs", "Common"),
    ("src/config/serve.rs", "Serve"),
    ("src/config/access.rs", "Access"),
    ("src/config/crawl.rs", "Syncing"),
];
/// Those that only carry a setting of one of the structures, which has the row.
const CARRIERS: [(&str, &str); 7] = [
    ("drain_timeout_s", "drain_timeout"),
    ("export_timeout_s", "export_timeout"),
    ("feed_backlog_bytes_max", "stream_backlog_bytes_max"),
    ("feed_buffered_max", "buffered_max"),
    ("feed_lag_s", "lag_max"),
    ("feed_poll_ms", "poll_interval"),
    ("request_timeout_s", "request_timeout"),
];

/// All of them, in the letters of fields.
pub(super) fn names() -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for (file, structure) in STRUCTURES.iter().chain(&ARGUMENTS) {
        let text = read(file);
        let (_, body) = text.split_once(&format!("pub struct {structure} {{")).expect("the structure is there");
        let (body, _) = body.split_once("\n}").expect("it ends");
        names.extend(body.lines().filter_map(|line| number(line.strip_prefix("    pub ")?.strip_suffix(',')?)));
    }
    for file in ["src/config.rs", "src/config/access.rs", "src/config/crawl.rs", "src/config/renormalize.rs"] {
        let text = read(file);
        let constants = text.lines().filter_map(|line| line.strip_prefix("pub const ")?.split_once(" = "));
        names.extend(constants.filter_map(|(name, _)| number(name)));
    }
    for (carrier, of) in CARRIERS {
        assert!(names.remove(carrier) && names.contains(of), "{carrier} carries {of}");
    }
    names
}

fn read(file: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).expect("the file is there")
}

/// The name of `name: type`, if it is a number.
fn number(declared: &str) -> Option<String> {
    let (name, kind) = declared.split_once(": ")?;
    NUMBERS.contains(&kind).then(|| name.to_lowercase())
}
