//! Boards that an operator registers: they are known, and due, before anything is asked of them.

use entity::source;

use super::board::{made_up, name_of, wanted_slug};
use super::recognize::Recognized;
use super::round::other_slug;
use super::{IngestError, identity, provider};
use crate::store::Store;

/// What became of a board that was to be registered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Registered {
    /// It is due from now on.
    New(source::Model),
    /// It was known, and stays as it is.
    Known(source::Model),
}

/// Registers a board, and the employer behind it, unless it is known. `at` is in UTC milliseconds since 1970.
pub async fn register(store: &Store, board: &Recognized, at: i64) -> Result<Registered, IngestError> {
    let unknown = || IngestError::UnknownProvider(board.provider.to_owned());
    let provider = provider::find(board.provider).ok_or_else(unknown)?;
    if !provider.names(&board.board) {
        return Err(IngestError::NoBoardName(board.board.clone()));
    }
    let writing = store.begin().await?;
    let known = writing.sources(&[identity::board_key(&board.board)]).await?;
    if let Some(known) = known.into_iter().find(|it| it.provider == provider.name) {
        return Ok(Registered::Known(known));
    }
    let name = name_of(None, &board.board);
    let mut slug = wanted_slug(&name, &board.board);
    let mut taken = writing.taken_slugs(std::slice::from_ref(&slug)).await?;
    if !taken.is_empty() {
        let org_id = identity::org_id(provider.name, &board.board);
        slug = other_slug(&writing, slug, &org_id, &mut taken).await?;
    }
    let mut met = made_up(provider, &board.board, &name, slug, at);
    met.source.next_crawl_after = at;
    writing.save_orgs([met.org]).await?;
    writing.save_sources([met.source.clone()]).await?;
    writing.commit().await?;
    Ok(Registered::New(met.source))
}
