//! One crawl: asks what a provider's plan says, hands each answer back to it, and asks on until the plan has no more.

use std::time::Duration;

use futures_util::{StreamExt, stream};
use tokio::time::{Instant, timeout_at};

use super::before::Rows;
use super::{Before, FetchError, Fetched, Fetcher, Validators};
use crate::aside::aside;
use crate::ingest::answers::{Answer, Answers, Request};
use crate::ingest::provider::Provider;
use crate::ingest::saved::read_limited;
use crate::ingest::{Arrived, Body};

/// The status of what is still as it was.
const NOT_MODIFIED: u16 = 304;
/// How gzip begins.
const GZIP: [u8; 2] = [0x1f, 0x8b];

impl FetchError {
    /// Whether this is the provider's word for "no such board".
    pub fn is_not_found_by(&self, provider: &Provider) -> bool {
        self.is_not_found() || (provider.redirect_is_not_found && matches!(self, Self::Redirected { .. }))
    }
}

/// What came of a crawl.
pub struct Came {
    /// As it is applied.
    pub arrived: Arrived,
    /// The pause that the provider asked for in place of an answer.
    pub pause: Option<Duration>,
    /// By what its answers can be asked for again.
    pub validators: Validators,
}

/// All that a board answers.
#[derive(Debug, Default)]
struct Crawl {
    answers: Answers,
    validators: Validators,
    /// Whether anything came that was not known to be there.
    is_changed: bool,
}

impl Crawl {
    /// What is to be asked now, and what the list says of the postings whose details are. All that came is read for it, which
    /// takes long.
    async fn next(&mut self, provider: &'static Provider, board: &str) -> (Vec<Request>, Rows) {
        let (board, answers) = (board.to_owned(), std::mem::take(&mut self.answers));
        let read = move || {
            let requests = answers.unasked((provider.next)(&board, &answers));
            let has_details = requests.iter().any(|it| it.detail.is_some());
            let rows = if has_details { Rows::of(provider, &answers) } else { Rows::default() };
            (answers, requests, rows)
        };
        let (answers, requests, rows) = aside(read).await;
        self.answers = answers;
        (requests, rows)
    }

    /// Answers those requests for details that need not be asked, and tells how many bytes that are.
    fn keep(&mut self, requests: &mut Vec<Request>, rows: &Rows, before: &Before, now: i64) -> usize {
        let mut bytes = 0;
        requests.retain(|request| {
            let Some((answer, since)) = before.details(request, rows, now) else {
                return true;
            };
            bytes += answer.body.len();
            if let Some((_, validator)) = before.known(request) {
                self.validators.insert(request.url.clone(), validator.clone());
            }
            self.answers.push_kept(answer, since);
            false
        });
        bytes
    }

    /// With the pages of a site that were not come to as they were before, up to so many bytes: it is read as a whole, as by what
    /// several of its pages say none of them is named.
    async fn filled(
        mut self,
        provider: &'static Provider,
        board: &str,
        before: &Before,
        mut bytes_left: usize,
    ) -> Self {
        let mut is_more = provider.reads_pages;
        while is_more {
            let (unasked, _) = self.next(provider, board).await;
            is_more = false;
            for (answer, since) in unasked.iter().filter_map(|it| before.page(it)) {
                if answer.body.len() <= bytes_left {
                    bytes_left -= answer.body.len();
                    self.answers.push_kept(answer, since);
                    // A sitemap that is known names pages that are.
                    is_more = true;
                }
            }
        }
        self
    }

    /// With a word for each request that there was no time for: a list alone would be taken for all that there is. Pages of a site
    /// stay as if they had not been known, to be asked first next time.
    async fn unanswered(mut self, provider: &'static Provider, board: &str) -> Self {
        let (unasked, _) = if provider.reads_pages { Default::default() } else { self.next(provider, board).await };
        for request in unasked {
            self.answers.push(Answer { request, ..Answer::default() });
        }
        self
    }

    /// What came for a request as an answer; `known` is what was answered to it before.
    fn taken(&mut self, request: Request, came: Result<Fetched, FetchError>, known: Option<&[u8]>) -> Answer {
        let (status, body) = match came {
            Ok(Fetched { http_status, body, validator }) => {
                if let Some(validator) = validator {
                    self.validators.insert(request.url.clone(), validator);
                }
                match known.filter(|_| http_status == NOT_MODIFIED) {
                    Some(known) => return Answer { request, status: 200, body: known.to_vec() },
                    None => (http_status, body),
                }
            }
            // What is not asked for says why.
            Err(error @ FetchError::Disallowed { .. }) => (0, error.to_string().into_bytes()),
            Err(error) => (error.http_status().unwrap_or(0), Vec::new()),
        };
        self.is_changed = true;
        Answer { request, status, body }
    }
}

impl Fetcher {
    /// All that a board answers. Without its first answer there is none; what fails later is noted among the answers,
    /// and what is not asked any more, as a limit is reached, the board's reader finds missing.
    pub async fn crawl(&self, provider: &'static Provider, board: &str) -> Result<Answers, FetchError> {
        Ok(self.crawl_again(provider, board, &Before::default(), 0, None).await?.answers)
    }

