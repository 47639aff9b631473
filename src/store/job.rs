//! Postings, and their side tables.

pub use entity::description::Column as DescriptionColumn;
pub use entity::job::Column;
pub use entity::job_body::Column as BodyColumn;
pub use entity::job_location::Column as LocationColumn;
pub use entity::job_remote::Column as RemoteColumn;
pub use entity::job_version::Column as VersionColumn;

use super::table::{Past, Table};

/// The table of postings.
pub struct Jobs;

impl Table for Jobs {
    type Column = Column;
    const NAME: &'static str = "job";
    const KEY: Self::Column = Column::JobId;
    const PAST: Past<Column> = Past::Versions("job_version");

    fn index_of(column: Column) -> Option<&'static str> {
        match column {
            Column::PostedAt => Some("job_posted"),
            Column::FirstSeenAt => Some("job_first_seen"),
            Column::LastChangedAt => Some("job_last_changed"),
            Column::LastCheckedAt => Some("job_last_checked"),
            Column::TitleKey => Some("job_title"),
            Column::SalaryAnnualMax => Some("job_salary_max"),
            Column::SalaryAnnualMin => Some("job_salary_min"),
            Column::SourceUpdatedAt => Some("job_source_updated"),
            Column::InactiveAt => Some("job_inactive"),
            Column::ApplicationDeadline => Some("job_deadline"),
            _ => None,
        }
    }
}

/// The states of postings, each from one event to the next.
pub struct Versions;

impl Table for Versions {
    type Column = VersionColumn;
    const NAME: &'static str = "job_version";
    const KEY: Self::Column = VersionColumn::FromSeq;
    const PAST: Past<VersionColumn> = Past::Log { seq: VersionColumn::FromSeq, at: VersionColumn::FromAt };
}

/// The places of postings; `Position` names a row within its posting.
pub struct Locations;

impl Table for Locations {
    type Column = LocationColumn;
    const NAME: &'static str = "job_location";
    const KEY: Self::Column = LocationColumn::Position;
}

/// The JSON of postings.
pub struct Bodies;

impl Table for Bodies {
    type Column = BodyColumn;
    const NAME: &'static str = "job_body";
    const KEY: Self::Column = BodyColumn::ContentSeq;
}

/// Description texts.
pub struct Descriptions;

impl Table for Descriptions {
    type Column = DescriptionColumn;
    const NAME: &'static str = "description";
    const KEY: Self::Column = DescriptionColumn::DescriptionHash;
}
