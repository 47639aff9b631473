//! What a posting offers: where, how, for how much, and in which words.

use std::sync::Arc;

use async_graphql::{Context, Object, SimpleObject};
use serde::{Deserialize, Serialize};

use super::Column;
use super::blocks::ParsedFact;
use super::location::{self, JobLocation, places};
use super::record::ClosureEvidence;
use super::salary::{self, Salary};
use crate::graphql::archived;
use crate::graphql::error::Failure;
use crate::graphql::request::{Found, Loaded, Slot};
use crate::graphql::scalar::{CountryCode, CurrencyCode, DateTime, Decimal, Language};
use crate::graphql::value::{closed, json};
use crate::graphql::vocabulary::{
    ContractTerm, EmploymentType, JobFunction, RemoteScopeKind, SalaryPeriod, Seniority, WorkplaceType,
};
use crate::graphql::written::{Link, Out, Unwritten};
use crate::store::job::{BodyColumn, DescriptionColumn, Jobs};
use crate::store::row::Record;

pub(super) struct JobContent(pub(super) Found);

impl JobContent {
    fn text(&self, column: Column) -> Option<&str> {
        self.0.record.optional_text(column)
    }

    async fn description(&self, ctx: &Context<'_>, column: DescriptionColumn) -> Result<Option<String>, Failure> {
        let description = self.0.side::<Jobs>(ctx, Slot::Description).await?;
        Ok(description.map(|row| row.text(column).to_owned()))
    }
}

#[Object]
impl JobContent {
    /// The place or places in the provider's words.
    async fn location_text(&self) -> Option<&str> {
        self.text(Column::LocationText)
    }

    /// Every place of the posting, the primary one first. Empty when none could be read.
    async fn locations(&self, ctx: &Context<'_>) -> Result<Vec<JobLocation>, Failure> {
        Ok(places(&self.0, ctx).await?.into_iter().map(JobLocation).collect())
    }

    /// The city of the primary place.
    async fn city(&self) -> Option<&str> {
        self.text(Column::City)
    }

    /// The region of the primary place, by name.
    async fn region(&self) -> Option<&str> {
        self.text(Column::Region)
    }

    /// The country of the primary place, by its short English name.
    async fn country(&self) -> Option<&str> {
        self.text(Column::Country)
    }

    /// The country of the primary place. Never guessed.
    async fn country_code(&self) -> Option<CountryCode> {
        self.text(Column::CountryCode).map(|it| CountryCode(it.to_owned()))
    }

    /// The department as the employer names it.
    async fn department(&self) -> Option<&str> {
        self.text(Column::Department)
    }

    /// The department with its parents, from the topmost down.
    async fn department_path(&self) -> Result<Vec<String>, Failure> {
        Ok(json(&self.0.record, Column::DepartmentPath)?.unwrap_or_default())
    }

    /// The team as the employer names it.
    async fn team(&self) -> Option<&str> {
        self.text(Column::Team)
    }

    /// The kind of employment in the employer's words, such as `Regular`.
    async fn employment_type_raw(&self) -> Option<&str> {
        self.text(Column::EmploymentTypeRaw)
    }

    /// The kind of employment; null when unknown.
    async fn employment_type(&self) -> Result<Option<EmploymentType>, Failure> {
        closed(&self.0.record, Column::EmploymentType)
    }

    /// Whether the employment ends on a date; null when unknown.
    async fn contract_term(&self) -> Result<Option<ContractTerm>, Failure> {
        closed(&self.0.record, Column::ContractTerm)
    }

    /// The level of the role, as its title names it; null when it names none.
    async fn seniority(&self) -> Result<Option<Seniority>, Failure> {
        closed(&self.0.record, Column::Seniority)
    }

    /// The kind of work, by the title or else the department; null when neither tells.
    async fn function(&self) -> Result<Option<JobFunction>, Failure> {
        closed(&self.0.record, Column::Function)
    }

    /// Where the work is done; null when unknown. A city alone does not mean on-site.
    async fn workplace_type(&self) -> Result<Option<WorkplaceType>, Failure> {
        closed(&self.0.record, Column::WorkplaceType)
    }

    /// `REMOTE` or `HYBRID`; null for work on site and when unknown.
    async fn remote_policy(&self) -> Result<Option<WorkplaceType>, Failure> {
        closed(&self.0.record, Column::RemotePolicy)
    }

    /// From where one may work; null unless the posting is remote or hybrid.
    async fn remote_scope(&self) -> Result<Option<RemoteScope>, Failure> {
        json(&self.0.record, Column::RemoteScope)
    }

