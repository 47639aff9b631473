//! What the log tells of a request's statements.

use std::time::Duration;

use crate::http::{AnswerLog, SlowStatement};
use crate::store::reader::Ran;
use crate::store::sql::without_words;

/// A statement that takes less is never the reason why a request is slow.
const SLOW_MIN: Duration = Duration::from_millis(1);

/// Tells the log, and gives the statements' texts.
pub(super) fn of_statements(ran: Vec<Ran>, log: &mut AnswerLog) -> Vec<String> {
    log.statements = ran.len() as u64;
    log.rows = ran.iter().map(|it| it.rows).sum();
    let slowest = ran.iter().max_by_key(|it| it.taken).filter(|it| it.taken >= SLOW_MIN);
    let slow = |it: &Ran| SlowStatement {
        text: it.text.clone(),
        without_values: without_words,
        taken: it.taken,
        rows: it.rows,
    };
    log.slowest = slowest.map(|it| Box::new(slow(it)));
    ran.into_iter().map(|it| it.text).collect()
}
