//! Media types: which of the response types a client wants (`Accept`), and whether a body is one that is read
//! (`Content-Type`, `Content-Encoding`). Rules: RFC 9110, section 12.5.1, and GraphQL over HTTP, "Media Types".

use axum::http::HeaderMap;
use axum::http::header::{ACCEPT, CONTENT_ENCODING, CONTENT_TYPE};

const JSON: &str = "application/json";
const GRAPHQL_RESPONSE: &str = "application/graphql-response+json";
const EVENT_STREAM: &str = "text/event-stream";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Media {
    Json,
    GraphqlResponse,
    /// One response, or as many as there are, as they come.
    EventStream,
}

impl Media {
    /// That of a single response; before a stream begins, all that there is to say is JSON.
    pub(super) fn content_type(self) -> &'static str {
        match self {
            Self::Json | Self::EventStream => "application/json; charset=utf-8",
            Self::GraphqlResponse => "application/graphql-response+json; charset=utf-8",
        }
    }
}

/// The media type to answer in, or `None` when the client takes neither. A client that does not say gets
/// `application/json`, as does one that takes anything.
pub(super) fn accepted(headers: &HeaderMap) -> Option<Media> {
    let mut listed = headers
        .get_all(ACCEPT)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter(|part| !part.trim().is_empty())
        .peekable();
    if listed.peek().is_none() {
        return Some(Media::Json);
    }

    let ranges: Vec<Range> = listed.filter_map(Range::parse).collect();
    let json = Wish::of(Media::Json, &ranges);
    let graphql_response = Wish::of(Media::GraphqlResponse, &ranges);
    // What a wildcard covers is never a stream.
    let event_stream = Wish::of(Media::EventStream, &ranges).filter(|wish| wish.precision == Precision::Exact);
    if event_stream.is_some() && event_stream > json && event_stream > graphql_response {
        return Some(Media::EventStream);
    }
    if graphql_response > json {
        return Some(Media::GraphqlResponse);
    }
    json.is_some().then_some(Media::Json)
}

/// Whether the body is JSON in UTF-8, uncompressed. Nothing else is read: the types an HTML form can send would let
/// any page on the web post in a visitor's name.
pub(super) fn is_readable_body(headers: &HeaderMap) -> bool {
    let is_plain =
        headers.get_all(CONTENT_ENCODING).iter().all(|value| value.as_bytes().eq_ignore_ascii_case(b"identity"));
    let mut types = headers.get_all(CONTENT_TYPE).iter();
    let (Some(value), None) = (types.next(), types.next()) else {
        return false;
    };
    let Ok(value) = value.to_str() else {
        return false;
    };
    let (essence, parameters) = split(value);
    is_plain && essence.eq_ignore_ascii_case(JSON) && is_utf8(parameters)
}

/// One element of `Accept` that covers a type of ours.
struct Range {
    /// `None` stands for a wildcard.
    media: Option<Media>,
    precision: Precision,
    /// Thousandths, since weights have three decimals.
    quality: u16,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Precision {
    Anything,
    AnyApplication,
    Exact,
}

impl Range {
    fn parse(text: &str) -> Option<Self> {
        let (essence, parameters) = split(text);
        let (media, precision) = match essence.to_ascii_lowercase().as_str() {
            "*/*" => (None, Precision::Anything),
            "application/*" => (None, Precision::AnyApplication),
            JSON => (Some(Media::Json), Precision::Exact),
            GRAPHQL_RESPONSE => (Some(Media::GraphqlResponse), Precision::Exact),
            EVENT_STREAM => (Some(Media::EventStream), Precision::Exact),
            _ => return None,
        };
        if !is_utf8(parameters) {
            return None;
        }
        let quality = match parameter(parameters, "q") {
            Some(weight) => thousandths(weight)?,
            None => 1000,
        };
        Some(Self { media, precision, quality })
    }
}

/// How much a client wants one type. Fields in order of weight: of two types wanted equally, the one named wins over
/// the one a wildcard covers, then the one named first.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Wish {
    quality: u16,
    precision: Precision,
    /// Counted from the end, so that more is earlier.
    position: usize,
}

impl Wish {
    /// The most precise range decides, whatever its weight: `application/json;q=0, */*` excludes JSON.
    fn of(media: Media, ranges: &[Range]) -> Option<Self> {
        ranges
            .iter()
            .rev()
            .enumerate()
            .filter(|(_, range)| range.media.is_none_or(|named| named == media))
            .max_by_key(|(position, range)| (range.precision, *position))
            .map(|(position, range)| Self { quality: range.quality, precision: range.precision, position })
            .filter(|wish| wish.quality > 0)
    }
}

fn split(text: &str) -> (&str, &str) {
    let (essence, parameters) = text.split_once(';').unwrap_or((text, ""));
    (essence.trim(), parameters)
}

fn parameter<'a>(parameters: &'a str, name: &str) -> Option<&'a str> {
    parameters
        .split(';')
        .filter_map(|pair| pair.split_once('='))
        .find(|(key, _)| key.trim().eq_ignore_ascii_case(name))
        .map(|(_, value)| value.trim().trim_matches('"'))
}

fn is_utf8(parameters: &str) -> bool {
    parameter(parameters, "charset")
        .is_none_or(|charset| charset.eq_ignore_ascii_case("utf-8") || charset.eq_ignore_ascii_case("utf8"))
}

