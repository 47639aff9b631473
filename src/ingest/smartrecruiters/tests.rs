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
    let mut answers = Answers::default();
    loop {
        let requests = answers.unasked(next("Acme", &answers));
        if requests.is_empty() {
            return answers;
        }
        for request in requests {
            let (status, body) = answer(&request);
            answers.push(Answer { request, status, body: body.into_bytes() });
        }
    }
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
