//! Invents a database of any size, the same for the same number and seed, to measure with.
//!
//! A posting's whole life follows from the seed and its number alone, and events are numbered by counting those of each
//! day, so that nothing is held in memory but the boards and what is written next. Rows are made by the code of
//! `ingest`, and written by `store::bulk`.

mod boards;
mod chance;
pub mod frequency;
mod history;
mod life;
mod posting;
mod schedule;
mod standing;
mod stock;
mod tables;
mod texts;

use thiserror::Error;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use self::boards::{DAY, DAYS};
use self::frequency::Frequencies;
use self::history::{Named, Story};
use self::schedule::Schedule;
use self::stock::Stock;
use crate::store::Store;
use crate::store::bulk::Batch;
use crate::store::error::StoreError;

/// Postings at most.
pub const JOBS_MAX: i64 = 100_000_000;
/// Events that are made before they are handed over.
const BATCH_EVENTS: usize = 500;
/// Batches that wait to be written.
const BATCHES_WAITING: usize = 4;

/// What is asked for.
pub struct Plan {
    /// From 1 to `JOBS_MAX`.
    pub jobs: i64,
    pub seed: u64,
    /// When everything ends, in UTC milliseconds since 1970.
    pub now: i64,
    /// Real frequencies instead of the built-in ones.
    pub tables: Option<Frequencies>,
}

/// What is done next, and how much of it is left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// So many events are written.
    Events(u64),
    /// Counts are made of what is written.
    Counts,
    /// An index is made.
    Index(String),
    /// The database looks at its tables.
    Statistics,
}

/// What was made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Generated {
    pub boards: u64,
    pub jobs: u64,
    pub events: u64,
}

#[derive(Debug, Error)]
pub enum GenerateError {
    #[error("the database holds postings already\nhint: generate fills an empty database; name another one")]
    NotEmpty,
    #[error("table \"{path}\": {message}")]
    Table { path: String, message: String },
    #[error("a table has {rows} rows that can be used, which are too few")]
    SmallTable { rows: usize },
    #[error("{cause}\nhint: the database is unusable now; delete it")]
    Broken { cause: String },
    #[error("interrupted\nhint: the database is unusable now; delete it")]
    Interrupted,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Fills an empty database that has all tables. `told` learns of each step, and of each batch how many events it had.
pub async fn generate(
    store: &Store,
    plan: Plan,
    stop: &CancellationToken,
    told: impl Fn(Step) + Send + Sync,
    written: impl Fn(u64) + Send + Sync,
) -> Result<Generated, GenerateError> {
    if !store.is_empty().await? {
        return Err(GenerateError::NotEmpty);
    }
    let stock = Stock::new(plan.seed, plan.jobs, plan.tables)?;
    let boards = boards::boards(plan.seed, plan.jobs, |rank| stock.employer_weight(rank));
    let maker = Maker {
        seed: plan.seed,
        begun_at: plan.now - DAYS * DAY,
        schedule: Schedule::new(plan.seed, &boards),
        boards: boards.into_iter().map(|board| Named::new(board, &stock)).collect(),
        stock,
    };
    let generated = Generated {
        boards: maker.boards.len() as u64,
        jobs: plan.jobs.unsigned_abs(),
        events: maker.schedule.events().unsigned_abs(),
    };
    tokio::select! {
        biased;
        () = stop.cancelled() => Err(GenerateError::Interrupted),
        filled = fill(store, maker, &told, &written) => {
            filled.map_err(|error| GenerateError::Broken { cause: error.to_string() })?;
            Ok(generated)
        }
    }
}

/// Loads all rows, counts them, and makes what was left out for speed.
async fn fill(
    store: &Store,
    maker: Maker,
    told: &(impl Fn(Step) + Sync),
    written: &(impl Fn(u64) + Sync),
) -> Result<(), StoreError> {
    told(Step::Events(maker.schedule.events().unsigned_abs()));
    let mut load = store.begin_load().await?;
    let (sender, mut batches) = mpsc::channel(BATCHES_WAITING);
    // Making rows takes a processor of its own. It ends when nobody takes them any more.
    let making = tokio::task::spawn_blocking(move || maker.make(&sender));
    while let Some(batch) = batches.recv().await {
        let batch: Batch = batch;
        let events = batch.events.len() as u64;
        load.write(batch).await?;
        written(events);
    }
    drop(making.await);
    let indexes = load.finish().await?;
    told(Step::Counts);
    let writing = store.begin().await?;
    writing.count_events(1).await?;
    writing.commit().await?;
    let mut build = store.begin_build(indexes).await?;
    while let Some(name) = build.next_name() {
        told(Step::Index(name));
        build.make_next().await?;
    }
    told(Step::Statistics);
    build.finish().await
}

/// Makes rows from numbers.
struct Maker {
    seed: u64,
    begun_at: i64,
    stock: Stock,
    boards: Vec<Named>,
    schedule: Schedule,
}

impl Maker {
    /// Hands over all rows: boards first, then the events in their order. Ends early when nobody takes them.
    fn make(self, sender: &mpsc::Sender<Batch>) {
        let mut outlet = Outlet { sender, batch: Batch::default() };
        let is_done = self.hand_over(&mut outlet).is_some();
        if is_done {
            outlet.flush();
        }
    }

    fn hand_over(&self, outlet: &mut Outlet<'_>) -> Option<()> {
        for text in &self.stock.texts {
            outlet.batch.descriptions.push(standing::description(text));
            outlet.flush_if_full()?;
        }
        for named in &self.boards {
            standing::board(self.seed, named, self.begun_at, &mut outlet.batch);
            outlet.flush_if_full()?;
        }
        let boards: Vec<boards::Board> = self.boards.iter().map(|it| it.board).collect();
        for days in self.schedule.portions() {
            for due in self.schedule.due(self.seed, &boards, days) {
                Story::new(self.seed, &self.stock, &self.boards[due.board], self.begun_at, due).tell(&mut outlet.batch);
                outlet.flush_if_full()?;
            }
        }
        Some(())
    }
}

/// Where rows are handed over.
struct Outlet<'a> {
    sender: &'a mpsc::Sender<Batch>,
    batch: Batch,
}

impl Outlet<'_> {
    fn flush_if_full(&mut self) -> Option<()> {
        if self.batch.len() < BATCH_EVENTS { Some(()) } else { self.flush() }
    }

    fn flush(&mut self) -> Option<()> {
        self.sender.blocking_send(std::mem::take(&mut self.batch)).ok()
    }
}
