//! Rows that have been read, and what the resolvers of their fields lead to.

use std::sync::Arc;

use async_graphql::Context;

use super::{Loaded, Noun, Request, Slot};
use crate::graphql::error::Failure;
use crate::graphql::page::Listed;
use crate::graphql::written::{Out, Rows, Unwritten};
use crate::plan::Selection;
use crate::store::row::Record;

/// A row and where in the request it stands.
#[derive(Clone, Debug)]
pub(in crate::graphql) struct Found {
    pub(in crate::graphql) record: Arc<Record>,
    pub(in crate::graphql) at: Arc<Selection>,
}

impl Found {
    pub(in crate::graphql) fn new(record: Arc<Record>, at: &Arc<Selection>) -> Self {
        Self { record, at: Arc::clone(at) }
    }

    /// Writes the row's object straight.
    pub(in crate::graphql) fn write<N: Noun>(&self, request: &Arc<Request>, out: &mut Out) -> Result<(), Unwritten> {
        Rows::<N>::new(request, &self.at).write(&self.record, out)
    }

    /// The selection of the field being resolved on this row.
    pub(in crate::graphql) fn field<N: Noun>(&self, ctx: &Context<'_>) -> Result<&Arc<Selection>, Failure> {
        child(&self.at, ctx, N::TYPE_NAME)
    }

    /// The one row that the field being resolved leads to.
    pub(in crate::graphql) async fn one<N: Noun>(&self, ctx: &Context<'_>) -> Result<Option<Self>, Failure> {
        let field = self.field::<N>(ctx)?;
        match Request::of(ctx)?.follow::<N>(self, field, Slot::Field).await? {
            Loaded::Row(record) => Ok(Some(Self::new(record, field))),
            _ => Ok(None),
        }
    }

    /// The list that the field being resolved leads to.
    pub(in crate::graphql) async fn list<N: Noun>(
        &self,
        ctx: &Context<'_>,
    ) -> Result<(Arc<Listed>, Arc<Selection>), Failure> {
        let field = self.field::<N>(ctx)?;
        match Request::of(ctx)?.follow::<N>(self, field, Slot::Field).await? {
            Loaded::List(list) => Ok((list, Arc::clone(field))),
            _ => Err(Failure::Broken("a list that was not loaded")),
        }
    }

    /// The row of a side table that completes this one.
    pub(in crate::graphql) async fn side<N: Noun>(
        &self,
        ctx: &Context<'_>,
        slot: Slot,
    ) -> Result<Option<Arc<Record>>, Failure> {
        let field = self.field::<N>(ctx)?;
        match Request::of(ctx)?.follow::<N>(self, field, slot).await? {
            Loaded::Row(record) => Ok(Some(record)),
            _ => Ok(None),
        }
    }
}

/// The selection of the field being resolved on an object that stands at `at`.
pub(in crate::graphql) fn child<'a>(
    at: &'a Arc<Selection>,
    ctx: &Context<'_>,
    type_name: &str,
) -> Result<&'a Arc<Selection>, Failure> {
    let field = ctx.field();
    let key = field.alias().unwrap_or_else(|| field.name());
    at.child(key, type_name).ok_or(Failure::Broken("a field that was not planned"))
}
