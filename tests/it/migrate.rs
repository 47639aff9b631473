//! Tables come and go without a trace.

use crate::program::run;
use crate::support::{Database, backends};

#[test]
fn migrations_run_up_down_and_up_again_on_either_database() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    for backend in backends() {
        let database = runtime.block_on(Database::empty(backend));
        for (action, expected) in
            [("status", "pending"), ("up", "applied"), ("down", "pending"), ("up", "applied"), ("up", "applied")]
        {
            let all: &[&str] = if action == "down" { &["--steps", "99"] } else { &[] };
            let output = run(&[&["--database-url", database.url.as_str(), "migrate", action], all].concat());
            let text = String::from_utf8_lossy(&output.stdout).into_owned();
            assert!(output.status.success(), "{backend} {action}: {}", String::from_utf8_lossy(&output.stderr));
            assert!(text.contains("m20261123_1_graph"), "{backend} {action}: {text}");
            assert!(text.lines().all(|line| line.starts_with(expected)), "{backend} {action}: {text}");
        }
    }
}
