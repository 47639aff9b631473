//! A posting's past, rebuilt from its events.

use std::collections::BTreeMap;

use thiserror::Error;

use super::revision::{FieldChange, FoldError, Revision};
use super::rows::stated;
use crate::store::apply::JobRows;
use crate::store::event::LoggedChange;

#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum HistoryError {
    #[error("job \"{job_id}\": the log does not start with its creation")]
    NoBeginning { job_id: String },
    #[error("job \"{job_id}\": event {job_seq} is not readable: {message}")]
    Unreadable { job_id: String, job_seq: i64, message: String },
    #[error("job \"{job_id}\": event {job_seq}: {source}")]
    Broken { job_id: String, job_seq: i64, source: FoldError },
}

/// The revisions that events lead to, by `jobId`. `log` is in the order of `seq`.
pub fn fold(log: &[LoggedChange]) -> Result<BTreeMap<String, Revision>, HistoryError> {
    let mut revisions: BTreeMap<String, Revision> = BTreeMap::new();
    for it in log {
        let unreadable = |error: serde_json::Error| HistoryError::Unreadable {
            job_id: it.job_id.clone(),
            job_seq: it.job_seq,
            message: error.to_string(),
        };
        if let Some(snapshot) = &it.snapshot {
            let snapshot = serde_json::from_str(snapshot).map_err(unreadable)?;
            revisions.insert(it.job_id.clone(), Revision::from_json(snapshot));
            continue;
        }
        let changes: Vec<FieldChange> = serde_json::from_str(&it.changes).map_err(unreadable)?;
        let missing = || HistoryError::NoBeginning { job_id: it.job_id.clone() };
        let revision = revisions.get_mut(&it.job_id).ok_or_else(missing)?;
        let broken = |source| HistoryError::Broken { job_id: it.job_id.clone(), job_seq: it.job_seq, source };
        revision.apply(&changes).map_err(broken)?;
    }
    Ok(revisions)
}

/// The revision that a posting's rows stand for.
pub fn present(rows: &JobRows) -> Revision {
    let (posting, normalized) = stated(rows);
    Revision::of(&posting, &normalized).living(Revision::life_of(&rows.job))
}
