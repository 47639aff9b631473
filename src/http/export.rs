//! `/export.ndjson`, `/export.csv` and `/export.parquet`: all postings that meet a filter, at one snapshot, as fast as they
//! are taken.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::Extension;
use axum::body::{Body, Bytes};
use axum::extract::{RawQuery, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method};
use axum::response::{IntoResponse, Response};
use futures_util::StreamExt;
use futures_util::stream::{self, BoxStream, Stream};
use serde_json::{Map, Value, json};
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::{Instant, sleep_until};
use url::form_urlencoded;

use super::negotiate::Media;
use super::request_id::RequestId;
use super::response::Refusal;
use super::stream::Patience;
use super::{Engine, Server};
use crate::error::Code;
use crate::export::{Format, Formulas};

/// The number of the latest event that an export knows of.
pub(super) const SNAPSHOT: &str = "x-snapshot";

/// What an export costs, in points: as much as a page of some hundred postings with all below them.
const EXPORT_POINTS: u64 = 1_000;

/// Which postings are exported, and how.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ExportQuery {
    /// A `JobFilter` of the graph; an empty one means all postings.
    pub filter: Map<String, Value>,
    /// An `AsOfInput` of the graph: the moment they are exported as of; now without one.
    pub as_of: Option<Value>,
    /// What becomes of texts in CSV that a spreadsheet would run.
    pub formulas: Formulas,
}

/// An export that has begun.
pub struct Exported {
    /// The number of the latest event that it knows of.
    pub snapshot: i64,
    /// Its bytes, or the error that it breaks off for.
    pub body: BoxStream<'static, io::Result<Bytes>>,
}

impl ExportQuery {
    /// Reads a filter in JSON and a moment: a time in RFC 3339, or the number of an event.
    pub fn read(filter: Option<&str>, as_of: Option<&str>) -> Result<Self, String> {
        let filter = match filter.map(serde_json::from_str::<Value>) {
            None => Map::new(),
            Some(Ok(Value::Object(filter))) => filter,
            Some(Ok(_)) => return Err("\"filter\" must be a JSON object, a JobFilter of the graph".to_owned()),
            Some(Err(error)) => return Err(format!("\"filter\" is not JSON: {error}")),
        };
        let is_number = |text: &str| text.bytes().all(|it| it.is_ascii_digit());
        let as_of = as_of.map(|text| if is_number(text) { json!({ "seq": text }) } else { json!({ "time": text }) });
        Ok(Self { filter, as_of, formulas: Formulas::default() })
    }
}

pub(super) async fn export<E: Engine>(
    format: Format,
    State(server): State<Arc<Server<E>>>,
    Extension(RequestId(request_id)): Extension<RequestId>,
    RawQuery(query): RawQuery,
    head: Parts,
) -> Response {
    let caller = match server.caller(&request_id, &head.headers, &head.extensions).await {
        Ok(caller) => caller,
        Err(refusal) => return refusal.response(Media::Json),
    };
    let begun = async {
        let query = parse(format, query.as_deref().unwrap_or_default())?;
        if head.method == Method::HEAD {
            return Ok(None);
        }
        // Nobody pays for a place that there is not.
        let place = server.exports.enter()?;
        caller.pay(EXPORT_POINTS).map_err(Refusal::RateLimited)?;
        let time_max = server.settings.export_timeout;
        let begun = server.limits.run(&request_id, server.engine.export(query, format, time_max)).await?;
        let exported = begun.map_err(|(code, message)| match code {
            Code::Internal => Refusal::Internal { request_id: request_id.clone() },
            code => Refusal::OfGraph { code, message },
        })?;
        Ok::<_, Refusal>(Some((exported, place, time_max)))
    };
    let name = format!("attachment; filename=\"jobs.{}\"", format.extension());
    let fixed =
        [(CONTENT_TYPE, format.media_type()), (CACHE_CONTROL, "no-store"), (CONTENT_DISPOSITION, name.as_str())];
    let mut response = match begun.await {
        // Nothing is read for who wants no body.
        Ok(None) => fixed.into_response(),
        Ok(Some((exported, place, time_max))) => {
            let mut headers = HeaderMap::new();
            headers.insert(SNAPSHOT, exported.snapshot.into());
            if let Some(patience) = head.extensions.get::<Patience>() {
                patience.set(server.settings.stream_write_timeout);
            }
            let body = Body::from_stream(limited(exported.body, time_max, place));
            (fixed, headers, body).into_response()
        }
        Err(refusal) => refusal.response(Media::Json),
    };
    caller.tell(&mut response);
    response
}

/// The same bytes until time is up; it breaks off then, so that nobody takes what came for all. It keeps its place.
fn limited(
    body: BoxStream<'static, io::Result<Bytes>>,
    time_max: Duration,
    place: OwnedSemaphorePermit,
) -> impl Stream<Item = io::Result<Bytes>> {
    let until = Instant::now() + time_max;
    stream::unfold(Some((body, place)), move |state| async move {
        let (mut body, place) = state?;
        // One whose pieces are always there never waits for the time.
        if Instant::now() >= until {
            return Some((Err(io::ErrorKind::TimedOut.into()), None));
        }
        tokio::select! {
            piece = body.next() => Some((piece?, Some((body, place)))),
            () = sleep_until(until) => Some((Err(io::ErrorKind::TimedOut.into()), None)),
        }
    })
}

fn parse(format: Format, text: &str) -> Result<ExportQuery, Refusal> {
    let (mut filter, mut as_of, mut formulas) = (None, None, None);
    let names = if format == Format::Csv { "filter, asOf, formulas" } else { "filter, asOf" };
    for (name, value) in form_urlencoded::parse(text.as_bytes()) {
        let bad = |wanted: &str| Refusal::BadParameter(format!("\"{name}\" {wanted}"));
        let place = match &*name {
            "filter" => &mut filter,
            "asOf" => &mut as_of,
            "formulas" if format == Format::Csv => &mut formulas,
            _ => return Err(bad(&format!("is no parameter, these are: {names}"))),
        };
        if place.replace(value.into_owned()).is_some() {
            return Err(bad("is given more than once"));
        }
    }
    let formulas = match formulas.as_deref() {
        None | Some("guard") => Formulas::Guard,
        Some("keep") => Formulas::Keep,
        Some(_) => return Err(Refusal::BadParameter("\"formulas\" must be guard or keep".to_owned())),
    };
    let query = ExportQuery::read(filter.as_deref(), as_of.as_deref()).map_err(Refusal::BadParameter)?;
    Ok(ExportQuery { formulas, ..query })
}
