//! How each field of a posting is written, and which columns it reads. A field that reads a column not listed here
//! fails its golden query.

use crate::graphql::node::Kind;
use crate::graphql::value::provider_label;
use crate::graphql::written::Leaf;
use crate::plan::Selection;
use crate::store::job::{BodyColumn, Column, DescriptionColumn};
use crate::store::row::ColumnSet;

pub(super) fn of(field: &str) -> Vec<Column> {
    use Column as C;
    match field {
        "org" => vec![C::OrgId],
        "source" => vec![C::SourceId],
        "closureEvidence" => vec![C::ClosureEvidence],
        "remoteScope" => vec![C::RemoteScope],
        "staleness" => vec![C::LastCheckedAt, C::SourceId],
        "rawPayload" | "rawPayloadUri" => vec![C::RawSha256],
        "eventFields" => vec![C::ContentHash, C::SourceHash, C::LastChangedAt, C::Status],
        "locations" | "nativeStructured" | "extensions" | "facts" => vec![C::ContentSeq],
        "salary" => vec![
            C::ContentSeq,
            C::SalaryRaw,
            C::SalaryMin,
            C::SalaryMax,
            C::SalaryCurrency,
            C::SalaryPeriod,
            C::SalaryAnnualMin,
            C::SalaryAnnualMax,
            C::SalaryProvenance,
            C::SalaryConfidence,
        ],
        "descriptionHtml" | "descriptionMarkdown" | "descriptionText" => vec![C::DescriptionHash],
        "launchScope" => vec![C::Language, C::ContentSeq],
        "parsedStructured" => vec![
            C::ContentSeq,
            C::Language,
            C::SalaryMin,
            C::SalaryMax,
            C::SalaryCurrency,
            C::SalaryPeriod,
            C::WorkplaceType,
            C::RemotePolicy,
        ],
        // The key is always read; what has no column leads to a table of its own by it.
        name => leaf(name).map(|it| it.columns()).unwrap_or_default(),
    }
}

pub(super) fn leaf(field: &str) -> Option<Leaf<Column>> {
    use Column as C;
    Some(match field {
        "id" => Leaf::Made(&[C::JobId], |row, out| out.value(&*Kind::Job.id(row.text(C::JobId)))),
        "jobId" => Leaf::Text(C::JobId),
        "orgId" => Leaf::Text(C::OrgId),
        "sourceId" | "boardId" => Leaf::Text(C::SourceId),
        "provider" => Leaf::Text(C::Provider),
        "providerLabel" => Leaf::Made(&[C::Provider], |row, out| out.value(&provider_label(row.text(C::Provider)))),
        "providerJobKey" => Leaf::Text(C::ProviderJobKey),
        "requisitionId" => Leaf::TextOrNull(C::RequisitionId),
        "internalJobKey" => Leaf::TextOrNull(C::InternalJobKey),
        "title" => Leaf::Text(C::Title),
        "normalizedTitle" => Leaf::TextOrNull(C::NormalizedTitle),
        "seniority" => Leaf::TextOrNull(C::Seniority),
        "function" => Leaf::TextOrNull(C::Function),
        "status" => Leaf::Text(C::Status),
        "active" => Leaf::Made(&[C::Status], |row, out| out.value(&(row.text(C::Status) == "ACTIVE"))),
        "closedReason" => Leaf::TextOrNull(C::ClosedReason),
        "openings" => Leaf::Number(C::Openings),
        "sourceUrl" => Leaf::TextOrNull(C::SourceUrl),
        "applyUrl" => Leaf::TextOrNull(C::ApplyUrl),
        "postedAt" => Leaf::Time(C::PostedAt),
        "postedOn" => Leaf::Day(C::PostedAt),
        "firstSeenAt" => Leaf::Time(C::FirstSeenAt),
        "lastSeenAt" => Leaf::Time(C::LastSeenAt),
        "lastCheckedAt" => Leaf::Time(C::LastCheckedAt),
        "lastChangedAt" => Leaf::Time(C::LastChangedAt),
        "inactiveAt" => Leaf::TimeOrNull(C::InactiveAt),
        "sourcePostedAt" => Leaf::TimeOrNull(C::SourcePostedAt),
        "sourceUpdatedAt" => Leaf::TimeOrNull(C::SourceUpdatedAt),
        "applicationDeadline" => Leaf::TimeOrNull(C::ApplicationDeadline),
        "contentHash" => Leaf::Text(C::ContentHash),
        "sourceHash" => Leaf::Text(C::SourceHash),
        "normalizedHash" => Leaf::Text(C::NormalizedHash),
        "normalizerVersion" => Leaf::Number(C::NormalizerVersion),
        "missedCrawls" => Leaf::Number(C::MissedCrawls),
        name => return leaf_of_content(name),
    })
}

fn leaf_of_content(field: &str) -> Option<Leaf<Column>> {
    use Column as C;
    Some(match field {
        "locationText" => Leaf::TextOrNull(C::LocationText),
        "city" => Leaf::TextOrNull(C::City),
        "region" => Leaf::TextOrNull(C::Region),
        "country" => Leaf::TextOrNull(C::Country),
        "countryCode" => Leaf::TextOrNull(C::CountryCode),
        "department" => Leaf::TextOrNull(C::Department),
        "departmentPath" => Leaf::Json(C::DepartmentPath, "[]"),
        "team" => Leaf::TextOrNull(C::Team),
        "employmentTypeRaw" => Leaf::TextOrNull(C::EmploymentTypeRaw),
        "employmentType" => Leaf::TextOrNull(C::EmploymentType),
        "contractTerm" => Leaf::TextOrNull(C::ContractTerm),
        "workplaceType" => Leaf::TextOrNull(C::WorkplaceType),
        "remotePolicy" => Leaf::TextOrNull(C::RemotePolicy),
        "salaryRaw" => Leaf::TextOrNull(C::SalaryRaw),
        "salaryMin" => Leaf::TextOrNull(C::SalaryMin),
        "salaryMax" => Leaf::TextOrNull(C::SalaryMax),
        "salaryCurrency" => Leaf::TextOrNull(C::SalaryCurrency),
        "salaryPeriod" => Leaf::TextOrNull(C::SalaryPeriod),
        "language" => Leaf::TextOrNull(C::Language),
        _ => return None,
    })
}

/// The columns of the JSON side table that the fields at `at` read.
pub(super) fn of_body(at: &Selection) -> ColumnSet {
    let mut set = ColumnSet::default();
    for field in at.fields("Job") {
        match field.field.as_str() {
            "nativeStructured" => set.insert(BodyColumn::NativeStructured),
            "extensions" => set.insert(BodyColumn::Extensions),
            "facts" => set.insert(BodyColumn::Facts),
            "parsedStructured" => set.insert(BodyColumn::InferredAt),
            "salary" => set.insert(BodyColumn::SalaryTiers),
            _ => {}
        }
    }
    set
}

/// The columns of the texts that the fields at `at` read.
pub(super) fn of_description(at: &Selection) -> ColumnSet {
    let mut set = ColumnSet::default();
    for field in at.fields("Job") {
        match field.field.as_str() {
            "descriptionHtml" => set.insert(DescriptionColumn::Html),
            "descriptionMarkdown" => set.insert(DescriptionColumn::Markdown),
            "descriptionText" => set.insert(DescriptionColumn::Text),
            _ => {}
        }
    }
    set
}
