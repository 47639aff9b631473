//! What a board answered before, and how it is asked whether that still holds (RFC 9110, 13.1).

use std::collections::{BTreeMap, HashMap};

use reqwest::RequestBuilder;
use reqwest::header::{ETAG, HeaderMap, HeaderName, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED};
use serde::{Deserialize, Serialize};

use crate::ingest::answers::{Answer, Answers, Request};

/// Bytes of a validator that is kept.
const VALIDATOR_BYTES_MAX: usize = 1_000;

/// How a server names a state of what it answers: it is given back to ask for what differs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Validator {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub etag: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_modified: Option<String>,
}

/// Validators by the addresses that they came from.
pub type Validators = BTreeMap<String, Validator>;

/// The answers of the crawl before. Nothing is known of a board that is asked for the first time.
#[derive(Debug, Default)]
pub struct Before {
    answers: Vec<Answer>,
    at: HashMap<Request, usize>,
    validators: Validators,
}

impl Validator {
    pub(super) fn of(headers: &HeaderMap) -> Option<Self> {
        let text = |name: HeaderName| headers.get(name)?.to_str().ok().filter(|it| it.len() <= VALIDATOR_BYTES_MAX);
        let etag = text(ETAG).map(ToOwned::to_owned);
        let last_modified = text(LAST_MODIFIED).map(ToOwned::to_owned);
        (etag.is_some() || last_modified.is_some()).then_some(Self { etag, last_modified })
    }

    /// Asks for an answer only if it differs.
    pub(super) fn condition(&self, asked: RequestBuilder) -> RequestBuilder {
        let with = |asked: RequestBuilder, name, value: &Option<String>| match value {
            Some(value) => asked.header(name, value),
            None => asked,
        };
        with(with(asked, IF_NONE_MATCH, &self.etag), IF_MODIFIED_SINCE, &self.last_modified)
    }
}

impl Before {
    /// The archived answers of a board. `first` is what it was asked first, which its only answer does not tell itself.
    pub fn new(answers: Answers, first: Option<Request>, validators: Validators) -> Self {
        let is_bare = answers.is_bare();
        let mut answers = answers.into_list();
        if let (true, [only], Some(first)) = (is_bare, &mut *answers, first) {
            only.request = first;
        }
        let at = answers.iter().enumerate().map(|(at, it)| (it.request.clone(), at)).collect();
        Self { answers, at, validators }
    }

    /// What was answered to the same request, and by what it can be asked whether that still holds.
    pub(super) fn known(&self, request: &Request) -> Option<(&[u8], &Validator)> {
        let validator = self.validators.get(&request.url).filter(|_| request.sent.is_none())?;
        Some((self.answers.get(*self.at.get(request)?)?.body()?, validator))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_asked_again_just_so_and_was_answered_is_known() {
        let validator = Validator { etag: Some("\"a\"".to_owned()), last_modified: None };
        let url = "https://acme.example/jobs";
        let validators = Validators::from([(url.to_owned(), validator.clone())]);
        let before = |url: &str| Before::new(Answers::bare(b"[]"), Some(Request::page(url)), validators.clone());
        assert_eq!(before(url).known(&Request::page(url)), Some((&b"[]"[..], &validator)));
        assert_eq!(before("https://acme.example/old").known(&Request::page(url)), None);
        let sent = Request { sent: Some("{}".to_owned()), ..Request::page(url) };
        assert_eq!(before(url).known(&sent), None);
        assert_eq!(Before::default().known(&Request::page(url)), None);
    }
}
