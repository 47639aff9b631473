//! What a posting's content is compared by.

use std::collections::BTreeSet;

use serde_json::Value;

use super::identity;
use super::lifecycle::ContentNow;
use super::normalize::Normalized;
use super::posting::Posting;
use crate::store::apply::JobRows;

/// The description's text, or none of it.
pub(super) fn text(normalized: &Normalized) -> &str {
    normalized.description.as_ref().map_or("", |it| it.text.as_str())
}

/// The content hashes of a posting as it is now.
pub(super) fn content_now(posting: &Posting, normalized: &Normalized, appeared: &BTreeSet<String>) -> ContentNow {
    let text = normalized.description.as_ref().map(|it| it.text.as_str());
    let whole = identity::content_hash(posting, text, &BTreeSet::new());
    let without_appeared =
        if appeared.is_empty() { whole.clone() } else { identity::content_hash(posting, text, appeared) };
    ContentNow { whole, without_appeared }
}

/// The provider's keys that the stored posting did not have.
pub(super) fn appeared(old: &JobRows, posting: &Posting) -> BTreeSet<String> {
    let old: Value = serde_json::from_str(&old.body.native_structured).unwrap_or_default();
    let keys = posting.native.as_object().into_iter().flat_map(|it| it.keys());
    keys.filter(|key| old.get(key.as_str()).is_none()).cloned().collect()
}
