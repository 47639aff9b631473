//! Many answers in a row: while some of them are written together, those that come next are read, archived and
//! normalized. How much of them is held at once has a limit, so that memory does not grow with their number.

use std::collections::HashSet;
use std::ops::ControlFlow;
use std::panic::resume_unwind;
use std::pin::pin;

use futures_util::{Stream, StreamExt, stream};
use tokio::sync::mpsc;
use tokio_util::task::AbortOnDropHandle;

use super::ahead::Opened;
use super::reading::Reading;
use super::round::Summaries;
use super::{Arrived, IngestError, Intake, Summary, identity};
use crate::store::error::StoreError;

/// Postings of a round, beside those of its last board. Each is written to some thirty places all over the indexes, and
/// the more there are, the more of them share a page.
const ROUND_POSTINGS_MAX: usize = 4_000;
/// Boards of a round.
const ROUND_BOARDS_MAX: usize = 250;
/// Bytes of a round's answers, beside those of its last.
const ROUND_BYTES_MAX: usize = 8 * 1024 * 1024;
/// Answers that are read at the same time, and as many at most of which the database is then asked at once.
const READ: usize = 4;
/// Answers beside those that are archived and normalized at the same time: archiving waits for the disk.
const AHEAD: usize = 8;

/// Whose answer it is, and when it came, in UTC milliseconds since 1970.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    pub provider: String,
    pub board: String,
    pub finished_at: i64,
}

/// What came of one answer, or why there is none.
pub type Applied<E> = Result<(Named, Result<Summary, IngestError>), E>;

/// An answer that waits to be written.
struct Waiting<T> {
    named: Named,
    bytes: usize,
    answer: Result<T, IngestError>,
}

/// Answers of different boards, and what stands between them.
struct Round<E> {
    waiting: Vec<Result<Waiting<Reading>, E>>,
    boards: HashSet<(String, String)>,
    postings: usize,
    bytes: usize,
}

