//! Ashby: one answer holds a whole board (developers.ashbyhq.com/docs/public-job-posting-api).

use super::answers::Answers;
use super::listing::{self, Listing, Shape};
use super::normalize::workplace::kind_of;
use super::posting::{Board, Html, Posting, StatedPay, StatedPlace};
use super::provider::{Capabilities, Provider, Unreadable, no_rows, single};
use super::reader::{Part, Reader, all_known, joined, pay_words, period};
use crate::vocabulary::WorkplaceType;

/// What is stated for a flag for remote work that the words for the places contradict.
const FLAGGED: &str = "remote: true";

const SHAPE: Shape = Shape {
    key: "id",
    numbers: &[],
    not_native: &["id", "jobUrl", "applyUrl", "descriptionHtml", "descriptionPlain"],
    volatile: &[],
};

pub(super) const PROVIDER: Provider = Provider {
    name: "ashby",
    label: "Ashby",
    capabilities: Capabilities {
        description_in_list: true,
        salary_field: true,
        updated_at: false,
        deadline: false,
        paginated: false,
        total_declared: false,
    },
    redirect_is_not_found: false,
    reads_pages: false,
    board_url: |board| format!("https://jobs.ashbyhq.com/{board}"),
    next: |board, answers| {
        single(board, answers, || {
            format!("https://api.ashbyhq.com/posting-api/job-board/{board}?includeCompensation=true")
        })
    },
    rows: no_rows,
    read: |_, answers| read(answers),
};

fn read(answers: &Answers) -> Result<Board, Unreadable> {
    listing::json(answers.only(), |answer| {
        let rows = listing::rows(answer, "jobs")?;
        let mut listing = Listing::new(&SHAPE, answers);
        for (index, row) in rows.iter().enumerate() {
            if let Some(row) = listing.row(row, &format!("jobs[{index}]")) {
                // A posting that is not listed has an address, but stands on no board.
                listing.read(row, |reader, job| {
                    (reader.flag(job, "isListed") != Some(false)).then(|| posting(reader, job))
                });
            }
        }
        Ok(listing.into_board(rows.len()))
    })
}

fn posting(reader: &mut Reader<'_>, job: &Part<'_>) -> Posting {
    let mut places = vec![place(reader, job)];
    for other in &reader.parts(job, "secondaryLocations") {
        places.push(place(reader, other));
    }
    let location_text = joined(places.iter().filter_map(|it| it.raw.clone()));
    let flag = flag(reader, job, location_text.as_deref());
    let workplace = reader.short(job, "workplaceType");
    let workplace_is_flag = workplace.is_none() && flag.is_some();
    let workplace = workplace.or(flag);
    let is_remote = workplace.as_deref().is_some_and(|it| it.eq_ignore_ascii_case("remote"));
    places.iter_mut().for_each(|it| it.is_remote = is_remote);
    let pay = pay(reader, job);
    let pay_words = if pay.is_empty() { None } else { summary(reader, job) };
    Posting {
        title: reader.title(job, "title"),
        location_text,
        places: all_known(places),
        department_path: reader.short(job, "department").into_iter().collect(),
        team: reader.short(job, "team"),
        employment_type_raw: reader.short(job, "employmentType"),
        workplace_raw: workplace,
        workplace_is_flag,
        pay,
        pay_words,
        source_url: reader.link(job, "jobUrl"),
        apply_url: reader.link(job, "applyUrl"),
        posted_at: reader.time(job, "publishedAt"),
        description_html: reader.text(job, "descriptionHtml").map(Html::Plain),
        ..Posting::default()
    }
}

/// `isRemote` is true of many hybrid postings, so it counts only where nothing more exact is said; where it is false, the
/// posting may be either of the others.
fn flag(reader: &mut Reader<'_>, job: &Part<'_>, places: Option<&str>) -> Option<String> {
    let is_remote = reader.flag(job, "isRemote") == Some(true);
    let is_other = matches!(places.and_then(kind_of), Some(WorkplaceType::Hybrid | WorkplaceType::OnSite));
    let words = if is_other { FLAGGED } else { "Remote" };
    is_remote.then(|| words.to_owned())
}

/// A place of the posting itself, or one of its secondary ones, whose addresses stand a level higher.
fn place(reader: &mut Reader<'_>, at: &Part<'_>) -> StatedPlace {
    let raw = reader.short(at, "location");
    let address = reader.part(at, "address");
    let address = address
        .and_then(|it| if it.get("postalAddress").is_some() { reader.part(&it, "postalAddress") } else { Some(it) });
    let mut named = |name: &str| address.as_ref().and_then(|it| reader.short(it, name));
    StatedPlace {
        raw,
        city: named("addressLocality"),
        region: named("addressRegion"),
        country: named("addressCountry"),
        postal_code: named("postalCode"),
        is_remote: false,
    }
}

/// Salaries of all tiers; what else is paid, as equity, is no salary.
fn pay(reader: &mut Reader<'_>, job: &Part<'_>) -> Vec<StatedPay> {
    let mut ranges = Vec::new();
    for tier in &reader.parts(job, "compensation.compensationTiers") {
        for it in &reader.parts(tier, "components") {
            if reader.text(it, "compensationType").as_deref() != Some("Salary") {
                continue;
            }
            ranges.push(StatedPay {
                title: reader.text(tier, "title"),
                note: reader.text(tier, "additionalInformation"),
                min: reader.amount(it, "minValue"),
                max: reader.amount(it, "maxValue"),
                currency: reader.short(it, "currencyCode"),
                period: period(reader.short(it, "interval")),
            });
        }
    }
    ranges.retain(|it| it.min.is_some() || it.max.is_some());
    ranges
}

