//! Postings as files: what columns they have, and how they are written as lines of JSON, CSV and Parquet.
//!
//! `docs/exports.md` lists the columns. New ones are added at the end, so that who reads by position may go on.

mod csv;
mod ndjson;
mod parquet;
mod stream;

use std::io::{self, Write};

use clap::ValueEnum;

pub use self::stream::stream;
use crate::store::export::{Export, ExportRow};
use crate::store::job::Column as Of;
use crate::store::row::ColumnSet;

/// How a file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// A JSON object a line
    Ndjson,
    /// Comma-separated values with a head, as in RFC 4180
    Csv,
    /// Apache Parquet, compressed by zstd
    Parquet,
}

impl Format {
    /// What comes behind the dot of a file's name.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Ndjson => "ndjson",
            Self::Csv => "csv",
            Self::Parquet => "parquet",
        }
    }

    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Ndjson => "application/x-ndjson",
            Self::Csv => "text/csv; charset=utf-8; header=present",
            Self::Parquet => "application/vnd.apache.parquet",
        }
    }
}

/// What becomes of texts in CSV that a spreadsheet would run as formulas.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Formulas {
    /// They get an apostrophe before them, by which spreadsheets take them for text
    #[default]
    Guard,
    /// They stand as the employer wrote them
    Keep,
}

/// A column of a file.
#[derive(Clone, Copy, Debug)]
struct Column {
    name: &'static str,
    kind: Kind,
    from: From,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Text,
    /// UTC milliseconds since 1970.
    Time,
    Whole,
    /// A decimal number as text.
    Decimal,
}

/// Where a column's values come from.
#[derive(Clone, Copy, Debug)]
enum From {
    OrgName,
    BoardToken,
    Job(Of),
}

