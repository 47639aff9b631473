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
    assert_eq!(board.gone.into_iter().collect::<Vec<_>>(), ["https://acme.example/gone"]);
}

#[test]
fn the_site_of_an_employer_is_told_by_a_posting_of_its_own() {
    let of = |name: &str, site: &str| {
        let told = format!("\"hiringOrganization\":{{\"name\":\"{name}\",\"sameAs\":\"{site}\"}}");
        page("2", "Cook").replace("\"hiringOrganization\":{\"name\":\"Acme\"}", &told)
    };
    let board = |a: &str, b: &str| {
        let answers = crawled(&[("/sitemap.xml", JOBS), ("/a", a), ("/b", b), ("/about", "<html></html>")]);
        PROVIDER.board("acme.example", &answers).expect("it is a board")
    };
    let (silent, acme) = (page("1", "Cook"), of("Acme", "https://acme.com"));
    let beta = of("Beta", "https://beta.com");
    assert_eq!(board(&silent, &acme).website_url.as_deref(), Some("https://acme.com"));
    assert_eq!(board(&silent, &beta).website_url, None, "it is another employer's");
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
    let named =
        |loc: &str| is_cut_and_count(&format!("<urlset><url><loc>{loc}</loc></url></urlset>"), &[("/a", a.as_str())]);
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
