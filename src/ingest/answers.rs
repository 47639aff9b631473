//! What a provider is asked for one board, and what it answered: the material that a board is read from, live or replayed.
//!
//! A board of one request is kept as the bytes that came back. One of several is kept as a document of its own,
//! `{"requests":[{"url","status","body"}…]}`, which reads the same later as it did when it was fetched.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::{Deserialize, Serialize};

/// How every record begins.
const RECORD: &[u8] = br#"{"requests":[{"url":"#;

/// Whether bytes hold several answers.
pub fn is_record(bytes: &[u8]) -> bool {
    bytes.starts_with(RECORD)
}

/// One thing to ask.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Request {
    pub url: String,
    /// JSON that is sent (POST); without it, the address is only read (GET).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sent: Option<String>,
    /// The key of the posting whose details are asked for; without it, a page of the list is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}

impl Request {
    /// A page of the list.
    pub fn page(url: impl Into<String>) -> Self {
        Self { url: url.into(), ..Self::default() }
    }

    /// The details of one posting.
    pub fn detail(key: &str, url: impl Into<String>) -> Self {
        Self { detail: Some(key.to_owned()), ..Self::page(url) }
    }
}

/// What came back for a request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    pub request: Request,
    /// 0 if there was no answer.
    pub status: u16,
    /// What came back; without an answer, why it was not asked for, if it was not.
    pub body: Vec<u8>,
}

impl Answer {
    /// What came back, if it is what was asked for.
    pub fn body(&self) -> Option<&[u8]> {
        (self.status == 200).then_some(&*self.body)
    }

    /// Why it was not asked for.
    pub fn not_asked(&self) -> Option<&str> {
        let why = if self.status == 0 { std::str::from_utf8(&self.body).ok()? } else { "" };
        (!why.is_empty()).then_some(why)
    }

    /// Whether the provider says that there is no such thing.
    pub fn is_not_found(&self) -> bool {
        matches!(self.status, 404 | 410)
    }
}

/// All answers of one crawl of one board, in the order of asking.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    all: Vec<Answer>,
    /// Since when those of them stand that were not asked for again, by their places; UTC milliseconds since 1970.
    since: BTreeMap<usize, i64>,
    /// Whether there is one body alone, of which nobody knows what else was asked.
    is_bare: bool,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Record {
    requests: Vec<Recorded>,
}

#[derive(Serialize, Deserialize)]
struct Recorded {
    #[serde(flatten)]
    request: Request,
    status: u16,
    body: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    since: Option<i64>,
}

impl Answers {
    /// One body, as a list's first page.
    pub fn bare(body: &[u8]) -> Self {
        let answer = Answer { request: Request::default(), status: 200, body: body.to_vec() };
        Self { all: vec![answer], is_bare: true, ..Self::default() }
    }

    /// What was archived or saved: a record of several requests, or one body.
    pub fn of(bytes: &[u8]) -> Self {
        // Only what begins as a record is looked at as one: bodies are long.
        let record = bytes.starts_with(RECORD).then(|| serde_json::from_slice::<Record>(bytes).ok()).flatten();
        let Some(record) = record else {
            return Self::bare(bytes);
        };
        let mut answers = Self::default();
        for it in record.requests {
            let answer = Answer { request: it.request, status: it.status, body: it.body.into_bytes() };
            match it.since {
                None => answers.push(answer),
                Some(since) => answers.push_kept(answer, since),
            }
        }
        answers
    }

    /// As it is archived. Bytes of a record that are no UTF-8 are replaced, as JSON has no place for them.
    pub fn to_bytes(&self) -> Vec<u8> {
        if let [only] = &*self.all
            && only.status == 200
            && only.request.detail.is_none()
        {
            return only.body.clone();
        }
        let recorded = |(at, it): (usize, &Answer)| Recorded {
            request: it.request.clone(),
            status: it.status,
            body: String::from_utf8_lossy(&it.body).into_owned(),
            since: self.since.get(&at).copied(),
        };
        let record = Record { requests: self.all.iter().enumerate().map(recorded).collect() };
        serde_json::to_vec(&record).expect("texts and numbers become JSON")
    }

    /// What a crawl comes to that asks whatever is `next`, with `page` for the network.
    #[cfg(test)]
    pub(super) fn crawled(next: impl Fn(&Self) -> Vec<Request>, page: impl Fn(&Request) -> (u16, String)) -> Self {
        let mut answers = Self::default();
        loop {
            let requests = answers.unasked(next(&answers));
            if requests.is_empty() {
                return answers;
            }
            for request in requests {
                let (status, body) = page(&request);
                answers.push(Answer { request, status, body: body.into_bytes() });
            }
        }
    }

