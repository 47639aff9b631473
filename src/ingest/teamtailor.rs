//! Teamtailor: pages of 100 as RSS, which is asked for (support.teamtailor.com, article 11171756), or a JSON Feed,
//! which tells less and names its next page.
//!
//! A board is named by its part of `acme.teamtailor.com`, or by the employer's own host.

use std::sync::LazyLock;

use regex::Regex;
use roxmltree::Node;
use serde_json::{Map, Value};

use super::answers::{Answer, Answers, Request};
use super::listing::{self, Listing, Shape};
use super::paging::{Page, Step, step};
use super::posting::{Board, Html, Posting, StatedPlace};
use super::provider::{Capabilities, Provider, Unreadable, hosted, no_rows};
use super::reader::{Part, Reader, all_known, joined, plain, words_of};
use super::schema_org;
use super::xml;

/// Items of a page: all that one has which is asked for without a number, and the most that there are.
const SIZE: usize = 100;

const SHAPE: Shape = Shape {
    key: "link",
    numbers: &[],
    not_native: &["link", "url", "description", "content_html", "_jobposting"],
    volatile: &[],
};

pub(super) const PROVIDER: Provider = Provider {
    name: "teamtailor",
    label: "Teamtailor",
    capabilities: Capabilities {
        description_in_list: true,
        salary_field: false,
        updated_at: false,
        deadline: false,
        paginated: true,
        total_declared: false,
    },
    redirect_is_not_found: false,
    reads_pages: false,
    board_url: |board| hosted(board, "teamtailor.com", "jobs"),
    next,
    rows: no_rows,
    read: |_, answers| read(answers),
};

/// `page=` is not looked at, and behind the last item there is an empty page.
fn next(board: &str, answers: &Answers) -> Vec<Request> {
    if board.contains(':') {
        return Vec::new();
    }
    let url = hosted(board, "teamtailor.com", "jobs.rss");
    let pages: Vec<Page> = answers.pages().map(page).collect();
    match step(&pages, SIZE) {
        Step::Ask(0) => vec![Request::page(url)],
        Step::Ask(offset) => vec![Request::page(format!("{url}?offset={offset}&per_page={SIZE}"))],
        Step::Whole | Step::Cut(_) => Vec::new(),
    }
}

fn is_feed(body: &[u8]) -> bool {
    body.trim_ascii_start().starts_with(b"{")
}

fn page(answer: &Answer) -> Page {
    match answer.body() {
        // A feed tells itself whether it goes on.
        Some(body) if is_feed(body) => Page { keys: Some(Vec::new()), total: None },
        body => Page { keys: body.and_then(|it| xml::read(it, keys).ok()), total: None },
    }
}

/// The keys of all items; one that cannot be told from others is an item all the same.
fn keys(root: Node<'_, '_>) -> Result<Vec<String>, Unreadable> {
    let named = |(index, it)| key(&xml::members(it), "link", "guid").unwrap_or_else(|| path(index));
    Ok(items(root)?.into_iter().enumerate().map(named).collect())
}

fn channel<'a, 'input>(root: Node<'a, 'input>) -> Result<Node<'a, 'input>, Unreadable> {
    let channel = root.children().find(|it| it.has_tag_name("channel")).filter(|_| root.has_tag_name("rss"));
    channel.ok_or(Unreadable::NoRoot("rss"))
}

fn items<'a, 'input>(root: Node<'a, 'input>) -> Result<Vec<Node<'a, 'input>>, Unreadable> {
    Ok(channel(root)?.children().filter(|it| it.has_tag_name("item")).collect())
}

fn path(index: usize) -> String {
    format!("item[{index}]")
}

fn read(answers: &Answers) -> Result<Board, Unreadable> {
    let mut listing = Listing::new(&SHAPE, answers);
    for (number, answer) in answers.pages().enumerate() {
        let Some(body) = answer.body() else {
            continue;
        };
        let read = if is_feed(body) { read_feed(&mut listing, body) } else { read_rss(&mut listing, body) };
        if number == 0 {
            read?;
        }
    }
    let pages: Vec<Page> = answers.pages().map(page).collect();
    Ok(listing.into_paged_board(step(&pages, SIZE)))
}

