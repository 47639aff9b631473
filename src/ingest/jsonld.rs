//! Any site whose pages hold their postings as JSON-LD: the pages that a sitemap names, or one page.
//!
//! A board is named by its host, and by the path of its sitemap or page with ":" for "/": `acme.example` is
//! `https://acme.example/sitemap.xml`, `acme.example:jobs:open` is `https://acme.example/jobs/open`.

mod sitemap;

use std::collections::{HashMap, HashSet};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value};
use url::Url;

use self::sitemap::{Named, Sitemap, is_like_sitemap};
use super::address;
use super::answers::{Answer, Answers, Request};
use super::identity::sha1_hex;
use super::listing::{Listing, Shape};
use super::posting::{Board, Posting};
use super::provider::{Capabilities, Provider, Unreadable, no_rows};
use super::reader::{TEXT_BYTES_MAX, plain};
use super::schema_org::{self, InPage, identifier};

/// Pages that are asked for at most: a sitemap may name any number.
const PAGES_MAX: usize = 5_000;
/// What stays as it is in a part of a path.
const PART: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.');

const SHAPE: Shape =
    Shape { key: "identifier", numbers: &[], not_native: &["@context", "@type", "description", "url"], volatile: &[] };

pub(super) const PROVIDER: Provider = Provider {
    name: "jsonld",
    label: "JSON-LD",
    capabilities: Capabilities {
        description_in_list: true,
        salary_field: true,
        updated_at: false,
        deadline: true,
        paginated: true,
        total_declared: false,
    },
    redirect_is_not_found: false,
    reads_pages: true,
    board_url: |board| url(board).unwrap_or_default(),
    next,
    rows: no_rows,
    read,
};

fn url(board: &str) -> Option<String> {
    let (host, path) = board.split_once(':').unwrap_or((board, "sitemap.xml"));
    let path: Vec<String> = path.split(':').map(|it| utf8_percent_encode(it, PART).to_string()).collect();
    host.contains('.').then(|| format!("https://{host}/{}", path.join("/")))
}

fn next(board: &str, answers: &Answers) -> Vec<Request> {
    let Some(first) = url(board) else {
        return Vec::new();
    };
    if answers.is_empty() {
        return vec![Request::page(first)];
    }
    let host = host(&first);
    let sitemaps = answers.pages().filter_map(Answer::body).filter_map(Sitemap::of);
    let requests: Vec<Request> = sitemaps.flat_map(|it| it.at(&host)).map(Request::page).collect();
    answers.unasked(requests).into_iter().take(PAGES_MAX.saturating_sub(answers.len())).collect()
}

/// The host of an address, as others that name it are compared with.
fn host(url: &str) -> String {
    Url::parse(url).ok().and_then(|it| it.host_str().map(ToOwned::to_owned)).unwrap_or_default()
}

/// Whether a page does not come to its end: a server that breaks off need not say so, and what it left out is not gone.
/// Pages may leave out their last tag as well (HTML, 13.1.2.4), but then they seldom begin with their first.
fn is_cut_off(body: &[u8]) -> bool {
    has(start(body), b"<html") && !has(body, b"</html")
}

fn start(body: &[u8]) -> &[u8] {
    &body[..body.len().min(4_096)]
}

fn has(text: &[u8], word: &[u8]) -> bool {
    text.windows(word.len()).any(|it| it.eq_ignore_ascii_case(word))
}

/// A posting, and the address that tells it from others.
struct Found {
    members: Map<String, Value>,
    url: String,
}

fn read(board: &str, answers: &Answers) -> Result<Board, Unreadable> {
    let mut listing = Listing::new(&SHAPE, answers);
    let found = found(board, answers, &mut listing)?;
    if answers.len() >= PAGES_MAX {
        listing.cut("the sitemap names more pages than are asked for");
    }
    let shared = shared(&found);
    for (index, Found { members, url }) in found.into_iter().enumerate() {
        let own = own_identifier(&members).filter(|it| !shared.contains(it));
        let key = own.or_else(|| (!url.is_empty()).then(|| sha1_hex(&url)));
        if let Some(row) = listing.row_named(key, members, &format!("postings[{index}]")) {
            listing.read(row, |reader, it| {
                let posting = schema_org::posting(reader, it);
                // One that is too long to be searched for was left out already.
                let other = Some(url).filter(|it| !it.is_empty() && it.len() <= TEXT_BYTES_MAX);
                let link = posting.source_url.clone().or(other);
                Some(Posting { apply_url: link.clone(), source_url: link, ..posting })
            });
        }
    }
    let count = listing.len();
    Ok(listing.into_board(count))
}

