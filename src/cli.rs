//! The command line: what can be said, and who does it. Results go to standard output, everything else to standard
//! error; a command ends with 0 when it is done, 1 when its run failed, 2 when it was asked wrongly.

mod archive;
mod backup;
mod doctor;
mod export;
mod generate;
mod health;
mod ingest;
mod keys;
mod migrate;
mod orgs;
mod output;
mod providers;
mod renormalize;
mod report;
mod schema;
mod serve;
mod sources;
mod sync;
#[cfg(feature = "otlp")]
mod traces;
mod webhooks;

use std::ffi::OsString;
use std::io::IsTerminal;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer, Registry};

use crate::aside::STACK_BYTES;
use crate::config::{
    Common, Doctor, ENVIRONMENT_PREFIX, Export, Generate, Ingest, LogFormat, Renormalize, Serve, Syncing,
};

/// Exit code for a command that was asked wrongly; clap uses the same.
const USAGE: u8 = 2;

/// Job boards as a graph: reads public postings, keeps their history, serves them over GraphQL.
#[derive(Debug, Parser)]
#[command(name = "jobgraph", version, propagate_version = true)]
struct Arguments {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Answer GraphQL at `/graphql`, show pages for people at `/` and GraphiQL at `/graphiql`
    Serve(Box<Serve>),
    /// Read a board, or saved answers of it, and apply what changed
    Ingest(Ingest),
    /// Register boards, list them, and set which are crawled
    Sources {
        #[command(subcommand)]
        action: sources::Action,
    },
    /// List employers, and say which of them are one
    Orgs {
        #[command(subcommand)]
        action: orgs::Action,
    },
    /// Crawl the boards that are due, each at its own pace, until told to stop
    Sync {
        /// End when everything that is due now was crawled; with 1 if any crawl failed
        #[arg(long)]
        once: bool,
        #[command(flatten)]
        sync: Syncing,
    },
    /// Read archived answers again by this version's rules, and write what these derive otherwise
    Renormalize(Renormalize),
    /// Make the archive of raw answers smaller
    Archive {
        #[command(subcommand)]
        action: archive::Action,
    },
    /// List the providers whose boards can be read, and what each tells
    Providers,
    /// Write all postings that meet a filter into a file, at one snapshot
    Export(Export),
    /// Create or change the database's tables
    Migrate {
        #[command(subcommand)]
        action: migrate::Action,
    },
    /// Copy an SQLite database into a new file while it is used
    Backup {
        /// The file, which must not be there yet
        #[arg(value_name = "FILE")]
        to: PathBuf,
    },
    /// Put a copy of an SQLite database where there is none
    Restore {
        /// What `jobgraph backup` has written
        #[arg(value_name = "FILE")]
        from: PathBuf,
    },
    /// Look at database, archive, clock and boards, and say what to do about what is not right
    Doctor(Doctor),
    /// Ask a running server whether it is ready; ends with 1 if not
    Health {
        /// Where it listens
        #[arg(long, env = "JOBGRAPH_LISTEN", default_value = "127.0.0.1:8080", value_name = "ADDRESS")]
        listen: SocketAddr,
    },
    /// Give out API keys, list them, and take them back
    Keys {
        #[command(subcommand)]
        action: keys::Action,
    },
    /// Register receivers of events, and send events to them
    Webhooks {
        #[command(subcommand)]
        action: webhooks::Action,
    },
    /// Fill an empty database with invented postings, to measure speed with
    Generate(Generate),
    /// Show or check the GraphQL schema
    Schema {
        #[command(subcommand)]
        action: schema::Action,
    },
}