fn read_rss(listing: &mut Listing<'_>, body: &[u8]) -> Result<(), Unreadable> {
    xml::read(body, |root| {
        let title = channel(root)?.children().find(|it| it.has_tag_name("title"));
        let title = title.and_then(|it| it.text()).and_then(|it| plain(&it.into()));
        listing.company_name = listing.company_name.take().or(title);
        for (index, item) in items(root)?.into_iter().enumerate() {
            let members = xml::members(item);
            let key = key(&members, "link", "guid");
            if let Some(row) = listing.row_named(key, members, &path(index)) {
                listing.read(row, |reader, it| Some(of_item(reader, it)));
            }
        }
        Ok(())
    })
}

fn read_feed(listing: &mut Listing<'_>, body: &[u8]) -> Result<(), Unreadable> {
    listing::json(body, |answer| {
        let (members, rows) = listing::members_and_rows(answer, "items")?;
        let title = members.get("title").and_then(|it| listing.reader().value(it, "title"));
        listing.company_name = listing.company_name.take().or_else(|| title.as_ref().and_then(plain));
        let next = members.get("next_url").and_then(|it| listing.reader().value(it, "next_url"));
        if next.is_some_and(|it| it.as_str().is_some_and(|it| !it.trim().is_empty())) {
            listing.cut("the feed goes on in another answer");
        }
        for (index, row) in rows.iter().enumerate() {
            let path = format!("items[{index}]");
            let members = listing.members(row, &path);
            let key = key(&members, "url", "id");
            if let Some(row) = listing.row_named(key, members, &path) {
                listing.read(row, |reader, it| Some(of_feed(reader, it)));
            }
        }
        Ok(())
    })
}

/// The number in the posting's address, which both kinds of answers have.
fn key(members: &Map<String, Value>, link: &str, otherwise: &str) -> Option<String> {
    static NUMBER: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"/jobs/(\d+)").expect("the pattern is valid"));
    let number = members.get(link).and_then(Value::as_str).and_then(|it| NUMBER.captures(it));
    number.map(|it| it[1].to_owned()).or_else(|| members.get(otherwise).and_then(plain))
}

fn of_item(reader: &mut Reader<'_>, it: &Part<'_>) -> Posting {
    let status = reader.short(it, "remoteStatus");
    let workplace = workplace(status.as_deref());
    let places = places(reader, it, workplace == Some("remote"));
    let link = reader.link(it, "link");
    Posting {
        title: reader.title(it, "title"),
        location_text: joined(places.iter().filter_map(|it| words_of(it).or_else(|| it.raw.clone()))),
        places: all_known(places),
        department_path: reader.short(it, "tt:department").into_iter().collect(),
        team: reader.short(it, "tt:role"),
        workplace_raw: workplace.map(ToOwned::to_owned),
        apply_url: link.clone(),
        source_url: link,
        posted_at: reader.time(it, "pubDate"),
        description_html: reader.text(it, "description").map(Html::Plain),
        ..Posting::default()
    }
}

/// Who may work from elsewhere for a time is still hired at a place. "none" is what it is where nobody has chosen.
fn workplace(status: Option<&str>) -> Option<&'static str> {
    match status?.to_lowercase().as_str() {
        "fully" => Some("remote"),
        "hybrid" => Some("hybrid"),
        "onsite" | "on_site" => Some("on-site"),
        _ => None,
    }
}

fn places(reader: &mut Reader<'_>, it: &Part<'_>, is_remote: bool) -> Vec<StatedPlace> {
    // Without places, the element is empty.
    if !it.get("tt:locations").is_some_and(Value::is_object) {
        return Vec::new();
    }
    let mut places = Vec::new();
    for at in &reader.part_or_parts(it, "tt:locations.tt:location") {
        places.push(StatedPlace {
            raw: reader.short(at, "tt:name"),
            city: reader.short(at, "tt:city"),
            region: None,
            country: reader.short(at, "tt:country"),
            postal_code: reader.short(at, "tt:zip"),
            is_remote,
        });
    }
    places
}

