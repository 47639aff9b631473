//! Decodes a GraphQL request from the query of a URL (GET) or a JSON body (POST), after GraphQL over HTTP, "Request".
//! Whether `query` holds a GraphQL document is not asked here.

use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

use super::GraphqlRequest;

/// Values of a body, or of a parameter, at most: one takes up to a hundred times its bytes.
const VALUES_MAX: usize = 10_000;

#[derive(Debug, thiserror::Error)]
pub(super) enum RequestError {
    #[error("the body is empty, send a JSON object with the member \"query\"")]
    EmptyBody,
    #[error("the {0} is not UTF-8")]
    NotUtf8(&'static str),
    #[error("{part} is not JSON: {error}")]
    NotJson { part: &'static str, error: serde_json::Error },
    #[error("{part} has {values} values, the limit is {max}")]
    TooManyValues { part: &'static str, values: usize, max: usize },
    #[error("batching is not offered, send one JSON object per request")]
    Batch,
    #[error("the body must be a JSON object")]
    NotObject,
    #[error("\"query\" is missing, it must hold the GraphQL document")]
    QueryMissing,
    #[error("\"{member}\" must be {wanted}")]
    WrongType { member: &'static str, wanted: &'static str },
    #[error("\"{0}\" is given more than once")]
    Repeated(&'static str),
}

/// Decodes the query of a GET's URL. An empty parameter counts as absent, and unknown ones are ignored.
pub(super) fn from_url(query: Option<&str>) -> Result<GraphqlRequest, RequestError> {
    let query = query.unwrap_or_default();
    let object = |member| {
        let text = parameter(query, member)?.filter(|text| !text.is_empty());
        let value = text.map_or(Ok(Value::Null), |text| parse(member, &text))?;
        object_member(member, Some(value))
    };
    let (document_id, extensions) =
        (parameter(query, "documentId")?.filter(|id| !id.is_empty()), object("extensions")?);
    Ok(GraphqlRequest {
        query: document(parameter(query, "query")?, document_id.as_deref(), &extensions)?,
        document_id,
        operation_name: parameter(query, "operationName")?.filter(|name| !name.is_empty()),
        variables: object("variables")?,
        extensions,
        is_get: true,
    })
}

/// Decodes the body of a POST. `null` counts as absent, and unknown members are ignored.
pub(super) fn from_body(body: &[u8]) -> Result<GraphqlRequest, RequestError> {
    if body.is_empty() {
        return Err(RequestError::EmptyBody);
    }
    let text = str::from_utf8(body).map_err(|_| RequestError::NotUtf8("body"))?;
    let mut members = match parse("the body", text)? {
        Value::Object(members) => members,
        Value::Array(_) => return Err(RequestError::Batch),
        _ => return Err(RequestError::NotObject),
    };
    let document_id = string_member("documentId", members.remove("documentId"))?;
    let extensions = object_member("extensions", members.remove("extensions"))?;
    let query = string_member("query", members.remove("query"))?;
    Ok(GraphqlRequest {
        query: document(query, document_id.as_deref(), &extensions)?,
        document_id,
        operation_name: string_member("operationName", members.remove("operationName"))?,
        variables: object_member("variables", members.remove("variables"))?,
        extensions,
        is_get: false,
    })
}

/// The document, which may be left out where it is named: by an id, or by the hash of Apollo's clients.
fn document(
    query: Option<String>,
    document_id: Option<&str>,
    extensions: &Map<String, Value>,
) -> Result<String, RequestError> {
    let is_named = document_id.is_some() || extensions.contains_key("persistedQuery");
    query.or_else(|| is_named.then(String::new)).ok_or(RequestError::QueryMissing)
}

fn parse(part: &'static str, text: &str) -> Result<Value, RequestError> {
    // A value has a byte of its own, so that nothing is counted in what most send.
    let values = if text.len() > VALUES_MAX { values(text) } else { 0 };
    if values > VALUES_MAX {
        return Err(RequestError::TooManyValues { part, values, max: VALUES_MAX });
    }
    serde_json::from_str(text).map_err(|error| RequestError::NotJson { part, error })
}

/// How many values a text of JSON holds inside others: each stands behind a bracket that opens, or behind a comma.
fn values(text: &str) -> usize {
    let mut bytes = text.bytes();
    let mut count = 0;
    while let Some(byte) = bytes.next() {
        match byte {
            b'"' => skip_string(&mut bytes),
            b'[' | b'{' | b',' => count += 1,
            _ => {}
        }
    }
    count
}

/// Goes behind the quote that ends a string.
fn skip_string(bytes: &mut impl Iterator<Item = u8>) {
    while let Some(byte) = bytes.next() {
        match byte {
            b'"' => return,
            b'\\' => {
                bytes.next();
            }
            _ => {}
        }
    }
}

fn string_member(member: &'static str, value: Option<Value>) -> Result<Option<String>, RequestError> {
    match value {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(RequestError::WrongType { member, wanted: "a string" }),
    }
}

fn object_member(member: &'static str, value: Option<Value>) -> Result<Map<String, Value>, RequestError> {
    match value {
        None | Some(Value::Null) => Ok(Map::new()),
        Some(Value::Object(object)) => Ok(object),
        Some(_) => Err(RequestError::WrongType { member, wanted: "a JSON object" }),
    }
}

/// The decoded value of a parameter. The usual decoders put a replacement character where the bytes are not UTF-8,
/// which would run a document other than the one sent.
pub(super) fn parameter(query: &str, name: &'static str) -> Result<Option<String>, RequestError> {
    let mut found = query
        .split('&')
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .filter(|(key, _)| percent_decode_str(key).eq(name.bytes()));
    let Some((_, value)) = found.next() else {
        return Ok(None);
    };
    if found.next().is_some() {
        return Err(RequestError::Repeated(name));
    }
    let value = value.replace('+', " ");
    match percent_decode_str(&value).decode_utf8() {
        Ok(text) => Ok(Some(text.into_owned())),
        Err(_) => Err(RequestError::NotUtf8("query of the URL")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn refusal_of_body(body: impl AsRef<[u8]>) -> String {
        from_body(body.as_ref()).expect_err("a body that is refused").to_string()
    }

    fn refusal_of_url(query: &str) -> String {
        from_url(Some(query)).expect_err("a URL that is refused").to_string()
    }

    fn map(value: Value) -> Map<String, Value> {
        value.as_object().expect("an object").clone()
    }

    #[test]
    fn a_body_gives_all_four_members() {
        let body = r#"{"query":"{a}","operationName":"A","variables":{"n":[1]},"extensions":{"e":{}},"id":7}"#;
        let expected = GraphqlRequest {
            query: "{a}".into(),
            document_id: None,
            operation_name: Some("A".into()),
            variables: map(json!({"n": [1]})),
            extensions: map(json!({"e": {}})),
            is_get: false,
        };
        assert_eq!(from_body(body.as_bytes()).expect("a request"), expected);
    }

    #[test]
    fn a_document_may_be_named_instead_of_sent() {
        let by_id = from_body(br#"{"documentId":"sha256:a1"}"#).expect("a request");
        assert_eq!((by_id.query.as_str(), by_id.document_id.as_deref()), ("", Some("sha256:a1")));
        assert_eq!(from_url(Some("documentId=a1")).expect("a request").document_id.as_deref(), Some("a1"));
        assert_eq!(from_body(br#"{"extensions":{"persistedQuery":{}}}"#).expect("a request").query, "");
        assert_eq!(refusal_of_body(r#"{"documentId":7}"#), "\"documentId\" must be a string");
        assert!(refusal_of_url("documentId=").contains("\"query\" is missing"));
    }

    #[test]
    fn null_counts_as_absent() {
        let body = br#"{"query":"{a}","operationName":null,"variables":null,"extensions":null}"#;
        let expected = GraphqlRequest { query: "{a}".into(), ..GraphqlRequest::default() };
        assert_eq!(from_body(body).expect("a request"), expected);
        assert_eq!(refusal_of_body(r#"{"query":null}"#), "\"query\" is missing, it must hold the GraphQL document");
    }

    #[test]
    fn a_member_of_the_wrong_type_is_named() {
        for wrong in ["7", "true", "[]", "{}"] {
            assert_eq!(refusal_of_body(format!(r#"{{"query":{wrong}}}"#)), "\"query\" must be a string");
            let body = format!(r#"{{"query":"","operationName":{wrong}}}"#);
            assert_eq!(refusal_of_body(body), "\"operationName\" must be a string");
        }
        for wrong in ["7", "true", "[]", "\"{}\""] {
            for member in ["variables", "extensions"] {
                let body = format!(r#"{{"query":"","{member}":{wrong}}}"#);
                assert_eq!(refusal_of_body(body), format!("\"{member}\" must be a JSON object"));
            }
        }
    }

    #[test]
    fn a_body_that_is_no_object_is_refused() {
        assert_eq!(refusal_of_body(""), "the body is empty, send a JSON object with the member \"query\"");
        assert_eq!(refusal_of_body("[]"), "batching is not offered, send one JSON object per request");
        assert_eq!(refusal_of_body("\"{a}\""), "the body must be a JSON object");
        assert_eq!(refusal_of_body(b"{\"query\":\"\xff\"}"), "the body is not UTF-8");
    }

    #[test]
    fn broken_json_is_refused_with_its_place() {
        assert_eq!(refusal_of_body("{\n  nonsense"), "the body is not JSON: key must be a string at line 2 column 3");
        assert_eq!(
            refusal_of_body(r#"{"query":"#),
            "the body is not JSON: EOF while parsing a value at line 1 column 9"
        );
        assert_eq!(
            refusal_of_body(r#"{"query":""} x"#),
            "the body is not JSON: trailing characters at line 1 column 14"
        );
        assert!(refusal_of_body(r#"{"query":"\ud800"}"#).contains("at line 1 column"));
    }

    #[test]
    fn deep_nesting_is_refused() {
        for open in ["[", "{\"a\":"] {
            assert!(refusal_of_body(open.repeat(1_000)).contains("recursion limit exceeded"));
            assert_eq!(refusal_of_body(open.repeat(100_000)), "the body has 100000 values, the limit is 10000");
        }
    }

    /// 256 KiB of objects of one member took a hundred times as much before anyone paid for them.
    #[test]
    fn only_so_many_values_are_read() {
        // Each item is two values, and four stand around them; what is in a string is none.
        let body = |items: usize| {
            let items = vec![r#"{"":0}"#; items].join(",");
            format!(r#"{{"query":"{{a}}","variables":{{"text":"\\\",[{{","list":[{items}]}}}}"#)
        };
        assert!(from_body(body(4_998).as_bytes()).is_ok());
        assert_eq!(refusal_of_body(body(4_999)), "the body has 10002 values, the limit is 10000");
    }

    #[test]
    fn of_a_repeated_key_the_last_counts() {
        let request = from_body(br#"{"query":"{a}","query":"{b}"}"#).expect("a request");
        assert_eq!(request.query, "{b}");
    }

    #[test]
    fn odd_characters_are_passed_on() {
        let request = from_body("{\"query\":\"\\u0000 \u{1F600} \\uD83D\\uDE00\"}".as_bytes()).expect("a request");
        assert_eq!(request.query, "\0 \u{1F600} \u{1F600}");
        assert_eq!(from_url(Some("query=%00")).expect("a request").query, "\0");
    }

    #[test]
    fn numbers_beyond_64_bits_become_floats_and_beyond_those_an_error() {
        let body = br#"{"query":"","variables":{"max":18446744073709551615,"over":18446744073709551616}}"#;
        let variables = from_body(body).expect("a request").variables;
        assert_eq!(variables["max"], json!(u64::MAX));
        assert!(variables["over"].is_f64());
        assert!(refusal_of_body(r#"{"query":"","variables":{"n":1e400}}"#).contains("number out of range"));
    }

    #[test]
    fn a_url_gives_all_four_members() {
        let url = "query=%7Ba+%2B%20b%7D&operationName=A&variables=%7B%22n%22%3A1%7D&extensions=%7B%7D&other";
        let expected = GraphqlRequest {
            query: "{a + b}".into(),
            document_id: None,
            operation_name: Some("A".into()),
            variables: map(json!({"n": 1})),
            extensions: Map::new(),
            is_get: true,
        };
        assert_eq!(from_url(Some(url)).expect("a request"), expected);
    }

    #[test]
    fn an_empty_parameter_counts_as_absent() {
        let expected = GraphqlRequest { query: "{a}".into(), is_get: true, ..GraphqlRequest::default() };
        let url = "query={a}&operationName=&variables=&extensions=";
        assert_eq!(from_url(Some(url)).expect("a request"), expected);
        assert_eq!(from_url(Some("query={a}&variables=null")).expect("a request"), expected);
    }

    #[test]
    fn an_operation_may_be_called_null() {
        let request = from_url(Some("query={a}&operationName=null")).expect("a request");
        assert_eq!(request.operation_name.as_deref(), Some("null"));
    }

    #[test]
    fn a_parameter_that_cannot_be_read_is_named() {
        assert_eq!(refusal_of_url(""), "\"query\" is missing, it must hold the GraphQL document");
        assert_eq!(refusal_of_url("query=a&query=b"), "\"query\" is given more than once");
        assert_eq!(refusal_of_url("query=%ff"), "the query of the URL is not UTF-8");
        assert_eq!(refusal_of_url("query=a&variables=[1]"), "\"variables\" must be a JSON object");
        assert!(refusal_of_url("query=a&extensions={").starts_with("extensions is not JSON: EOF while parsing"));
    }
}