    /// What is paid; null when the posting does not say.
    async fn salary(&self, ctx: &Context<'_>) -> Result<Option<Salary>, Failure> {
        if self.text(Column::SalaryRaw).is_none() {
            return Ok(None);
        }
        let wants_tiers = self.0.field::<Jobs>(ctx)?.fields("Salary").any(|field| field.field == "tiers");
        let body = if wants_tiers { self.0.side::<Jobs>(ctx, Slot::Body).await? } else { None };
        Ok(Some(Salary { record: Arc::clone(&self.0.record), body }))
    }

    /// The words the salary was read from.
    async fn salary_raw(&self) -> Option<&str> {
        self.text(Column::SalaryRaw)
    }

    /// The least that is paid in one `salaryPeriod`.
    async fn salary_min(&self) -> Option<Decimal> {
        self.text(Column::SalaryMin).map(|it| Decimal(it.to_owned()))
    }

    /// The most that is paid in one `salaryPeriod`.
    async fn salary_max(&self) -> Option<Decimal> {
        self.text(Column::SalaryMax).map(|it| Decimal(it.to_owned()))
    }

    /// The currency of the salary; null when the posting does not tell which.
    async fn salary_currency(&self) -> Option<CurrencyCode> {
        self.text(Column::SalaryCurrency).map(|it| CurrencyCode(it.to_owned()))
    }

    /// The span of time that the salary's figures pay for.
    async fn salary_period(&self) -> Result<Option<SalaryPeriod>, Failure> {
        closed(&self.0.record, Column::SalaryPeriod)
    }

    /// The description as plain text. Before a heading stands a `#` for each of its levels, before an item `*` or its
    /// number.
    async fn description_text(&self, ctx: &Context<'_>) -> Result<Option<String>, Failure> {
        self.description(ctx, DescriptionColumn::Text).await
    }

    /// The description as Markdown.
    async fn description_markdown(&self, ctx: &Context<'_>) -> Result<Option<String>, Failure> {
        self.description(ctx, DescriptionColumn::Markdown).await
    }

    /// The description as sanitized HTML, without scripts, styles and forms.
    async fn description_html(&self, ctx: &Context<'_>) -> Result<Option<String>, Failure> {
        self.description(ctx, DescriptionColumn::Html).await
    }

    /// The language that the posting is written in.
    async fn language(&self) -> Option<Language> {
        self.text(Column::Language).map(|it| Language(it.to_owned()))
    }
}

/// From where a remote or hybrid posting may be worked on.
#[derive(SimpleObject, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RemoteScope {
    /// How far it reaches.
    kind: RemoteScopeKind,
    /// The countries, when it reaches certain ones.
    country_codes: Vec<CountryCode>,
    /// The regions of several countries, such as `EMEA`.
    macros: Vec<String>,
}

/// Writes what a posting offers, where that is more than a column.
pub(super) fn write(link: &Link<'_>, out: &mut Out) -> Result<(), Unwritten> {
    let stored = |_| Unwritten;
    match link.field.field.as_str() {
        "locations" => match link.follow(Slot::Field)? {
            Loaded::Rows(rows) => {
                out.list(rows.iter(), |row, out| out.leaves(link.field, "JobLocation", row, location::leaf))
            }
            _ => out.list([].iter(), |(), _| Ok(())),
        },
        "remoteScope" => {
            let scope: Option<RemoteScope> = json(link.row, Column::RemoteScope).map_err(stored)?;
            out.pick(&scope, link.field, "RemoteScope")
        }
        "closureEvidence" => {
            let evidence: Option<ClosureEvidence> = json(link.row, Column::ClosureEvidence).map_err(stored)?;
            out.pick(&evidence, link.field, "ClosureEvidence")
        }
        "salary" if link.row.optional_text(Column::SalaryRaw).is_none() => {
            out.raw("null");
            Ok(())
        }
        "salary" => out.leaves(link.field, "Salary", link.row, salary::leaf),
        "facts" => {
            let body = link.side(Slot::Body)?.ok_or(Unwritten)?;
            let facts: Option<Vec<ParsedFact>> = json(&body, BodyColumn::Facts).map_err(stored)?;
            out.pick(&facts.unwrap_or_default(), link.field, "ParsedFact")
        }
        "rawPayloadUri" => archived::write_uri(link, out),
        "descriptionText" => description(link, DescriptionColumn::Text, out),
        "descriptionMarkdown" => description(link, DescriptionColumn::Markdown, out),
        "descriptionHtml" => description(link, DescriptionColumn::Html, out),
        _ => Err(Unwritten),
    }
}

fn description(link: &Link<'_>, column: DescriptionColumn, out: &mut Out) -> Result<(), Unwritten> {
    out.value(&link.side(Slot::Description)?.as_deref().map(|row| row.text(column)));
    Ok(())
}

/// When a value was derived, for `parsedStructured`.
pub(super) fn inferred_at(body: Option<&Record>) -> Option<DateTime> {
    body.and_then(|row| row.optional_number(BodyColumn::InferredAt)).map(DateTime)
}
