//! Documents that requests name instead of sending them: those an operator has registered, and those that clients have sent
//! before (automatic persisted queries).

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use data_encoding::HEXLOWER;
use moka::sync::Cache;
use serde_json::Value;
use sha2::{Digest, Sha256};
use thiserror::Error;

use crate::config::{DOCUMENTS_MAX, LEARNED_BYTES_MAX};
use crate::error::Code;
use crate::http::GraphqlRequest;
use crate::plan::Refusal;

/// The word that Apollo's clients wait for before they send a document in full.
const NOT_FOUND: &str = "PersistedQueryNotFound";
/// The word by which they learn not to ask so.
const NOT_SUPPORTED: &str = "PersistedQueryNotSupported";
const APOLLO_FORMAT: &str = "apollo-persisted-query-manifest";
/// What the bookkeeping of a learned document takes, about.
const LEARNED_ENTRY_BYTES: usize = 200;

#[derive(Debug, Error)]
pub enum ManifestError {
    #[error("it is not JSON: {0}")]
    NotJson(#[from] serde_json::Error),
    #[error(
        "it is no manifest of documents\nhint: known are {{\"<id>\": \"<document>\"}}, as Relay and GraphQL Code Generator write it, and Apollo's"
    )]
    Unknown,
    #[error("it has {0} documents\nhint: at most {DOCUMENTS_MAX} are taken")]
    TooMany(usize),
}

/// The documents of a manifest by their ids, in the format of Relay and GraphQL Code Generator or in that of Apollo.
pub fn read_manifest(text: &str) -> Result<HashMap<String, String>, ManifestError> {
    let Value::Object(members) = serde_json::from_str(text)? else {
        return Err(ManifestError::Unknown);
    };
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let found: Option<HashMap<String, String>> = match members.get("operations") {
        Some(Value::Array(operations)) if members.get("format").and_then(Value::as_str) == Some(APOLLO_FORMAT) => {
            operations.iter().map(|it| Some((text(it.get("id")?)?, text(it.get("body")?)?))).collect()
        }
        _ => members.iter().map(|(id, document)| Some((id.clone(), text(document)?))).collect(),
    };
    let found = found.ok_or(ManifestError::Unknown)?;
    if found.len() > DOCUMENTS_MAX { Err(ManifestError::TooMany(found.len())) } else { Ok(found) }
}

/// Which documents there are beside those that requests send.
pub(super) struct Documents {
    registered: HashMap<String, Arc<str>>,
    /// The texts of those, where no other is answered.
    only: Option<HashSet<Arc<str>>>,
    /// By the SHA-256 of the text.
    learned: Cache<String, Arc<str>>,
}

/// The document of a request.
#[derive(Debug)]
pub(super) struct Named<'a> {
    pub(super) text: Cow<'a, str>,
    /// What to learn it by once it has been found to be in order.
    hash: Option<&'a str>,
    /// Whether the operator has registered it, or it is the program's own.
    pub(super) is_trusted: bool,
}

impl<'a> Named<'a> {
    /// A document that the program itself asks.
    pub(super) fn own(text: &'a str) -> Self {
        Self { text: Cow::Borrowed(text), hash: None, is_trusted: true }
    }
}

impl Default for Documents {
    fn default() -> Self {
        Self::new(HashMap::new(), false)
    }
}

impl Documents {
    /// `is_closed` says that no other documents are answered.
    pub(super) fn new(registered: HashMap<String, String>, is_closed: bool) -> Self {
        let registered: HashMap<String, Arc<str>> =
            registered.into_iter().map(|(id, text)| (plain(&id).to_owned(), text.into())).collect();
        let bytes = |_: &String, text: &Arc<str>| (LEARNED_ENTRY_BYTES + text.len()).try_into().unwrap_or(u32::MAX);
        let only = is_closed.then(|| registered.values().cloned().collect());
        Self { registered, only, learned: Cache::builder().max_capacity(LEARNED_BYTES_MAX).weigher(bytes).build() }
    }

