//! `schema`: shows the GraphQL schema, and checks a file against it.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use clap::Subcommand;

use super::output;
use crate::graphql;

#[derive(Debug, Subcommand)]
pub(super) enum Action {
    /// Write the schema to standard output, sorted
    Print {
        /// As gateways of an Apollo Federation are to be given it, for a server that runs with --federation
        #[arg(long)]
        federation: bool,
    },
    /// Compare a file with the schema
    Check {
        /// The file
        #[arg(default_value = "schema.graphql")]
        file: PathBuf,
    },
}

pub(super) fn run(action: &Action) -> anyhow::Result<ExitCode> {
    match action {
        Action::Print { federation: true } => output::line(graphql::subgraph_sdl().trim_end()),
        Action::Print { federation: false } => output::line(graphql::sdl().trim_end()),
        Action::Check { file } => {
            let sdl = graphql::sdl();
            let text = std::fs::read_to_string(file).with_context(|| format!("file \"{}\"", file.display()))?;
            if text != sdl {
                let line = text.lines().zip(sdl.lines()).take_while(|(left, right)| left == right).count() + 1;
                let file = file.display();
                output::problem(&format!(
                    "file \"{file}\" differs from the schema at line {line}\nhint: run \"jobgraph schema print > {file}\""
                ));
                return Ok(ExitCode::FAILURE);
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}
