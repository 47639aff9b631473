//! What tells where the work is done, and what does not.

use super::*;
use crate::ingest::normalize::location;
use crate::ingest::posting::StatedPlace;

fn kind(location: Option<&str>, title: &str, body: &str) -> Option<WorkplaceType> {
    read_posting(location, title, body).kind
}

fn read_posting(location: Option<&str>, title: &str, body: &str) -> Workplace {
    let posting =
        Posting { title: title.to_owned(), location_text: location.map(ToOwned::to_owned), ..Posting::default() };
    read_of(&posting, body)
}

fn read_of(posting: &Posting, body: &str) -> Workplace {
    read(posting, &location::read(posting), body)
}

#[test]
fn a_city_alone_tells_nothing() {
    assert_eq!(kind(Some("Berlin, Germany"), "Engineer", "We have an office."), None);
}

#[test]
fn the_place_the_hashtag_the_title_and_the_body_tell_in_this_order() {
    assert_eq!(kind(Some("Remote - US"), "Engineer (hybrid)", "#LI-ONSITE"), Some(WorkplaceType::Remote));
    assert_eq!(kind(None, "Engineer (remote)", "#LI-HYBRID"), Some(WorkplaceType::Hybrid));
    assert_eq!(kind(None, "Engineer (remote)", "hybrid role"), Some(WorkplaceType::Remote));
    assert_eq!(kind(None, "Engineer", "This is a hybrid role."), Some(WorkplaceType::Hybrid));
}

#[test]
fn what_is_offered_besides_is_not_how_the_work_is_done() {
    let remote = Some(WorkplaceType::Remote);
    assert_eq!(kind(Some("US Fully Remote; Springfield Hybrid Available"), "Gardener", ""), remote);
    assert_eq!(kind(Some("Springfield (hybrid)"), "Gardener", ""), Some(WorkplaceType::Hybrid));
}

#[test]
fn a_denial_overrules_and_is_kept_as_a_conflict() {
    let found = read_posting(Some("Remote - US"), "Engineer", "This role is not remote.");
    assert_eq!(found.kind, Some(WorkplaceType::OnSite));
    assert_eq!(found.fact.expect("it is told").conflicts, ["REMOTE by workplace.location"]);
}

#[test]
fn a_flag_for_remote_work_counts_below_the_words_for_the_places() {
    let read_stated = |workplace_is_flag: bool, location: &str| {
        let (workplace_raw, location_text) = (Some("Remote".to_owned()), Some(location.to_owned()));
        let posting = Posting { workplace_raw, workplace_is_flag, location_text, ..Posting::default() };
        let found = read_of(&posting, "");
        (found.kind, found.fact.expect("it is told").conflicts)
    };
    let conflicts = vec!["REMOTE by workplace.stated".to_owned()];
    let overruled = vec!["HYBRID by workplace.location".to_owned()];
    assert_eq!(read_stated(true, "Springfield (Hybrid)"), (Some(WorkplaceType::Hybrid), conflicts.clone()));
    assert_eq!(read_stated(true, "Springfield (Onsite)"), (Some(WorkplaceType::OnSite), conflicts));
    assert_eq!(read_stated(true, "Springfield"), (Some(WorkplaceType::Remote), Vec::new()));
    assert_eq!(read_stated(false, "Springfield (Hybrid)"), (Some(WorkplaceType::Remote), overruled));
}

