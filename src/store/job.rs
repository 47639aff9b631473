//! Postings, and their side tables.

pub use entity::description::Column as DescriptionColumn;
pub use entity::job::Column;
pub use entity::job_body::Column as BodyColumn;
pub use entity::job_location::Column as LocationColumn;
pub use entity::job_remote::Column as RemoteColumn;
pub use entity::job_version::Column as VersionColumn;

use entity::Ordinal;

use super::filter::{Condition, Filter};
use super::scope::{AsOf, Scope};
use super::sql::Sql;
use super::table::{Past, Table};

/// The table of postings.
pub struct Jobs;

/// Postings that stood at a moment and meet a filter.
#[derive(Clone, Debug)]
struct Standing {
    scope: Scope,
    filter: Filter<Column>,
}

impl Condition for Standing {
    fn write_on(&self, sql: &mut Sql, alias: &str) {
        self.scope.write_standing::<Jobs>(alias, sql);
        self.filter.write(sql, alias);
    }
}

impl Jobs {
    /// The condition on a table of owners that a posting of the moment, which has the owner's `key`, meets `filter`.
    pub fn of_owner<O: Ordinal + std::fmt::Debug + Send + Sync>(
        as_of: Option<AsOf>,
        key: &'static str,
        filter: Filter<Column>,
    ) -> Filter<O> {
        let scope = Scope::at(as_of);
        Filter::related(scope.table::<Self>(), key, key, Standing { scope, filter })
    }
}

impl Table for Jobs {
    type Column = Column;
    const NAME: &'static str = "job";
    const KEY: Self::Column = Column::JobId;
    const PAST: Past<Column> = Past::Versions("job_version");
    const PASSING: &'static [Column] = &[
        Column::LastSeenAt,
        Column::LastCheckedAt,
        Column::MissedCrawls,
        Column::FirstMissedAt,
        Column::SourceUpdatedAt,
        Column::SourceHash,
        Column::ContentHash,
        Column::RawSha256,
        Column::NormalizerVersion,
    ];

    fn index_of(column: Column) -> Option<&'static str> {
        match column {
            Column::PostedAt => Some("job_posted"),
            Column::FirstSeenAt => Some("job_first_seen"),
            Column::LastChangedAt => Some("job_last_changed"),
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
