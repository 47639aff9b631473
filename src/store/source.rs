//! Boards.

pub use entity::source::Column;

use super::table::Table;

/// The table of boards.
pub struct Sources;

impl Table for Sources {
    type Column = Column;
    const NAME: &'static str = "source";
    const KEY: Self::Column = Column::SourceId;
}