/// Runs the program.
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    if let Some(name) = unknown_variable(std::env::vars_os().map(|(name, _)| name)) {
        output::problem(&format!(
            "environment variable \"{name}\" names no setting\nhint: \"jobgraph help serve\", \"jobgraph help ingest\" and \"jobgraph help sync\" list them"
        ));
        return ExitCode::from(USAGE);
    }
    let filter = match EnvFilter::try_new(&arguments.common.log) {
        Ok(filter) => filter,
        Err(error) => {
            output::problem(&format!("log filter \"{}\": {error}", arguments.common.log));
            return ExitCode::from(USAGE);
        }
    };
    let subscriber = tracing_subscriber::registry().with(log(&arguments.common, filter));
    #[cfg(feature = "otlp")]
    let (subscriber, _traces) = match traces::begin(arguments.common.otlp_endpoint.as_deref()) {
        Ok((layer, traces)) => (subscriber.with(layer), traces),
        Err(error) => {
            output::problem(&format!("traces: {error:#}"));
            return ExitCode::FAILURE;
        }
    };
    subscriber.init();
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    let runtime = match runtime.enable_all().thread_stack_size(STACK_BYTES).build() {
        Ok(runtime) => runtime,
        Err(error) => {
            output::problem(&format!("threads: {error}"));
            return ExitCode::FAILURE;
        }
    };
    let common = &arguments.common;
    let done = runtime.block_on(async {
        match arguments.command {
            Command::Serve(serve) => serve::run(common, &serve).await,
            Command::Ingest(ingest) => ingest::run(common, &ingest).await,
            Command::Sources { action } => sources::run(common, &action).await,
            Command::Orgs { action } => orgs::run(common, &action).await,
            Command::Sync { once, sync } => sync::run(common, &sync, once).await,
            Command::Renormalize(renormalize) => renormalize::run(common, &renormalize).await,
            Command::Archive { action } => archive::run(common, &action).await,
            Command::Providers => Ok(providers::run()),
            Command::Export(export) => export::run(common, &export).await,
            Command::Migrate { action } => migrate::run(common, action).await,
            Command::Backup { to } => backup::back_up(common, &to).await,
            Command::Restore { from } => backup::restore(common, &from).await,
            Command::Doctor(doctor) => doctor::run(common, &doctor).await,
            Command::Health { listen } => health::run(listen).await,
            Command::Keys { action } => keys::run(common, &action).await,
            Command::Webhooks { action } => webhooks::run(common, &action).await,
            Command::Generate(generate) => generate::run(common, &generate).await,
            Command::Schema { action } => schema::run(&action),
        }
    });
    match done {
        Ok(code) => code,
        Err(error) => {
            output::problem(&output::told(&error));
            ExitCode::FAILURE
        }
    }
}

/// A variable that is meant for this program, but that no setting reads.
fn unknown_variable(names: impl Iterator<Item = OsString>) -> Option<String> {
    let known = variables(&Arguments::command());
    names
        .filter(|name| name.to_string_lossy().starts_with(ENVIRONMENT_PREFIX) && !known.contains(name))
        .map(|name| name.to_string_lossy().into_owned())
        .min()
}

/// The variables that a command and those below it read.
fn variables(command: &clap::Command) -> Vec<OsString> {
    let own = command.get_arguments().filter_map(|it| it.get_env().map(ToOwned::to_owned));
    own.chain(command.get_subcommands().flat_map(variables)).collect()
}

/// The log on standard error.
fn log(common: &Common, filter: EnvFilter) -> impl Layer<Registry> {
    let lines =
        tracing_subscriber::fmt::layer().with_writer(std::io::stderr).with_ansi(std::io::stderr().is_terminal());
    let lines = match common.log_format {
        LogFormat::Text => lines.boxed(),
        LogFormat::Json => lines.json().flatten_event(true).boxed(),
    };
    lines.with_filter(filter)
}

#[cfg(test)]
mod tests {
    use super::unknown_variable;

    #[test]
    fn a_misspelled_variable_is_named() {
        let names = ["HOME", "DATABASE_URL", "JOBGRAPH_LISTEN", "JOBGRAPH_LISTN"];
        assert_eq!(unknown_variable(names.into_iter().map(Into::into)), Some("JOBGRAPH_LISTN".to_owned()));
    }

    #[test]
    fn known_variables_pass() {
        let names = ["JOBGRAPH_LOG", "JOBGRAPH_ARCHIVE", "JOBGRAPH_COST_MAX", "JOBGRAPH_WEBHOOK_SECRET"];
        assert_eq!(unknown_variable(names.into_iter().map(Into::into)), None);
    }
}
