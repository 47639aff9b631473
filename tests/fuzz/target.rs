//! Tries a target for a while, and tells what it could not stand.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use crate::bend::bent;
use crate::dice::Dice;

/// Far more than any input of this size takes, in a program without optimization on a busy machine.
const HANG: Duration = Duration::from_secs(20);
/// Spreads seeds over all numbers.
const SPREAD: u64 = 0x9E37_79B9_7F4A_7C15;

/// Gives the seeds to `target` as they are, then bent ones until the time is over.
#[expect(clippy::print_stdout, reason = "how much was tried is told with the test, where it is asked for")]
pub(crate) fn fuzz(name: &str, seeds: Vec<Vec<u8>>, target: impl Fn(&[u8]) + Send + 'static) {
    let kept = kept(name);
    let time = Duration::from_secs(number("FUZZ_SECONDS", 1));
    let first = number("FUZZ_SEED", 1);
    let (tell, told) = channel();
    let path = kept.clone();
    let trying = thread::spawn(move || {
        let mut count: u64 = 0;
        let mut slowest = Duration::ZERO;
        let mut until = Instant::now();
        loop {
            let at = usize::try_from(count).expect("it is small");
            let mut dice = Dice::new(((first << 32) | count).wrapping_mul(SPREAD));
            let input = seeds.get(at).cloned().unwrap_or_else(|| bent(&mut dice, &seeds));
            // Before it is tried: what ends the whole process is known by what it left behind.
            fs::write(&path, &input).expect("the input can be kept");
            let begin = Instant::now();
            if catch_unwind(AssertUnwindSafe(|| target(&input))).is_err() {
                return Err(count);
            }
            slowest = slowest.max(begin.elapsed());
            count += 1;
            if at < seeds.len() {
                // The first inputs wait for what is loaded once.
                until = Instant::now() + time;
            } else if Instant::now() > until {
                return Ok((count, slowest));
            }
            tell.send(()).expect("somebody listens");
        }
    });
    loop {
        match told.recv_timeout(HANG) {
            Ok(()) => {}
            Err(RecvTimeoutError::Timeout) => panic!("{name} hangs: {}", kept.display()),
            Err(RecvTimeoutError::Disconnected) => break,
        }
    }
    match trying.join().expect("panics are caught") {
        Ok((count, slowest)) => {
            println!("{name}: {count} inputs, of which the slowest took {slowest:.0?}");
            fs::remove_file(kept).expect("the input is there");
        }
        Err(count) => panic!("{name} does not stand input {count}, kept in {}", kept.display()),
    }
}

fn kept(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("fuzz");
    fs::create_dir_all(&folder).expect("a folder can be made");
    folder.join(name)
}

fn number(name: &str, default: u64) -> u64 {
    std::env::var(name).map_or(default, |it| it.parse().unwrap_or_else(|_| panic!("{name} is a number")))
}

#[test]
#[should_panic(expected = "probe does not stand input")]
fn what_panics_is_found() {
    fuzz("probe", vec![b"[1, 2]".to_vec()], |bytes| assert!(bytes.len() < 100, "too long for this one"));
}
