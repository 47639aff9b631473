//! Operations as the executor reads them, kept for the next request that comes to the same one.

use std::sync::Arc;

use async_graphql::parser::parse_query;
use async_graphql::parser::types::{DocumentOperations, ExecutableDocument, OperationType};
use moka::sync::Cache;

use crate::plan::{Operation, OperationId, OperationKind};

/// What an operation takes in memory for each byte of its text, at worst.
const BYTES_PER_TEXT_BYTE: usize = 110;
/// What the bookkeeping of an entry takes, about.
const ENTRY_BYTES: usize = 512;

/// The most wanted ones, up to a number of bytes.
pub(super) struct Parsed(Cache<OperationId, Arc<ExecutableDocument>>);

impl Parsed {
    pub(super) fn new(bytes_max: u64) -> Self {
        let bytes = |id: &OperationId, _: &Arc<ExecutableDocument>| {
            let text = id.operation().map_or(0, |operation| operation.text.len());
            (ENTRY_BYTES + text.saturating_mul(BYTES_PER_TEXT_BYTE)).try_into().unwrap_or(u32::MAX)
        };
        Self(Cache::builder().max_capacity(bytes_max).weigher(bytes).build())
    }

    /// Nothing if the library does not understand what was normalized.
    pub(super) fn find(&self, operation: &Arc<Operation>) -> Option<Arc<ExecutableDocument>> {
        let id = OperationId::of(operation);
        if let Some(parsed) = self.0.get(&id) {
            return Some(parsed);
        }
        let mut document = parse_query(&operation.text).ok()?;
        if operation.kind == OperationKind::Subscription {
            // Each event is answered as if it were asked for, see `subscription`.
            match &mut document.operations {
                DocumentOperations::Single(it) => it.node.ty = OperationType::Query,
                DocumentOperations::Multiple(all) => all.values_mut().for_each(|it| it.node.ty = OperationType::Query),
            }
        }
        let parsed = Arc::new(document);
        self.0.insert(id, Arc::clone(&parsed));
        Some(parsed)
    }
}
