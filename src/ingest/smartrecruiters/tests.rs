//! Pages and details in SmartRecruiters' shape, and the plan that asks for them.

use super::*;

fn row(id: &str) -> Value {
    json!({ "id": id, "name": "Clerk", "company": { "identifier": "Acme", "name": "Acme Inc." },
            "location": { "city": "Penang", "region": "Penang", "country": "my", "remote": false, "hybrid": false } })
}

fn page_of(ids: &[&str], total: u64) -> String {
    let rows: Vec<Value> = ids.iter().map(|id| row(id)).collect();
    json!({ "totalFound": total, "content": rows }).to_string()
}

/// Crawls as a fetcher would, with `answer` for the network.
fn crawled(answer: impl Fn(&Request) -> (u16, String)) -> Answers {
    Answers::crawled(|answers| next("Acme", answers), answer)
}

fn detail() -> String {
    json!({ "applyUrl": "https://jobs.smartrecruiters.com/Acme/1-clerk?oga=true", "creator": { "name": "Jane Doe" },
            "jobAd": { "sections": { "jobDescription": { "title": "Job", "text": "<p>File.</p>" } } } })
    .to_string()
}

#[test]
fn pages_and_details_make_a_board() {
    let answers = crawled(|request| match &request.detail {
        Some(_) => (200, detail()),
        None if request.url.ends_with("offset=0") => (200, page_of(&["1", "2"], 3)),
        None => (200, page_of(&["3"], 3)),
    });
    assert_eq!(answers.len(), 5);
    let board = PROVIDER.board("Acme", &Answers::of(&answers.to_bytes())).expect("it is a board");
    assert_eq!((board.postings.len(), board.cut_short, board.declared_total), (3, false, Some(3)));
    assert_eq!(board.problems, []);
    let posting = &board.postings[0];
    assert_eq!(posting.html().as_deref(), Some("<h3>Job</h3>\n<p>File.</p>\n"));
    assert_eq!(posting.source_url.as_deref(), Some("https://jobs.smartrecruiters.com/Acme/1"));
    assert_eq!(posting.places[0].country.as_deref(), Some("MY"));
    assert_eq!((posting.workplace_raw.as_deref(), posting.is_partial), (None, false));
    assert!(!posting.native.to_string().contains("Jane"), "{}", posting.native);
}

#[test]
fn a_page_that_repeats_cuts_the_board_short() {
    let answers = crawled(|request| match &request.detail {
        Some(_) => (200, detail()),
        None => (200, page_of(&["1", "2"], 5)),
    });
    let board = PROVIDER.board("Acme", &answers).expect("it is a board");
    assert_eq!((board.postings.len(), board.cut_short), (2, true));
}

/// Such a board was never whole, and nobody told why.
#[test]
fn a_list_with_another_number_than_it_declares_says_so() {
    for (last, total, count) in [(&["2", "3"], 4, 3), (&["3", "4"], 3, 4)] {
        let answers = crawled(|request| match &request.detail {
            Some(_) => (200, detail()),
            None if request.url.ends_with("offset=0") => (200, page_of(&["1", "2"], total)),
            None => (200, page_of(last, total)),
        });
        let board = PROVIDER.board("Acme", &answers).expect("it is a board");
        assert_eq!((board.postings.len(), board.cut_short), (count, true));
        let why = board.problems.last().map(|it| it.message.clone());
        assert_eq!(why, Some(format!("the list declares {total} postings, and has {count}")));
    }
}

#[test]
fn a_detail_that_fails_leaves_its_posting_known_in_part() {
    let answers = crawled(|request| match request.detail.as_deref() {
        Some("2") => (500, String::new()),
        Some(_) => (200, detail()),
        None => (200, page_of(&["1", "2"], 2)),
    });
    let board = PROVIDER.board("Acme", &answers).expect("it is a board");
    assert!(!board.cut_short);
    let partial: Vec<bool> = board.postings.iter().map(|it| it.is_partial).collect();
    assert_eq!(partial, [false, true]);
    assert_eq!(board.problems[0].message, "were not answered (500)");
}