/// One value.
#[derive(Clone, Copy, Debug)]
enum Value<'a> {
    Null,
    Text(&'a str),
    Time(i64),
    Whole(i64),
    Decimal(&'a str),
}

const fn of(name: &'static str, kind: Kind, column: Of) -> Column {
    Column { name, kind, from: From::Job(column) }
}

/// All columns in their order.
const COLUMNS: [Column; 56] = [
    of("job_id", Kind::Text, Of::JobId),
    of("provider", Kind::Text, Of::Provider),
    Column { name: "board_token", kind: Kind::Text, from: From::BoardToken },
    of("provider_job_key", Kind::Text, Of::ProviderJobKey),
    of("source_id", Kind::Text, Of::SourceId),
    of("org_id", Kind::Text, Of::OrgId),
    Column { name: "org_name", kind: Kind::Text, from: From::OrgName },
    of("title", Kind::Text, Of::Title),
    of("normalized_title", Kind::Text, Of::NormalizedTitle),
    of("seniority", Kind::Text, Of::Seniority),
    of("function", Kind::Text, Of::Function),
    of("status", Kind::Text, Of::Status),
    of("closed_reason", Kind::Text, Of::ClosedReason),
    of("openings", Kind::Whole, Of::Openings),
    of("location_text", Kind::Text, Of::LocationText),
    of("city", Kind::Text, Of::City),
    of("region", Kind::Text, Of::Region),
    of("region_code", Kind::Text, Of::RegionCode),
    of("country", Kind::Text, Of::Country),
    of("country_code", Kind::Text, Of::CountryCode),
    of("department", Kind::Text, Of::Department),
    of("team", Kind::Text, Of::Team),
    of("employment_type_raw", Kind::Text, Of::EmploymentTypeRaw),
    of("employment_type", Kind::Text, Of::EmploymentType),
    of("contract_term", Kind::Text, Of::ContractTerm),
    of("workplace_type", Kind::Text, Of::WorkplaceType),
    of("remote_policy", Kind::Text, Of::RemotePolicy),
    of("remote_scope", Kind::Text, Of::RemoteScopeKind),
    of("salary_raw", Kind::Text, Of::SalaryRaw),
    of("salary_min", Kind::Decimal, Of::SalaryMin),
    of("salary_max", Kind::Decimal, Of::SalaryMax),
    of("salary_currency", Kind::Text, Of::SalaryCurrency),
    of("salary_period", Kind::Text, Of::SalaryPeriod),
    of("salary_annual_min", Kind::Whole, Of::SalaryAnnualMin),
    of("salary_annual_max", Kind::Whole, Of::SalaryAnnualMax),
    of("language", Kind::Text, Of::Language),
    of("requisition_id", Kind::Text, Of::RequisitionId),
    of("source_url", Kind::Text, Of::SourceUrl),
    of("apply_url", Kind::Text, Of::ApplyUrl),
    of("posted_at", Kind::Time, Of::PostedAt),
    of("source_posted_at", Kind::Time, Of::SourcePostedAt),
    of("source_updated_at", Kind::Time, Of::SourceUpdatedAt),
    of("application_deadline", Kind::Time, Of::ApplicationDeadline),
    of("first_seen_at", Kind::Time, Of::FirstSeenAt),
    of("last_seen_at", Kind::Time, Of::LastSeenAt),
    of("last_checked_at", Kind::Time, Of::LastCheckedAt),
    of("last_changed_at", Kind::Time, Of::LastChangedAt),
    of("inactive_at", Kind::Time, Of::InactiveAt),
    of("missed_crawls", Kind::Whole, Of::MissedCrawls),
    of("job_seq", Kind::Whole, Of::JobSeq),
    of("content_hash", Kind::Text, Of::ContentHash),
    of("source_hash", Kind::Text, Of::SourceHash),
    of("normalized_hash", Kind::Text, Of::NormalizedHash),
    of("normalizer_version", Kind::Whole, Of::NormalizerVersion),
    of("description_text_sha256", Kind::Text, Of::DescriptionTextHash),
    of("role_key", Kind::Text, Of::RoleKey),
];

/// The columns that are read of postings.
pub fn columns() -> ColumnSet {
    let mut columns = ColumnSet::default();
    for column in &COLUMNS {
        if let From::Job(of) = column.from {
            columns.insert(of);
        }
    }
    columns
}

impl Column {
    fn value(self, row: &ExportRow) -> Value<'_> {
        let of = match self.from {
            From::OrgName => return Value::Text(&row.org_name),
            From::BoardToken => return Value::Text(&row.board_token),
            From::Job(of) => of,
        };
        match self.kind {
            Kind::Text => row.job.optional_text(of).map_or(Value::Null, Value::Text),
            Kind::Decimal => row.job.optional_text(of).map_or(Value::Null, Value::Decimal),
            Kind::Time => row.job.optional_number(of).map_or(Value::Null, Value::Time),
            Kind::Whole => row.job.optional_number(of).map_or(Value::Null, Value::Whole),
        }
    }
}

/// Writes all postings, and tells how many there were. It waits for the database and for `to`, so it is for a thread of
/// its own. Fails when either does; what was written until then is no whole file.
pub fn write(export: &mut Export, format: Format, formulas: Formulas, to: impl Write + Send) -> io::Result<u64> {
    match format {
        Format::Ndjson => each(export, ndjson::Lines::new(to)),
        Format::Csv => each(export, csv::Table::new(to, formulas)?),
        Format::Parquet => each(export, parquet::Groups::new(to)?),
    }
}

/// Something that takes postings and makes a file of them.
trait File {
    fn take(&mut self, rows: Vec<ExportRow>) -> io::Result<()>;
    fn finish(self) -> io::Result<()>;
}

fn each(export: &mut Export, mut file: impl File) -> io::Result<u64> {
    let mut count = 0;
    while let Some(rows) = export.blocking_next() {
        let rows = rows.map_err(io::Error::other)?;
        count += rows.len() as u64;
        file.take(rows)?;
    }
    file.finish()?;
    Ok(count)
}
