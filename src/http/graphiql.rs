//! Serves GraphiQL, the page on which a person tries queries, and the reference of all types, with the schema that it reads.
//! `graphiql/` holds the sources and, in `graphiql/dist/`, the built files that go into the program
//! (docs/decisions/4-graphiql-bundle.md). They are stored compressed and are handed out so. GraphiQL asks `/graphql`, which is
//! elsewhere.

use std::collections::BTreeMap;
use std::io::Read;
use std::sync::{Mutex, PoisonError};

use axum::Router;
use axum::body::Bytes;
use axum::extract::Path;
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, IF_NONE_MATCH,
    REFERRER_POLICY, VARY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::middleware::map_response;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use data_encoding::HEXLOWER;
use flate2::read::GzDecoder;
use rust_embed::{Embed, EmbeddedFile};

/// The page loads nothing from elsewhere. The editor and the dialogs write styles at run time, and
/// the editor draws the line under an error as a `data:` image; nothing else may stand inline.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
     img-src 'self' data:; font-src 'self'; connect-src 'self'; worker-src 'self'; base-uri 'none'; \
     form-action 'none'; frame-ancestors 'none'";

/// The name of an asset contains a hash of its content, so a copy of it never gets old.
pub(super) const IMMUTABLE: &str = "public, max-age=31536000, immutable";

/// A copy of any other file is asked about before each use.
pub(super) const REVALIDATE: &str = "no-cache";