/// Of those who are flagged as remote, many are in the office on some days of each week.
#[test]
fn a_flag_for_remote_work_counts_below_a_hashtag_a_title_and_a_body() {
    let (remote, hybrid, on_site) = (WorkplaceType::Remote, WorkplaceType::Hybrid, WorkplaceType::OnSite);
    let flagged = |title: &str| Posting {
        title: title.to_owned(),
        location_text: Some("Springfield".to_owned()),
        places: vec![StatedPlace { city: Some("Springfield".to_owned()), is_remote: true, ..StatedPlace::default() }],
        workplace_raw: Some("Remote".to_owned()),
        workplace_is_flag: true,
        ..Posting::default()
    };
    let told = [
        ("Gardener", "", remote),
        ("Gardener", "#LI-Hybrid", hybrid),
        ("Gardener (Hybrid)", "", hybrid),
        ("Gardener", "Type: Hybrid, 2 days per week in our Springfield office", hybrid),
        ("Gardener", "Structured hybrid working arrangement: 3 days in our Springfield office", hybrid),
        ("Gardener", "This is a hybrid role.", hybrid),
        ("Gardener", "We're hybrid with 4 days in-office.", hybrid),
        ("Gardener", "Feel our in-office energy 3 days a week.", hybrid),
        ("Gardener", "Hybrid work environment, with 2 remote days a week", hybrid),
        ("Gardener", "We are 5 days a week in the office.", on_site),
        ("Gardener", "#LI-Remote\nThis is a hybrid role.", remote),
        ("Gardener (Remote)", "This is a hybrid role.", remote),
        ("Gardener", "Location: Remote\nThis is a hybrid role.", remote),
        ("Gardener", "Hybrid / Remote", remote),
        ("Gardener", "You work in Ruritania, either remote or hybrid.", remote),
        ("Gardener", "This is a remote/hybrid role.", remote),
        ("Gardener", "We meet 2-3 times a year in our Springfield office.", remote),
        ("Gardener", "You come 2 days a month to our Springfield office.", remote),
        ("Gardener", "You may work remote, hybrid or on-site.", remote),
        ("Gardener", "This is a hybrid role, combining our Springfield office with working from home.", hybrid),
        ("Gardener", "This hybrid role will begin as a 6-month contract.", hybrid),
        ("Gardener", "We are an in-person team.", remote),
    ];
    let read = told.map(|(title, body, expected)| {
        let posting = flagged(title);
        let places = location::read(&posting);
        let found = read(&posting, &places, body);
        let places = found.unflagged(&posting).map_or(places, |it| location::read(&it));
        let are_remote = places.locations.iter().all(|it| it.is_remote);
        (title, body, (found.kind, are_remote), (Some(expected), expected == remote))
    });
    let misread: Vec<_> = read.iter().filter(|it| it.2 != it.3).collect();
    assert!(misread.is_empty(), "{misread:#?}");
    let posting = flagged("Gardener");
    let found = read_of(&posting, "#LI-Hybrid");
    assert_eq!(found.fact.expect("it is told").conflicts, ["REMOTE by workplace.stated"]);
}

#[test]
fn a_title_names_a_workplace_by_words_that_are_said_of_the_work() {
    let (remote, hybrid, on_site) = (WorkplaceType::Remote, WorkplaceType::Hybrid, WorkplaceType::OnSite);
    let told = [
        ("Remote Sales Manager", Some(remote)),
        ("Remote Cloud Engineer", Some(remote)),
        ("Gardener - Ruritania Remote", Some(remote)),
        ("Gardener, Remote US", Some(remote)),
        ("Gardener [Fully Remote / Global]", Some(remote)),
        ("Gardener (Hybrid in Springfield)", Some(hybrid)),
        ("Remote Sensing Engineer (Hybrid)", Some(hybrid)),
        ("Gardener | On-site", Some(on_site)),
        ("Ruritania Remote Licensed Gardener", Some(remote)),
        ("Senior On-Site Gardener - Parks", Some(on_site)),
        ("Gardener (hybrid available)", None),
        ("Gardener - Non-Remote", None),
        ("Software Engineer, Distributed Systems", None),
        ("Virtual Reality Engineer", None),
        ("Virtual Design & Construction Manager", None),
        ("Remote Sensing Engineer", None),
        ("Remote Patient Monitoring Nurse", None),
        ("Product Manager, Privileged Remote Access", None),
        ("Hybrid Powertrain Engineer", None),
        ("Sales Manager, Hybrid Cloud Platforms", None),
        ("Director, In-Office Engagement", None),
    ];
    let misread: Vec<_> = told.into_iter().filter(|(title, expected)| kind(None, title, "") != *expected).collect();
    assert!(misread.is_empty(), "{misread:#?}");
}

#[test]
fn perks_say_nothing() {
    assert_eq!(kind(None, "Engineer", "Work from anywhere for up to a month a year!"), None);
    assert_eq!(kind(None, "Engineer", "Enjoy up to four weeks fully remote."), None);
}

#[test]
fn a_line_or_a_sentence_about_how_the_work_is_done_tells() {
    for (body, expected) in [
        ("Location: Hybrid, 3 days onsite in Springfield", Some(WorkplaceType::Hybrid)),
        ("Type: Hybrid", Some(WorkplaceType::Hybrid)),
        ("Location: Remote (Springfield-based)", Some(WorkplaceType::Remote)),
        ("You like working in-person at least 3 days a week.", Some(WorkplaceType::Hybrid)),
        ("We work in the office 3–5x/week.", Some(WorkplaceType::Hybrid)),
        ("There are some in person meetings, but you may work from home.", Some(WorkplaceType::Hybrid)),
        ("You work in the office in a hybrid capacity.", Some(WorkplaceType::Hybrid)),
        ("This is a remote, field-based role.", Some(WorkplaceType::Remote)),
        ("We are a remote company with a garden.", Some(WorkplaceType::Remote)),
        ("* Full remote policy", Some(WorkplaceType::Remote)),
        ("Ability to work in-person from our Springfield Headquarters.", Some(WorkplaceType::OnSite)),
        ("Willingness to work in person at our office 5 days a week", Some(WorkplaceType::OnSite)),
        ("Lunch in the office 5 days per week", None),
        ("Catered meals when you are in the office 3 days.", None),
        ("You run hybrid clouds and remote teams of sensors.", None),
    ] {
        assert_eq!(kind(None, "Gardener", body), expected, "{body}");
    }
}

