//! One crawl: asks what a provider's plan says, hands each answer back to it, and asks on until the plan has no more.

use std::time::Duration;

use futures_util::{StreamExt, stream};

use super::before::Rows;
use super::{Before, FetchError, Fetched, Fetcher, Validators};
use crate::ingest::answers::{Answer, Answers, Request};
use crate::ingest::provider::Provider;
use crate::ingest::{Arrived, Body};

/// The status of what is still as it was.
const NOT_MODIFIED: u16 = 304;

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
    /// Answers those requests for details that need not be asked, and tells how many bytes that are.
    fn keep(&mut self, requests: &mut Vec<Request>, provider: &Provider, before: &Before, now: i64) -> usize {
        if requests.iter().all(|it| it.detail.is_none()) {
            return 0;
        }
        let rows = Rows::of(provider, &self.answers);
        let mut bytes = 0;
        requests.retain(|request| {
            let Some((answer, since)) = before.details(request, &rows, now) else {
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
    pub async fn crawl(&self, provider: &Provider, board: &str) -> Result<Answers, FetchError> {
        Ok(self.crawl_again(provider, board, &Before::default(), 0).await?.answers)
    }

    /// The same for a board of which something is known: what it says is still so is taken from there, and what is not
    /// too old at `now` is not asked for.
    async fn crawl_again(
        &self,
        provider: &Provider,
        board: &str,
        before: &Before,
        now: i64,
    ) -> Result<Crawl, FetchError> {
        let mut crawl = Crawl::default();
        let (mut bytes, mut failures) = (0, 0);
        loop {
            let mut requests = crawl.answers.unasked((provider.next)(board, &crawl.answers));
            requests.truncate(self.limits.requests_max - crawl.answers.len());
            if requests.is_empty() {
                return Ok(crawl);
            }
            bytes += crawl.keep(&mut requests, provider, before, now);
            let answered = stream::iter(requests).map(|it| self.answer(provider, it, before));
            let mut answered = answered.buffered(self.limits.at_once);
            while let Some((request, came)) = answered.next().await {
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
                    return Ok(crawl);
                }
            }
        }
    }

    /// A crawl as it is applied, and the pause that the provider asked for in place of an answer.
    pub async fn arrived(&self, provider: &Provider, board: &str, clock: fn() -> i64) -> (Arrived, Option<Duration>) {
        let Came { arrived, pause, .. } = self.arrived_again(provider, board, &Before::default(), clock).await;
        (arrived, pause)
    }

    /// The same for a board of which something is known. If all of that still holds, the status is 304, and the bytes are
    /// those of then.
    pub async fn arrived_again(&self, provider: &Provider, board: &str, before: &Before, clock: fn() -> i64) -> Came {
        let started_at = clock();
        let mut validators = Validators::new();
        let (http_status, body, pause) = match self.crawl_again(provider, board, before, started_at).await {
            Ok(crawl) => {
                validators = crawl.validators;
                let http_status = if crawl.is_changed { 200 } else { NOT_MODIFIED };
                (Some(http_status), Body::Read(crawl.answers.to_bytes()), None)
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
        let allowed = if provider.reads_pages { self.allowed(&request).await } else { Ok(()) };
        let known = before.known(&request).map(|it| it.1);
        let answer = match allowed {
            Ok(()) => self.ask_if(&request, known).await,
            Err(error) => Err(error),
        };
        (request, answer)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use axum::Router;
    use axum::extract::{Path, State};
    use axum::http::StatusCode;
    use axum::response::Redirect;
    use axum::routing::{get, post};

    use super::*;
    use crate::ingest::fetch::FetchLimits;
    use crate::ingest::posting::Board;
    use crate::ingest::provider::{Capabilities, no_rows};

    /// A provider whose board is named by the port of a local server: it asks for a page by POST, then for details.
    const LOCAL: Provider = Provider {
        name: "local",
        label: "Local",
        capabilities: Capabilities {
            description_in_list: false,
            salary_field: false,
            updated_at: false,
            deadline: false,
            paginated: true,
            total_declared: false,
        },
        redirect_is_not_found: true,
        reads_pages: false,
        board_url: ToOwned::to_owned,
        next: |port, answers| {
            let address = format!("http://127.0.0.1:{port}");
            match answers.len() {
                0 => vec![Request { sent: Some("{\"offset\":0}".into()), ..Request::page(format!("{address}/list")) }],
                _ => (0..40).map(|it| Request::detail(&it.to_string(), format!("{address}/job/{it}"))).collect(),
            }
        },
        rows: no_rows,
        read: |_, _| Ok(Board::default()),
    };

    async fn job(State(count): State<Arc<AtomicUsize>>, Path(number): Path<usize>) -> (StatusCode, String) {
        count.fetch_add(1, Ordering::SeqCst);
        let status = if number.is_multiple_of(2) { StatusCode::OK } else { StatusCode::FORBIDDEN };
        (status, number.to_string())
    }

    async fn server() -> (String, Arc<AtomicUsize>) {
        let count = Arc::new(AtomicUsize::new(0));
        let routes = Router::new()
            .route("/list", post(|body: String| async move { body }))
            .route("/job/{number}", get(job))
            .route("/moved", get(|| async { Redirect::temporary("https://elsewhere.example/") }))
            .with_state(Arc::clone(&count));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let port = listener.local_addr().expect("it has an address").port().to_string();
        tokio::spawn(async move { axum::serve(listener, routes).await });
        (port, count)
    }

    fn fetcher(limits: FetchLimits) -> Fetcher {
        Fetcher::new(FetchLimits { retries_max: 0, site_rate: 1_000, ..limits }).expect("it can be made")
    }

    #[tokio::test]
    async fn a_plan_is_carried_out_to_its_end_and_failures_are_noted() {
        let (port, _) = server().await;
        let answers = fetcher(FetchLimits::default()).crawl(&LOCAL, &port).await.expect("it answers");
        assert_eq!(answers.len(), 41);
        assert_eq!(answers.only(), b"{\"offset\":0}");
        let details = answers.details();
        assert_eq!((details["6"].body(), details["7"].status), (Some(&b"6"[..]), 403));
        assert_eq!(Answers::of(&answers.to_bytes()).len(), 41);
    }

    #[tokio::test]
    async fn no_more_is_asked_than_the_limits_allow() {
        for limits in [
            FetchLimits { requests_max: 11, ..FetchLimits::default() },
            FetchLimits { crawl_bytes_max: 20, ..FetchLimits::default() },
        ] {
            let (port, count) = server().await;
            let answers = fetcher(limits).crawl(&LOCAL, &port).await.expect("it answers");
            assert!(answers.len() < 41 && count.load(Ordering::SeqCst) < 40, "{}", answers.len());
        }
    }

    #[tokio::test]
    async fn without_the_first_answer_there_is_none() {
        let error = fetcher(FetchLimits::default()).crawl(&LOCAL, "1").await.expect_err("nobody listens");
        assert!(!error.is_not_found_by(&LOCAL), "{error}");
    }

    #[tokio::test]
    async fn a_redirect_elsewhere_can_be_the_word_for_no_board() {
        let (port, _) = server().await;
        let moved = Request::page(format!("http://127.0.0.1:{port}/moved"));
        let error = fetcher(FetchLimits::default()).ask(&moved).await.expect_err("it leads elsewhere");
        assert!(error.is_not_found_by(&LOCAL) && !error.is_not_found(), "{error}");
    }
}
