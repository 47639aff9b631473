//! How much one caller may ask for: points, as many as its questions cost, which come back steadily. Callers are told apart
//! by API key, else by address; as many are kept as fit, the busiest of them.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::http::{HeaderName, HeaderValue};
use axum::response::Response;
use governor::clock::{Clock, DefaultClock};
use governor::middleware::StateInformationMiddleware;
use governor::state::{InMemoryState, NotKeyed};
use governor::{Quota, RateLimiter};
use moka::sync::Cache;

use crate::config::RATE_CALLERS_MAX;

type Limiter = RateLimiter<NotKeyed, InMemoryState, DefaultClock, StateInformationMiddleware>;

/// Of the draft "RateLimit header fields for HTTP" of the IETF's working group httpapi.
const RATE_LIMIT: HeaderName = HeaderName::from_static("ratelimit");
const RATE_LIMIT_POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");

const MINUTES_A_YEAR: NonZeroU32 = NonZeroU32::MIN.saturating_add(525_599);

/// Points that a caller may spend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// That come back in a minute.
    pub per_minute: NonZeroU32,
    /// That may be spent at once.
    pub burst: NonZeroU32,
}

impl Rate {
    fn quota(self) -> Option<Quota> {
        Some(Quota::with_period(self.refill())?.allow_burst(self.burst))
    }

    /// The time in which a point comes back.
    fn refill(self) -> Duration {
        Duration::from_secs(60) / self.per_minute.get()
    }
}

/// Whose points are counted together.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Who {
    Key(Arc<str>),
    Address(IpAddr),
    /// Whoever tries secrets from an address: apart, so that others there cannot use up what key holders are looked up by.
    Secrets(IpAddr),
}

impl Who {
    pub(super) fn at(address: IpAddr) -> Self {
        Self::Address(customer(address))
    }

    pub(super) fn with_secrets_at(address: IpAddr) -> Self {
        Self::Secrets(customer(address))
    }
}

/// What is one customer's: of version 6 the first half stands for all of the rest.
fn customer(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6((address.to_bits() >> 64 << 64).into()),
        address => address,
    }
}

/// What all callers have spent.
pub(super) struct Rates {
    rate: Rate,
    quota: Quota,
    limiters: Cache<Who, Arc<Limiter>>,
}

impl Rates {
    pub(super) fn new(rate: Rate) -> Option<Self> {
        // More than comes back in a year is more than clocks count by the nanosecond, and as good as no limit.
        let rate = Rate { burst: rate.burst.min(rate.per_minute.saturating_mul(MINUTES_A_YEAR)), ..rate };
        let quota = rate.quota()?;
        // Whoever has not asked for so long has all points again, as one who never did.
        let full = rate.refill() * rate.burst.get();
        let limiters = Cache::builder().max_capacity(RATE_CALLERS_MAX).time_to_idle(full).build();
        Some(Self { rate, quota, limiters })
    }

    pub(super) fn account(&self, who: Who) -> Account {
        let (rate, quota, limiters) = (self.rate, self.quota, self.limiters.clone());
        Account { rate, quota, limiters, who, standing: Mutex::default() }
    }
}

/// The points of one caller. An account may last as long as a connection, and what its caller has spent may be forgotten
/// meanwhile: so the limiter is found anew for each payment, and all of a caller's accounts pay from one.
pub(super) struct Account {
    rate: Rate,
    quota: Quota,
    limiters: Cache<Who, Arc<Limiter>>,
    who: Who,
    /// After the latest payment.
    standing: Mutex<Option<Standing>>,
}

/// What a caller has left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Points that could be spent at once, had none been.
    pub limit: u32,
    pub remaining: u32,
    /// The time until all are there again.
    pub full_in: Duration,
}

/// A caller has too few points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spent {
    /// The time until there are enough.
    pub wait: Duration,
}

impl Account {
    pub(super) fn who(&self) -> &Who {
        &self.who
    }

