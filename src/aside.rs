//! Work that takes long, on threads of its own that give way: who asks for little, and who writes, does not wait for it.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::LazyLock;
use std::thread::available_parallelism;

use rayon::{ThreadPool, ThreadPoolBuilder};
use tokio::sync::oneshot;

/// How far a thread gives way that works long: a processor that is wanted by all works ten times as long for one that does not.
pub(crate) const NICENESS: i32 = 10;
/// The stack of each thread, those of the runtime too: a list inside a list is a wait inside a wait, as deep as a document may
/// be, and what employers write is nested as well.
pub(crate) const STACK_BYTES: usize = 8 * 1024 * 1024;

/// As many as processors: more would only take turns, and keep from them who waits for a short one.
static THREADS: LazyLock<ThreadPool> = LazyLock::new(|| {
    let count = available_parallelism().map_or(1, usize::from);
    let threads = ThreadPoolBuilder::new().num_threads(count).thread_name(|number| format!("aside-{number}"));
    let threads = threads.stack_size(STACK_BYTES).start_handler(|_| give_way());
    threads.build().expect("threads can be started")
});

/// Does what takes long and waits for nothing, in the order in which it is asked for; what nobody waits for any more is left out.
pub(crate) async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    let (sender, receiver) = oneshot::channel();
    THREADS.spawn_fifo(move || {
        if sender.is_closed() {
            return;
        }
        // Who no longer waits for it does not take it.
        sender.send(catch_unwind(AssertUnwindSafe(work))).ok();
    });
    let done = receiver.await.expect("a thread that panics tells so");
    done.unwrap_or_else(|panic| resume_unwind(panic))
}

/// Has the thread work when others that want to have. This is never taken back, so the thread must only do what takes long.
/// Elsewhere than on Linux a thread has no niceness of its own.
pub(crate) fn give_way() {
    #[cfg(target_os = "linux")]
    if rustix::process::getpriority_process(None).is_ok_and(|it| it < NICENESS) {
        // One that may not change it goes on as it is.
        rustix::process::setpriority_process(None, NICENESS).ok();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_panic_reaches_who_waits_for_the_work_and_the_next_one_is_done() {
        let panicked = tokio::spawn(aside(|| panic!("of no use"))).await;
        assert!(panicked.is_err_and(|error| error.is_panic()));
        assert_eq!(aside(|| 1).await, 1);
    }

    #[cfg(target_os = "linux")]
    #[tokio::test]
    async fn work_gives_way_to_others() {
        let niceness = aside(|| rustix::process::getpriority_process(None)).await;
        assert!(niceness.is_ok_and(|it| it >= NICENESS));
    }
}