    pub fn push(&mut self, answer: Answer) {
        self.all.push(answer);
    }

    /// Adds an answer that was not asked for again, and since when it stands.
    pub fn push_kept(&mut self, answer: Answer, since: i64) {
        self.since.insert(self.all.len(), since);
        self.push(answer);
    }

    /// Since when the answer at this place stands, if it was not asked for again.
    pub fn since(&self, at: usize) -> Option<i64> {
        self.since.get(&at).copied()
    }

    /// Whether there are pages that were not asked for again, as there was no time.
    pub fn has_kept_pages(&self) -> bool {
        self.since.keys().any(|at| self.all.get(*at).is_some_and(|it| it.request.detail.is_none()))
    }

    /// All answers in the order of asking.
    pub fn list(&self) -> &[Answer] {
        &self.all
    }

    /// Says what the only answer was asked for, which does not tell it itself.
    pub fn asked_for(mut self, request: Request) -> Self {
        if let (true, [only]) = (self.is_bare, &mut *self.all) {
            only.request = request;
        }
        self
    }

    pub fn len(&self) -> usize {
        self.all.len()
    }

    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Whether only a list is here, so that nothing tells that details were asked for.
    pub fn is_bare(&self) -> bool {
        self.is_bare
    }

    /// The pages of the list.
    pub fn pages(&self) -> impl Iterator<Item = &Answer> {
        self.all.iter().filter(|it| it.request.detail.is_none())
    }

    /// The only page of a board that takes one request.
    pub fn only(&self) -> &[u8] {
        self.pages().next().and_then(Answer::body).unwrap_or_default()
    }

    /// The details by the keys of their postings.
    pub fn details(&self) -> HashMap<&str, &Answer> {
        self.all.iter().filter_map(|it| Some((it.request.detail.as_deref()?, it))).collect()
    }

    /// Those requests that were not asked yet, each once.
    pub fn unasked(&self, requests: Vec<Request>) -> Vec<Request> {
        let mut asked: HashSet<Request> = self.all.iter().map(|it| it.request.clone()).collect();
        requests.into_iter().filter(|it| asked.insert(it.clone())).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(request: Request, status: u16, body: &str) -> Answer {
        Answer { request, status, body: body.as_bytes().to_vec() }
    }

    #[test]
    fn one_answer_is_kept_as_it_came() {
        let mut answers = Answers::default();
        answers.push(answer(Request::page("https://a.example/"), 200, "{ }"));
        assert_eq!(answers.to_bytes(), b"{ }");
        assert!(Answers::of(b"{ }").is_bare());
    }

    #[test]
    fn several_answers_come_back_from_their_record() {
        let mut answers = Answers::default();
        let sent = Request { sent: Some("{\"offset\":0}".into()), ..Request::page("https://a.example/") };
        answers.push(answer(sent, 200, "[1]"));
        answers.push(answer(Request::detail("1", "https://a.example/1"), 404, ""));
        assert_eq!(Answers::of(&answers.to_bytes()), answers);
        assert!(!Answers::of(&answers.to_bytes()).is_bare());
        assert_eq!(answers.pages().count(), 1);
        assert!(answers.details()["1"].is_not_found());
    }

    #[test]
    fn an_answer_that_stands_says_since_when() {
        let mut answers = Answers::default();
        answers.push(answer(Request::page("https://a.example/"), 200, "[1]"));
        answers.push_kept(answer(Request::detail("1", "https://a.example/1"), 200, "{}"), 7);
        let again = Answers::of(&answers.to_bytes());
        assert_eq!((again.since(0), again.since(1)), (None, Some(7)));
        assert_eq!(again, answers);
    }

    #[test]
    fn a_body_with_another_list_of_requests_is_a_body() {
        for body in [&br#"{"requests":[]}"#[..], br#"{"requests":[{"url":"x"}]}"#, br#"{"requests":[1],"jobs":[]}"#] {
            assert!(Answers::of(body).is_bare(), "{}", body.escape_ascii());
        }
    }

    #[test]
    fn nothing_is_asked_twice() {
        let mut answers = Answers::default();
        answers.push(answer(Request::page("a"), 200, ""));
        let asked = answers.unasked(vec![Request::page("a"), Request::page("b"), Request::page("b")]);
        assert_eq!(asked, [Request::page("b")]);
    }
}