fn of_feed(reader: &mut Reader<'_>, it: &Part<'_>) -> Posting {
    let inner = reader.part(it, "_jobposting");
    let stated = inner.map(|inner| schema_org::posting(reader, &inner)).unwrap_or_default();
    let link = reader.link(it, "url");
    Posting {
        title: reader.title(it, "title"),
        apply_url: link.clone(),
        source_url: link,
        posted_at: reader.time(it, "date_published").or(stated.posted_at),
        description_html: reader.text(it, "content_html").map(Html::Plain).or_else(|| stated.description_html.clone()),
        ..stated
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const RSS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:tt="https://teamtailor.com/locations"><channel>
  <title>Acme &amp; Co</title>
  <item>
    <title>Baker</title><description>&lt;p&gt;Bake.&lt;/p&gt;</description><pubDate>Fri, 02 Jan 2026 03:04:05 +0100</pubDate>
    <link>https://acme.teamtailor.com/jobs/101-baker</link><remoteStatus>fully</remoteStatus><guid>u-1</guid>
    <tt:locations>
      <tt:location><tt:name>HQ</tt:name><tt:zip>116 21</tt:zip><tt:city>Stockholm</tt:city><tt:country>Sweden</tt:country></tt:location>
      <tt:location><tt:name>South</tt:name><tt:city>Lund</tt:city><tt:country>Sweden</tt:country></tt:location>
    </tt:locations>
    <tt:department>Kitchen</tt:department><tt:role>Bread</tt:role>
  </item>
  <item><title>Clerk</title><link>https://acme.teamtailor.com/jobs/102-clerk</link><remoteStatus>temporary</remoteStatus><tt:locations/></item>
</channel></rss>"#;

    fn read_body(body: &str) -> Result<Board, Unreadable> {
        PROVIDER.board("acme", &Answers::bare(body.as_bytes()))
    }

    #[test]
    fn items_of_rss_are_mapped_with_all_their_places() {
        let board = read_body(RSS).expect("it is a board");
        assert_eq!((board.problems.len(), board.cut_short, board.postings.len()), (0, false, 2));
        assert_eq!(board.company_name.as_deref(), Some("Acme & Co"));
        let posting = &board.postings[0];
        assert_eq!((posting.key.as_str(), posting.team.as_deref()), ("101", Some("Bread")));
        assert_eq!(posting.location_text.as_deref(), Some("Stockholm, Sweden; Lund, Sweden"));
        assert_eq!((posting.places.len(), posting.workplace_raw.as_deref()), (2, Some("remote")));
        assert_eq!(posting.html().as_deref(), Some("<p>Bake.</p>"));
        assert_eq!(posting.posted_at, Some(1_767_319_445_000));
        assert_eq!(posting.native["guid"], "u-1");
        assert_eq!((board.postings[1].places.len(), &board.postings[1].workplace_raw), (0, &None));
    }

    #[test]
    fn items_of_a_json_feed_have_the_same_keys() {
        let place = json!({ "@type": "Place", "address": { "addressLocality": "Lund", "addressCountry": "SE" } });
        let body = json!({ "version": "https://jsonfeed.org/version/1.1", "title": "Acme", "items": [{
            "id": "u-1", "title": "Baker", "url": "https://acme.teamtailor.com/jobs/101-baker", "content_html": "<p>Bake.</p>",
            "date_published": "2026-01-02T03:04:05+01:00", "_jobposting": { "title": "Baker", "jobLocation": [place] },
        }] });
        let board = read_body(&body.to_string()).expect("it is a board");
        assert_eq!(board.problems, []);
        assert_eq!((board.postings[0].key.as_str(), board.postings[0].places.len()), ("101", 1));
        assert_eq!(board.postings[0].posted_at, Some(1_767_319_445_000));
    }

    /// Items with these numbers.
    fn rss_of(numbers: std::ops::Range<u64>) -> String {
        let item = |it: u64| format!("<item><title>Baker</title><link>https://acme.example/jobs/{it}-x</link></item>");
        let items: String = numbers.map(item).collect();
        format!("<rss version=\"2.0\"><channel><title>Acme</title>{items}</channel></rss>")
    }

    /// Crawls as a fetcher would, with `page` for the network.
    fn crawled(page: impl Fn(u64) -> (u16, String)) -> Answers {
        let page = |request: &Request| {
            let query = request.url.split_once("?offset=").map_or("0&per_page=100", |(_, it)| it);
            let (offset, _) = query.split_once("&per_page=100").expect("it says how many");
            page(offset.parse().expect("it is a number"))
        };
        Answers::crawled(|answers| next("acme", answers), page)
    }

    /// A board of more than 100 was once taken for one of 100, and whole.
    #[test]
    fn pages_are_asked_for_until_one_is_not_full() {
        let board_of = |count: u64| {
            let answers = crawled(|offset| (200, rss_of(offset.min(count)..count.min(offset + 100))));
            (answers.len(), PROVIDER.board("acme", &Answers::of(&answers.to_bytes())).expect("it is a board"))
        };
        for (count, asked) in [(0, 1), (99, 1), (100, 2), (250, 3), (300, 4)] {
            let (requests, board) = board_of(count);
            assert_eq!((requests, board.postings.len() as u64, board.cut_short), (asked, count, false), "{count}");
            assert_eq!((board.company_name.as_deref(), board.problems.len()), (Some("Acme"), 0));
        }
    }

    #[test]
    fn the_first_page_is_asked_for_without_a_number() {
        let answers = crawled(|offset| (200, rss_of(offset..150_u64.min(offset + 100))));
        let urls: Vec<&str> = answers.list().iter().map(|it| it.request.url.as_str()).collect();
        let first = "https://acme.teamtailor.com/jobs.rss";
        assert_eq!(urls, [first, &format!("{first}?offset=100&per_page=100")]);
        assert_eq!(PROVIDER.first("acme:x"), None);
    }

    #[test]
    fn a_full_page_alone_is_no_whole_board() {
        assert!(read_body(&rss_of(0..100)).expect("it is a board").cut_short);
        assert!(!read_body(&rss_of(0..99)).expect("it is a board").cut_short);
        // One of 100 items cannot be told from others.
        let nameless = rss_of(0..99).replace("</channel>", "<item><title>Clerk</title></item></channel>");
        let mut answers = Answers::default();
        answers.push(Answer { request: Request::page("first"), status: 200, body: nameless.into_bytes() });
        assert_eq!(next("acme", &answers).len(), 1);
    }

    #[test]
    fn pages_that_repeat_or_fail_cut_the_board_short() {
        let board = |answers: Answers| PROVIDER.board("acme", &answers).expect("it is a board");
        let repeating = board(crawled(|_| (200, rss_of(0..100))));
        assert_eq!((repeating.postings.len(), repeating.cut_short), (100, true));
        let failing = |status, body: &str| {
            let page = |offset| if offset == 0 { (200, rss_of(0..100)) } else { (status, body.to_owned()) };
            let board = board(crawled(page));
            (board.postings.len(), board.cut_short)
        };
        assert_eq!((failing(503, ""), failing(200, "<html>")), ((100, true), (100, true)));
    }

    #[test]
    fn a_feed_that_goes_on_is_no_whole_board() {
        let is_cut = |next: Value| {
            let item = json!({ "id": "u-1", "title": "Baker", "url": "https://acme.example/jobs/1-baker" });
            let body = json!({ "title": "Acme", "items": [item], "next_url": next }).to_string();
            read_body(&body).expect("it is a board").cut_short
        };
        assert!(is_cut(json!("https://acme.teamtailor.com/jobs.json?page=2")));
        assert!(!is_cut(Value::Null) && !is_cut(json!("")));
    }

    #[test]
    fn only_a_status_that_somebody_chose_tells_the_workplace() {
        let told = |status: &str| {
            let body = RSS.replace("<remoteStatus>fully<", &format!("<remoteStatus>{status}<"));
            read_body(&body).expect("it is a board").postings.remove(0).workplace_raw
        };
        assert_eq!((told("onsite").as_deref(), told("on_site").as_deref()), (Some("on-site"), Some("on-site")));
        assert_eq!((told("hybrid").as_deref(), told("Fully").as_deref()), (Some("hybrid"), Some("remote")));
        assert_eq!((told("none"), told("temporary")), (None, None));
    }

    #[test]
    fn a_page_for_people_is_no_board() {
        assert!(read_body("<html><head></head></html>").is_err());
        assert_eq!(read_body("{}"), Err(Unreadable::NoList("items")));
    }
}