const FIXED_HEADERS: [(HeaderName, HeaderValue); 4] = [
    (CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)),
    (REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    (VARY, HeaderValue::from_static("accept-encoding")),
    (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
];

/// The graph in its own language; a test holds it against what is served.
const SCHEMA: &str = include_str!("../../schema.graphql");

#[derive(Embed)]
#[folder = "src/http/graphiql/dist/"]
struct Dist;

/// `is_schema_told` is whether one may read the schema; else GraphiQL is an editor without it.
pub(super) fn routes(is_schema_told: bool) -> Router {
    let told = if is_schema_told {
        Router::new().route("/reference", get(reference)).route("/schema.graphql", get(schema))
    } else {
        Router::new().route("/reference", get(untold)).route("/schema.graphql", get(untold))
    };
    told.route("/graphiql", get(graphiql))
        .route("/graphiql/LICENSES.txt", get(licenses))
        .route("/graphiql/assets/{file}", get(asset))
        .layer(map_response(with_fixed_headers))
}

async fn graphiql(headers: HeaderMap) -> Response {
    page("index.html", &headers)
}

async fn reference(headers: HeaderMap) -> Response {
    page("reference.html", &headers)
}

fn page(name: &str, headers: &HeaderMap) -> Response {
    let file = Dist::get(&format!("{name}.gz")).expect("the build writes the page");
    // Weak, because the compressed page and the plain one share it.
    let etag = format!("W/\"{}\"", HEXLOWER.encode(&file.metadata.sha256_hash()[..16]));
    let caching = [(CACHE_CONTROL, REVALIDATE.to_owned()), (ETAG, etag.clone())];
    if list_of(headers, IF_NONE_MATCH).any(|known| known == etag || known == "*") {
        return (StatusCode::NOT_MODIFIED, caching).into_response();
    }
    (caching, encoded(file, name, headers)).into_response()
}

async fn untold() -> impl IntoResponse {
    (StatusCode::NOT_FOUND, [(CACHE_CONTROL, REVALIDATE)], "this server does not tell its schema\n")
}

async fn schema() -> impl IntoResponse {
    ([(CACHE_CONTROL, REVALIDATE), (CONTENT_TYPE, content_type("schema.graphql"))], SCHEMA)
}

async fn licenses() -> impl IntoResponse {
    let file = Dist::get("LICENSES.txt").expect("the build writes the licenses");
    let headers = [(CACHE_CONTROL, REVALIDATE), (CONTENT_TYPE, content_type("LICENSES.txt"))];
    (headers, file.data)
}

async fn asset(Path(name): Path<String>, headers: HeaderMap) -> Response {
    match Dist::get(&format!("assets/{name}.gz")) {
        Some(file) => {
            let caching = [(CACHE_CONTROL, IMMUTABLE)];
            (caching, encoded(file, &name, &headers)).into_response()
        }
        None => (StatusCode::NOT_FOUND, "no such file\n").into_response(),
    }
}

async fn with_fixed_headers(mut response: Response) -> Response {
    response.headers_mut().extend(FIXED_HEADERS);
    response
}

/// The stored, compressed file as it is, or plain for a client that cannot read it so.
pub(super) fn encoded(file: EmbeddedFile, name: &str, headers: &HeaderMap) -> Response {
    let kind = [(CONTENT_TYPE, content_type(name))];
    if accepts_gzip(headers) {
        return (kind, [(CONTENT_ENCODING, "gzip")], file.data).into_response();
    }
    (kind, plain(&file)).into_response()
}

/// The file as it was before it was compressed. Each is unpacked once, and kept by its hash.
fn plain(file: &EmbeddedFile) -> Bytes {
    static KEPT: Mutex<BTreeMap<[u8; 32], Bytes>> = Mutex::new(BTreeMap::new());
    let unpacked = || {
        let mut plain = Vec::new();
        GzDecoder::new(&*file.data).read_to_end(&mut plain).expect("the build compressed this file");
        Bytes::from(plain)
    };
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    kept.entry(file.metadata.sha256_hash()).or_insert_with(unpacked).clone()
}

/// An entry that names gzip counts more than `*`; a weight of zero means "not this one".
fn accepts_gzip(headers: &HeaderMap) -> bool {
    let mut any = false;
    for entry in list_of(headers, ACCEPT_ENCODING) {
        let (coding, parameters) = entry.split_once(';').unwrap_or((entry, ""));
        let weight = parameters.trim().strip_prefix("q=").unwrap_or("1");
        let wanted = weight.parse::<f32>().is_ok_and(|weight| weight > 0.0);
        match coding.trim().to_ascii_lowercase().as_str() {
            "gzip" | "x-gzip" => return wanted,
            "*" => any = wanted,
            _ => {}
        }
    }
    any
}

/// The entries of a header that holds a list; what is not text counts as absent.
fn list_of(headers: &HeaderMap, name: HeaderName) -> impl Iterator<Item = &str> {
    headers
        .get_all(name)
        .into_iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, extension)| extension) {
        Some("css") => "text/css; charset=utf-8",
        Some("graphql") => "application/graphql; charset=utf-8",
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("ttf") => "font/ttf",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::{Body, to_bytes};
    use axum::http::Request;
    use tower::ServiceExt;

    const BODY_BYTES_MAX: usize = 8 << 20;

    struct Answer {
        status: StatusCode,
        headers: HeaderMap,
        body: Vec<u8>,
    }

    impl Answer {
        fn header(&self, name: HeaderName) -> &str {
            self.headers.get(name).map_or("", |value| value.to_str().expect("header is text"))
        }
    }

    async fn ask(path: &str, headers: &[(HeaderName, &str)]) -> Answer {
        let mut request = Request::get(path);
        for (name, value) in headers {
            request = request.header(name, *value);
        }
        let request = request.body(Body::empty()).expect("request is valid");
        let response = routes(true).oneshot(request).await.expect("router answers");
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, BODY_BYTES_MAX).await.expect("body ends");
        Answer { status: parts.status, headers: parts.headers, body: body.to_vec() }
    }

    async fn page_text() -> String {
        String::from_utf8(ask("/graphiql", &[]).await.body).expect("page is text")
    }

    fn asset_paths() -> Vec<String> {
        Dist::iter()
            .filter(|name| name.starts_with("assets/"))
            .map(|name| format!("/graphiql/{}", name.trim_end_matches(".gz")))
            .collect()
    }

    #[tokio::test]
    async fn the_page_stands_at_its_path() {
        for path in ["/graphiql", "/graphiql?query=%7B__typename%7D"] {
            let answer = ask(path, &[]).await;
            assert_eq!(answer.status, StatusCode::OK, "{path}");
            assert_eq!(answer.header(CONTENT_TYPE), "text/html; charset=utf-8");
            assert_eq!(answer.header(CACHE_CONTROL), "no-cache");
            assert_eq!(answer.body, page_text().await.into_bytes());
        }
    }

    #[tokio::test]
    async fn the_reference_has_a_page_of_its_own_and_reads_the_schema() {
        let page = ask("/reference", &[]).await;
        assert_eq!(page.header(CONTENT_TYPE), "text/html; charset=utf-8");
        assert!(String::from_utf8_lossy(&page.body).contains("href=\"/schema.graphql\""));

        let schema = ask("/schema.graphql", &[]).await;
        assert_eq!(schema.header(CONTENT_TYPE), "application/graphql; charset=utf-8");
        assert!(String::from_utf8_lossy(&schema.body).contains("type Query {"));
    }

    #[tokio::test]
    async fn the_page_says_so_when_scripts_are_off() {
        let page = page_text().await;
        let notice = page.split("<noscript>").nth(1).expect("page has a notice");
        assert!(notice.contains("GraphiQL needs JavaScript"));
    }

    #[tokio::test]
    async fn the_page_asks_only_for_files_that_are_there() {
        let page = page_text().await;
        let links: Vec<&str> = page.split(['"', ' ']).filter(|word| word.starts_with("/graphiql/")).collect();
        assert!(links.len() >= 3, "{links:?}");
        for link in links {
            assert_eq!(ask(link, &[]).await.status, StatusCode::OK, "{link}");
        }
        assert!(!page.contains("://"), "the page names another server");
    }

    #[tokio::test]
    async fn a_known_page_is_not_sent_again() {
        let etag = ask("/graphiql", &[]).await.header(ETAG).to_owned();
        let known = format!("\"other\", {etag}");
        let answer = ask("/graphiql", &[(IF_NONE_MATCH, &known)]).await;
        assert_eq!(answer.status, StatusCode::NOT_MODIFIED);
        assert_eq!(answer.header(ETAG), etag);
        assert!(answer.body.is_empty());

        let answer = ask("/graphiql", &[(IF_NONE_MATCH, "\"other\"")]).await;
        assert_eq!(answer.status, StatusCode::OK);
    }

    #[tokio::test]
    async fn every_asset_has_a_type_and_is_kept_for_good() {
        let paths = asset_paths();
        assert!(!paths.is_empty());
        for path in paths {
            let answer = ask(&path, &[(ACCEPT_ENCODING, "gzip")]).await;
            assert_eq!(answer.status, StatusCode::OK, "{path}");
            assert_eq!(answer.header(CACHE_CONTROL), IMMUTABLE);
            assert_ne!(answer.header(CONTENT_TYPE), "application/octet-stream", "{path}");
        }
    }

    #[tokio::test]
    async fn an_asset_is_compressed_only_for_a_client_that_accepts_it() {
        for path in asset_paths() {
            let compressed = ask(&path, &[(ACCEPT_ENCODING, "br, gzip")]).await;
            let plain = ask(&path, &[(ACCEPT_ENCODING, "br")]).await;
            assert_eq!(compressed.header(CONTENT_ENCODING), "gzip");
            assert_eq!(plain.header(CONTENT_ENCODING), "");
            assert_eq!(plain.header(VARY), "accept-encoding");
            let mut decoded = Vec::new();
            GzDecoder::new(&*compressed.body).read_to_end(&mut decoded).expect("body is gzip");
            assert_eq!(decoded, plain.body, "{path}");
        }
    }

    /// Each request unpacked it anew.
    #[test]
    fn a_plain_file_is_unpacked_once() {
        for name in ["index.html.gz", "reference.html.gz"] {
            let file = || Dist::get(name).expect("the build writes the page");
            assert_eq!(plain(&file()).as_ptr(), plain(&file()).as_ptr(), "{name}");
        }
    }

    #[test]
    fn gzip_is_accepted_when_a_header_says_so() {
        let cases = [
            ("gzip", true),
            ("GZip;q=0.5", true),
            ("br, *", true),
            ("deflate, br", false),
            ("gzip;q=0, *", false),
            ("*;q=0", false),
            ("gzip; q=many", false),
            ("", false),
        ];
        for (value, accepted) in cases {
            let headers = HeaderMap::from_iter([(ACCEPT_ENCODING, HeaderValue::from_static(value))]);
            assert_eq!(accepts_gzip(&headers), accepted, "{value}");
        }
        assert!(!accepts_gzip(&HeaderMap::new()));
    }

    #[tokio::test]
    async fn the_licenses_are_served() {
        let answer = ask("/graphiql/LICENSES.txt", &[]).await;
        assert_eq!(answer.header(CONTENT_TYPE), "text/plain; charset=utf-8");
        assert!(String::from_utf8_lossy(&answer.body).contains("graphiql 5."));
    }

    #[tokio::test]
    async fn there_is_nothing_else_to_read() {
        for path in ["/graphiql/assets/none.js", "/graphiql/assets/..%2Findex.html", "/graphiql/assets/%2Fetc%2Fpasswd"]
        {
            let answer = ask(path, &[]).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        }
    }

    #[tokio::test]
    async fn every_answer_is_guarded() {
        for path in ["/graphiql", "/graphiql/LICENSES.txt", "/graphiql/assets/none.js"] {
            let answer = ask(path, &[]).await;
            assert_eq!(answer.header(CONTENT_SECURITY_POLICY), POLICY, "{path}");
            assert_eq!(answer.header(REFERRER_POLICY), "no-referrer");
            assert_eq!(answer.header(X_CONTENT_TYPE_OPTIONS), "nosniff");
        }
    }
}
