//! A derived value and the proof of it.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::vocabulary::Provenance;

/// Characters of a quote at most.
const QUOTE_CHARACTERS_MAX: usize = 200;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Fact {
    /// The field of `Job`.
    pub field: String,
    pub value: Value,
    /// From 0 to 1.
    pub confidence: f64,
    pub provenance: Provenance,
    pub evidence: Option<Evidence>,
    pub rule: String,
    pub conflicts: Vec<String>,
}

/// Where the words stand in the text that the provenance names, in characters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Evidence {
    pub quote: String,
    pub start: usize,
    pub end: usize,
}

impl Fact {
    pub fn new(field: &str, value: impl Into<Value>, confidence: f64, provenance: Provenance, rule: &str) -> Self {
        Self {
            field: field.to_owned(),
            value: value.into(),
            confidence,
            provenance,
            evidence: None,
            rule: rule.to_owned(),
            conflicts: Vec::new(),
        }
    }

    /// Adds the words, if they stand in the text.
    pub fn quoting(mut self, text: &str, words: &str) -> Self {
        if let Some(at) = text.find(words).filter(|_| !words.is_empty()) {
            let quote: String = words.chars().take(QUOTE_CHARACTERS_MAX).collect();
            let start = text[..at].chars().count();
            self.evidence = Some(Evidence { end: start + quote.chars().count(), quote, start });
        }
        self
    }
}