/// What the board shows of pay: that of salaries alone before what is told of bonus and equity as well.
fn summary(reader: &mut Reader<'_>, job: &Part<'_>) -> Option<String> {
    let salaries = reader.text(job, "compensation.scrapeableCompensationSalarySummary");
    pay_words(salaries).or_else(|| pay_words(reader.text(job, "compensation.compensationTierSummary")))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::vocabulary::SalaryPeriod;

    fn read_all(jobs: Value) -> Board {
        let body = json!({ "apiVersion": "1", "jobs": jobs }).to_string();
        PROVIDER.board("acme", &Answers::bare(body.as_bytes())).expect("it is a board")
    }

    #[test]
    fn a_whole_posting_is_mapped() {
        let salary = json!({ "compensationType": "Salary", "minValue": 90_000, "maxValue": 120_000,
                             "currencyCode": "EUR", "interval": "1 YEAR" });
        let equity = json!({ "compensationType": "EquityPercentage", "minValue": 0.1, "interval": "NONE" });
        let board = read_all(json!([{
            "id": "7-a", "title": "Baker", "department": "Kitchen", "team": "Bread", "employmentType": "FullTime",
            "location": "Berlin", "publishedAt": "2026-01-02T03:04:05.678+00:00", "isListed": true, "isRemote": true,
            "workplaceType": "Hybrid", "jobUrl": "https://jobs.ashbyhq.com/acme/7-a",
            "applyUrl": "https://jobs.ashbyhq.com/acme/7-a/application", "descriptionHtml": "<p>Bake.</p>",
            "address": { "postalAddress": { "addressLocality": "Berlin", "addressCountry": "Germany" } },
            "secondaryLocations": [{ "location": "Paris", "address": { "addressLocality": "Paris", "addressCountry": "FR" } }],
            "compensation": { "compensationTierSummary": "€90K – €120K • 0.1%",
                              "scrapeableCompensationSalarySummary": "€90K - €120K",
                              "compensationTiers": [{ "title": "Berlin", "components": [salary, equity] }] },
        }]));
        assert_eq!(board.problems, []);
        let posting = &board.postings[0];
        assert_eq!(posting.location_text.as_deref(), Some("Berlin; Paris"));
        let cities: Vec<_> = posting.places.iter().map(|it| it.city.as_deref()).collect();
        assert_eq!((cities, posting.places[0].is_remote), (vec![Some("Berlin"), Some("Paris")], false));
        assert_eq!(posting.workplace_raw.as_deref(), Some("Hybrid"));
        assert_eq!((posting.pay.len(), posting.pay[0].period.of()), (1, Some(SalaryPeriod::Year)));
        assert_eq!(posting.pay_words.as_deref(), Some("€90K - €120K"));
        assert_eq!(posting.posted_at, Some(1_767_323_045_678));
        assert_eq!(posting.native["isRemote"], true);
    }

    #[test]
    fn what_is_not_listed_is_left_out_and_costs_nothing() {
        let board = read_all(json!([{ "id": "a", "title": "T", "isListed": false }, { "id": "b", "title": "U" }]));
        assert_eq!((board.postings.len(), board.cut_short), (1, false));
    }

    #[test]
    fn remoteness_counts_where_nothing_more_exact_is_said() {
        let board = read_all(json!([
            { "id": "a", "title": "T", "isRemote": true, "location": "Anywhere" },
            { "id": "b", "title": "T", "isRemote": false }, { "id": "c", "title": "T", "isRemote": null },
            { "id": "d", "title": "T", "isRemote": true, "workplaceType": "Remote" },
        ]));
        let words: Vec<_> =
            board.postings.iter().map(|it| (it.workplace_raw.as_deref(), it.workplace_is_flag)).collect();
        assert_eq!(words, [(Some("Remote"), true), (None, false), (None, false), (Some("Remote"), false)]);
        assert!(board.postings[0].places.is_empty(), "the words are read, as no address is stated");
    }

    #[test]
    fn remoteness_is_a_flag_where_the_places_say_otherwise() {
        let address = json!({ "addressLocality": "Paris", "addressCountry": "FR" });
        let board = read_all(json!([
            { "id": "a", "title": "T", "isRemote": true, "location": "Paris (Hybrid)", "address": address },
            { "id": "b", "title": "T", "isRemote": true, "location": "Paris",
              "secondaryLocations": [{ "location": "Lyon (Onsite)" }] },
            { "id": "c", "title": "T", "isRemote": true, "location": "Paris (Hybrid)", "workplaceType": "Remote" },
        ]));
        let words: Vec<_> = board.postings.iter().map(|it| it.workplace_raw.as_deref()).collect();
        assert_eq!(words, [Some(FLAGGED), Some(FLAGGED), Some("Remote")]);
        assert!(!board.postings[0].places[0].is_remote, "the office is no place to work remotely from");
    }
}
