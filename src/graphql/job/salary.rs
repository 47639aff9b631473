//! What a posting pays.

use std::sync::Arc;

use async_graphql::{Object, SimpleObject};
use serde::{Deserialize, Serialize};

use super::Column;
use crate::graphql::error::Failure;
use crate::graphql::scalar::{CurrencyCode, Decimal};
use crate::graphql::value::{closed, json, share};
use crate::graphql::vocabulary::{Provenance, SalaryPeriod};
use crate::graphql::written::{Leaf, Out};
use crate::store::job::BodyColumn;
use crate::store::row::Record;

/// What a posting pays. Amounts are of one `period` in `currency`.
pub(super) struct Salary {
    pub(super) record: Arc<Record>,
    pub(super) body: Option<Arc<Record>>,
}

/// What a posting pays. Amounts are of one `period` in `currency`.
#[Object]
impl Salary {
    /// The words it was read from.
    async fn raw(&self) -> &str {
        self.record.text(Column::SalaryRaw)
    }

    /// The least that is paid.
    async fn min(&self) -> Option<Decimal> {
        self.record.optional_text(Column::SalaryMin).map(|it| Decimal(it.to_owned()))
    }

    /// The most that is paid.
    async fn max(&self) -> Option<Decimal> {
        self.record.optional_text(Column::SalaryMax).map(|it| Decimal(it.to_owned()))
    }

    /// The currency; null when the posting does not tell which.
    async fn currency(&self) -> Option<CurrencyCode> {
        self.record.optional_text(Column::SalaryCurrency).map(|it| CurrencyCode(it.to_owned()))
    }

    /// The span of time that an amount pays for.
    async fn period(&self) -> Result<Option<SalaryPeriod>, Failure> {
        closed(&self.record, Column::SalaryPeriod)
    }

    /// `min` for a year, in whole units of the currency.
    async fn annual_min(&self) -> Option<Decimal> {
        self.record.optional_number(Column::SalaryAnnualMin).map(|it| Decimal(it.to_string()))
    }

    /// `max` for a year, in whole units of the currency.
    async fn annual_max(&self) -> Option<Decimal> {
        self.record.optional_number(Column::SalaryAnnualMax).map(|it| Decimal(it.to_string()))
    }

    /// The single ranges, where the posting states several, as for different places, or one that has a title.
    async fn tiers(&self) -> Result<Vec<SalaryTier>, Failure> {
        let tiers = self.body.as_deref().map(|body| json(body, BodyColumn::SalaryTiers)).transpose()?;
        Ok(tiers.flatten().unwrap_or_default())
    }

    /// How certain the reading is, from 0 to 1.
    async fn confidence(&self) -> f64 {
        share(&self.record, Column::SalaryConfidence)
    }

    /// Where it was read.
    async fn provenance(&self) -> Result<Option<Provenance>, Failure> {
        closed(&self.record, Column::SalaryProvenance)
    }
}

/// One pay range of a posting.
#[derive(SimpleObject, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct SalaryTier {
    /// What the range is for, in the employer's words.
    title: Option<String>,
    /// The least that is paid.
    min: Option<Decimal>,
    /// The most that is paid.
    max: Option<Decimal>,
    /// The currency; null when the posting does not tell which.
    currency: Option<CurrencyCode>,
    /// The span of time that an amount pays for.
    period: SalaryPeriod,
}

/// A whole amount, as text.
fn amount(row: &Record, column: Column, out: &mut Out) {
    out.value(&row.optional_number(column).map(|it| it.to_string()));
}

pub(super) fn leaf(field: &str) -> Option<Leaf<Column>> {
    use Column as C;
    Some(match field {
        "raw" => Leaf::Text(C::SalaryRaw),
        "min" => Leaf::TextOrNull(C::SalaryMin),
        "max" => Leaf::TextOrNull(C::SalaryMax),
        "currency" => Leaf::TextOrNull(C::SalaryCurrency),
        "period" => Leaf::TextOrNull(C::SalaryPeriod),
        "annualMin" => Leaf::Made(&[C::SalaryAnnualMin], |row, out| amount(row, C::SalaryAnnualMin, out)),
        "annualMax" => Leaf::Made(&[C::SalaryAnnualMax], |row, out| amount(row, C::SalaryAnnualMax, out)),
        "confidence" => Leaf::Share(C::SalaryConfidence),
        "provenance" => Leaf::TextOrNull(C::SalaryProvenance),
        _ => return None,
    })
}
