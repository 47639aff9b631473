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
            if !answer.is_not_found() {
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
mod tests {
    use serde_json::json;

    use super::*;

    fn page(identifier: &str, title: &str) -> String {
        let posting = json!({ "@context": "https://schema.org", "@type": "JobPosting", "title": title,
                              "identifier": { "@type": "PropertyValue", "name": "Acme", "value": identifier },
                              "hiringOrganization": { "name": "Acme" }, "description": "&lt;p&gt;Work.&lt;/p&gt;" });
        format!("<html><head><script type=\"application/ld+json\">{posting}</script></head></html>")
    }

    fn crawled(site: &[(&str, &str)]) -> Answers {
        let page = |request: &Request| {
            let found = site.iter().find(|(path, _)| request.url == format!("https://acme.example{path}"));
            let (status, body) =
                found.map_or((404, ""), |(_, body)| if body.is_empty() { (503, "") } else { (200, *body) });
            (status, body.to_owned())
        };
        Answers::crawled(|answers| next("acme.example", answers), page)
    }

    const INDEX: &str = "<sitemapindex><sitemap><loc>https://acme.example/jobs.xml</loc></sitemap></sitemapindex>";
    const JOBS: &str = "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">
        <url><loc>https://acme.example/a</loc></url><url><loc> https://acme.example/b </loc></url>
        <url><loc>https://acme.example/gone</loc></url><url><loc>https://other.example/c</loc></url>
        <url><loc>https://acme.example/about</loc></url></urlset>";

    #[test]
    fn the_pages_of_a_sitemap_make_a_board() {
        let (a, b) = (page("1", "Cook"), page("2", "Waiter"));
        let about = "<html></html>";
        let site = [("/sitemap.xml", INDEX), ("/jobs.xml", JOBS), ("/a", &a), ("/b", &b), ("/about", about)];
        let answers = crawled(&site);
        assert_eq!(answers.len(), 6, "no page of another site");
        let board = PROVIDER.board("acme.example", &Answers::of(&answers.to_bytes())).expect("it is a board");
        assert_eq!((board.problems.len(), board.cut_short), (0, false));
        let keys: Vec<&str> = board.postings.iter().map(|it| it.key.as_str()).collect();
        assert_eq!(keys, ["1", "2"]);
        assert_eq!(board.postings[0].source_url.as_deref(), Some("https://acme.example/a"));
        assert_eq!(board.postings[0].html().as_deref(), Some("<p>Work.</p>"));
        assert_eq!(board.company_name.as_deref(), Some("Acme"));
    }

    #[test]
    fn a_page_that_does_not_answer_cuts_the_board_short() {
        let a = page("1", "Cook");
        let answers = crawled(&[("/sitemap.xml", JOBS), ("/a", &a), ("/b", ""), ("/about", "<html>")]);
        assert!(PROVIDER.board("acme.example", &answers).expect("it is a board").cut_short);
    }

    #[test]
    fn a_page_that_may_not_be_read_cuts_the_board_short_and_says_why() {
        let a = page("1", "Cook");
        let mut answers = crawled(&[("/sitemap.xml", JOBS), ("/a", &a), ("/about", "<html></html>")]);
        let request = Request::page("https://acme.example/forbidden");
        answers.push(Answer { request, status: 0, body: b"robots.txt forbids it".to_vec() });
        let board = PROVIDER.board("acme.example", &Answers::of(&answers.to_bytes())).expect("it is a board");
        assert!(board.cut_short && board.postings.len() == 1);
        assert_eq!(board.problems[0].message, "robots.txt forbids it");
    }

    #[test]
    fn a_page_or_sitemap_that_breaks_off_cuts_the_board_short() {
        let (a, b) = (page("1", "Cook"), page("2", "Waiter"));
        let cut = |a: &str, jobs: &str| {
            let site = [("/sitemap.xml", INDEX), ("/jobs.xml", jobs), ("/a", a), ("/b", &b), ("/about", "<p>Us</p>")];
            PROVIDER.board("acme.example", &crawled(&site)).expect("it is a board").cut_short
        };
        assert!(!cut(&a, JOBS));
        assert!(cut(&a[..a.len() - 20], JOBS));
        assert!(cut(&a[..40], JOBS));
        assert!(cut(&a, &JOBS[..JOBS.len() - 20]));
    }

    /// Whether a site with this sitemap and these other pages is cut short, and how many postings it has.
    fn is_cut_and_count(sitemap: &str, others: &[(&str, &str)]) -> (bool, usize) {
        let site: Vec<(&str, &str)> = [("/sitemap.xml", sitemap)].into_iter().chain(others.iter().copied()).collect();
        let board = PROVIDER.board("acme.example", &crawled(&site)).expect("it is a board");
        (board.cut_short, board.postings.len())
    }

    /// All postings of a site were taken for gone as its sitemap had begun to write "http" or "www.".
    #[test]
    fn a_page_that_is_named_otherwise_is_asked_for_or_cuts_the_board_short() {
        let a = page("1", "Cook");
        let named = |loc: &str| {
            is_cut_and_count(&format!("<urlset><url><loc>{loc}</loc></url></urlset>"), &[("/a", a.as_str())])
        };
        for asked in ["https://acme.example/a", "http://acme.example/a", "HTTP://acme.example:80/a"] {
            assert_eq!(named(asked), (false, 1), "{asked}");
        }
        for unasked in ["https://www.acme.example/a", "http://jobs.acme.example/a", "http://acme.example:81/a", "/a"] {
            assert_eq!(named(unasked), (true, 0), "{unasked}");
        }
        assert_eq!(named("https://other.example/a"), (true, 0), "it names nothing of the site");
        let beside = |loc: &str| named(&format!("https://acme.example/a</loc></url><url><loc>{loc}"));
        assert_eq!(beside("https://other.example/a"), (false, 1));
        assert_eq!(beside("https://blog.acme.example/a"), (false, 1));
        assert_eq!(beside("https://www.acme.example/a"), (false, 1), "it is a slip");
        assert_eq!(beside("https://www.acme.example/a</loc></url><url><loc>https://www.acme.example/b"), (true, 1));
    }

    /// The pages that it would have named were taken for gone.
    #[test]
    fn what_an_index_names_and_is_no_sitemap_cuts_the_board_short() {
        let a = page("1", "Cook");
        let jobs = "<urlset><url><loc>https://acme.example/a</loc></url></urlset>";
        let with = |index: &str, jobs: &str| is_cut_and_count(index, &[("/jobs.xml", jobs), ("/a", a.as_str())]);
        assert_eq!(with(INDEX, jobs), (false, 1));
        for odd in ["PK\u{3}\u{4}\u{14}", "https://acme.example/a", "<html></html>", ""] {
            assert_eq!(with(INDEX, odd), (true, 0), "{odd:?}");
        }
        assert_eq!(is_cut_and_count(INDEX, &[]), (true, 0), "it is not there");
        assert_eq!(with(INDEX, &jobs.replace("acme", "jobs")), (true, 0), "the pages are elsewhere");
        assert_eq!(with(&INDEX.replace("acme", "files"), jobs), (true, 0), "it is elsewhere");
    }

    /// A known posting that can no longer be read was taken for gone.
    #[test]
    fn a_posting_that_cannot_be_read_cuts_the_board_short() {
        let (a, b) = (page("1", "Cook"), page("2", "Waiter"));
        let is_cut = |b: &str| {
            let answers = crawled(&[("/sitemap.xml", JOBS), ("/a", &a), ("/b", b), ("/about", "<html></html>")]);
            PROVIDER.board("acme.example", &answers).expect("it is a board").cut_short
        };
        assert!(!is_cut(&b));
        assert!(is_cut(&b.replace("Waiter", "a \"fine\" waiter")));
        assert!(!is_cut("<html><script type=\"application/ld+json\">{\"@type\": oops</script></html>"));
    }

    #[test]
    fn an_identifier_of_several_postings_is_none() {
        let (a, b) = (page("kitchens", "Cook"), page("kitchens", "Waiter"));
        let answers = crawled(&[("/sitemap.xml", JOBS), ("/a", &a), ("/b", &b), ("/about", "<html>")]);
        let board = PROVIDER.board("acme.example", &answers).expect("it is a board");
        assert_eq!(board.postings.len(), 2);
        assert_eq!(board.postings[0].key, sha1_hex("https://acme.example/a"));
    }

    /// Once there were two postings, the first one's key was another, and so was the posting.
    #[test]
    fn an_identifier_that_repeats_the_employer_is_none() {
        let a = page(" ACME ", "Cook");
        let answers = crawled(&[("/sitemap.xml", JOBS), ("/a", &a), ("/about", "<html></html>")]);
        let board = PROVIDER.board("acme.example", &answers).expect("it is a board");
        let keys: Vec<&str> = board.postings.iter().map(|it| it.key.as_str()).collect();
        assert_eq!(keys, [sha1_hex("https://acme.example/a")]);
    }

    /// An index of PostgreSQL takes 2,704 bytes.
    #[test]
    fn a_link_that_is_too_long_is_none_and_tells_the_posting_all_the_same() {
        let long = format!("https://acme.example/a?q={}", "x".repeat(TEXT_BYTES_MAX));
        let posting = json!({ "@type": "JobPosting", "title": "Cook", "url": long });
        let body = format!("<html><script type=\"application/ld+json\">{posting}</script></html>");
        let board = PROVIDER.board("acme.example", &Answers::bare(body.as_bytes())).expect("it is a board");
        let posting = &board.postings[0];
        assert_eq!((&posting.source_url, &posting.apply_url), (&None, &None));
        assert_eq!(posting.key, sha1_hex(&long));
    }

    #[test]
    fn a_board_is_named_by_host_and_path() {
        assert_eq!(PROVIDER.api_url("acme.example"), "https://acme.example/sitemap.xml");
        assert_eq!(PROVIDER.api_url("acme.example:jobs:open"), "https://acme.example/jobs/open");
        assert_eq!(PROVIDER.first("acme"), None);
    }

    #[test]
    fn a_page_without_postings_is_no_board() {
        let read = |body: &str| PROVIDER.board("acme.example", &Answers::bare(body.as_bytes()));
        assert_eq!(read("<html></html>"), Err(Unreadable::NoPosting));
        assert_eq!(read(&page("1", "Cook")).expect("it is a board").postings.len(), 1);
    }

    #[test]
    fn a_single_page_is_known_by_its_boards_address() {
        let body = page("Acme", "Cook");
        let board = PROVIDER.board("acme.example:jobs", &Answers::bare(body.as_bytes())).expect("it is a board");
        assert_eq!((board.cut_short, board.postings.len()), (false, 1));
        assert_eq!(board.postings[0].key, sha1_hex("https://acme.example/jobs"));
    }
}