    /// The same for a board of which something is known: what it says is still so is taken from there, and what is not
    /// too old at `now` is not asked for. What has come at `until` is all that comes.
    async fn crawl_again(
        &self,
        provider: &'static Provider,
        board: &str,
        before: &Before,
        now: i64,
        until: Option<Instant>,
    ) -> Result<Crawl, FetchError> {
        let mut crawl = Crawl::default();
        let (mut bytes, mut failures) = (0, 0);
        loop {
            let (mut requests, rows) = crawl.next(provider, board).await;
            before.order(&mut requests);
            requests.truncate(self.limits.requests_max - crawl.answers.len());
            if requests.is_empty() {
                return Ok(crawl);
            }
            bytes += crawl.keep(&mut requests, &rows, before, now);
            let answered = stream::iter(requests).map(|it| self.answer(provider, it, before));
            let mut answered = answered.buffered(self.limits.at_once);
            loop {
                let (request, came) = match in_time(until, answered.next()).await {
                    Some(Some(it)) => it,
                    Some(None) => break,
                    None if crawl.answers.is_empty() => return Err(too_slow()),
                    None => {
                        let bytes_left = self.limits.crawl_bytes_max.saturating_sub(bytes);
                        let filled = crawl.filled(provider, board, before, bytes_left).await;
                        return Ok(filled.unanswered(provider, board).await);
                    }
                };
                let came = match came {
                    Err(error) if crawl.answers.is_empty() => return Err(error),
                    other => other,
                };
                let known = before.known(&request).map(|it| it.0);
                let answer = crawl.taken(request, came, known);
                // That something is not there, or not to be read, is an answer too.
                let is_told = answer.body().is_some() || answer.is_not_found() || answer.not_asked().is_some();
                failures = if is_told { 0 } else { failures + 1 };
                bytes += answer.body.len();
                crawl.answers.push(answer);
                if failures >= self.limits.failures_max || bytes > self.limits.crawl_bytes_max {
                    let bytes_left = self.limits.crawl_bytes_max.saturating_sub(bytes);
                    return Ok(crawl.filled(provider, board, before, bytes_left).await);
                }
            }
        }
    }

    /// A crawl as it is applied, and the pause that the provider asked for in place of an answer.
    pub async fn arrived(
        &self,
        provider: &'static Provider,
        board: &str,
        clock: fn() -> i64,
    ) -> (Arrived, Option<Duration>) {
        let Came { arrived, pause, .. } = self.arrived_again(provider, board, &Before::default(), clock, None).await;
        (arrived, pause)
    }

    /// The same for a board of which something is known. If all of that still holds, the status is 304, and the bytes are
    /// those of then. Nothing is waited for after `until`.
    pub async fn arrived_again(
        &self,
        provider: &'static Provider,
        board: &str,
        before: &Before,
        clock: fn() -> i64,
        until: Option<Instant>,
    ) -> Came {
        let started_at = clock();
        let mut validators = Validators::new();
        let (http_status, body, pause) = match self.crawl_again(provider, board, before, started_at, until).await {
            Ok(crawl) => {
                validators = crawl.validators;
                let http_status = if crawl.is_changed { 200 } else { NOT_MODIFIED };
                let bytes = aside(move || crawl.answers.to_bytes()).await;
                (Some(http_status), Body::Read(bytes), None)
            }
            Err(error) if error.is_not_found_by(provider) => (error.http_status(), Body::NotFound, None),
            Err(error) => (error.http_status(), Body::Failed(error.to_string()), error.pause()),
        };
        let (provider, board) = (provider.name.to_owned(), board.to_owned());
        let arrived = Arrived { provider, board, started_at, finished_at: clock(), http_status, body };
        Came { arrived, pause, validators }
    }

    async fn answer(
        &self,
        provider: &Provider,
        request: Request,
        before: &Before,
    ) -> (Request, Result<Fetched, FetchError>) {
        let came = self.asked(provider, &request, before).await;
        (request, came)
    }

    async fn asked(&self, provider: &Provider, request: &Request, before: &Before) -> Result<Fetched, FetchError> {
        if provider.reads_pages {
            self.allowed(request).await?;
        }
        let known = before.known(request).map(|it| it.1);
        self.unpacked(self.ask_if(request, known).await?).await
    }

    /// What came, as it was before it was packed: sites keep long sitemaps so, and send them as what they are.
    async fn unpacked(&self, fetched: Fetched) -> Result<Fetched, FetchError> {
        if !fetched.body.starts_with(&GZIP) {
            return Ok(fetched);
        }
        let Fetched { http_status, body, validator } = fetched;
        let bytes_max = self.limits.bytes_max;
        match aside(move || read_limited(&body[..], bytes_max)).await {
            Ok(Some(body)) => Ok(Fetched { http_status, body, validator }),
            Ok(None) => Err(FetchError::TooLong { bytes_max }),
            Err(error) => Err(FetchError::Network { message: format!("what came cannot be unpacked: {error}") }),
        }
    }
}

/// What comes of work; nothing if it goes on for longer than it may.
async fn in_time<T>(until: Option<Instant>, work: impl Future<Output = T>) -> Option<T> {
    match until {
        Some(until) => timeout_at(until, work).await.ok(),
        None => Some(work.await),
    }
}

fn too_slow() -> FetchError {
    FetchError::Network { message: "it took too long".to_owned() }
}

#[cfg(test)]
mod tests;
