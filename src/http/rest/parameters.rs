//! The parameters of a call: read by the structs that describe them, so that none is read that is not described.

use std::str::FromStr;

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use url::form_urlencoded;
use utoipa::openapi::RefOr;
use utoipa::openapi::path::Parameter;
use utoipa::openapi::schema::{ObjectBuilder, Schema, Type};
use utoipa::{IntoParams, PartialSchema, ToSchema};
use uuid::Uuid;

use super::envelope::Problem;
use super::event::EventType;
use crate::ingest::provider::{self, NAMES};

/// Values of one parameter.
const VALUES_MAX: usize = 50;
/// Characters of a text; all texts and lists together fit an address.
const TEXT_CHARS_MAX: usize = 100;

/// The parameters that are not read yet.
pub(super) struct Parameters {
    left: Vec<(String, String)>,
    known: Vec<String>,
}

impl Parameters {
    /// Takes the query of an address apart.
    pub(super) fn of(query: &str) -> Result<Self, Problem> {
        let mut left: Vec<(String, String)> = Vec::new();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            if left.iter().any(|(given, _)| *given == *name) {
                return Err(Problem::parameter(&name, "is given more than once"));
            }
            // What is no UTF-8 was replaced by this.
            if name.contains('\u{fffd}') || value.contains('\u{fffd}') {
                return Err(Problem::parameter(&name, "must be UTF-8"));
            }
            if value.contains('\0') {
                return Err(Problem::parameter(&name, "must not hold the character U+0000"));
            }
            left.push((name.into_owned(), value.into_owned()));
        }
        Ok(Self { left, known: Vec::new() })
    }

    /// Reads those that `T` describes.
    pub(super) fn take<T: DeserializeOwned + IntoParams>(&mut self) -> Result<T, Problem> {
        let described = T::into_params(|| None);
        let names: Vec<String> = described.iter().map(|it| it.name.clone()).collect();
        let mut text = form_urlencoded::Serializer::new(String::new());
        for (name, value) in self.left.extract_if(.., |(name, _)| names.contains(name)) {
            text.append_pair(&name, &value);
        }
        let text = text.finish();
        self.known.extend(names);
        let read = serde_urlencoded::Deserializer::new(form_urlencoded::parse(text.as_bytes()));
        serde_path_to_error::deserialize(read).map_err(|error| {
            let (path, what) = (error.path().to_string(), error.inner().to_string());
            // What is missing has no place, but is named.
            let missing = what.strip_prefix("missing field `").and_then(|it| it.strip_suffix('`'));
            let allowed = described.iter().find(|it| it.name == path).and_then(allowed);
            match missing {
                Some(name) => Problem::parameter(name, "is missing"),
                None => Problem::parameter(&path, &allowed.unwrap_or(what)),
            }
        })
    }

    /// Refuses what nothing has read.
    pub(super) fn finish(&self) -> Result<(), Problem> {
        match self.left.first() {
            Some((name, _)) if self.known.is_empty() => {
                Err(Problem::parameter(name, "is no parameter, this call has none"))
            }
            Some((name, _)) => {
                let known = self.known.join(", ");
                Err(Problem::parameter(name, &format!("is no parameter of this call, these are: {known}")))
            }
            None => Ok(()),
        }
    }
}

/// What a parameter may be, if its description tells all of it: who reads numbers and words says it to programmers.
fn allowed(parameter: &Parameter) -> Option<String> {
    let schema = serde_json::to_value(&parameter.schema).ok()?;
    if let Some(words) = schema["enum"].as_array() {
        let words: Vec<&str> = words.iter().filter_map(Value::as_str).collect();
        return Some(format!("must be of {}", words.join(", ")));
    }
    match (schema["type"].as_str()?, &schema["minimum"], &schema["maximum"]) {
        ("boolean", ..) => Some("must be true or false".to_owned()),
        ("integer", Value::Number(min), Value::Number(max)) => Some(format!("must be a whole number, {min} to {max}")),
        _ => None,
    }
}

/// A text that says something.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "String")]
pub(super) struct Text(pub(super) String);

impl TryFrom<String> for Text {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let is_short = (1..=TEXT_CHARS_MAX).contains(&text.chars().count());
        if is_short { Ok(Self(text)) } else { Err(format!("must have 1 to {TEXT_CHARS_MAX} characters")) }
    }
}

/// A point in time, as the graph reads it.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "String")]
pub(super) struct Time(pub(super) String);

impl TryFrom<String> for Time {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let day = NaiveDate::parse_from_str(&text, "%Y-%m-%d").ok().and_then(|day| day.and_hms_opt(0, 0, 0));
        let time = match day {
            Some(day) => day.and_utc(),
            None => DateTime::parse_from_rfc3339(&text)
                .map_err(|_| {
                    "write RFC 3339 text such as 2026-06-06T20:31:24Z, or a day such as 2026-06-06".to_owned()
                })?
                .to_utc(),
        };
        Ok(Self(time.with_timezone(&Utc).to_rfc3339_opts(SecondsFormat::Millis, true)))
    }
}

/// Ids of employers or boards.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "String")]
pub(super) struct Uuids(pub(super) Vec<String>);

impl TryFrom<String> for Uuids {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Ok(Self(listed::<Uuid>(&text, "UUIDs")?.iter().map(Uuid::to_string).collect()))
    }
}

/// The name of an applicant tracking system.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "String")]
pub(super) struct Provider(pub(super) String);

impl TryFrom<String> for Provider {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        if provider::find(&name).is_some() { Ok(Self(name)) } else { Err(format!("must be of {}", NAMES.join(", "))) }
    }
}

impl PartialSchema for Provider {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new().schema_type(Type::String).enum_values(Some(NAMES)).into()
    }
}

impl ToSchema for Provider {}

/// Types of events, written as `job.closed`.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "String")]
pub(super) struct EventTypes(pub(super) Vec<EventType>);

impl TryFrom<String> for EventTypes {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Ok(Self(listed(&text, "of job.created, job.updated, job.closed and job.reopened")?))
    }
}

/// Something more that an answer is to have.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Include {
    /// The description as text and as HTML.
    Description,
}

fn listed<T: FromStr>(text: &str, wanted: &str) -> Result<Vec<T>, String> {
    let refused = || format!("must be 1 to {VALUES_MAX} {wanted}, separated by commas");
    let values: Vec<T> =
        text.split(',').map(|it| it.trim().parse().map_err(|_| refused())).collect::<Result<_, _>>()?;
    if values.len() > VALUES_MAX { Err(refused()) } else { Ok(values) }
}
