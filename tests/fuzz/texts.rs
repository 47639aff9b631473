//! Readers of texts: HTML, pay, places, addresses, searches and tables.

use jobgraph::ingest::normalize::{html, location, normalize, place, salary};
use jobgraph::ingest::posting::{Html, Posting};
use jobgraph::ingest::{recognize, table};
use jobgraph::search::{Query, words};

use crate::corpus::{files, lines};
use crate::target::fuzz;

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn html_is_made_clean_whatever_it_is() {
    fuzz("html", files("fuzz/corpus/html", None), |bytes| {
        let html = text(bytes);
        let clean = html::describe(&html).html.to_lowercase();
        drop(html::text_of(&html));
        drop(salary::in_markup(&html));
        assert!(!clean.contains("<script"), "no script is let through: {clean}");
    });
}

#[test]
fn pay_is_read_or_not() {
    fuzz("salary", lines("fuzz/corpus/salary"), |bytes| {
        if let Some(salary) = salary::read(&[], None, &text(bytes)) {
            assert!(salary.annual_min() <= salary.annual_max() || salary.annual_max().is_none(), "{salary:?}");
        }
    });
}

#[test]
fn places_titles_and_workplaces_are_read_or_not() {
    fuzz("place", lines("fuzz/corpus/place"), |bytes| {
        let words = text(bytes);
        drop(place::resolve(&words));
        let posting = Posting { title: words.clone(), location_text: Some(words.clone()), ..Posting::default() };
        drop(location::read(&posting));
        let described =
            Posting { description_html: Some(Html::Plain(words.clone())), workplace_raw: Some(words), ..posting };
        drop(normalize(&described));
    });
}

#[test]
fn searches_and_texts_are_cut_into_words() {
    fuzz("search", lines("fuzz/corpus/search"), |bytes| {
        let text = text(bytes);
        drop(Query::parse(&text));
        drop(words(&text).collect::<Vec<_>>());
    });
}

#[test]
fn boards_are_recognized_or_not() {
    fuzz("recognize", lines("fuzz/corpus/recognize"), |bytes| drop(recognize::recognize(&text(bytes))));
    fuzz("table", files("fuzz/corpus/table", None), |bytes| drop(table::rows(bytes).collect::<Vec<_>>()));
}
