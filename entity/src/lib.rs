//! The tables, one file each: rows, columns and the columns' types.
//!
//! Rows hold what SQLite and PostgreSQL store alike: text, 64-bit integers and booleans. Times are UTC milliseconds
//! since 1970, closed sets are text in SCREAMING_CASE, JSON is text. A column that is sorted or filtered by is never
//! null: an absent text is `''` and an absent number is `ABSENT`.
//! Queries are in `jobgraph::store`; the tables' history is in `migration`.

pub mod api_key;
pub mod crawl;
pub mod description;
pub mod event;
pub mod event_body;
pub mod job;
pub mod job_body;
pub mod job_location;
pub mod job_remote;
pub mod job_version;
pub mod org;
pub mod org_alias;
pub mod raw_payload;
pub mod rollup_total;
pub mod source;
pub mod source_answer;
pub mod webhook;
pub mod webhook_delivery;

/// Stands for "no value" in a number column that is sorted or filtered by; below every real value.
pub const ABSENT: i64 = i64::MIN;

/// A column's place in its table, which lets a set of columns be one integer.
pub trait Ordinal: sea_orm::ColumnTrait {
    fn ordinal(self) -> usize;

    /// Whether a crawl may note it for all postings of a board at once, in the board's row: see `Source::last_complete_at`.
    fn is_of_board(self) -> bool {
        false
    }
}