#[test]
fn days_in_the_office_tell_how_the_work_is_done() {
    for body in [
        "This is a hybrid role: three days a week are spent together.",
        "We ask for 2-3 days a week out of our office.",
        "You are with us at least 3 days a week in the office.",
        "You may choose between working from home or the office.",
    ] {
        assert_eq!(kind(None, "Gardener", body), Some(WorkplaceType::Hybrid), "{body}");
    }
    for body in ["We are 5 days a week in the office.", "Work Location: In person", "It is 100% in-person."] {
        assert_eq!(kind(None, "Gardener", body), Some(WorkplaceType::OnSite), "{body}");
    }
    assert_eq!(kind(None, "Gardener", "There is a Work From Anywhere program."), None);
}

#[test]
fn more_sentences_that_tell() {
    let (remote, hybrid, on_site) = (WorkplaceType::Remote, WorkplaceType::Hybrid, WorkplaceType::OnSite);
    let told = [
        ("You can work remotely from Ruritania.", remote),
        ("Location: This remote position overlaps with mornings in Ruritania.", remote),
        ("PLACE: X\nLOCATION: REMOTELY FROM RURITANIA", remote),
        ("Location: Springfield (Remote)", remote),
        ("Remote within Ruritania and Freedonia, with travel.", remote),
        ("Work is performed 100% from home.", remote),
        ("#BI-Remote", remote),
        ("Poste en 100% télétravail", remote),
        ("Hybrid / Remote", hybrid),
        ("* Willing to work out of our Springfield office, 4 days per week", hybrid),
        ("* 1 day working from home per week (after a while)", hybrid),
        ("A life with 2 remote days a week and gardens.", hybrid),
        ("Monday-Thursday are our required in-office days.", hybrid),
        ("You are with us 3+ days a week on-site.", hybrid),
        ("Deux jours de télétravail par semaine.", hybrid),
        ("Modalidad de trabajo: híbrida", hybrid),
        ("We hire for an on-site role in our garden.", on_site),
        ("Location: In-person (Springfield)", on_site),
        ("This role will be onsite and located in Springfield.", on_site),
        ("This role is based on-site in our Springfield garden.", on_site),
        ("We work in-person out of our Springfield garden.", on_site),
        ("Commitment: 5-6 Days In-Person", on_site),
        ("#LI-On-site", on_site),
        ("Modelo de trabalho: presencial", on_site),
    ];
    let read = told.map(|(body, expected)| (body, kind(None, "Gardener", body), Some(expected)));
    let misread: Vec<_> = read.iter().filter(|it| it.1 != it.2).collect();
    assert!(misread.is_empty(), "{misread:#?}");
    let silent = [
        "As remote and hybrid work has become the new normal, our tools help.",
        "We shape the future of hybrid work.",
        "Our remote team has planted many gardens.",
        "You train customers on-site.",
        "Full-time",
    ];
    let read = silent.map(|body| (body, kind(None, "Gardener", body)));
    let misread: Vec<_> = read.iter().filter(|it| it.1.is_some()).collect();
    assert!(misread.is_empty(), "{misread:#?}");
}

#[test]
fn a_denial_of_remote_work_leaves_hybrid_work_as_it_is() {
    let body = "This is not a fully remote role: you are at least 3 days a week in the office.";
    assert_eq!(kind(None, "Gardener", body), Some(WorkplaceType::Hybrid));
    assert_eq!(kind(Some("Springfield (Hybrid)"), "Gardener", "It is 100% on-site."), Some(WorkplaceType::OnSite));
    for body in ["Remote candidates will not be considered.", "We do not offer remote work.", "No remote option."] {
        assert_eq!(kind(Some("Remote - US"), "Gardener", body), Some(WorkplaceType::OnSite), "{body}");
    }
}

