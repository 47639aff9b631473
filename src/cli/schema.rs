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
    Print,
    /// Compare a file with the schema
    Check {
        /// The file
        #[arg(default_value = "schema.graphql")]
        file: PathBuf,
    },
}

pub(super) fn run(action: &Action) -> anyhow::Result<ExitCode> {
    let sdl = graphql::sdl();
    match action {
        Action::Print => output::line(sdl.trim_end()),
        Action::Check { file } => {
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
