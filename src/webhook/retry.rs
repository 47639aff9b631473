//! When a webhook that failed is tried again.

use std::time::Duration;

use backon::{BackoffBuilder, ExponentialBuilder};

use super::Settings;

/// The pause after so many failures in a row: twice as long each time, with jitter, never longer than the settings say.
/// A receiver may ask for a longer one, within the same limit.
pub(super) fn pause(settings: &Settings, failures: i64, retry_after: Option<Duration>) -> Duration {
    let pauses = ExponentialBuilder::default()
        .with_min_delay(settings.pause)
        // Jitter adds up to as much again.
        .with_max_delay(settings.pause_max / 2)
        .with_jitter()
        .without_max_times()
        .build();
    // By then the longest pause is long reached.
    let index = usize::try_from(failures - 1).unwrap_or_default().min(64);
    let mut pauses = pauses.skip(index);
    let own = pauses.next().unwrap_or(settings.pause_max);
    own.max(retry_after.unwrap_or_default()).min(settings.pause_max)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_an_hour_with_jitter() {
        let settings = Settings::default();
        for (failures, shortest) in [(1, 5), (2, 10), (3, 20), (10, 1_800), (1_000_000, 1_800)] {
            let shortest = Duration::from_secs(shortest);
            for _ in 0..100 {
                let pause = pause(&settings, failures, None);
                assert!((shortest..=shortest * 2).contains(&pause), "{failures}: {pause:?}");
            }
        }
    }

    #[test]
    fn a_receiver_may_ask_for_more_but_not_for_ever() {
        let settings = Settings::default();
        let asked = |seconds| pause(&settings, 1, Some(Duration::from_secs(seconds)));
        assert_eq!(asked(600), Duration::from_secs(600));
        assert_eq!(asked(1_000_000), Duration::from_secs(3_600));
        assert!(asked(0) >= Duration::from_secs(5));
    }
}