#[test]
fn days_and_offices_are_told_in_either_order() {
    let (remote, hybrid, on_site) = (WorkplaceType::Remote, WorkplaceType::Hybrid, WorkplaceType::OnSite);
    let told = [
        ("You work from our sunny Springfield office 4 days/week.", hybrid),
        ("Happy to come to the Springfield office, 3 days per week.", hybrid),
        ("Type: full, 3 days (M/W/F) in office", hybrid),
        ("You are in our office 3x/wk.", hybrid),
        ("We ask you to be in the office at minimum Tuesday, Wednesday and Thursday.", hybrid),
        ("There are Mondays & Thursdays in our office.", hybrid),
        ("You work from our office several days per week.", hybrid),
        ("You spend 50% of the week in our office.", hybrid),
        ("Our garden roles are hybrid.", hybrid),
        ("We are hybrid, with gardens everywhere.", hybrid),
        ("Type: (Hybrid 4 days p/w in office)", hybrid),
        ("A mix of remote and office days.", hybrid),
        ("A hybrid role combining flexible remote work with in-office planting.", hybrid),
        ("Our hybrid model combines the best of gardens and homes.", hybrid),
        ("Hybride Arbeitsweise mit 2 Tagen pro Woche im Homeoffice", hybrid),
        ("2 jours par semaine au bureau", hybrid),
        ("Esquema híbrido", hybrid),
        ("Praca hybrydowa", hybrid),
        ("Everybody goes into the office 5 days per week.", on_site),
        ("It is an on-site, 5-days-a-week role.", on_site),
        ("You are excited to work in\u{2011}person, 5 days a week.", on_site),
        ("We work 6 days/week in person.", on_site),
        ("We’re an in-office company.", on_site),
        ("This is a full-time on-site role in Springfield.", on_site),
        ("This position requires working onsite at our garden.", on_site),
        ("Location: Springfield (ONSITE)", on_site),
        ("Based full-time, and in-person in our Springfield office, with occasional travel to customers", on_site),
        ("Our gardening and sowing teams collaborate in person.", on_site),
        ("You love working in person from our garden.", on_site),
        ("Location: Anywhere", remote),
        ("Location: Ruritania Remote. Preferably near the sea", remote),
        ("While the role is predominantly remote, you see us at times.", remote),
        ("Remote role with hours that you choose.", remote),
        ("Remote across Ruritania.", remote),
        ("A role with remote working arrangement.", remote),
        ("Remote-first culture, with a desk if you like.", remote),
        ("Remote (EU)", remote),
    ];
    let read = told.map(|(body, expected)| (body, kind(None, "Gardener", body), Some(expected)));
    let misread: Vec<_> = read.iter().filter(|it| it.1 != it.2).collect();
    assert!(misread.is_empty(), "{misread:#?}");
}

#[test]
fn occasions_things_and_other_roles_are_not_how_the_work_is_done() {
    let silent = [
        "Join us for trial work of 1-2 days on-site.",
        "Lunch in our Springfield office 5 days a week",
        "We give in-office lunches two days per week.",
        "You are in our office 2 days a month.",
        "You are in the office 2 days a quarter.",
        "You are in the office 2 days in a year.",
        "You are in the office 2 days/month.",
        "You come 2 days in a month to our Springfield office.",
        "This role is a hybrid of gardener and cook.",
        "This is a hybrid role that blends planting with cooking.",
        "This hybrid role bridges gardens and kitchens.",
        "This hybrid role will begin as a gardener.",
        "You care for hybrid-work connectivity.",
        "You start in a garden, with the possibility of hybrid work in the future.",
        "You know hybrid environments of cloud and on-premises gardens.",
        "We have hybrid and remote working for certain roles.",
        "As hybrid and remote work has become usual, our tools help.",
        "You like working onsite with customers.",
        "Able to work on-site as needed.",
        "You travel 40% of the time for on-site sowing.",
        "The office is open 24 days in May.",
        "The role is based in our Springfield office.",
    ];
    let read = silent.map(|body| (body, kind(None, "Gardener", body)));
    let misread: Vec<_> = read.iter().filter(|it| it.1.is_some()).collect();
    assert!(misread.is_empty(), "{misread:#?}");
}

#[test]
fn a_limit_of_remote_work_is_no_denial_of_it() {
    let remote = |body: &str| kind(Some("Remote - US"), "Gardener", body);
    for body in [
        "At this time we are unable to support remote work outside of Ruritania.",
        "We cannot offer remote work from other countries.",
        "We do not offer remote work in the following states: Ruritania.",
        "We do not currently accept remote candidates in Ruritania.",
        "We do not offer a garden, and do not offer remote work stipends.",
        "Choose fully remote, hybrid or fully on-site.",
    ] {
        assert_eq!(remote(body), Some(WorkplaceType::Remote), "{body}");
    }
    for body in [
        "We do not offer remote work.",
        "We do not offer remote work, as all of us work in Ruritania.",
        "This role cannot be performed remotely from home.",
        "We are fully in-office in Ruritania.",
        "This role is fully on-site, and not hybrid.",
        "No remote work outside of Ruritania. No remote work in this role.",
    ] {
        assert_eq!(remote(body), Some(WorkplaceType::OnSite), "{body}");
    }
}

/// A text of 64 KB without an end of a sentence was read as a whole for each of its words.
#[test]
fn what_stands_far_away_in_a_sentence_says_nothing() {
    let body = |between: usize| format!("Lunch {}5 days per week in the office", "é, ".repeat(between));
    assert_eq!(kind(None, "Gardener", &body(10)), None);
    assert_eq!(kind(None, "Gardener", &body(200)), Some(WorkplaceType::OnSite));
}
