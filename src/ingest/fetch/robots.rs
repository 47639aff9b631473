//! What sites let programs read: `robots.txt`, by RFC 9309, asked for once a day at most.
//!
//! Without the file all is allowed; while it cannot be had, nothing is. What it says holds for scheme, host and port.
//!
//! Which site is asked, an operator says; where it redirects to, it says itself. So redirects lead to public addresses
//! alone, and a file at any other cannot be had.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use moka::sync::Cache;
use robotxt::{Agent, Robots};
use tokio::time::{Instant, sleep_until};
use url::Url;

use super::{FetchError, Fetcher};
use crate::config::{ROBOTS_DELAY_MAX_S, ROBOTS_KEPT_S, ROBOTS_SITES_MAX};
use crate::ingest::answers::Request;
use crate::webhook::address::check_host;

/// By what name sites speak of this program.
const NAME: &str = "jobgraph";
/// Redirects that are followed, to other hosts too (RFC 9309, 2.3.1.2).
const REDIRECTS_MAX: usize = 5;
/// The refusals that pass (RFC 9309 takes 429 for all others of its kind, which mean that there is no such file).
const TOO_MANY_REQUESTS: u16 = 429;

/// What is known of sites.
pub(super) struct Sites {
    known: Cache<String, Arc<Site>>,
}

/// What one site says.
struct Site {
    robots: Robots,
    /// When the next page may be asked for.
    next_at: Mutex<Instant>,
}

impl Sites {
    pub(super) fn new() -> Self {
        let kept = Duration::from_secs(ROBOTS_KEPT_S);
        Self { known: Cache::builder().max_capacity(ROBOTS_SITES_MAX).time_to_live(kept).build() }
    }
}

impl Site {
    fn new(robots: Robots) -> Self {
        Self { robots, next_at: Mutex::new(Instant::now()) }
    }

    /// Takes the next time at which a page may be asked for, if the site wants a pause between two.
    fn turn(&self) -> Instant {
        let delay = self.robots.crawl_delay().unwrap_or_default().min(Duration::from_secs(ROBOTS_DELAY_MAX_S));
        let mut next_at = self.next_at.lock().unwrap_or_else(PoisonError::into_inner);
        let turn = (*next_at).max(Instant::now());
        *next_at = turn + delay;
        turn
    }
}

impl Fetcher {
    /// Waits until a page may be asked for, or says why it may not be.
    pub(super) async fn allowed(&self, request: &Request) -> Result<(), FetchError> {
        let Ok(url) = Url::parse(&request.url) else {
            return Ok(());
        };
        let site = self.site_of(&url).await?;
        if !site.robots.is_url_allowed(&url) {
            return Err(FetchError::Disallowed { path: url.path().to_owned() });
        }
        sleep_until(site.turn()).await;
        Ok(())
    }

    async fn site_of(&self, url: &Url) -> Result<Arc<Site>, FetchError> {
        let name = url.origin().ascii_serialization();
        if let Some(known) = self.sites.known.get(&name) {
            return Ok(known);
        }
        let robots = self.robots_of(&name).await.map_err(|cause| FetchError::NoRobots { cause: Box::new(cause) })?;
        let site = Arc::new(Site::new(robots));
        self.sites.known.insert(name, Arc::clone(&site));
        Ok(site)
    }

    async fn robots_of(&self, origin: &str) -> Result<Robots, FetchError> {
        let mut request = Request::page(format!("{origin}/robots.txt"));
        let mut client = &self.client;
        for _ in 0..=REDIRECTS_MAX {
            match self.ask_by(client, &request, None).await {
                Ok(fetched) => return Ok(Robots::parse(&fetched.body, Agent::Exact(NAME))),
                Err(FetchError::Redirected { to }) => match elsewhere(&request.url, &to) {
                    Some(url) => {
                        check_host(&url).map_err(|error| FetchError::Network { message: error.to_string() })?;
                        request.url = url.into();
                        client = &self.public;
                    }
                    None => return Ok(Robots::allow_all()),
                },
                Err(FetchError::Status { http_status, .. })
                    if (400..500).contains(&http_status) && http_status != TOO_MANY_REQUESTS =>
                {
                    return Ok(Robots::allow_all());
                }
                Err(error) => return Err(error),
            }
        }
        Ok(Robots::allow_all())
    }
}

/// Where a redirect leads, if that is a page of the web.
fn elsewhere(from: &str, to: &str) -> Option<Url> {
    let url = Url::parse(from).ok()?.join(to).ok()?;
    matches!(url.scheme(), "http" | "https").then_some(url)
}

#[cfg(test)]
mod tests {
    use std::net::SocketAddr;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use axum::Router;
    use axum::http::{HeaderMap, StatusCode};
    use axum::response::{IntoResponse, Redirect, Response};
    use axum::routing::get;

    use super::*;
    use crate::ingest::fetch::FetchLimits;