/// The postings of all pages. Whatever a sitemap names and nobody reads cuts the listing: its postings are not gone.
fn found(board: &str, answers: &Answers, listing: &mut Listing<'_>) -> Result<Vec<Found>, Unreadable> {
    // One answer is kept without what was asked.
    let first = url(board).unwrap_or_default();
    let host = host(&first);
    let mut found = Vec::new();
    let mut sitemaps: HashSet<String> = HashSet::new();
    // What indexes name are sitemaps, of which none is a page of the site.
    let (mut indexed, mut pages, mut read, mut gone) = (Named::default(), Named::default(), 0, 0);
    if answers.has_kept_pages() {
        listing.cut("there was no time to ask for all pages");
    }
    for (number, answer) in answers.pages().enumerate() {
        let is_sitemap = sitemaps.contains(&answer.request.url);
        let Some(body) = answer.body() else {
            // A page that is gone has no posting any more; of any other, nothing is known.
            if answer.is_not_found() {
                listing.gone.insert(answer.request.url.clone());
            } else {
                listing.cut(answer.not_asked().unwrap_or("a page was not answered"));
            }
            gone += usize::from(is_sitemap);
            continue;
        };
        if let Some(sitemap) = Sitemap::of(body) {
            if sitemap.is_index {
                sitemaps.extend(sitemap.at(&host));
            }
            if sitemap.is_index { &mut indexed } else { &mut pages }.add(&sitemap.count(&host));
            read += usize::from(is_sitemap);
            continue;
        }
        if is_sitemap {
            listing.cut("what is named as a sitemap cannot be read as one");
        }
        if is_cut_off(body) || (number > 0 && is_like_sitemap(body)) {
            listing.cut("a page breaks off before its end");
        }
        let page = if answer.request.url.is_empty() { &first } else { &answer.request.url };
        let mut reader = listing.reader();
        let InPage { postings, is_cut } = schema_org::in_page(body, &mut |message| reader.problem(page, message));
        if number == 0 && postings.is_empty() {
            return Err(Unreadable::NoPosting);
        }
        if is_cut {
            listing.cut("a page holds a posting that cannot be read");
        }
        found.extend(postings.into_iter().map(|members| {
            let own = members.get("url").and_then(Value::as_str).and_then(address::link);
            Found { url: own.unwrap_or_else(|| page.clone()), members }
        }));
    }
    if indexed.is_elsewhere() || pages.is_elsewhere() {
        listing.cut("the sitemap names pages at addresses that are not asked");
    }
    if gone > 0 && read == 0 {
        listing.cut("no sitemap that is named was there");
    }
    Ok(found)
}

/// The identifier of a posting. Some sites put the employer's name there, which tells no posting from another.
fn own_identifier(members: &Map<String, Value>) -> Option<String> {
    let employer = members.get("hiringOrganization");
    let employer = employer.and_then(|it| plain(it).or_else(|| it.get("name").and_then(plain)));
    let employer = employer.map(|it| it.to_lowercase());
    identifier(members).filter(|it| employer != Some(it.to_lowercase()))
}

/// Identifiers that several postings have: some sites put the employer's there.
fn shared(found: &[Found]) -> HashSet<String> {
    let mut urls: HashMap<String, &str> = HashMap::new();
    let mut shared = HashSet::new();
    for it in found {
        if let Some(identifier) = own_identifier(&it.members)
            && urls.insert(identifier.clone(), &it.url).is_some_and(|other| other != it.url)
        {
            shared.insert(identifier);
        }
    }
    shared
}

#[cfg(test)]
mod tests;
