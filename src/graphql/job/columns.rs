//! Which columns each field of a posting reads. A field that reads a column not listed here fails its golden query.

use crate::plan::Selection;
use crate::store::job::{BodyColumn, Column, DescriptionColumn};
use crate::store::row::ColumnSet;

pub(super) fn of(field: &str) -> &'static [Column] {
    use Column as C;
    match field {
        "orgId" | "org" => &[C::OrgId],
        "sourceId" | "boardId" | "source" => &[C::SourceId],
        "provider" | "providerLabel" => &[C::Provider],
        "providerJobKey" => &[C::ProviderJobKey],
        "requisitionId" => &[C::RequisitionId],
        "internalJobKey" => &[C::InternalJobKey],
        "title" => &[C::Title],
        "normalizedTitle" => &[C::NormalizedTitle],
        "status" | "active" => &[C::Status],
        "closedReason" => &[C::ClosedReason],
        "closureEvidence" => &[C::ClosureEvidence],
        "openings" => &[C::Openings],
        "sourceUrl" => &[C::SourceUrl],
        "applyUrl" => &[C::ApplyUrl],
        "postedAt" | "postedOn" => &[C::PostedAt],
        "firstSeenAt" => &[C::FirstSeenAt],
        "lastSeenAt" => &[C::LastSeenAt],
        "lastCheckedAt" => &[C::LastCheckedAt],
        "staleness" => &[C::LastCheckedAt, C::SourceId],
        "lastChangedAt" => &[C::LastChangedAt],
        "inactiveAt" => &[C::InactiveAt],
        "sourcePostedAt" => &[C::SourcePostedAt],
        "sourceUpdatedAt" => &[C::SourceUpdatedAt],
        "applicationDeadline" => &[C::ApplicationDeadline],
        "contentHash" => &[C::ContentHash],
        "sourceHash" => &[C::SourceHash],
        "normalizedHash" => &[C::NormalizedHash],
        "normalizerVersion" => &[C::NormalizerVersion],
        "missedCrawls" => &[C::MissedCrawls],
        "rawPayload" | "rawPayloadUri" => &[C::RawSha256],
        "eventFields" => &[C::ContentHash, C::SourceHash, C::LastChangedAt, C::Status],
        _ => of_content(field),
    }
}

fn of_content(field: &str) -> &'static [Column] {
    use Column as C;
    match field {
        "locationText" => &[C::LocationText],
        "city" => &[C::City],
        "region" => &[C::Region],
        "country" => &[C::Country],
        "countryCode" => &[C::CountryCode],
        "department" => &[C::Department],
        "departmentPath" => &[C::DepartmentPath],
        "team" => &[C::Team],
        "employmentTypeRaw" => &[C::EmploymentTypeRaw],
        "employmentType" => &[C::EmploymentType],
        "contractTerm" => &[C::ContractTerm],
        "workplaceType" => &[C::WorkplaceType],
        "remotePolicy" => &[C::RemotePolicy],
        "remoteScope" => &[C::RemoteScope],
        "locations" | "nativeStructured" | "extensions" | "facts" => &[C::ContentSeq],
        "salary" => &[
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
        "salaryRaw" => &[C::SalaryRaw],
        "salaryMin" => &[C::SalaryMin],
        "salaryMax" => &[C::SalaryMax],
        "salaryCurrency" => &[C::SalaryCurrency],
        "salaryPeriod" => &[C::SalaryPeriod],
        "descriptionHtml" | "descriptionMarkdown" | "descriptionText" => &[C::DescriptionHash],
        "language" => &[C::Language],
        "launchScope" => &[C::Language, C::ContentSeq],
        "parsedStructured" => &[
            C::ContentSeq,
            C::Language,
            C::SalaryMin,
            C::SalaryMax,
            C::SalaryCurrency,
            C::SalaryPeriod,
            C::WorkplaceType,
            C::RemotePolicy,
        ],
        // The key is always read; the rest lead to tables of their own by it.
        _ => &[],
    }
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
