//! Workday: pages of 20, and the details of each posting, from the service behind its career sites (`cxs`).
//!
//! A board is named `tenant:wd5:Site`, as in `tenant.wd5.myworkdayjobs.com/Site`. Large tenants say that they have 2,000
//! postings, whatever they have, and begin anew after them: such a list is asked for in parts, by one of its facets.

mod plan;

use serde_json::value::RawValue;

use self::plan::{Plan, TOTAL_MAX};
use super::answers::Answers;
use super::lenient::Members;
use super::listing::{self, Listing, Shape};
use super::posting::{Board, Html, Posting};
use super::provider::{Capabilities, Provider, Unreadable};
use super::reader::{Part, Reader, joined, plain};

const SHAPE: Shape = Shape {
    key: "externalPath",
    numbers: &[],
    not_native: &["externalPath", "jobDescription", "externalUrl", "jobPostingId", "id", "questionnaireId"],
    // An age such as "Posted 8 Days Ago".
    volatile: &["postedOn"],
};

pub(super) const PROVIDER: Provider = Provider {
    name: "workday",
    label: "Workday",
    capabilities: Capabilities {
        description_in_list: false,
        salary_field: false,
        updated_at: false,
        deadline: true,
        paginated: true,
        total_declared: true,
    },
    redirect_is_not_found: false,
    reads_pages: false,
    board_url: |board| site(board).map(|it| it.page("")).unwrap_or_default(),
    next: |board, answers| site(board).map(|it| plan::next(&it, answers)).unwrap_or_default(),
    rows: rows_of,
    read,
};

/// A career site.
struct Site<'a> {
    tenant: &'a str,
    host: &'a str,
    name: &'a str,
}

fn site(board: &str) -> Option<Site<'_>> {
    match *board.split(':').collect::<Vec<_>>() {
        [tenant, host, name] => Some(Site { tenant, host, name }),
        _ => None,
    }
}

impl Site<'_> {
    fn page(&self, path: &str) -> String {
        format!("https://{}.{}.myworkdayjobs.com/{}{path}", self.tenant, self.host, self.name)
    }

    fn api(&self, path: &str) -> String {
        let Site { tenant, host, name } = self;
        format!("https://{tenant}.{host}.myworkdayjobs.com/wday/cxs/{tenant}/{name}{path}")
    }
}

/// The last part of a posting's path, which ends in its number: `/job/Leeds/Pilot_R123` is `Pilot_R123`.
fn key(path: &str) -> Option<String> {
    path.rsplit('/').next().map(|it| it.to_owned()).filter(|it| !it.is_empty())
}

fn rows(answer: &RawValue) -> Result<Vec<&RawValue>, Unreadable> {
    listing::rows(answer, "jobPostings")
}

fn rows_of(answers: &Answers) -> Vec<(String, String)> {
    let rows = listing::row_hashes(answers, &SHAPE, &[SHAPE.key], rows);
    rows.into_iter().filter_map(|(path, hash)| Some((key(&path)?, hash))).collect()
}

fn read(board: &str, answers: &Answers) -> Result<Board, Unreadable> {
    let site = site(board);
    let plan = Plan::of(answers);
    let mut listing = Listing::new(&SHAPE, answers).merging(|_, _| {});
    for (number, answer) in answers.pages().enumerate() {
        let Some(body) = answer.body() else {
            continue;
        };
        let read = listing::json(body, |answer| read_page(&mut listing, answer, site.as_ref()));
        if number == 0 {
            read?;
        }
    }
    listing.declared_total = plan.whole.pages.first().and_then(|it| it.total).filter(|it| *it < TOTAL_MAX);
    if let Some(why) = plan.cut() {
        listing.cut(why);
    }
    Ok(listing.into_board(plan.rows()))
}

fn read_page(listing: &mut Listing<'_>, answer: &RawValue, site: Option<&Site<'_>>) -> Result<(), Unreadable> {
    // The answer to a question for details, saved alone, is a board of one posting.
    if let Some(detail) = Members::of(answer).and_then(|it| it.get("jobPostingInfo")) {
        let members = listing.members(detail, "jobPostingInfo");
        let key = members.get("jobPostingId").and_then(plain);
        if let Some(row) = listing.row_named(key, members, "jobPostingInfo") {
            listing.cut("one posting is no list");
            listing.read(row, |reader, it| Some(posting(reader, it, None)));
        }
        return Ok(());
    }
    for (index, row) in rows(answer)?.into_iter().enumerate() {
        let path = format!("jobPostings[{index}]");
        let members = listing.members(row, &path);
        let place = members.get(SHAPE.key).and_then(plain);
        let page = place.as_deref().and_then(|path| site.map(|it| it.page(path)));
        if let Some(mut row) = listing.row_named(place.as_deref().and_then(key), members, &path) {
            listing.complete(&mut row, Some("jobPostingInfo"));
            listing.read(row, |reader, it| Some(posting(reader, it, page)));
        }
    }
    Ok(())
}

fn posting(reader: &mut Reader<'_>, it: &Part<'_>, page: Option<String>) -> Posting {
    let link = reader.link(it, "externalUrl").or(page);
    let bullet = reader.list(it, "bulletFields").first().and_then(|(it, _)| plain(it));
    Posting {
        // The first line below the title is most often the number, but each tenant chooses what stands there.
        requisition_id: reader.requisition(it, "jobReqId").or_else(|| bullet.filter(|it| is_number(it))),
        title: reader.title(it, "title"),
        location_text: location(reader, it),
        country: country(reader, it),
        department_path: reader.short(it, "jobFamilyGroup").into_iter().collect(),
        employment_type_raw: reader.short(it, "timeType"),
        workplace_raw: reader.short(it, "remoteType"),
        apply_url: link.as_ref().map(|it| format!("{it}/apply")),
        source_url: link,
        posted_at: reader.time(it, "startDate"),
        deadline_at: reader.deadline(it, "endDate"),
        description_html: reader.text(it, "jobDescription").map(Html::Plain),
        ..Posting::default()
    }
}

/// Whether words can be a requisition's number: one word with digits in it.
fn is_number(words: &str) -> bool {
    words.contains(|it: char| it.is_ascii_digit()) && !words.contains(char::is_whitespace)
}

/// The country of the first place, by its name, or by the code that the requisition's own place has.
fn country(reader: &mut Reader<'_>, it: &Part<'_>) -> Option<String> {
    let name = reader.short(it, "country.descriptor");
    name.or_else(|| reader.short(it, "jobRequisitionLocation.country.alpha2Code"))
}

/// The places of the details; the list rolls several up to "3 Locations".
fn location(reader: &mut Reader<'_>, it: &Part<'_>) -> Option<String> {
    let mut all: Vec<String> = reader.short(it, "location").into_iter().collect();
    for (place, path) in reader.list(it, "additionalLocations") {
        match plain(place) {
            Some(place) => all.push(place),
            None => reader.problem(&path, "is no text"),
        }
    }
    joined(all).or_else(|| reader.short(it, "locationsText"))
}

#[cfg(test)]
mod tests;