    pub(super) fn pay(&self, points: u64) -> Result<(), Spent> {
        // Nothing costs more than may be spent at once, or it could never be asked.
        let points = u32::try_from(points).unwrap_or(u32::MAX).min(self.rate.burst.get());
        let new = || Arc::new(RateLimiter::direct(self.quota).with_middleware());
        let limiter = self.limiters.get_with_by_ref(&self.who, new);
        let paid = limiter.check_n(NonZeroU32::new(points).unwrap_or(NonZeroU32::MIN));
        let (remaining, paid) = match paid {
            Ok(Ok(state)) => (state.remaining_burst_capacity(), Ok(())),
            Ok(Err(until)) => (0, Err(Spent { wait: until.wait_time_from(DefaultClock::default().now()) })),
            Err(_) => (0, Err(Spent { wait: self.rate.refill() * self.rate.burst.get() })),
        };
        let full_in = self.rate.refill() * self.rate.burst.get().saturating_sub(remaining);
        let standing = Standing { limit: self.rate.burst.get(), remaining, full_in };
        *self.standing.lock().unwrap_or_else(PoisonError::into_inner) = Some(standing);
        paid
    }

    pub(super) fn standing(&self) -> Option<Standing> {
        *self.standing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells the caller what is left.
    pub(super) fn tell(&self, response: &mut Response) {
        let Some(standing) = self.standing() else {
            return;
        };
        let full = self.rate.refill() * self.rate.burst.get();
        let policy = format!("\"cost\";q={};w={}", standing.limit, seconds(full));
        let left = format!("\"cost\";r={};t={}", standing.remaining, seconds(standing.full_in));
        for (name, value) in [(RATE_LIMIT_POLICY, policy), (RATE_LIMIT, left)] {
            let value = HeaderValue::from_str(&value).expect("letters and digits are a value");
            response.headers_mut().insert(name, value);
        }
    }
}

/// Whole seconds that are not less.
pub(super) fn seconds(time: Duration) -> u64 {
    time.as_secs() + u64::from(time.subsec_nanos() > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rates(per_minute: u32, burst: u32) -> Rates {
        let number = |number| NonZeroU32::new(number).expect("it is not zero");
        Rates::new(Rate { per_minute: number(per_minute), burst: number(burst) }).expect("a rate")
    }

    fn who(address: &str) -> Who {
        Who::at(address.parse().expect("an address"))
    }

    #[test]
    fn points_are_spent_to_the_last_and_not_one_more() {
        let rates = rates(1, 10);
        let account = rates.account(who("192.0.2.1"));
        assert_eq!(account.pay(4), Ok(()));
        assert_eq!(account.standing().map(|it| (it.limit, it.remaining)), Some((10, 6)));
        assert_eq!(account.pay(6), Ok(()));
        let wait = account.pay(1).expect_err("none is left").wait;
        assert!((Duration::from_secs(50)..=Duration::from_secs(60)).contains(&wait), "{wait:?}");
        assert_eq!(rates.account(who("192.0.2.2")).pay(10), Ok(()));
        // The same caller asks again, by another request.
        assert!(rates.account(who("192.0.2.1")).pay(1).is_err());
    }

    /// Each of many idle connections once kept points of its own.
    #[test]
    fn a_caller_that_was_forgotten_pays_from_the_same_points_by_every_connection() {
        let rates = rates(1, 10);
        let first = rates.account(who("192.0.2.1"));
        assert_eq!(first.pay(1), Ok(()));
        rates.limiters.invalidate_all();
        let second = rates.account(who("192.0.2.1"));
        assert_eq!(second.pay(10), Ok(()));
        assert!(first.pay(1).is_err());
    }

    #[test]
    fn what_costs_more_than_may_be_spent_at_once_takes_all() {
        assert_eq!(rates(1, 10).account(Who::Key("k".into())).pay(u64::MAX), Ok(()));
    }

    #[test]
    fn the_largest_figures_are_no_danger() {
        for per_minute in [1, u32::MAX] {
            let rates = rates(per_minute, u32::MAX);
            assert_eq!(rates.account(Who::Key("k".into())).pay(u64::MAX), Ok(()));
        }
    }

    #[test]
    fn an_address_stands_for_a_customer() {
        assert_eq!(who("2001:db8::1"), who("2001:db8::ffff:2"));
        assert_ne!(who("2001:db8::1"), who("2001:db8:0:1::1"));
        assert_eq!(who("::ffff:192.0.2.1"), who("192.0.2.1"));
    }
}
