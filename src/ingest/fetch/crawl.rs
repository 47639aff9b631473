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
mod tests {
    use std::future::pending;
    use std::io::Write;
    use std::net::SocketAddr;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use axum::Router;
    use axum::extract::{Path, State};
    use axum::http::StatusCode;
    use axum::response::Redirect;
    use axum::routing::{get, post};
    use flate2::Compression;
    use flate2::write::GzEncoder;
    use tokio::net::TcpListener;
    use tokio::time::timeout;

    use super::*;
    use crate::ingest::fetch::FetchLimits;
    use crate::ingest::posting::Board;
    use crate::ingest::provider::{Capabilities, find, no_rows};

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
        (served(routes).await.port().to_string(), count)
    }

    async fn served(routes: Router) -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let address = listener.local_addr().expect("it has an address");
        tokio::spawn(async move { axum::serve(listener, routes).await });
        address
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

    /// The sitemap of a site that has a posting, and a page that never comes.
    fn sitemap(paths: &[&str]) -> String {
        let pages = paths.iter().map(|it| format!("<url><loc>https://acme.example/{it}</loc></url>"));
        format!("<urlset>{}</urlset>", pages.collect::<String>())
    }

    fn packed(text: &str) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(text.as_bytes()).expect("memory can be written");
        encoder.finish().expect("memory can be written")
    }

    /// What is read of that site by one of its sitemaps.
    async fn site(board: &str, limits: FetchLimits, until: Option<Instant>) -> Result<Board, FetchError> {
        const INDEX: &str = "<sitemapindex><sitemap><loc>https://acme.example/packed</loc></sitemap></sitemapindex>";
        const PAGE: &str =
            r#"<html><script type="application/ld+json">{"@type":"JobPosting","title":"Cook"}</script></html>"#;
        let routes = Router::new()
            .route("/index", get(|| async { INDEX }))
            .route("/packed", get(|| async { packed(&sitemap(&["cook"; 100])) }))
            .route("/plain", get(|| async { sitemap(&["cook", "never"]) }))
            .route("/cook", get(|| async { PAGE }))
            .route("/never", get(pending::<()>));
        let fetcher = fetcher(limits).with_stand_in(served(routes).await);
        let jsonld = find("jsonld").expect("it is known");
        let crawl = fetcher.crawl_again(jsonld, board, &Before::default(), 0, until).await?;
        Ok(jsonld.board(board, &Answers::of(&crawl.answers.to_bytes())).expect("it is a board"))
    }

    /// What it named was taken for gone, as it was no sitemap that anybody could read.
    #[tokio::test]
    async fn a_sitemap_that_is_packed_is_read_as_far_as_the_limit_goes() {
        let whole = site("acme.example:index", FetchLimits::default(), None).await.expect("it answers");
        assert_eq!((whole.postings.len(), whole.cut_short), (1, false));
        let limits = FetchLimits { bytes_max: 1_000, ..FetchLimits::default() };
        let cut = site("acme.example:index", limits, None).await.expect("it answers");
        assert_eq!((cut.postings.len(), cut.cut_short), (0, true));
    }

    /// A site that took longer than a crawl may was asked in vain, and from its start again.
    #[tokio::test]
    async fn what_has_come_when_the_time_is_over_counts() {
        let soon = Instant::now() + Duration::from_millis(600);
        let board = site("acme.example:plain", FetchLimits::default(), Some(soon)).await.expect("it answers");
        assert_eq!((board.postings.len(), board.cut_short), (1, true));
        let nothing = site("acme.example:never", FetchLimits::default(), Some(Instant::now())).await;
        assert_eq!(nothing.map(|it| it.postings.len()), Err(too_slow()));
    }

    /// A list alone was taken for one whose postings have no details, and those that were known were told as removed.
    #[tokio::test]
    async fn details_that_there_was_no_time_for_are_missing_and_not_nothing() {
        let provider = find("bamboohr").expect("it is known");
        let request = provider.first("acme").expect("it is a name");
        let list = br#"{"meta":{"totalCount":1},"result":[{"id":"1","jobOpeningName":"Cook"}]}"#.to_vec();
        let mut crawl = Crawl::default();
        crawl.answers.push(Answer { request, status: 200, body: list });
        let ended = crawl.unanswered(provider, "acme").await;
        let archived = Answers::of(&ended.answers.to_bytes());
        let board = provider.board("acme", &archived).expect("it is a board");
        assert_eq!(board.postings.iter().map(|it| it.is_partial).collect::<Vec<_>>(), [true]);
    }

    /// No time limit could end such a crawl, and requests waited for it.
    #[tokio::test]
    async fn an_adapter_that_reads_for_long_holds_nobody_up() {
        const LENGTHY: Provider = Provider {
            next: |_, _| {
                std::thread::sleep(Duration::from_millis(300));
                Vec::new()
            },
            ..LOCAL
        };
        let fetcher = fetcher(FetchLimits::default());
        let crawl = timeout(Duration::from_millis(30), fetcher.crawl(&LENGTHY, "acme")).await;
        assert!(crawl.is_err(), "it is still being read");
    }

    #[tokio::test]
    async fn a_redirect_elsewhere_can_be_the_word_for_no_board() {
        let (port, _) = server().await;
        let moved = Request::page(format!("http://127.0.0.1:{port}/moved"));
        let error = fetcher(FetchLimits::default()).ask(&moved).await.expect_err("it leads elsewhere");
        assert!(error.is_not_found_by(&LOCAL) && !error.is_not_found(), "{error}");
    }
}