    const FILE: &str = "User-agent: *\nDisallow: /\n\nUser-agent: jobgraph\nCrawl-delay: 0.2\nDisallow: /private\nAllow: /private/jobs\n";

    /// What a site answers for its file, by the first name of the host.
    fn file(host: &str) -> Response {
        match host.split('.').next().unwrap_or_default() {
            "none" => StatusCode::NOT_FOUND.into_response(),
            "closed" => StatusCode::FORBIDDEN.into_response(),
            "broken" => StatusCode::BAD_GATEWAY.into_response(),
            "busy" => (StatusCode::TOO_MANY_REQUESTS, [("retry-after", "3600")]).into_response(),
            "moved" => Redirect::permanent("https://told.example/robots.txt").into_response(),
            "circle" => Redirect::permanent("https://circle.example/robots.txt?again").into_response(),
            "inward" => Redirect::permanent("http://10.0.0.5/robots.txt").into_response(),
            "cloud" => Redirect::permanent("http://169.254.169.254/latest/meta-data").into_response(),
            // The local server itself, which has another name.
            "127" => {
                let named = host.replace("127.0.0.1", "localhost");
                Redirect::permanent(&format!("http://{named}/robots.txt")).into_response()
            }
            _ => FILE.into_response(),
        }
    }

    async fn server() -> (SocketAddr, Arc<AtomicUsize>) {
        let asked = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&asked);
        let answer = move |headers: HeaderMap| {
            count.fetch_add(1, Ordering::SeqCst);
            async move { file(headers.get("host").and_then(|it| it.to_str().ok()).unwrap_or_default()) }
        };
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let address = listener.local_addr().expect("it has an address");
        let routes = Router::new().route("/robots.txt", get(answer));
        tokio::spawn(async move { axum::serve(listener, routes).await });
        (address, asked)
    }

    fn alone() -> Fetcher {
        let limits = FetchLimits { retries_max: 0, site_rate: 1_000, ..FetchLimits::default() };
        Fetcher::new(limits).expect("it can be made")
    }

    async fn fetcher() -> (Fetcher, Arc<AtomicUsize>) {
        let (address, asked) = server().await;
        (alone().with_stand_in(address), asked)
    }

    async fn told(url: &str) -> Result<(), FetchError> {
        fetcher().await.0.allowed(&Request::page(url)).await
    }

    #[tokio::test]
    async fn a_site_speaks_to_this_program_by_its_name() {
        assert_eq!(told("https://told.example/jobs").await, Ok(()));
        assert_eq!(told("https://told.example/private/jobs/1").await, Ok(()));
        let refused = Err(FetchError::Disallowed { path: "/private/1".to_owned() });
        assert_eq!(told("https://told.example/private/1?a=b").await, refused);
        assert_eq!(told("https://moved.example/private/1").await, refused);
    }

    #[tokio::test]
    async fn without_the_file_all_is_allowed_and_while_it_cannot_be_had_nothing_is() {
        for host in ["none", "closed", "circle"] {
            assert_eq!(told(&format!("https://{host}.example/private")).await, Ok(()), "{host}");
        }
        let broken = told("https://broken.example/jobs").await.expect_err("it may forbid everything");
        assert!(matches!(broken, FetchError::NoRobots { .. }) && !broken.is_not_found(), "{broken}");
        let busy = told("https://busy.example/jobs").await.expect_err("it may forbid everything");
        assert_eq!(busy.pause(), Some(Duration::from_secs(3_600)), "{busy}");
    }

    #[tokio::test]
    async fn a_redirect_to_an_address_that_is_not_public_is_not_followed() {
        let refused = |told: Result<(), FetchError>| told.expect_err("the file cannot be had").to_string();
        let inward = refused(told("https://inward.example/jobs").await);
        assert!(inward.ends_with("no answer: \"10.0.0.5\" is not a public address"), "{inward}");
        let cloud = refused(told("https://cloud.example/jobs").await);
        assert!(cloud.ends_with("no answer: \"169.254.169.254\" is not a public address"), "{cloud}");
        // A name is looked up first. The site itself may be local: its operator has chosen it.
        let (address, asked) = server().await;
        let named = refused(alone().allowed(&Request::page(format!("http://{address}/jobs"))).await);
        assert!(named.ends_with("no answer: \"localhost\" is not a public address"), "{named}");
        assert_eq!(asked.load(Ordering::SeqCst), 1);
    }

    #[tokio::test]
    async fn the_file_is_asked_for_once_and_the_pause_that_it_wants_is_kept() {
        let (fetcher, asked) = fetcher().await;
        let begun = Instant::now();
        for path in ["a", "b", "c"] {
            let page = Request::page(format!("https://told.example/{path}"));
            assert_eq!(fetcher.allowed(&page).await, Ok(()));
        }
        assert!(begun.elapsed() >= Duration::from_millis(390), "{:?}", begun.elapsed());
        assert_eq!(asked.load(Ordering::SeqCst), 1);
    }
}