fn thousandths(weight: &str) -> Option<u16> {
    let (whole, decimals) = weight.split_once('.').unwrap_or((weight, ""));
    if decimals.len() > 3 || !decimals.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let decimals: u16 = format!("{decimals:0<3}").parse().ok()?;
    match whole {
        "0" => Some(decimals),
        "1" if decimals == 0 => Some(1000),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answered_in(accept: &str) -> Option<Media> {
        accepted(&HeaderMap::from_iter([(ACCEPT, accept.parse().expect("a header value"))]))
    }

    fn reads(content_type: &str) -> bool {
        is_readable_body(&HeaderMap::from_iter([(CONTENT_TYPE, content_type.parse().expect("a header value"))]))
    }

    #[test]
    fn a_client_that_does_not_say_gets_json() {
        assert_eq!(accepted(&HeaderMap::new()), Some(Media::Json));
        assert_eq!(answered_in(""), Some(Media::Json));
        assert_eq!(answered_in(" , "), Some(Media::Json));
    }

    #[test]
    fn a_wildcard_gets_json() {
        assert_eq!(answered_in("*/*"), Some(Media::Json));
        assert_eq!(answered_in("application/*"), Some(Media::Json));
        assert_eq!(answered_in("text/html, */*;q=0.8"), Some(Media::Json));
    }

    #[test]
    fn the_heavier_type_wins() {
        assert_eq!(
            answered_in("application/graphql-response+json, application/json;q=0.9"),
            Some(Media::GraphqlResponse)
        );
        assert_eq!(answered_in("application/graphql-response+json;q=0.1,application/json;q=0.12"), Some(Media::Json));
        assert_eq!(answered_in("application/graphql-response+json;q=0.5, */*"), Some(Media::Json));
    }

    #[test]
    fn of_two_equal_types_the_named_one_wins_then_the_first() {
        assert_eq!(answered_in("*/*, application/graphql-response+json"), Some(Media::GraphqlResponse));
        assert_eq!(answered_in("application/json, text/plain, */*"), Some(Media::Json));
        assert_eq!(answered_in("application/graphql-response+json, application/json"), Some(Media::GraphqlResponse));
        assert_eq!(answered_in("application/json, application/graphql-response+json"), Some(Media::Json));
    }

    #[test]
    fn a_stream_is_for_those_who_name_it_first() {
        assert_eq!(answered_in("text/event-stream"), Some(Media::EventStream));
        assert_eq!(answered_in("text/event-stream, application/json;q=0.9, */*;q=0.1"), Some(Media::EventStream));
        assert_eq!(answered_in("application/json, text/event-stream, multipart/mixed"), Some(Media::Json));
        assert_eq!(answered_in("application/graphql-response+json, text/event-stream"), Some(Media::GraphqlResponse));
        assert_eq!(answered_in("application/json;q=0, */*"), Some(Media::GraphqlResponse));
        assert_eq!(answered_in("text/event-stream;q=0, */*"), Some(Media::Json));
    }

    #[test]
    fn several_headers_count_as_one() {
        let mut headers = HeaderMap::new();
        headers.append(ACCEPT, "application/json;q=0.5".parse().expect("a header value"));
        headers.append(ACCEPT, "application/graphql-response+json".parse().expect("a header value"));
        assert_eq!(accepted(&headers), Some(Media::GraphqlResponse));
    }

    #[test]
    fn letter_case_spaces_and_other_parameters_do_not_matter() {
        assert_eq!(
            answered_in("Application/GraphQL-Response+JSON ; Charset=UTF-8 ; Q=0.4"),
            Some(Media::GraphqlResponse)
        );
        assert_eq!(answered_in("application/json; profile=x"), Some(Media::Json));
    }

    #[test]
    fn a_weight_of_zero_excludes() {
        assert_eq!(answered_in("application/json;q=0, */*"), Some(Media::GraphqlResponse));
        assert_eq!(answered_in("*/*;q=0"), None);
    }

    #[test]
    fn nothing_acceptable_is_told() {
        assert_eq!(answered_in("text/html"), None);
        assert_eq!(answered_in("application/json; charset=iso-8859-1"), None);
        assert_eq!(answered_in("application/json;q=2"), None);
        assert_eq!(answered_in("application/json;q=0.12345"), None);
        assert_eq!(answered_in(";;;=,/"), None);
    }

    #[test]
    fn only_json_in_utf8_is_read() {
        assert!(reads("application/json"));
        assert!(reads("APPLICATION/JSON ; charset=\"UTF-8\""));
        assert!(!reads("application/json; charset=utf-16"));
        assert!(!reads("application/jsonp"));
        assert!(!reads("text/plain"));
        assert!(!reads("application/x-www-form-urlencoded"));
        assert!(!reads("multipart/form-data; boundary=application/json"));
        assert!(!is_readable_body(&HeaderMap::new()));
    }

    #[test]
    fn two_content_types_are_none() {
        let mut headers = HeaderMap::new();
        headers.append(CONTENT_TYPE, "application/json".parse().expect("a header value"));
        headers.append(CONTENT_TYPE, "text/plain".parse().expect("a header value"));
        assert!(!is_readable_body(&headers));
    }

    #[test]
    fn a_compressed_body_is_not_read() {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, "application/json".parse().expect("a header value"));
        headers.insert(CONTENT_ENCODING, "identity".parse().expect("a header value"));
        assert!(is_readable_body(&headers));
        headers.insert(CONTENT_ENCODING, "gzip".parse().expect("a header value"));
        assert!(!is_readable_body(&headers));
    }
}
