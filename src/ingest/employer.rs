//! Which boards are one employer's: each board's own, until an operator joins employers.
//!
//! A join says who the employer is, and was all along: the postings' past goes with them, and no event is made, as nothing
//! has happened to a posting. The id and slug of the one that is joined go on naming the other.

use std::collections::BTreeMap;

use entity::{org, source};
use thiserror::Error;

use super::board::{made_up, name_of, wanted_slug};
use super::round::other_slug;
use super::{identity, provider};
use crate::store::error::StoreError;
use crate::store::{Store, Writing};

/// Employers that may be one by their domain, at most.
const SHARING_MAX: usize = 8;

#[derive(Debug, Error)]
pub enum EmployerError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("employer \"{0}\" is not known\nhint: \"jobgraph orgs list\" lists them")]
    Unknown(String),
    #[error("\"{0}\" and \"{1}\" are one employer already")]
    Same(String, String),
    #[error("board \"{0}\" is the only one of its employer")]
    Alone(String),
    #[error(
        "\"{org}\" is the employer of board \"{board}\", which others were joined into\nhint: split those others off"
    )]
    First { board: String, org: String },
}

/// What a join or a split came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    pub from: org::Model,
    pub into: org::Model,
    pub boards: usize,
    pub postings: i64,
}

/// Joins the employer `from` into `into`, by their ids: its boards are the other's from now on, and were all along. A dry
/// run writes nothing.
pub async fn join(store: &Store, from: &str, into: &str, is_dry: bool) -> Result<Moved, EmployerError> {
    let writing = store.begin().await?;
    let (from, mut into) = (org(&writing, from).await?, org(&writing, into).await?);
    if from.org_id == into.org_id {
        return Err(EmployerError::Same(from.slug, into.slug));
    }
    let boards = writing.boards_of(&from.org_id).await?;
    let ids: Vec<String> = boards.iter().map(|it| it.source_id.clone()).collect();
    into.first_seen_at = into.first_seen_at.min(from.first_seen_at);
    into.last_seen_at = into.last_seen_at.max(from.last_seen_at);
    into.website_url = into.website_url.or_else(|| from.website_url.clone());
    into.careers_url = into.careers_url.or_else(|| from.careers_url.clone());
    into.domains = united(&into.domains, &from.domains, &[]);
    into.aliases = united(&into.aliases, &from.aliases, &[&from.org_id, &from.slug]);
    if !is_dry {
        writing.save_orgs([into.clone()]).await?;
        writing.move_boards(&ids, &into.org_id).await?;
        writing.recount_orgs(&[from.org_id.clone(), into.org_id.clone()]).await?;
        writing.replace_org(&from, &into.org_id).await?;
        writing.commit().await?;
    }
    Ok(Moved { boards: ids.len(), postings: from.job_count, from, into })
}

/// Employers that show their postings under one domain of their own, each list by its size, largest first. A domain that
/// more than `SHARING_MAX` share is left out: it will be a site that shows postings for others.
pub async fn sharing_domains(store: &Store) -> Result<Vec<(String, Vec<org::Model>)>, EmployerError> {
    let mut sharing: BTreeMap<String, Vec<org::Model>> = BTreeMap::new();
    for it in store.orgs().await? {
        for domain in serde_json::from_str::<Vec<String>>(&it.domains).unwrap_or_default() {
            sharing.entry(domain).or_default().push(it.clone());
        }
    }
    sharing.retain(|_, orgs| (2..=SHARING_MAX).contains(&orgs.len()));
    for orgs in sharing.values_mut() {
        orgs.sort_by(|left, right| (right.job_count, &left.org_id).cmp(&(left.job_count, &right.org_id)));
    }
    Ok(sharing.into_iter().collect())
}

/// Gives a board an employer of its own again, as it had when it was first met. A dry run writes nothing.
pub async fn split(store: &Store, board: &source::Model, is_dry: bool) -> Result<Moved, EmployerError> {
    let writing = store.begin().await?;
    let mut from = org(&writing, &board.org_id).await?;
    let own_id = identity::org_id(&board.provider, &board.board_token);
    let boards = writing.boards_of(&from.org_id).await?;
    let name = format!("{}/{}", board.provider, board.board_token);
    if boards.len() < 2 {
        return Err(EmployerError::Alone(name));
    }
    if own_id == from.org_id {
        return Err(EmployerError::First { board: name, org: from.slug });
    }
    let provider = provider::find(&board.provider).ok_or_else(|| EmployerError::Unknown(board.provider.clone()))?;
    let called = name_of(Some(&board.name), &board.board_token);
    let mut aliases: Vec<String> = serde_json::from_str(&from.aliases).unwrap_or_default();
    // The one it was given when it was first met, by whichever rule.
    let names = [&name_of(None, &board.board_token), &board.board_token, &called];
    let slugs = names.map(|it| wanted_slug(it, &board.board_token));
    let slug = match slugs.iter().find(|it| aliases.contains(it)) {
        Some(own) => own.clone(),
        None => free_slug(&writing, slugs[0].clone(), &own_id).await?,
    };
    let mut own = made_up(provider, &board.board_token, &called, slug, board.first_seen_at).org;
    own.last_seen_at = board.last_success_at.max(board.first_seen_at);
    let freed = [own.org_id.clone(), own.slug.clone()];
    aliases.retain(|it| !freed.contains(it));
    from.aliases = serde_json::json!(aliases).to_string();
    // They may be those of the board that leaves; what its own ones name is told by their next crawls.
    (from.website_url, from.careers_url) = (None, None);
    if !is_dry {
        writing.remove_aliases(&freed).await?;
        writing.save_orgs([from.clone(), own.clone()]).await?;
        writing.move_boards(std::slice::from_ref(&board.source_id), &own.org_id).await?;
        writing.recount_orgs(&[from.org_id.clone(), own.org_id.clone()]).await?;
        writing.commit().await?;
    }
    Ok(Moved { boards: 1, postings: board.job_count, from, into: own })
}

async fn org(writing: &Writing, org_id: &str) -> Result<org::Model, EmployerError> {
    let mut orgs = writing.orgs(&[org_id.to_owned()]).await?;
    orgs.remove(org_id).ok_or_else(|| EmployerError::Unknown(org_id.to_owned()))
}

async fn free_slug(writing: &Writing, wanted: String, org_id: &str) -> Result<String, StoreError> {
    let mut taken = writing.taken_slugs(std::slice::from_ref(&wanted)).await?;
    if taken.is_empty() { Ok(wanted) } else { other_slug(writing, wanted, org_id, &mut taken).await }
}

/// Two JSON lists of texts, and some texts more, each once.
fn united(left: &str, right: &str, more: &[&str]) -> String {
    let listed = |json: &str| serde_json::from_str::<Vec<String>>(json).unwrap_or_default();
    let mut all = listed(left);
    for it in listed(right).into_iter().chain(more.iter().map(|it| (*it).to_owned())) {
        if !all.contains(&it) {
            all.push(it);
        }
    }
    serde_json::json!(all).to_string()
}
