//! What a board answered before, and how it is asked whether that still holds (RFC 9110, 13.1).

use std::collections::{BTreeMap, HashMap, HashSet};

use reqwest::RequestBuilder;
use reqwest::header::{ETAG, HeaderMap, HeaderName, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED};
use serde::{Deserialize, Serialize};

use crate::config::DETAILS_KEPT_S;
use crate::ingest::answers::{Answer, Answers, Request};
use crate::ingest::identity::sha1_hex;
use crate::ingest::provider::Provider;

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
    answers: Answers,
    at: HashMap<Request, usize>,
    validators: Validators,
    rows: Rows,
    /// Keys of postings whose details could be read.
    whole: HashSet<String>,
    /// Whether there was no time to ask for all pages.
    is_unfinished: bool,
    answered_at: i64,
}

/// What a list says of its postings, by their keys: all rows of each.
#[derive(Debug, Default)]
pub(super) struct Rows(HashMap<String, String>);

impl Rows {
    pub(super) fn of(provider: &Provider, answers: &Answers) -> Self {
        let mut rows: HashMap<String, String> = HashMap::new();
        for (key, row) in (provider.rows)(answers) {
            rows.entry(key).or_default().push_str(&row);
        }
        Self(rows)
    }
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
    /// The archived answers of a board, which came at `answered_at`, in UTC milliseconds since 1970.
    pub fn new(provider: &Provider, board: &str, answers: Answers, validators: Validators, answered_at: i64) -> Self {
        let first = provider.first(board).unwrap_or_default();
        let answers = answers.asked_for(first);
        let at = answers.list().iter().enumerate().map(|(at, it)| (it.request.clone(), at)).collect();
        let rows = Rows::of(provider, &answers);
        let read = if rows.0.is_empty() { None } else { provider.board(board, &answers).ok() };
        let postings = read.into_iter().flat_map(|it| it.postings);
        let whole = postings.filter(|it| !it.is_partial).map(|it| it.key).collect();
        let unasked = answers.unasked((provider.next)(board, &answers));
        let is_unfinished = unasked.iter().any(|it| it.detail.is_none()) || answers.has_kept_pages();
        Self { answers, at, validators, rows, whole, is_unfinished, answered_at }
    }

    /// Has those come first that were never asked, and then those that were asked longest ago, if there was no time for all: there
    /// may be none again, and each is to have its turn.
    pub(super) fn order(&self, requests: &mut [Request]) {
        if self.is_unfinished {
            requests.sort_by_key(|it| self.at.get(it).map(|at| self.since(*at)));
        }
    }

    /// What was answered to the same request, and since when that stands.
    pub(super) fn page(&self, request: &Request) -> Option<(Answer, i64)> {
        let at = *self.at.get(request)?;
        let answer = self.answers.list().get(at).filter(|it| it.body().is_some())?;
        Some((answer.clone(), self.since(at)))
    }

    fn since(&self, at: usize) -> i64 {
        self.answers.since(at).unwrap_or(self.answered_at)
    }

    /// What was answered to the same request, and by what it can be asked whether that still holds.
    pub(super) fn known(&self, request: &Request) -> Option<(&[u8], &Validator)> {
        let validator = self.validators.get(&request.url).filter(|_| request.sent.is_none())?;
        Some((self.answers.list().get(*self.at.get(request)?)?.body()?, validator))
    }

    /// The details of a posting that need not be asked for, and since when they stand: its rows in the list are as they were
    /// (`rows` are those of now), and at `now` they are not too old to be believed.
    pub(super) fn details(&self, request: &Request, rows: &Rows, now: i64) -> Option<(Answer, i64)> {
        let key = request.detail.as_deref()?;
        let at = *self.at.get(request)?;
        let answer = self.answers.list().get(at).filter(|it| it.body().is_some())?;
        let row = self.rows.0.get(key)?;
        let since = self.since(at);
        let stands = rows.0.get(key) == Some(row) && self.whole.contains(key) && now - since < believed_ms(key);
        stands.then(|| (answer.clone(), since))
    }
}

