//! Requests whose answers are kept, by the bytes they were sent in: when they come again they are neither read nor planned.
//! What depends on more than those bytes, as what the caller may ask for and has left, is decided each time.

use std::sync::Arc;

use moka::sync::Cache;

use super::answers::Question;
use crate::http::GraphqlRequest;
use crate::plan::Planned;

/// What the bookkeeping of an entry takes, about.
const ENTRY_BYTES: usize = 512;
/// What a byte of JSON beside the document takes at worst: an object of one member has room for eleven. Once as a value of the
/// request, and again as one of the plan.
const BYTES_PER_VALUE_BYTE: usize = 260;

/// What came of a request.
#[derive(Debug)]
struct Known {
    request: Arc<GraphqlRequest>,
    question: Question,
    planned: Planned,
}

/// The requests that are known, the most wanted ones up to a number of bytes.
#[derive(Debug)]
pub(super) struct Repeated(Cache<Arc<[u8]>, Arc<Known>>);

impl Repeated {
    pub(super) fn new(bytes_max: u64) -> Self {
        let bytes = |sent: &Arc<[u8]>, known: &Arc<Known>| {
            let values = sent.len().saturating_sub(known.request.query.len());
            let bytes = ENTRY_BYTES + sent.len() * 2 + values * BYTES_PER_VALUE_BYTE + known.planned.operation.bytes();
            bytes.try_into().unwrap_or(u32::MAX)
        };
        Self(Cache::builder().max_capacity(bytes_max).weigher(bytes).build())
    }

    pub(super) fn request(&self, sent: &[u8]) -> Option<Arc<GraphqlRequest>> {
        self.0.get(sent).map(|it| Arc::clone(&it.request))
    }

    /// What a request asks, and how it was planned.
    pub(super) fn find(&self, sent: &[u8]) -> Option<(Question, Planned)> {
        self.0.get(sent).map(|it| (it.question.clone(), it.planned.clone()))
    }

    /// Keeps what came of a request. As its answer is kept it did not read the clock, without which a plan is good for ever.
    pub(super) fn keep(&self, sent: &[u8], request: &Arc<GraphqlRequest>, question: Question, planned: Planned) {
        self.0.insert(sent.into(), Arc::new(Known { request: Arc::clone(request), question, planned }));
    }
}
