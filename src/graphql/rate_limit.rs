//! What whoever asks may still ask for.

use async_graphql::SimpleObject;

use super::request::Request;
use super::scalar::DateTime;
use crate::http::Standing;

/// What a request cost and what is left for the next, before the answer to it is given.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bill {
    pub(super) cost: u64,
    pub(super) standing: Standing,
}

/// The points that an API key or an address may spend. They come back steadily.
#[derive(SimpleObject)]
pub(super) struct RateLimit {
    /// What this request costs.
    cost: i64,
    /// The points that can be spent at once when none have been.
    limit: i64,
    /// The points that are left after this request.
    remaining: i64,
    /// When all points are there again if no more are spent.
    reset_at: DateTime,
}

impl RateLimit {
    /// What is left now, so that the answer is true of this request alone.
    pub(super) fn of(bill: &Bill, request: &Request) -> Self {
        let full_in = i64::try_from(bill.standing.full_in.as_millis()).unwrap_or(i64::MAX);
        Self {
            cost: i64::try_from(bill.cost).unwrap_or(i64::MAX),
            limit: bill.standing.limit.into(),
            remaining: bill.standing.remaining.into(),
            reset_at: DateTime(request.clock.read().saturating_add(full_in)),
        }
    }
}