/// How long the details of a posting are believed: between half of the longest time and all of it, so that those of a
/// board are not asked for on one day.
fn believed_ms(key: &str) -> i64 {
    let dice = i64::from_str_radix(&sha1_hex(key)[..4], 16).unwrap_or(0);
    let half = DETAILS_KEPT_S * 1_000 / 2;
    half + half * dice / 0x1_0000
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::provider;

    #[test]
    fn only_what_is_asked_again_just_so_and_was_answered_is_known() {
        let validator = Validator { etag: Some("\"a\"".to_owned()), last_modified: None };
        let url = "https://acme.example/jobs";
        let validators = Validators::from([(url.to_owned(), validator.clone())]);
        let provider = provider::find("jsonld").expect("it is known");
        let before = |board: &str| Before::new(provider, board, Answers::bare(b"[]"), validators.clone(), 0);
        assert_eq!(before("acme.example:jobs").known(&Request::page(url)), Some((&b"[]"[..], &validator)));
        assert_eq!(before("acme.example:old").known(&Request::page(url)), None);
        let sent = Request { sent: Some("{}".to_owned()), ..Request::page(url) };
        assert_eq!(before("acme.example:jobs").known(&sent), None);
        assert_eq!(Before::default().known(&Request::page(url)), None);
    }

    /// Each crawl began with the same pages, and those behind them never had their turn.
    #[test]
    fn what_an_unfinished_crawl_did_not_come_to_is_asked_first() {
        let provider = provider::find("jsonld").expect("it is known");
        let pages = ["a", "b", "c"].map(|it| Request::page(format!("https://acme.example/{it}")));
        let loc = pages.iter().map(|it| format!("<url><loc>{}</loc></url>", it.url));
        let sitemap = format!("<urlset>{}</urlset>", loc.collect::<String>()).into_bytes();
        let ordered = |asked: &[Request]| {
            let mut answers = Answers::default();
            let first = provider.first("acme.example").expect("it is a name");
            answers.push(Answer { request: first, status: 200, body: sitemap.clone() });
            for request in asked {
                answers.push(Answer { request: request.clone(), status: 503, body: Vec::new() });
            }
            let mut requests = pages.clone();
            Before::new(provider, "acme.example", answers, Validators::new(), 0).order(&mut requests);
            requests.map(|it| it.url[it.url.len() - 1..].to_owned()).concat()
        };
        assert_eq!(ordered(&pages[..1]), "bca");
        assert_eq!(ordered(&[pages[0].clone(), pages[2].clone()]), "bac");
        assert_eq!(ordered(&pages), "abc");
    }

    const DAY: i64 = 86_400_000;

    /// A list of two postings, and the details of the first.
    fn crawled(title: &str, since: Option<i64>) -> Answers {
        let body = r#"{"result":{"jobOpening":{"description":"Fly."}}}"#;
        crawled_with(body, title, since)
    }

    fn crawled_with(body: &str, title: &str, since: Option<i64>) -> Answers {
        let provider = provider::find("bamboohr").expect("it is known");
        let list =
            format!(r#"{{"result":[{{"id":"1","jobOpeningName":"{title}"}},{{"id":"2","jobOpeningName":"Cook"}}]}}"#);
        let mut answers = Answers::default();
        let request = provider.first("acme").expect("it is a name");
        answers.push(Answer { request, status: 200, body: list.into_bytes() });
        let mut details = (provider.next)("acme", &answers).into_iter();
        let answer =
            Answer { request: details.next().expect("it has details"), status: 200, body: body.as_bytes().to_vec() };
        match since {
            Some(since) => answers.push_kept(answer, since),
            None => answers.push(answer),
        }
        answers.push(Answer { request: details.next().expect("it has details"), status: 503, body: Vec::new() });
        answers
    }

    #[test]
    fn details_stand_while_the_list_says_the_same_and_not_for_ever() {
        let provider = provider::find("bamboohr").expect("it is known");
        let before = |since| Before::new(provider, "acme", crawled("Pilot", since), Validators::new(), DAY);
        let rows = |title| Rows::of(provider, &crawled(title, None));
        let requests: Vec<Request> = crawled("Pilot", None).list()[1..].iter().map(|it| it.request.clone()).collect();
        let since = |before: Before, rows: Rows, now| before.details(&requests[0], &rows, now).map(|it| it.1);
        assert_eq!(since(before(None), rows("Pilot"), 2 * DAY), Some(DAY));
        assert_eq!(since(before(Some(5)), rows("Pilot"), DAY), Some(5));
        assert_eq!(since(before(None), rows("Head pilot"), 2 * DAY), None);
        assert_eq!(since(before(None), rows("Pilot"), 4 * DAY), None);
        let unread = Before::new(provider, "acme", crawled_with("<html>", "Pilot", None), Validators::new(), DAY);
        assert_eq!(since(unread, rows("Pilot"), 2 * DAY), None);
        assert_eq!(before(None).details(&requests[1], &rows("Pilot"), 2 * DAY), None, "it had not come");
        assert_eq!(before(None).details(&provider.first("acme").expect("a name"), &rows("Pilot"), DAY), None);
    }
}
