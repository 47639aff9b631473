//! The JSON blocks of a posting, in the shapes that the original's pages show, and the proof behind derived values.

use std::collections::BTreeSet;
use std::sync::Arc;

use async_graphql::{Context, Object, SimpleObject};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::Column;
use super::content::inferred_at;
use super::location::places;
use crate::graphql::archived;
use crate::graphql::crawl::RawPayload;
use crate::graphql::error::Failure;
use crate::graphql::request::{Found, Slot};
use crate::graphql::scalar::{Json, Language};
use crate::graphql::value::{json as stored_json, share, time};
use crate::graphql::vocabulary::Provenance;
use crate::store::job::{BodyColumn, Jobs, LocationColumn};
use crate::store::row::Record;

pub(super) struct JobBlocks(pub(super) Found);

impl JobBlocks {
    async fn body(&self, ctx: &Context<'_>) -> Result<Arc<Record>, Failure> {
        self.0.side::<Jobs>(ctx, Slot::Body).await?.ok_or(Failure::Broken("a job without a body"))
    }

    fn text_or_null(&self, column: Column) -> Value {
        self.0.record.optional_text(column).map_or(Value::Null, Value::from)
    }

    /// A value of a closed set as the original spells it, in lower case.
    fn word(&self, column: Column) -> Value {
        self.0.record.optional_text(column).map_or(Value::Null, |word| Value::from(word.to_lowercase()))
    }

    fn gate(&self, places: &[Arc<Record>]) -> LaunchScope {
        let countries: BTreeSet<String> = places
            .iter()
            .filter_map(|place| place.optional_text(LocationColumn::Country))
            .map(ToOwned::to_owned)
            .collect();
        LaunchScope {
            included: true,
            reason: "all".to_owned(),
            language: self.0.record.optional_text(Column::Language).map(|it| Language(it.to_owned())),
            countries: countries.into_iter().collect(),
        }
    }
}

#[Object]
impl JobBlocks {
    /// The provider's posting as it came, without body and personal data.
    async fn native_structured(&self, ctx: &Context<'_>) -> Result<Option<Json>, Failure> {
        Ok(stored_json(&*self.body(ctx).await?, BodyColumn::NativeStructured)?.map(Json))
    }

    /// Always `{}`: kept for the original's shape.
    async fn extensions(&self, ctx: &Context<'_>) -> Result<Json, Failure> {
        let extensions = stored_json(&*self.body(ctx).await?, BodyColumn::Extensions)?;
        Ok(Json(extensions.unwrap_or_else(|| Value::Object(Map::new()))))
    }

    /// Language, place, workplace and salary in the original's shape. Typed fields tell more.
    async fn parsed_structured(&self, ctx: &Context<'_>) -> Result<Json, Failure> {
        let places = places(&self.0, ctx).await?;
        let inferred_at = inferred_at(Some(&*self.body(ctx).await?)).map(String::from);
        let location = places.first().map_or(Value::Null, |place| place_block(place));
        let gate = self.gate(&places);
        Ok(Json(json!({
            "language": self.text_or_null(Column::Language),
            "location": location,
            "salary_min": self.text_or_null(Column::SalaryMin),
            "salary_max": self.text_or_null(Column::SalaryMax),
            "salary_currency": self.text_or_null(Column::SalaryCurrency),
            "salary_period": self.word(Column::SalaryPeriod),
            "workplace_type": self.word(Column::WorkplaceType),
            "remote_policy": self.word(Column::RemotePolicy),
            "inferred_at": inferred_at,
            "launch_scope": {
                "reason": gate.reason,
                "included": gate.included,
                "language": self.text_or_null(Column::Language),
                "location": location,
                "countries": gate.countries,
            },
        })))
    }

    /// What the latest event left behind, in the original's shape.
    async fn event_fields(&self) -> Json {
        let row = &self.0.record;
        Json(json!({
            "content_hash": row.text(Column::ContentHash),
            "source_hash": row.text(Column::SourceHash),
            "last_changed_at": String::from(time(row, Column::LastChangedAt)),
            "active_status": self.word(Column::Status),
        }))
    }

    /// Every derived value with its confidence, where it was read, and the words it was read from.
    async fn facts(&self, ctx: &Context<'_>) -> Result<Vec<ParsedFact>, Failure> {
        Ok(stored_json(&*self.body(ctx).await?, BodyColumn::Facts)?.unwrap_or_default())
    }

    /// The original's gate for publication, kept for its shape. Here every posting passes it, for the reason `all`.
    async fn launch_scope(&self, ctx: &Context<'_>) -> Result<LaunchScope, Failure> {
        Ok(self.gate(&places(&self.0, ctx).await?))
    }

    /// The address of the archived answer that last showed the posting; null when none is archived (any more).
    async fn raw_payload_uri(&self, ctx: &Context<'_>) -> Result<Option<String>, Failure> {
        archived::uri::<Jobs>(&self.0, ctx).await
    }

    /// The archived answer that last showed the posting; null when none is archived (any more).
    async fn raw_payload(&self, ctx: &Context<'_>) -> Result<Option<RawPayload>, Failure> {
        Ok(self.0.one::<Jobs>(ctx).await?.map(RawPayload::from))
    }
}

fn place_block(place: &Record) -> Value {
    let text = |column| place.optional_text(column).map_or(Value::Null, Value::from);
    json!({
        "raw": text(LocationColumn::Raw),
        "city": text(LocationColumn::City),
        "region": text(LocationColumn::Region),
        "country": text(LocationColumn::Country),
        "is_remote": place.flag(LocationColumn::Remote),
        "confidence": share(place, LocationColumn::Confidence),
    })
}

/// The original's gate for publication. Here every posting passes it.
#[derive(SimpleObject, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct LaunchScope {
    /// Whether the posting passes: always true.
    included: bool,
    /// The rule that decided: always `all`, which lets every posting pass.
    reason: String,
    /// The language of the posting.
    language: Option<Language>,
    /// The countries of its places, by their short English names.
    countries: Vec<String>,
}

/// A derived value and the proof of it.
#[derive(SimpleObject, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ParsedFact {
    /// The field of `Job` that it is the value of.
    field: String,
    /// The value.
    value: Json,
    /// How certain it is, from 0 to 1.
    confidence: f64,
    /// Where it was read.
    provenance: Provenance,
    /// The words it was read from.
    evidence: Option<Evidence>,
    /// The rule that read it.
    rule: String,
    /// What else the posting says that does not agree.
    conflicts: Vec<String>,
}

/// The words a value was read from.
#[derive(SimpleObject, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Evidence {
    /// The words.
    quote: String,
    /// Where they start in the text that `provenance` names, in characters.
    start: i64,
    /// Where they end.
    end: i64,
}
