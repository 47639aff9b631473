use super::*;

/// Every shape of address: what it is, and whose board it names.
const ADDRESSES: [(&str, &str, &str); 44] = [
    ("https://boards.greenhouse.io/acme", "greenhouse", "acme"),
    ("https://boards.greenhouse.io/acme/jobs/123?gh_src=x", "greenhouse", "acme"),
    ("https://job-boards.greenhouse.io/acme/jobs/1", "greenhouse", "acme"),
    ("https://job-boards.eu.greenhouse.io/acme", "greenhouse", "acme"),
    ("https://boards.greenhouse.io/embed/job_board?for=acme&b=x", "greenhouse", "acme"),
    ("https://boards.greenhouse.io/embed/job_app?token=1&for=acme", "greenhouse", "acme"),
    ("https://boards-api.greenhouse.io/v1/boards/acme/jobs?content=true", "greenhouse", "acme"),
    ("https://www.acme.example/careers?gh_jid=1&for=acme", "greenhouse", "acme"),
    ("https://jobs.lever.co/acme", "lever", "acme"),
    ("jobs.lever.co/acme/0c1d-2e/apply", "lever", "acme"),
    ("https://jobs.eu.lever.co/acme", "lever", "eu:acme"),
    ("https://api.lever.co/v0/postings/acme?mode=json", "lever", "acme"),
    ("https://api.eu.lever.co/v0/postings/acme", "lever", "eu:acme"),
    ("https://jobs.ashbyhq.com/Acme/123", "ashby", "Acme"),
    ("https://api.ashbyhq.com/posting-api/job-board/acme", "ashby", "acme"),
    ("https://jobs.smartrecruiters.com/AcmeInc/7430-gardener", "smartrecruiters", "AcmeInc"),
    ("https://careers.smartrecruiters.com/AcmeInc", "smartrecruiters", "AcmeInc"),
    ("https://api.smartrecruiters.com/v1/companies/AcmeInc/postings", "smartrecruiters", "AcmeInc"),
    ("https://apply.workable.com/acme/", "workable", "acme"),
    ("https://apply.workable.com/acme/j/AB12/", "workable", "acme"),
    ("https://apply.workable.com/api/v1/widget/accounts/acme", "workable", "acme"),
    ("https://acme.workable.com/jobs/1", "workable", "acme"),
    ("https://acme.recruitee.com/o/gardener", "recruitee", "acme"),
    ("https://ACME.jobs.personio.de/job/12?language=en", "personio", "acme"),
    ("https://acme.jobs.personio.com/", "personio", "acme.jobs.personio.com"),
    ("https://acme.teamtailor.com/jobs/1-baker", "teamtailor", "acme"),
    ("https://acme.na.teamtailor.com/jobs", "teamtailor", "acme.na.teamtailor.com"),
    ("https://acme.bamboohr.com/careers/7", "bamboohr", "acme"),
    ("https://acme.breezy.hr/p/a1-driver", "breezy", "acme"),
    ("https://ats.rippling.com/acme/jobs", "rippling", "acme"),
    ("https://ats.rippling.com/en-GB/acme/jobs/1", "rippling", "acme"),
    ("https://api.rippling.com/platform/api/ats/v1/board/acme/jobs", "rippling", "acme"),
    ("https://acme.pinpointhq.com/en/postings/31", "pinpoint", "acme"),
    ("https://acme.wd5.myworkdayjobs.com/en-US/Careers/job/Berlin/Baker_R1", "workday", "acme:wd5:Careers"),
    ("https://acme.wd5.myworkdayjobs.com/Careers", "workday", "acme:wd5:Careers"),
    ("https://acme.wd5.myworkdayjobs.com/wday/cxs/acme/Careers/jobs", "workday", "acme:wd5:Careers"),
    ("https://wd1.myworkdaysite.com/en-US/recruiting/acme/Careers", "workday", "acme:wd1:Careers"),
    ("https://acme.example", "jsonld", "acme.example"),
    ("https://acme.example/sitemap.xml", "jsonld", "acme.example"),
    ("http://careers.acme.example/en-US/jobs/open/", "jsonld", "careers.acme.example:en-US:jobs:open"),
    ("acme.example/jobs", "jsonld", "acme.example:jobs"),
    ("greenhouse/acme", "greenhouse", "acme"),
    ("lever/eu:acme", "lever", "eu:acme"),
    (" workday/acme:wd5:Careers ", "workday", "acme:wd5:Careers"),
];

#[test]
fn an_address_tells_the_provider_and_the_board() {
    for (text, provider, board) in ADDRESSES {
        assert_eq!(recognize(text), Ok(Recognized { provider, board: board.to_owned() }), "{text}");
    }
}

#[test]
fn every_provider_is_recognized_by_the_addresses_it_gives_itself() {
    for provider in provider::ALL {
        let named = ["acme", "acme:wd5:Careers", "acme.example"].into_iter().find(|it| provider.names(it));
        let board = named.expect("every provider has boards").to_owned();
        for address in [(provider.board_url)(&board), provider.api_url(&board)] {
            assert_eq!(
                recognize(&address),
                Ok(Recognized { provider: provider.name, board: board.clone() }),
                "{address}"
            );
        }
    }
}

#[test]
fn an_address_of_a_provider_without_a_board_says_so() {
    for text in [
        "https://jobs.lever.co/",
        "https://boards.greenhouse.io/embed/job_board",
        "https://apply.workable.com/j/AB12",
        "https://www.recruitee.com/pricing",
        "https://acme.wd5.myworkdayjobs.com/en-US",
        "https://jobs.ashbyhq.com/Acme%20Inc",
        "workday/acme",
        "greenhouse/a/b",
    ] {
        let found = recognize(text);
        assert!(matches!(found, Err(Unrecognized::NoBoard { .. })), "{text}: {found:?}");
    }
}

/// It once said that "workday/BOARD" was to be given, which was.
#[test]
fn what_names_no_board_is_told_how_that_providers_boards_are_named() {
    for (text, example) in [
        ("workday/nvidia", "workday/tenant:wd5:Site"),
        ("jsonld/acme", "jsonld/acme.example"),
        ("https://jobs.lever.co/", "lever/acme"),
    ] {
        let told = recognize(text).expect_err("it names no board").to_string();
        assert!(told.ends_with(&format!("or one such as {example}")), "{told}");
    }
}

#[test]
fn a_posting_inside_a_page_that_does_not_tell_the_board_is_no_site_of_its_own() {
    let found = recognize("https://www.acme.example/careers/?gh_jid=4012");
    assert!(matches!(found, Err(Unrecognized::Embedded { name: "greenhouse", .. })), "{found:?}");
}

#[test]
fn what_is_no_address_is_told() {
    for text in [
        "",
        "acme",
        "ftp://acme.example",
        "https://localhost/jobs",
        "https://127.0.0.1/",
        "https://acme.example:8443/",
        "https://acme.example/jobs?page=2",
        "https://acme.example/a%20b",
        "mailto:a@acme.example",
        "nobody/acme",
        "https://",
    ] {
        let found = recognize(text);
        assert!(matches!(found, Err(Unrecognized::NoAddress(_))), "{text}: {found:?}");
    }
}
