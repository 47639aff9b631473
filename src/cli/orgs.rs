//! `orgs`: lists employers, joins those that are one, and splits boards off again.

use std::collections::HashMap;
use std::process::ExitCode;

use anyhow::bail;
use clap::Subcommand;
use entity::org;
use serde_json::json;

use super::migrate::open_existing;
use super::output;
use super::sources::known;
use crate::config::{Common, DATABASE_URL_DEFAULT};
use crate::ingest::employer::{Moved, join, sharing_domains, split};
use crate::store::Store;

#[derive(Debug, Subcommand)]
pub(super) enum Action {
    /// List the employers: short name, id, name, active postings, and what else they are found by
    List {
        /// A JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// Say that two employers are one: the boards of the first are the second's, in the past too, and it answers to the
    /// first one's id and short name
    Join {
        /// The employer that goes: its short name or id
        #[arg(value_name = "ORG", required_unless_present = "same_domain", requires = "into")]
        from: Option<String>,
        /// The employer that stays: its short name or id
        #[arg(value_name = "INTO")]
        into: Option<String>,
        /// Join all that show their postings under one domain of their own into the one with most postings; a domain
        /// that more than eight share is passed over
        #[arg(long, conflicts_with = "from")]
        same_domain: bool,
        /// Tell what would be done, and do nothing
        #[arg(long)]
        dry_run: bool,
    },
    /// Give a board an employer of its own again
    Split {
        /// An address of the board, `PROVIDER/BOARD`, or its id
        #[arg(value_name = "BOARD")]
        board: String,
        /// Tell what would be done, and do nothing
        #[arg(long)]
        dry_run: bool,
    },
}

pub(super) async fn run(common: &Common, action: &Action) -> anyhow::Result<ExitCode> {
    let store = open_existing(&common.store(DATABASE_URL_DEFAULT)).await?;
    match action {
        Action::List { json } => list(&store, *json).await?,
        Action::Join { from: Some(from), into: Some(into), dry_run, .. } => {
            let (from, into) = (id_of(&store, from).await?, id_of(&store, into).await?);
            join_one(&store, &from, &into, *dry_run, "").await?;
        }
        Action::Join { dry_run, .. } => join_by_domain(&store, *dry_run).await?,
        Action::Split { board, dry_run } => {
            let source = known(&store, board).await?;
            let Moved { from, into, postings, .. } = split(&store, &source, *dry_run).await?;
            let done = if *dry_run { "would be" } else { "is" };
            let board = format!("{}/{}", source.provider, source.board_token);
            output::line(&format!("{board} {done} split off {} as {}: {postings} postings", from.slug, into.slug));
        }
    }
    store.close().await?;
    Ok(ExitCode::SUCCESS)
}

async fn join_one(store: &Store, from: &str, into: &str, is_dry: bool, why: &str) -> anyhow::Result<()> {
    let Moved { from, into, boards, postings } = join(store, from, into, is_dry).await?;
    let done = if is_dry { "would be" } else { "is" };
    let (from, into) = (from.slug, into.slug);
    output::line(&format!("{from} {done} joined into {into}{why}: {boards} boards, {postings} postings"));
    Ok(())
}

async fn join_by_domain(store: &Store, is_dry: bool) -> anyhow::Result<()> {
    // By the id of an employer that is joined: the one that it is joined into, for the domains after.
    let mut gone: HashMap<String, String> = HashMap::new();
    for (domain, orgs) in sharing_domains(store).await? {
        let mut ids: Vec<String> = Vec::new();
        for it in orgs {
            let mut id = it.org_id;
            while let Some(into) = gone.get(&id) {
                id.clone_from(into);
            }
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        let Some((into, from)) = ids.split_first() else { continue };
        for it in from {
            join_one(store, it, into, is_dry, &format!(" by {domain}")).await?;
            gone.insert(it.clone(), into.clone());
        }
    }
    if gone.is_empty() {
        output::note("No two employers share a domain.");
    }
    Ok(())
}

async fn list(store: &Store, is_json: bool) -> anyhow::Result<()> {
    let orgs = store.orgs().await?;
    let slugs = orgs.iter().map(|it| it.slug.len()).max().unwrap_or(0);
    for it in &orgs {
        let aliases = aliases(it);
        if is_json {
            output::line(
                &json!({
                    "orgId": it.org_id,
                    "slug": it.slug,
                    "name": it.name,
                    "activeJobCount": it.active_job_count,
                    "jobCount": it.job_count,
                    "aliases": aliases,
                })
                .to_string(),
            );
            continue;
        }
        let name = output::words(&it.name);
        let also = if aliases.is_empty() { String::new() } else { format!(", also {}", aliases.join(" ")) };
        output::line(&format!("{:<slugs$} {} {name}, {} active{also}", it.slug, it.org_id, it.active_job_count));
    }
    if orgs.is_empty() {
        output::note("There are no employers.\nhint: \"jobgraph sources add\" registers boards");
    }
    Ok(())
}

fn aliases(org: &org::Model) -> Vec<String> {
    serde_json::from_str(&org.aliases).unwrap_or_default()
}

/// The id of the employer that is meant by its id, its short name or an alias of it.
async fn id_of(store: &Store, text: &str) -> anyhow::Result<String> {
    let name = text.strip_prefix("org_").unwrap_or(text);
    let is_meant = |it: &&org::Model| it.org_id == name || it.slug == text || it.slug == name;
    if let Some(org) = store.orgs().await?.iter().find(is_meant) {
        return Ok(org.org_id.clone());
    }
    match store.reader().org_aliases(&[name.to_owned()]).await?.remove(name) {
        Some(org_id) => Ok(org_id),
        None => bail!("employer \"{text}\" is not known\nhint: \"jobgraph orgs list\" lists them"),
    }
}