#[test]
fn a_page_alone_is_no_whole_board_unless_it_says_so() {
    let read = |total| PROVIDER.board("Acme", &Answers::bare(page_of(&["1"], total).as_bytes())).expect("a board");
    assert_eq!((read(2).cut_short, read(1).cut_short), (true, false));
    assert_eq!(read(2).problems[0].message, "the list declares 2 postings, and has 1");
    assert!(!read(1).postings[0].is_partial, "nobody says that details were asked for");
}

#[test]
fn fields_of_persons_are_no_metadata() {
    let mut one = row("1");
    one["customField"] = json!([
        { "fieldId": "a", "fieldLabel": "Recruiter", "valueLabel": "Jane Doe" },
        { "fieldId": "b", "fieldLabel": "Brands", "valueLabel": "Acme" },
    ]);
    let body = json!({ "totalFound": 1, "content": [one] }).to_string();
    let board = PROVIDER.board("Acme", &Answers::bare(body.as_bytes())).expect("it is a board");
    let names: Vec<&str> = board.postings[0].metadata.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["Brands"]);
    assert!(!board.postings[0].native.to_string().contains("Jane"));
}

fn read_with(fields: &[(&str, &str)]) -> Posting {
    let field = |(label, value): &(&str, &str)| json!({ "fieldId": label, "fieldLabel": label, "valueLabel": value });
    let mut one = row("1");
    one["customField"] = fields.iter().map(field).collect();
    let body = json!({ "totalFound": 1, "content": [one] }).to_string();
    PROVIDER.board("Acme", &Answers::bare(body.as_bytes())).expect("it is a board").postings.remove(0)
}

/// The ends and the currency of the first range.
fn told(fields: &[(&str, &str)]) -> Option<(Option<String>, Option<String>, Option<String>)> {
    read_with(fields).pay.into_iter().next().map(|it| (it.min, it.max, it.currency))
}

#[test]
fn a_range_of_pay_stands_in_a_field_of_the_employers_own() {
    let range = |min: &str, max: &str, currency: Option<&str>| {
        Some((Some(min.to_owned()), Some(max.to_owned()), currency.map(ToOwned::to_owned)))
    };
    for (label, value, expected) in [
        ("Salary Range", "120,500.00-150,000.00", range("120500", "150000", None)),
        ("Hourly pay range", "$18.50 – $22", range("18.5", "22", None)),
        ("Compensation Range (yearly)", "EUR 50.000 to 60.000", range("50000", "60000", Some("EUR"))),
        ("SALARY RANGE", "£40,000 - £50,000", range("40000", "50000", Some("GBP"))),
        ("Salary Range", "60,000-70,000 CAD", range("60000", "70000", Some("CAD"))),
    ] {
        assert_eq!(told(&[(label, value)]), expected, "{label} {value}");
    }
    for silent in ["", "n/a", "competitive - negotiable", "50,000", "50,000 -", "0.00-0.00", "1-2-3"] {
        assert_eq!(told(&[("Salary Range", silent)]), None, "{silent}");
    }
    assert_eq!(told(&[("Range", "50,000-60,000")]), None);
}

#[test]
fn what_a_field_of_pay_is_called_stays_and_may_tell_its_period() {
    let posting = read_with(&[("Monthly Salary Range", "4,000-5,000")]);
    assert_eq!(posting.metadata[0].value, "4,000-5,000");
    assert_eq!(posting.pay[0].period, StatedPeriod::Unstated);
    assert_eq!(posting.pay[0].note.as_deref(), Some("Monthly Salary Range"));
}

#[test]
fn the_ends_of_a_range_stand_in_two_fields() {
    let (min, max) = (Some("50000".to_owned()), Some("60000".to_owned()));
    for (least, most) in [
        ("Salary Min", "Salary Max"),
        ("Minimum Pay", "Maximum Pay"),
        ("Compensation minimum", "Compensation maximum"),
        ("Pay Range Minimum", "Pay Range Maximum"),
    ] {
        let read = told(&[(least, "50,000.00"), (most, "60,000.00 USD")]);
        assert_eq!(read, Some((min.clone(), max.clone(), Some("USD".to_owned()))), "{least}");
    }
    assert_eq!(told(&[("Salary Max", "60,000"), ("Salary Min", "tbd")]), Some((None, max, None)));
    assert_eq!(told(&[("Minimum experience", "5")]), None);
}
