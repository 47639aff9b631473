//! Employers.

pub use entity::org::Column;

use super::table::{Past, Table};

/// The table of employers.
pub struct Orgs;

impl Table for Orgs {
    type Column = Column;
    const NAME: &'static str = "org";
    const KEY: Self::Column = Column::OrgId;
    const PAST: Past<Self::Column> = Past::Begun { at: Column::FirstSeenAt };
    const PASSING: &'static [Self::Column] = &[Column::LastSeenAt, Column::ActiveJobCount, Column::JobCount];
}
