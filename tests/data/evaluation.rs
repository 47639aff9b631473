//! How often places, pay, workplaces, employment and languages are read as people read them: labels made by hand beside the normalizer's
//! answers. `TEST_DATA=DIR cargo test --test data evaluation -- --nocapture` prints the table and the worst misses.

mod sample;
mod score;
mod texts;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::Path;

use jobgraph::ingest::normalize::gazetteer::key;
use jobgraph::ingest::normalize::{Location, html, normalize};
use jobgraph::ingest::posting::Posting;
use score::{Misread, Score};
use texts::{Library, sha};

fn of_location(words: String) -> Posting {
    Posting { location_text: Some(words), ..Posting::default() }
}

fn of_title(words: String) -> Posting {
    Posting { title: words, ..Posting::default() }
}

/// What tells whether a body is the labelled one: as it was given, so that no way of reading it changes that.
fn given(posting: &Posting) -> String {
    posting.html().unwrap_or_default().into_owned()
}

/// The text of a posting's body.
fn body_of(posting: &Posting) -> String {
    posting.html().as_deref().map(html::describe).map_or_else(String::new, |it| it.text)
}

fn location_of(posting: &Posting) -> String {
    posting.location_text.clone().unwrap_or_default()
}

/// What tells of the employment: the title, and the provider's word.
fn employment_of(posting: &Posting) -> String {
    format!("{}\n{}", posting.title, posting.employment_type_raw.as_deref().unwrap_or_default())
}

/// What is labelled so is not judged: those who read it were not sure themselves.
const UNJUDGED: &str = "?";

/// The sample by which no rule was mended: its misses are counted and never looked at.
const HELD_OUT: &str = "held_out";

/// A labelled posting: the sample it was drawn in, and what people read in it.
type Labelled = (String, Posting, Vec<String>);

/// Labels of one kind with the postings they are about. A text that is no longer the labelled one is an error.
fn labelled(kind: &str, make: fn(String) -> Posting, words: fn(&Posting) -> String) -> Vec<Labelled> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/data/labels/{kind}.csv"));
    let mut table = csv::Reader::from_path(path).expect("there are labels");
    let mut library = Library::default();
    let others = RefCell::new(Vec::new());
    let row = |row: Result<csv::StringRecord, csv::Error>| {
        let row = row.expect("it is a row");
        let posting = library.posting(&row[0], &row[1], make).expect("the text is there");
        let sha = sha(&words(&posting));
        if sha != row[2] {
            others.borrow_mut().push(format!("{},{},{sha}", &row[0], &row[1]));
        }
        (row[3].to_owned(), posting, row.iter().skip(4).map(ToOwned::to_owned).collect())
    };
    let labels = table.records().map(row).collect();
    assert!(others.borrow().is_empty(), "{kind}: other texts than were labelled: {:#?}", others.borrow());
    labels
}

