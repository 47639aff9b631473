//! Teamtailor: pages of 100 as RSS, which is asked for (support.teamtailor.com, article 11171756), or a JSON Feed,
//! which tells less and names its next page.
//!
//! A board is named by its part of `acme.teamtailor.com`, or by the employer's own host.

use std::sync::LazyLock;

use regex::Regex;
use roxmltree::Node;
use serde_json::{Map, Value};

use super::answers::{Answer, Answers, Request};
use super::domain::own_page;
use super::listing::{self, Listing, Shape};
use super::paging::{Page, Step, step};
use super::posting::{Board, Html, Posting, StatedPlace};
use super::provider::{Capabilities, Provider, Unreadable, hosted, no_rows};
use super::reader::{Part, Reader, TEXT_BYTES_MAX, all_known, joined, plain, words_of};
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
    let mut board = listing.into_paged_board(step(&pages, SIZE));
    // What postings name as the employer's site is its careers page, at its own host where it has one.
    board.careers_url = board.website_url.take().or(board.careers_url);
    Ok(board)
}

fn read_rss(listing: &mut Listing<'_>, body: &[u8]) -> Result<(), Unreadable> {
    xml::read(body, |root| {
        let channel = channel(root)?;
        let told = |name: &str| channel.children().filter(|it| it.has_tag_name(name)).find_map(|it| it.text());
        let title = told("title").and_then(|it| plain(&it.into()));
        listing.company_name = listing.company_name.take().or(title);
        listing.careers_url = listing.careers_url.take().or_else(|| own_page(told("link")?));
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
        let home = members.get("home_page_url").and_then(|it| listing.reader().value(it, "home_page_url"));
        listing.careers_url = listing.careers_url.take().or_else(|| own_page(home.as_ref()?.as_str()?));
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
    let number = number.map(|it| it[1].to_owned()).filter(|it| it.len() <= TEXT_BYTES_MAX);
    number.or_else(|| members.get(otherwise).and_then(plain))
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
mod tests;
