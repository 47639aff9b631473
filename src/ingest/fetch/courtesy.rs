//! How a site is asked: so many requests a second, so many at the same time, and none while it asks for a pause.
//!
//! The boards of one provider are hosts of one domain, so a site is a domain as its owner registered it: below `co.uk`
//! or `github.io` there are many.

use std::collections::HashMap;
use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, sleep_until};
use url::Url;

use crate::config::CRAWL_INTERVAL_MAX_S;

/// As many sites as were asked are kept: a few words each.
pub(super) struct Courtesy {
    rate: DefaultKeyedRateLimiter<String>,
    sites: Mutex<HashMap<String, Site>>,
    at_once: usize,
    /// A longer pause than this is not waited for.
    pause_max: Duration,
}

#[derive(Clone)]
struct Site {
    places: Arc<Semaphore>,
    /// When the pause ends that it asked for.
    rests_until: Instant,
}

impl Courtesy {
    pub(super) fn new(per_second: u32, at_once: usize, pause_max: Duration) -> Self {
        let per_second = NonZeroU32::new(per_second).unwrap_or(NonZeroU32::MIN);
        Self {
            rate: RateLimiter::keyed(Quota::per_second(per_second)),
            sites: Mutex::default(),
            at_once: at_once.max(1),
            pause_max,
        }
    }

    /// Waits for a turn at a site, which ends when what is returned is dropped. If the site asked for a pause that is too
    /// long to wait for, there is none: then this is how long it still is.
    pub(super) async fn turn(&self, site: &str) -> Result<OwnedSemaphorePermit, Duration> {
        let places = self.with_site(site, |it| Arc::clone(&it.places));
        let place = places.acquire_owned().await.expect("nobody closes it");
        loop {
            let rests_until = self.with_site(site, |it| it.rests_until);
            let rest = rests_until.saturating_duration_since(Instant::now());
            if rest > self.pause_max {
                return Err(rest);
            }
            if rest.is_zero() {
                break;
            }
            sleep_until(rests_until).await;
        }
        self.rate.until_key_ready(&site.to_owned()).await;
        Ok(place)
    }

    /// Notes that a site asks for a pause. No pause is longer than the longest time between two crawls: all boards of a
    /// provider would else stay unread for one wrong number.
    pub(super) fn rest(&self, site: &str, pause: Duration) {
        let until = Instant::now() + pause.min(Duration::from_secs(CRAWL_INTERVAL_MAX_S.unsigned_abs()));
        self.with_site(site, |it| it.rests_until = it.rests_until.max(until));
    }

    fn with_site<T>(&self, site: &str, look: impl FnOnce(&mut Site) -> T) -> T {
        let mut sites = self.sites.lock().unwrap_or_else(PoisonError::into_inner);
        let new = || Site { places: Arc::new(Semaphore::new(self.at_once)), rests_until: Instant::now() };
        look(sites.entry(site.to_owned()).or_insert_with(new))
    }
}

/// The site of an address.
pub(super) fn site(url: &str) -> String {
    let Ok(url) = Url::parse(url) else {
        return String::new();
    };
    url.domain().and_then(psl::domain_str).or(url.host_str()).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn courtesy() -> Courtesy {
        Courtesy::new(2, 2, Duration::from_secs(60))
    }

    #[test]
    fn hosts_of_one_domain_are_one_site() {
        for url in ["https://acme.recruitee.com/api/offers", "https://other.recruitee.com", "https://recruitee.com/"] {
            assert_eq!(site(url), "recruitee.com");
        }
        assert_eq!(site("https://acme.wd5.myworkdayjobs.com/x"), "myworkdayjobs.com");
    }

    #[test]
    fn owners_below_one_suffix_are_sites_of_their_own() {
        for (url, own) in [
            ("https://jobs.acme.co.uk/list", "acme.co.uk"),
            ("https://other.com.au/jobs", "other.com.au"),
            ("https://acme.github.io/jobs", "acme.github.io"),
            ("http://127.0.0.1:8080/jobs", "127.0.0.1"),
            ("http://[::1]:8080/jobs", "[::1]"),
            ("http://localhost:8080/jobs", "localhost"),
            ("no address", ""),
        ] {
            assert_eq!(site(url), own, "{url}");
        }
    }

    #[tokio::test]
    async fn more_than_the_rate_waits_and_other_sites_do_not() {
        let courtesy = courtesy();
        let begun = Instant::now();
        for _ in 0..2 {
            drop(courtesy.turn("a").await.expect("it does not rest"));
        }
        drop(courtesy.turn("b").await.expect("it does not rest"));
        assert!(begun.elapsed() < Duration::from_millis(400));
        drop(courtesy.turn("a").await.expect("it does not rest"));
        assert!(begun.elapsed() > Duration::from_millis(400));
    }

    #[tokio::test]
    async fn no_more_than_so_many_are_under_way() {
        let courtesy = courtesy();
        let both = (courtesy.turn("a").await, courtesy.turn("a").await);
        let third = tokio::time::timeout(Duration::from_millis(20), courtesy.turn("a")).await;
        assert!(third.is_err() && both.0.is_ok() && both.1.is_ok());
    }

    #[tokio::test]
    async fn a_pause_is_waited_for_unless_it_is_too_long() {
        let courtesy = courtesy();
        let begun = Instant::now();
        courtesy.rest("a", Duration::from_millis(30));
        assert!(courtesy.turn("a").await.is_ok());
        assert!(begun.elapsed() >= Duration::from_millis(30));
        courtesy.rest("a", Duration::from_secs(3_600));
        assert!(courtesy.turn("a").await.expect_err("it rests") > Duration::from_secs(3_000));
        assert!(courtesy.turn("b").await.is_ok());
    }

    #[tokio::test]
    async fn a_pause_is_never_longer_than_the_time_between_two_crawls() {
        let courtesy = courtesy();
        for ten_years_or_more in [Duration::from_secs(315_360_000), Duration::MAX] {
            courtesy.rest("a", ten_years_or_more);
            let rest = courtesy.turn("a").await.expect_err("it rests");
            assert!(rest <= Duration::from_secs(CRAWL_INTERVAL_MAX_S.unsigned_abs()), "{rest:?}");
        }
    }
}
