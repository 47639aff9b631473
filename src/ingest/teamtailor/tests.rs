//! Pages of RSS and feeds, as Teamtailor shapes them, and how they end.

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

#[test]
fn a_careers_page_is_told_where_it_is_at_a_host_of_the_employers_own() {
    let careers = |body: &str| {
        let board = read_body(body).expect("it is a board");
        assert_eq!((board.problems.len(), board.website_url), (0, None));
        board.careers_url
    };
    let rss = |link: &str| {
        let before = "<atom:link xmlns:atom='http://www.w3.org/2005/Atom' href='https://acme.com/jobs.rss'/>";
        careers(&RSS.replace("<channel>", &format!("<channel>{before}<link>{link}</link>")))
    };
    assert_eq!(rss("https://careers.acme.com/jobs").as_deref(), Some("https://careers.acme.com/jobs"));
    assert_eq!((rss("https://acme.teamtailor.com/jobs"), careers(RSS)), (None, None));
    let feed = |home: &str, site: Value| {
        let company = json!({ "name": "Acme", "sameAs": site });
        let item = json!({ "id": "u-1", "title": "Baker", "url": "https://acme.teamtailor.com/jobs/101-baker",
                           "_jobposting": { "title": "Baker", "hiringOrganization": company } });
        careers(&json!({ "title": "Acme", "home_page_url": home, "items": [item] }).to_string())
    };
    let (hosted, own) = ("https://acme.teamtailor.com/jobs", "https://jobs.acme.com");
    assert_eq!(feed(hosted, json!(own)).as_deref(), Some(own));
    assert_eq!(feed(own, Value::Null).as_deref(), Some(own));
    assert_eq!(feed(hosted, json!("https://acme.teamtailor.com")), None);
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

/// An index of PostgreSQL takes 2,704 bytes, and a longer key cost the whole board.
#[test]
fn a_number_that_is_too_long_is_no_key() {
    let keyed = |digits: usize, guid: &str| {
        let link = format!("https://acme.example/jobs/{}", "1".repeat(digits));
        let item = format!("<item><title>Baker</title><link>{link}</link>{guid}</item>");
        let board = read_body(&format!("<rss><channel>{item}</channel></rss>")).expect("it is a board");
        (board.postings.into_iter().next().map(|it| it.key), board.cut_short)
    };
    assert_eq!(keyed(8, "<guid>u-1</guid>"), (Some("11111111".to_owned()), false));
    assert_eq!(keyed(TEXT_BYTES_MAX + 1, "<guid>u-1</guid>"), (Some("u-1".to_owned()), false));
    assert_eq!(keyed(TEXT_BYTES_MAX + 1, ""), (None, true));
}