    /// The document that a request sends or names.
    pub(super) fn of<'a>(&self, request: &'a GraphqlRequest) -> Result<Named<'a>, Refusal> {
        if let Some(id) = &request.document_id {
            if !request.query.is_empty() {
                return Err(Refusal::new(Code::BadRequest, "give \"query\" or \"documentId\", not both"));
            }
            let missing = || {
                let message = format!("there is no document \"{id}\"\nhint: register it, or send it as \"query\"");
                Refusal::new(Code::PersistedDocumentNotFound, message)
            };
            return self.find(plain(id)).ok_or_else(missing);
        }
        match request.extensions.get("persistedQuery") {
            None => self.sent(request, None),
            Some(asked) => self.asked(request, asked),
        }
    }

    /// A document that is named by its hash, or sent to be named so from then on.
    fn asked<'a>(&self, request: &'a GraphqlRequest, asked: &'a Value) -> Result<Named<'a>, Refusal> {
        let hash = asked.get("sha256Hash").and_then(Value::as_str);
        let is_known = asked.get("version").and_then(Value::as_u64) == Some(1);
        let Some(hash) = hash.filter(|_| is_known) else {
            let message = "\"extensions.persistedQuery\" must have \"version\": 1 and \"sha256Hash\"";
            return Err(Refusal::new(Code::BadRequest, message));
        };
        if request.query.is_empty() {
            let word = if self.only.is_some() { NOT_SUPPORTED } else { NOT_FOUND };
            return self.find(hash).ok_or_else(|| Refusal::new(Code::PersistedDocumentNotFound, word));
        }
        if !HEXLOWER.encode(&Sha256::digest(&request.query)).eq_ignore_ascii_case(hash) {
            let message =
                "\"sha256Hash\" is not the hash of \"query\"\nhint: hash the very bytes that are sent, in UTF-8";
            return Err(Refusal::new(Code::BadRequest, message));
        }
        self.sent(request, Some(hash))
    }

    fn sent<'a>(&self, request: &'a GraphqlRequest, hash: Option<&'a str>) -> Result<Named<'a>, Refusal> {
        if self.only.as_ref().is_some_and(|only| !only.contains(request.query.as_str())) {
            let message = "only registered documents are answered here\nhint: name one by \"documentId\"";
            return Err(Refusal::new(Code::PersistedDocumentNotFound, message));
        }
        Ok(Named { text: Cow::Borrowed(&request.query), hash, is_trusted: self.only.is_some() })
    }

    fn find<'a>(&self, id: &str) -> Option<Named<'a>> {
        let registered = self.registered.get(id).cloned();
        let is_trusted = registered.is_some();
        let text = registered.or_else(|| self.learned.get(&id.to_ascii_lowercase()))?;
        Some(Named { text: Cow::Owned(text.to_string()), hash: None, is_trusted })
    }

    /// Keeps a document that was found to be in order, if it was sent to be kept.
    pub(super) fn learn(&self, named: &Named<'_>) {
        if let Some(hash) = named.hash.filter(|_| self.only.is_none()) {
            self.learned.insert(hash.to_ascii_lowercase(), named.text.as_ref().into());
        }
    }
}

/// An id without the name of the hash that it is, by the appendix "Persisted Documents" of GraphQL over HTTP.
fn plain(id: &str) -> &str {
    id.strip_prefix("sha256:").unwrap_or(id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn manifest(text: &str) -> Vec<(String, String)> {
        let mut read: Vec<_> = read_manifest(text).expect("a manifest").into_iter().collect();
        read.sort();
        read
    }

    #[test]
    fn manifests_are_read_as_their_tools_write_them() {
        let expected = vec![
            ("a1".to_owned(), "{ jobs { totalCount } }".to_owned()),
            ("b2".to_owned(), "{ __typename }".to_owned()),
        ];
        let flat = r#"{"a1":"{ jobs { totalCount } }","b2":"{ __typename }"}"#;
        assert_eq!(manifest(flat), expected);
        let apollo = r#"{"format":"apollo-persisted-query-manifest","version":1,"operations":[
            {"id":"b2","body":"{ __typename }","name":"B","type":"query"},
            {"id":"a1","body":"{ jobs { totalCount } }","name":"A","type":"query"}]}"#;
        assert_eq!(manifest(apollo), expected);
        for wrong in ["", "[]", r#"{"a":1}"#, r#"{"format":"other","operations":[]}"#] {
            assert!(read_manifest(wrong).is_err(), "{wrong}");
        }
        let many =
            |count: usize| Value::Object((0..count).map(|id| (id.to_string(), "{a}".into())).collect()).to_string();
        assert!(read_manifest(&many(DOCUMENTS_MAX)).is_ok());
        assert!(matches!(read_manifest(&many(DOCUMENTS_MAX + 1)), Err(ManifestError::TooMany(_))));
    }

    #[test]
    fn only_what_was_in_order_is_learned() {
        let documents = Documents::default();
        let query = "{ __typename }".to_owned();
        let hash = HEXLOWER.encode(&Sha256::digest(&query));
        let Value::Object(extensions) = json!({ "persistedQuery": { "version": 1, "sha256Hash": hash } }) else {
            unreachable!()
        };
        let full = GraphqlRequest { query, extensions: extensions.clone(), ..GraphqlRequest::default() };
        let short = GraphqlRequest { extensions, ..GraphqlRequest::default() };
        let named = documents.of(&full).expect("it is sent");
        assert_eq!(documents.of(&short).expect_err("it is not learned").code, Code::PersistedDocumentNotFound);
        documents.learn(&named);
        assert_eq!(documents.of(&short).expect("it is learned").text, "{ __typename }");
    }
}