impl Intake<'_> {
    /// Applies answers one after the other, each as a whole; `done` learns what came of each, in their order. Several
    /// share a transaction, so that what came of them is seen together. Where the database is gone or full, `done` is told so of
    /// one answer, and it ends.
    pub async fn apply_all<E>(
        &self,
        answers: impl Stream<Item = Result<Arrived, E>>,
        mut done: impl FnMut(Applied<E>),
    ) {
        let (sender, mut receiver) = mpsc::channel(1);
        let reading = async move {
            let opened = answers.map(|it| self.opened(it)).buffered(READ).ready_chunks(READ);
            let looked_up = opened.then(|some| self.looked_up(some)).flat_map(stream::iter);
            let mut answers = pin!(looked_up.map(|it| self.ready(it)).buffered(AHEAD));
            let mut round = Round::default();
            while let Some(next) = answers.next().await {
                if round.is_full_for(&next) && sender.send(std::mem::take(&mut round)).await.is_err() {
                    return;
                }
                round.push(next);
            }
            // Nobody takes it only if writing has ended before.
            sender.send(round).await.ok();
        };
        let writing = async {
            while let Some(round) = receiver.recv().await {
                if self.write(round, &mut done).await.is_break() {
                    break;
                }
            }
        };
        let (mut reading, mut writing) = (pin!(reading), pin!(writing));
        tokio::select! {
            () = &mut reading => writing.await,
            // There is nothing left to read, or nothing that could be done with it.
            () = &mut writing => {}
        }
    }

    // What `ahead` does with an answer, step by step; what is none passes.

    async fn opened<E>(&self, arrived: Result<Arrived, E>) -> Result<Waiting<Opened>, E> {
        let arrived = arrived?;
        let named = Named {
            provider: arrived.provider.clone(),
            board: arrived.board.clone(),
            finished_at: arrived.finished_at,
        };
        let bytes = arrived.body.len();
        Ok(Waiting { named, bytes, answer: self.open(arrived).await })
    }

    async fn looked_up<E>(&self, mut some: Vec<Result<Waiting<Opened>, E>>) -> Vec<Result<Waiting<Opened>, E>> {
        self.look_up(some.iter_mut().flatten().filter_map(|it| it.answer.as_mut().ok())).await;
        some
    }

    async fn ready<E>(&self, waiting: Result<Waiting<Opened>, E>) -> Result<Waiting<Reading>, E> {
        let Waiting { named, bytes, answer } = waiting?;
        let answer = match answer {
            Ok(opened) => self.make_ready(opened).await,
            Err(error) => Err(error),
        };
        Ok(Waiting { named, bytes, answer })
    }

    async fn write<E>(&self, round: Round<E>, done: &mut impl FnMut(Applied<E>)) -> ControlFlow<()> {
        let (mut answers, mut read) = (Vec::new(), Vec::with_capacity(round.waiting.len()));
        for it in round.waiting {
            read.push(it.map(|it| (it.named, it.answer.map(|answer| answers.push(answer)))));
        }
        let mut summaries = match self.write_apart(answers).await {
            Ok(summaries) => summaries.into_iter(),
            // None of those that follow would fare better, and each would wait.
            Err(error) => {
                if let Some((first, _)) = read.into_iter().flatten().next() {
                    done(Ok((first, Err(error.into()))));
                }
                return ControlFlow::Break(());
            }
        };
        for it in read {
            done(it.map(|(named, answer)| {
                (named, answer.and_then(|()| summaries.next().unwrap_or_else(|| Ok(Summary::default()))))
            }));
        }
        ControlFlow::Continue(())
    }

    /// Writes answers on a task of their own, so that the next ones are read meanwhile; it is aborted when nobody waits for it
    /// any more. Fails where the database is gone or full.
    async fn write_apart(&self, answers: Vec<Reading>) -> Result<Summaries, StoreError> {
        let (store, policy, clock) = (self.store.clone(), self.policy, self.clock);
        let writing = tokio::spawn(async move {
            let intake = Intake { store: &store, archive: None, policy, clock };
            let answers: Vec<&Reading> = answers.iter().collect();
            match intake.round(&answers).await {
                Ok(summaries) => Ok(summaries),
                Err(error @ (StoreError::Lost(_) | StoreError::Full(_))) => Err(error),
                Err(error) => Ok(intake.each_alone(&answers, error).await),
            }
        });
        let written = AbortOnDropHandle::new(writing).await;
        written.unwrap_or_else(|error| resume_unwind(error.into_panic()))
    }

    /// Applies the answers of a round that failed: it costs only those that it cannot be done with.
    async fn each_alone(&self, answers: &[&Reading], error: StoreError) -> Summaries {
        if answers.len() == 1 {
            return vec![Err(error.into())];
        }
        let mut summaries = Vec::with_capacity(answers.len());
        for answer in answers {
            match self.round(&[answer]).await {
                Ok(alone) => summaries.extend(alone),
                Err(error) => summaries.push(Err(error.into())),
            }
        }
        summaries
    }
}

impl<E> Default for Round<E> {
    fn default() -> Self {
        Self { waiting: Vec::new(), boards: HashSet::new(), postings: 0, bytes: 0 }
    }
}

impl<E> Round<E> {
    fn is_full_for(&self, next: &Result<Waiting<Reading>, E>) -> bool {
        let is_there = |it: &Waiting<Reading>| self.boards.contains(&board(&it.named));
        self.postings >= ROUND_POSTINGS_MAX
            || self.bytes >= ROUND_BYTES_MAX
            || self.waiting.len() >= ROUND_BOARDS_MAX
            || next.as_ref().is_ok_and(is_there)
    }

    fn push(&mut self, next: Result<Waiting<Reading>, E>) {
        if let Ok(it) = &next {
            self.boards.insert(board(&it.named));
            self.postings += it.answer.as_ref().map_or(0, |answer| answer.postings().len());
            self.bytes += it.bytes;
        }
        self.waiting.push(next);
    }
}

fn board(named: &Named) -> (String, String) {
    identity::board(&named.provider, &named.board)
}
