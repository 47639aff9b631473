//! A PostgreSQL of a test's own, which may be killed. The programs are Debian's; as root they run as the user `postgres`.

use std::fs::Permissions;
use std::net::TcpListener;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// How long what was killed may take to be gone.
const START_MAX: Duration = Duration::from_secs(60);

pub(crate) struct Cluster {
    folder: TempDir,
    programs: PathBuf,
    port: u16,
}

impl Cluster {
    pub(crate) fn start() -> Self {
        let folder = tempfile::tempdir().expect("a folder can be made");
        // The user postgres is to get in.
        std::fs::set_permissions(folder.path(), Permissions::from_mode(0o777)).expect("its rights can be set");
        let cluster = Self { folder, programs: programs(), port: free_port() };
        let data = cluster.data().display().to_string();
        cluster.run("initdb", &["-D", &data, "-E", "UTF8", "--locale=C.UTF-8", "-U", "postgres", "--auth=trust", "-N"]);
        cluster.bring_back();
        cluster
    }

    pub(crate) fn url(&self, database: &str) -> String {
        format!("postgres://postgres@127.0.0.1:{}/{database}", self.port)
    }

    /// Starts it, once nothing of it is left.
    pub(crate) fn bring_back(&self) {
        let since = Instant::now();
        let options = format!(
            "-p {} -k {} -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=60",
            self.port,
            self.folder.path().display()
        );
        let (data, log) = (self.data(), self.folder.path().join("log"));
        loop {
            let arguments =
                ["-D", &data.display().to_string(), "-w", "-l", &log.display().to_string(), "-o", &options, "start"];
            let output = self.command("pg_ctl").args(arguments).output().expect("pg_ctl starts");
            if output.status.success() {
                return;
            }
            assert!(since.elapsed() < START_MAX, "{output:?} {:?}", std::fs::read_to_string(&log));
            std::thread::sleep(Duration::from_millis(200));
        }
    }

    /// `kill -9` for the process that minds all others.
    pub(crate) fn kill(&self) {
        signal("KILL", &[self.postmaster()]);
    }

    /// All connections break off at once.
    pub(crate) fn stop_at_once(&self) {
        self.run("pg_ctl", &["-D", &self.data().display().to_string(), "-m", "immediate", "stop"]);
    }

    /// It takes connections and statements, and answers nothing.
    pub(crate) fn freeze(&self) {
        signal("STOP", &self.processes());
    }

    pub(crate) fn thaw(&self) {
        signal("CONT", &self.processes());
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn postmaster(&self) -> u32 {
        let output = self.command("head").args(["-n", "1"]).arg(self.data().join("postmaster.pid")).output();
        let text = String::from_utf8(output.expect("head starts").stdout).expect("it is text");
        text.trim().parse().expect("the first line is the number of a process")
    }

    /// The postmaster and its children.
    fn processes(&self) -> Vec<u32> {
        let postmaster = self.postmaster();
        let children = std::fs::read_to_string(format!("/proc/{postmaster}/task/{postmaster}/children"));
        let children = children.expect("the process is there");
        std::iter::once(postmaster).chain(children.split_whitespace().filter_map(|it| it.parse().ok())).collect()
    }

    fn run(&self, program: &str, arguments: &[&str]) -> Output {
        let output = self.command(program).args(arguments).output().expect("the program starts");
        assert!(output.status.success(), "{program}: {output:?}");
        output
    }

    /// A program of PostgreSQL, or of the system, as whom the cluster belongs to.
    fn command(&self, program: &str) -> Command {
        let here = self.programs.join(program);
        let program = if here.exists() { here } else { PathBuf::from(program) };
        let mut command = Command::new(if is_root() { Path::new("runuser") } else { &program });
        if is_root() {
            command.args(["-u", "postgres", "--"]).arg(&program);
        }
        command.current_dir(self.folder.path());
        command
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let data = self.data().display().to_string();
        drop(self.command("pg_ctl").args(["-D", &data, "-m", "immediate", "stop"]).output());
    }
}

fn is_root() -> bool {
    std::fs::metadata("/proc/self").is_ok_and(|it| it.uid() == 0)
}

/// The folder of the newest PostgreSQL that is installed.
fn programs() -> PathBuf {
    let versions = std::fs::read_dir("/usr/lib/postgresql").expect("PostgreSQL is installed").flatten();
    let newest = versions.filter(|it| it.path().join("bin/initdb").exists()).max_by_key(std::fs::DirEntry::path);
    newest.expect("PostgreSQL's server is installed").path().join("bin")
}

/// One that no test is given by the system, since it has to be free again later.
fn free_port() -> u16 {
    let mut ports = (20_000..30_000).skip(std::process::id() as usize % 9_000);
    ports.find(|port| TcpListener::bind(("127.0.0.1", *port)).is_ok()).expect("a port is free")
}

fn signal(name: &str, processes: &[u32]) {
    let numbers: Vec<String> = processes.iter().map(u32::to_string).collect();
    let status = Command::new("kill").args(["-s", name]).args(numbers).status().expect("kill starts");
    assert!(status.success(), "{processes:?} are not there");
}