/// The least precision and recall of a field in one sample.
type Floor = (&'static str, f64, f64);

/// The least precision and recall of every field in all samples together.
const LEAST: (f64, f64) = (0.98, 0.95);

/// Compares a kind's labels with what is read, each sample apart: the first is what the rules were made on. A sample
/// without floors is too small for any. Then all of them together.
fn evaluate(
    kind: &str,
    labels: Vec<Labelled>,
    floors: &[(&str, &[Floor])],
    compare: impl Fn(&mut Score, Posting, Vec<String>),
) {
    let mut scores: BTreeMap<String, Score> = BTreeMap::new();
    for (sample, posting, label) in labels {
        compare(scores.entry(sample).or_default(), posting, label);
    }
    let mut all = Score::default();
    for (sample, score) in scores {
        all.add(&score);
        let floors = floors.iter().find(|(of, _)| *of == sample).map_or(&[][..], |(_, floors)| *floors);
        let name = format!("{kind}, {sample}");
        if sample == HELD_OUT { score.settle_unseen(&name, floors) } else { score.settle(&name, floors) }
    }
    let floors: Vec<Floor> = all.fields().map(|field| (field, LEAST.0, LEAST.1)).collect();
    all.settle_unseen(&format!("{kind}, all"), &floors);
}

/// Enough to know a body by.
fn first_words(body: &str) -> String {
    body.chars().take(60).collect()
}

/// A labelled place: country or macro region, subdivision, city, remote.
fn told_place(text: &str) -> [String; 4] {
    let mut parts = text.split('/').map(ToOwned::to_owned);
    std::array::from_fn(|_| parts.next().unwrap_or_default())
}

fn read_place(place: &Location) -> [String; 4] {
    let country = place.country_code.clone().or_else(|| place.macro_region.clone()).unwrap_or_default();
    let remote = if place.is_remote { "remote" } else { "" };
    [country, place.region_code.clone().unwrap_or_default(), place.city.clone().unwrap_or_default(), remote.to_owned()]
}

/// Values of a field with what they depend on, absent ones left out.
fn values(places: &[[String; 4]], value: impl Fn(&[String; 4]) -> String) -> Vec<String> {
    places.iter().map(value).filter(|it| !it.ends_with('/') && !it.is_empty()).collect()
}

#[test]
fn evaluation_of_places() {
    let first: &[Floor] =
        &[("country", 0.99, 0.98), ("region", 0.99, 0.98), ("city", 0.98, 0.97), ("remote", 0.99, 0.99)];
    let fresh: &[Floor] =
        &[("country", 0.99, 0.96), ("region", 0.99, 0.97), ("city", 0.99, 0.97), ("remote", 0.97, 0.86)];
    let others: &[Floor] =
        &[("country", 0.98, 0.95), ("region", 0.98, 0.95), ("city", 0.98, 0.95), ("remote", 0.98, 0.95)];
    let eighth: &[Floor] =
        &[("country", 0.98, 0.95), ("region", 0.98, 0.95), ("city", 0.96, 0.95), ("remote", 0.97, 0.91)];
    let floors = [
        ("first", first),
        ("fresh", fresh),
        ("fourth", others),
        ("fifth", others),
        ("sixth", others),
        ("seventh", others),
        ("eighth", eighth),
    ];
    evaluate("places", labelled("places", of_location, location_of), &floors, |score, posting, label| {
        let posting = Posting { location_text: posting.location_text, ..Posting::default() };
        let told: Vec<_> = label[0].split(';').filter(|it| !it.is_empty()).map(told_place).collect();
        let read: Vec<_> = normalize(&posting).locations.iter().map(read_place).collect();
        let mut misread = Misread::default();
        let country = |it: &[String; 4]| it[0].clone();
        score.compare("country", &values(&told, country), &values(&read, country), &mut misread);
        // Where a city is labelled without its subdivision, that is not judged.
        let judged = |it: &[String; 4]| {
            !told.iter().any(|label| label[1].is_empty() && !label[2].is_empty() && label[0] == it[0])
        };
        let region = |it: &[String; 4]| if judged(it) { it[1].clone() } else { String::new() };
        score.compare("region", &values(&told, region), &values(&read, region), &mut misread);
        let city = |it: &[String; 4]| format!("{}/{}", it[0], key(&it[2]).replace('-', " "));
        score.compare("city", &values(&told, city), &values(&read, city), &mut misread);
        let remote = |it: &[String; 4]| if it[3].is_empty() { String::new() } else { format!("{}/remote", it[0]) };
        score.compare("remote", &values(&told, remote), &values(&read, remote), &mut misread);
        score.note(&location_of(&posting), misread);
    });
}

#[test]
fn evaluation_of_salaries() {
    let each: &[Floor] = &[("min", 0.98, 0.95), ("max", 0.98, 0.95), ("currency", 0.98, 0.95), ("period", 0.98, 0.95)];
    // One of 47 is read in the dollars of another country.
    let seventh: &[Floor] =
        &[("min", 0.98, 0.95), ("max", 0.98, 0.95), ("currency", 0.97, 0.95), ("period", 0.98, 0.95)];
    let floors = ["first", "fresh", "fourth", "fifth", "sixth"].map(|it| (it, each));
    // One of 41 is pay that is none.
    let eighth: &[Floor] =
        &[("min", 0.97, 0.95), ("max", 0.98, 0.95), ("currency", 0.97, 0.95), ("period", 0.97, 0.95)];
    let floors: Vec<_> = floors.into_iter().chain([("seventh", seventh), ("eighth", eighth)]).collect();
    evaluate("salaries", labelled("salaries", of_location, given), &floors, |score, posting, label| {
        // Of the text alone: what a provider states in fields needs no reading.
        let posting = Posting { description_html: posting.description_html, ..Posting::default() };
        let read = normalize(&posting).salary;
        let amount = |it: Option<rust_decimal::Decimal>| it.map(|it| it.normalize().to_string()).unwrap_or_default();
        let read_values = read.as_ref().map_or_else(
            || vec![String::new(); 4],
            |it| {
                let period: &str = it.period.into();
                vec![amount(it.min), amount(it.max), it.currency.clone().unwrap_or_default(), period.to_owned()]
            },
        );
        let mut misread = Misread::default();
        for (field, (told, read)) in
            ["min", "max", "currency", "period"].into_iter().zip(label.iter().zip(&read_values))
        {
            score.compare_one(field, told, read, &mut misread);
        }
        let words = read.map_or_else(|| first_words(&body_of(&posting)), |it| it.raw);
        score.note(&words, misread);
    });
}

#[test]
fn evaluation_of_workplaces() {
    let first: &[Floor] = &[("workplace", 0.97, 0.97)];
    let fresh: &[Floor] = &[("workplace", 0.98, 0.97)];
    // One of 33, and one of 39, is misread.
    let fifth: &[Floor] = &[("workplace", 0.96, 0.95)];
    let sixth: &[Floor] = &[("workplace", 0.98, 0.95)];
    let floors = [
        ("first", first),
        ("fresh", fresh),
        ("fourth", fresh),
        ("fifth", fifth),
        ("sixth", sixth),
        ("seventh", fifth),
        ("eighth", sixth),
    ];
    evaluate("workplaces", labelled("workplaces", of_location, given), &floors, |score, posting, label| {
        // Of the words alone: a provider's own field needs no reading.
        let posting = Posting { workplace_raw: None, places: Vec::new(), ..posting };
        let read = normalize(&posting);
        let kind = read.workplace_type.map_or("", Into::into);
        let mut misread = Misread::default();
        score.compare_one("workplace", &label[0], kind, &mut misread);
        let proof = read.facts.iter().find(|it| it.field == "workplaceType");
        let proof = proof.map_or_else(String::new, |it| {
            format!("{} {:?}", it.rule, it.evidence.as_ref().map(|it| it.quote.as_str()).unwrap_or_default())
        });
        score.note(&format!("{} | {} | {proof}", posting.title, location_of(&posting)), misread);
    });
}

#[test]
fn evaluation_of_employment() {
    let each: &[Floor] = &[("type", 0.99, 0.98), ("term", 0.98, 0.98)];
    let floors = ["fresh", "third", "fourth", "sixth", "seventh"].map(|it| (it, each));
    evaluate("employment", labelled("employment", of_title, employment_of), &floors, |score, posting, label| {
        let words = employment_of(&posting);
        let read = normalize(&Posting {
            title: posting.title,
            employment_type_raw: posting.employment_type_raw,
            ..Posting::default()
        });
        let mut misread = Misread::default();
        score.compare_one("type", &label[0], read.employment_type.map_or("", Into::into), &mut misread);
        score.compare_one("term", &label[1], read.contract_term.map_or("", Into::into), &mut misread);
        score.note(&words, misread);
    });
}

#[test]
fn evaluation_of_languages() {
    let fresh: &[Floor] = &[("language", 0.98, 0.98)];
    let floors = [("fresh", fresh)];
    evaluate("languages", labelled("languages", of_title, given), &floors, |score, posting, label| {
        let posting = Posting { description_html: posting.description_html, ..Posting::default() };
        let read = normalize(&posting).language.unwrap_or_default();
        let mut misread = Misread::default();
        score.compare_one("language", &label[0], &read, &mut misread);
        score.note(&first_words(&body_of(&posting)), misread);
    });
}

#[test]
fn evaluation_of_titles() {
    let first: &[Floor] = &[("normalized title", 0.98, 0.95), ("seniority", 0.98, 0.95), ("function", 0.98, 0.95)];
    let held_out: &[Floor] = &[("normalized title", 0.95, 0.95), ("seniority", 0.98, 0.95), ("function", 0.94, 0.92)];
    let eighth: &[Floor] = &[("normalized title", 0.96, 0.95), ("seniority", 0.98, 0.95), ("function", 0.96, 0.95)];
    let ninth: &[Floor] = &[("normalized title", 0.94, 0.94), ("seniority", 0.98, 0.95), ("function", 0.95, 0.95)];
    let samples = [
        ("first", first),
        ("sixth", first),
        ("seventh", first),
        ("eighth", eighth),
        ("ninth", ninth),
        ("tenth", ninth),
    ];
    let floors: Vec<_> = samples.into_iter().chain([(HELD_OUT, held_out)]).collect();
    evaluate("titles", labelled("titles", of_title, |it| it.title.clone()), &floors, |score, posting, label| {
        // Of the title alone, without the posting's places and departments.
        let read = normalize(&of_title(posting.title.clone()));
        let normalized = read.normalized_title.unwrap_or_default();
        let mut misread = Misread::default();
        score.compare_one("normalized title", &label[0], &sha(&normalized), &mut misread);
        score.compare_one("seniority", &label[1], read.seniority.map_or("", Into::into), &mut misread);
        score.compare_one("function", &label[2], read.function.map_or("", Into::into), &mut misread);
        score.note(&format!("{} -> {normalized}", posting.title), misread);
    });
}
