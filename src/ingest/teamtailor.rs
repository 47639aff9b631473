//! Teamtailor: one answer holds a whole board, as RSS, which is asked for, or as a JSON Feed, which tells less.
//!
//! A board is named by its part of `acme.teamtailor.com`, or by the employer's own host.

use std::sync::LazyLock;

use regex::Regex;
use serde_json::{Map, Value};

use super::answers::Answers;
use super::listing::{self, Listing, Shape};
use super::posting::{Board, Html, Posting, StatedPlace};
use super::provider::{Capabilities, Provider, Unreadable, hosted, no_rows, single};
use super::reader::{Part, Reader, all_known, joined, plain, words_of};
use super::schema_org;
use super::xml;

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
        paginated: false,
        total_declared: false,
    },
    redirect_is_not_found: false,
    reads_pages: false,
    board_url: |board| hosted(board, "teamtailor.com", "jobs"),
    next: |board, answers| single(board, answers, || hosted(board, "teamtailor.com", "jobs.rss")),
    rows: no_rows,
    read: |_, answers| read(answers),
};

fn read(answers: &Answers) -> Result<Board, Unreadable> {
    let body = answers.only();
    if body.trim_ascii_start().starts_with(b"{") { read_feed(body, answers) } else { read_rss(body, answers) }
}

fn read_rss(body: &[u8], answers: &Answers) -> Result<Board, Unreadable> {
    xml::read(body, |root| {
        let channel = root.children().find(|it| it.has_tag_name("channel")).filter(|_| root.has_tag_name("rss"));
        let channel = channel.ok_or(Unreadable::NoRoot("rss"))?;
        let mut listing = Listing::new(&SHAPE, answers);
        let title = channel.children().find(|it| it.has_tag_name("title"));
        listing.company_name = title.and_then(|it| it.text()).and_then(|it| plain(&it.into()));
        for (index, item) in channel.children().filter(|it| it.has_tag_name("item")).enumerate() {
            let members = xml::members(item);
            let key = key(&members, "link", "guid");
            if let Some(row) = listing.row_named(key, members, &format!("item[{index}]")) {
                listing.read(row, |reader, it| Some(of_item(reader, it)));
            }
        }
        let count = listing.len();
        Ok(listing.into_board(count))
    })
}

fn read_feed(body: &[u8], answers: &Answers) -> Result<Board, Unreadable> {
    listing::json(body, |answer| {
        let (members, rows) = listing::members_and_rows(answer, "items")?;
        let mut listing = Listing::new(&SHAPE, answers);
        let title = members.get("title").and_then(|it| listing.reader().value(it, "title"));
        listing.company_name = title.as_ref().and_then(plain);
        for (index, row) in rows.iter().enumerate() {
            let path = format!("items[{index}]");
            let members = listing.members(row, &path);
            let key = key(&members, "url", "id");
            if let Some(row) = listing.row_named(key, members, &path) {
                listing.read(row, |reader, it| Some(of_feed(reader, it)));
            }
        }
        Ok(listing.into_board(rows.len()))
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

/// Who may work from elsewhere for a time is still hired at a place.
fn workplace(status: Option<&str>) -> Option<&'static str> {
    match status?.to_lowercase().as_str() {
        "fully" => Some("remote"),
        "hybrid" => Some("hybrid"),
        "none" => Some("on-site"),
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

    #[test]
    fn a_page_for_people_is_no_board() {
        assert!(read_body("<html><head></head></html>").is_err());
        assert_eq!(read_body("{}"), Err(Unreadable::NoList("items")));
    }
}
