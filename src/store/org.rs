//! Employers.

pub use entity::org::Column;

use super::table::Table;

/// The table of employers.
pub struct Orgs;

impl Table for Orgs {
    type Column = Column;
    const NAME: &'static str = "org";
    const KEY: Self::Column = Column::OrgId;
}
