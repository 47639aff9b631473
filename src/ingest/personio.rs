//! Personio: one XML answer holds a whole board (developer.personio.de/docs/retrieving-open-job-positions).
//!
//! A board is named by its part of `acme.jobs.personio.de`, or by its host, as `acme.jobs.personio.com`. The language is
//! asked for, as texts would otherwise change with the employer's default.

use super::answers::Answers;
use super::listing::{Listing, Shape};
use super::posting::{Board, Html, Posting};
use super::provider::{Capabilities, Provider, Unreadable, hosted, no_rows, single};
use super::reader::{Part, Reader, joined, sections};
use super::xml;

const SHAPE: Shape = Shape { key: "id", numbers: &[], not_native: &["id", "jobDescriptions"], volatile: &[] };

pub(super) const PROVIDER: Provider = Provider {
    name: "personio",
    label: "Personio",
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
    board_url: |board| hosted(board, "jobs.personio.de", ""),
    next: |board, answers| single(board, answers, || hosted(board, "jobs.personio.de", "xml?language=en")),
    rows: no_rows,
    read,
};

fn read(board: &str, answers: &Answers) -> Result<Board, Unreadable> {
    xml::read(answers.only(), |root| {
        if !root.has_tag_name("workzag-jobs") {
            return Err(Unreadable::NoRoot("workzag-jobs"));
        }
        let mut listing = Listing::new(&SHAPE, answers);
        for (index, position) in root.children().filter(|it| it.has_tag_name("position")).enumerate() {
            if let Some(row) = listing.row_of(xml::members(position), &format!("position[{index}]")) {
                let page = hosted(board, "jobs.personio.de", &format!("job/{}", row.key));
                listing.read(row, |reader, it| Some(posting(reader, it, page)));
            }
        }
        let count = listing.len();
        Ok(listing.into_board(count))
    })
}

fn posting(reader: &mut Reader<'_>, it: &Part<'_>, page: String) -> Posting {
    // The kind of employment and its hours are two fields.
    let employment = [reader.short(it, "employmentType"), reader.short(it, "schedule")];
    let employment = employment.into_iter().flatten().collect::<Vec<_>>().join(", ");
    Posting {
        title: reader.title(it, "name"),
        location_text: offices(reader, it),
        department_path: reader.short(it, "department").into_iter().collect(),
        team: reader.short(it, "recruitingCategory"),
        employment_type_raw: Some(employment).filter(|it| !it.is_empty()),
        source_url: Some(page.clone()),
        apply_url: Some(page),
        posted_at: reader.time(it, "createdAt"),
        company_name: reader.short(it, "subcompany"),
        description_html: description(reader, it).map(Html::Plain),
        ..Posting::default()
    }
}

fn offices(reader: &mut Reader<'_>, it: &Part<'_>) -> Option<String> {
    let mut all: Vec<String> = reader.short(it, "office").into_iter().collect();
    // Without other offices, the element is empty.
    if it.get("additionalOffices").is_some_and(|it| it.is_object()) {
        let others = reader.one_or_many(it, "additionalOffices.office");
        all.extend(others.iter().filter_map(|(it, _)| it.as_str()).map(ToOwned::to_owned));
    }
    joined(all)
}

fn description(reader: &mut Reader<'_>, it: &Part<'_>) -> Option<String> {
    if !it.get("jobDescriptions").is_some_and(|it| it.is_object()) {
        return None;
    }
    let mut all = Vec::new();
    for section in &reader.part_or_parts(it, "jobDescriptions.jobDescription") {
        all.push((reader.text(section, "name"), reader.text(section, "value")));
    }
    sections(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<workzag-jobs>
  <position>
    <id>12</id><subcompany>Acme &amp; Co. KG</subcompany><office>Munich</office>
    <additionalOffices><office>Berlin</office><office>Remote</office></additionalOffices>
    <department>Brewery</department><recruitingCategory>Hops</recruitingCategory><name>Brewer (m/w/d)</name>
    <jobDescriptions>
      <jobDescription><name>Your tasks</name><value><![CDATA[<p>Brew.</p>]]></value></jobDescription>
      <jobDescription><name>Us</name><value>&lt;p&gt;Beer.&lt;/p&gt;</value></jobDescription>
    </jobDescriptions>
    <employmentType>permanent</employmentType><schedule>full-time</schedule><seniority>experienced</seniority>
    <createdAt>2026-01-02T03:04:05+00:00</createdAt>
  </position>
  <position><id>13</id><name>Clerk</name><office>Ulm</office><additionalOffices/><jobDescriptions></jobDescriptions></position>
</workzag-jobs>"#;

    #[test]
    fn whole_positions_are_mapped() {
        let board = PROVIDER.board("acme", &Answers::bare(BODY.as_bytes())).expect("it is a board");
        assert_eq!((board.problems.len(), board.cut_short, board.postings.len()), (0, false, 2));
        let posting = &board.postings[0];
        assert_eq!(posting.location_text.as_deref(), Some("Munich; Berlin; Remote"));
        assert_eq!(posting.employment_type_raw.as_deref(), Some("permanent, full-time"));
        let html = posting.html().expect("it has a body");
        assert_eq!(html, "<h3>Your tasks</h3>\n<p>Brew.</p>\n<h3>Us</h3>\n<p>Beer.</p>\n");
        assert_eq!(posting.company_name.as_deref(), Some("Acme & Co. KG"));
        assert_eq!(posting.source_url.as_deref(), Some("https://acme.jobs.personio.de/job/12"));
        assert_eq!(posting.native["seniority"], "experienced");
        assert_eq!(
            (&board.postings[1].description_html, &board.postings[1].location_text),
            (&None, &Some("Ulm".into()))
        );
    }

    #[test]
    fn another_page_is_no_board() {
        let read = |body: &str| PROVIDER.board("acme", &Answers::bare(body.as_bytes()));
        assert_eq!(read("<html><body/></html>"), Err(Unreadable::NoRoot("workzag-jobs")));
        assert!(read("<workzag-jobs/>").expect("it is a board").postings.is_empty());
        assert_eq!(PROVIDER.api_url("acme.jobs.personio.com"), "https://acme.jobs.personio.com/xml?language=en");
    }
}
