//! A server that may only read: by a role without any right to change something, and from a disk that cannot be written.

use std::fs::{Permissions, set_permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::Path;
use std::process::{Command, Stdio};

use jobgraph::ingest::{Arrived, Intake};
use url::Url;

use crate::program::{Server, command, run};
use crate::raw::execute;
use crate::support::{Backend, Database, backends};

async fn fill(database: &Database) {
    let store = database.store().await;
    let intake = Intake { store: &store, archive: None, policy: None, clock: || 0 };
    for answer in jobgraph::demo::answers().expect("the demo's boards can be read") {
        intake.apply(&Arrived::from(answer)).await.expect("it is applied");
    }
    store.close().await.expect("the store closes");
}

/// Asks a server that needs a key for all that it offers.
fn ask_for_all(server: &Server, secret: &str) {
    let bearer = format!("Bearer {secret}");
    let get = |url: &str| server.send("GET", url, &[("authorization", &bearer)], "");
    let calls = [
        "/readyz",
        "/graphql?query=%7Bjobs%7BtotalCount%20facets(fields:%5BCOUNTRY%5D)%7Bbuckets%7Bcount%7D%7D%7D%7D",
        "/feed?after=0&limit=5",
        "/feed.json",
        "/export.ndjson",
        "/job-postings/v1/jobs/search?q=engineer",
        "/jobs",
    ];
    for url in calls {
        let (status, _, body) = get(url);
        assert_eq!(status, 200, "{url}: {body}");
        assert!(!body.contains("\"errors\""), "{url}: {body}");
    }
    let webhooks = get("/graphql?query=%7Bwebhooks%7Burl%7D%7D").2;
    assert_eq!(webhooks, r#"{"data":{"webhooks":[]}}"#);
}

fn create_key(url: &str) -> String {
    let output = run(&["--database-url", url, "keys", "create", "a client", "--scope", "admin"]);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.lines().find_map(|line| line.strip_prefix("secret ")).expect("the secret is shown").to_owned()
}

fn is_key_unused(url: &str) -> bool {
    let output = run(&["--database-url", url, "keys", "list", "--json"]);
    String::from_utf8_lossy(&output.stdout).contains("\"lastUsedAt\":null")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_that_may_only_select_is_all_that_a_server_needs() {
    for backend in backends().into_iter().filter(|it| *it == Backend::Postgres) {
        let database = Database::new(backend).await;
        fill(&database).await;
        let secret = create_key(&database.url);
        let mut url = Url::parse(&database.url).expect("an address");
        let name = url.path().trim_start_matches('/').to_owned();
        let role = format!("{name}_reader");
        let grants = [
            format!("CREATE ROLE {role} LOGIN"),
            format!("GRANT CONNECT ON DATABASE {name} TO {role}"),
            format!("GRANT USAGE ON SCHEMA public TO {role}"),
            format!("GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role}"),
        ];
        execute(&database.url, &grants.each_ref().map(String::as_str)).await;
        url.set_username(&role).expect("an address has a place for a name");
        for arguments in [&["--anonymous", "off", "--read-only"][..], &["--anonymous", "off"]] {
            let server = Server::start(url.as_str(), arguments);
            ask_for_all(&server, &secret);
        }
        assert!(is_key_unused(&database.url));
        execute(&database.url, &[&*format!("DROP OWNED BY {role}"), &format!("DROP ROLE {role}")]).await;
    }
}

/// The program, without the right of its user to write what is not to be written.
fn bound_by_permissions() -> Command {
    let is_root = std::fs::metadata("/proc/self").expect("the process lives").uid() == 0;
    if !is_root {
        return command();
    }
    let mut bound = Command::new("setpriv");
    bound.args(["--bounding-set", "-dac_override", env!("CARGO_BIN_EXE_jobgraph")]);
    bound.env_remove("DATABASE_URL").stdin(Stdio::null());
    bound
}

fn permit(path: &Path, mode: u32) {
    set_permissions(path, Permissions::from_mode(mode)).expect("permissions can be set");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_cannot_be_written_in_a_folder_that_cannot_either_is_served() {
    let database = Database::new(Backend::Sqlite).await;
    fill(&database).await;
    let secret = create_key(&database.url);
    let folder = tempfile::tempdir().expect("a folder can be made");
    let file = folder.path().join("jobgraph.db");
    std::fs::copy(database.url.trim_start_matches("sqlite://"), &file).expect("it can be copied");
    let url = format!("sqlite://{}", file.display());
    permit(&file, 0o444);
    permit(folder.path(), 0o555);
    let server = Server::start_by(bound_by_permissions(), &url, &["--anonymous", "off", "--read-only"]);
    ask_for_all(&server, &secret);
    drop(server);
    let left = std::fs::read_dir(folder.path()).expect("a folder").count();
    permit(folder.path(), 0o755);
    permit(&file, 0o644);
    assert_eq!(left, 1, "nothing was written beside it");
    assert!(is_key_unused(&url));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_others_write_is_served_as_it_is_now() {
    let database = Database::new(Backend::Sqlite).await;
    let secret = create_key(&database.url);
    let server = Server::start(&database.url, &["--read-only"]);
    assert_eq!(server.ask("{ jobs { totalCount } }")["data"]["jobs"]["totalCount"], 0);
    fill(&database).await;
    assert_ne!(server.ask("{ jobs { totalCount } }")["data"]["jobs"]["totalCount"], 0);
    ask_for_all(&server, &secret);
    assert!(is_key_unused(&database.url));
}

#[test]
fn who_only_reads_neither_crawls_nor_makes_tables() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let url = format!("sqlite://{}", folder.path().join("jobgraph.db").display());
    assert_eq!(run(&["serve", "--read-only", "--sync"]).status.code(), Some(2));
    let output = run(&["--database-url", &url, "serve", "--read-only", "--listen", "127.0.0.1:0"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 0);
}
