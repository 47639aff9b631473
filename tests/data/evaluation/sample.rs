//! What is to be labelled: texts drawn from all providers by a seed, printed for those who read and label them.
//!
//! `TEST_DATA=DIR cargo test --test data samples -- --nocapture` prints each with its key and the words to judge by.

use std::collections::{BTreeMap, BTreeSet};

use jobgraph::ingest::identity::sha256_hex;
use jobgraph::ingest::posting::Posting;
use regex::Regex;

use super::texts::{Text, answers, postings, rows, sha};
use super::{body_of, location_of, of_location, of_title};

const SEED: &str = "jobgraph labels 1";

fn rank(text: &Text) -> String {
    sha256_hex(format!("{SEED}|{}|{}", text.file, text.key).as_bytes())
}

/// So many texts, a provider after the other, no words twice.
fn spread(count: usize, words: fn(&Posting) -> String, is_meant: impl Fn(&str) -> bool) -> Vec<Text> {
    let mut providers: BTreeMap<String, Vec<Text>> = BTreeMap::new();
    for (provider, path) in answers() {
        let meant = postings(&provider, &path).into_iter().filter(|it| is_meant(&words(&it.posting)));
        providers.entry(provider).or_default().extend(meant);
    }
    for texts in providers.values_mut() {
        texts.sort_by_cached_key(|it| std::cmp::Reverse(rank(it)));
    }
    let (mut drawn, mut seen) = (Vec::new(), BTreeSet::new());
    while drawn.len() < count && providers.values().any(|it| !it.is_empty()) {
        for texts in providers.values_mut().filter(|it| !it.is_empty()) {
            while let Some(text) = texts.pop() {
                if seen.insert(words(&text.posting)) {
                    drawn.push(text);
                    break;
                }
            }
        }
    }
    drawn.truncate(count);
    drawn
}

/// So many rows of a table, half of them as likely as they are used, half as likely as any other.
fn of_table(file: &str, count: usize, make: fn(String) -> Posting) -> Vec<Text> {
    let mut rows = rows(file, make);
    rows.sort_by_cached_key(rank);
    let even: Vec<Text> = rows.iter().take(count / 2).cloned().collect();
    let mut left = rows.split_off(count / 2);
    let total: u64 = left.iter().map(|it| it.weight).sum();
    let step = total / (count - count / 2) as u64;
    let mut passed = 0;
    left.retain(|it| {
        let before = passed / step;
        passed += it.weight;
        passed / step > before
    });
    even.into_iter().chain(left.into_iter().take(count - count / 2)).collect()
}

/// The words around what a pattern finds.
fn windows(text: &str, pattern: &Regex, around: usize, count: usize) -> Vec<String> {
    let mut windows = Vec::new();
    let mut end = 0;
    for found in pattern.find_iter(text) {
        if found.start() < end || windows.len() == count {
            continue;
        }
        let mut from = found.start().saturating_sub(around);
        let mut to = (found.end() + around).min(text.len());
        while !text.is_char_boundary(from) {
            from -= 1;
        }
        while !text.is_char_boundary(to) {
            to += 1;
        }
        end = to;
        windows.push(text[from..to].replace('\n', " / "));
    }
    windows
}

fn print(kind: &str, number: usize, text: &Text, hashed: &str, shown: &[String]) {
    println!("{kind}#{number}\t{}\t{}\t{}\t{}", text.file, text.key, sha(hashed), shown.join("\t"));
}

#[test]
fn samples_of_places_and_titles() {
    let of_postings = spread(120, location_of, |it| !it.is_empty());
    let of_rows = of_table("tables/freq/locations.csv.gz", 200, of_location);
    for (text, number) in of_postings.iter().chain(&of_rows).zip(1..) {
        let words = location_of(&text.posting);
        print("place", number, text, &words, std::slice::from_ref(&words));
    }
    let of_postings = spread(100, |it| it.title.clone(), |it| !it.is_empty());
    let of_rows = of_table("tables/freq/titles.csv.gz", 100, of_title);
    for (text, number) in of_postings.iter().chain(&of_rows).zip(1..) {
        print("title", number, text, &text.posting.title, &[format!("{:?}", text.posting.title)]);
    }
}

#[test]
fn samples_of_pay_and_workplaces() {
    let money = Regex::new(r"(?i)[$€£¥₹]\s?\d|\d\s?[$€£]|\b(?:USD|EUR|GBP|CAD|CHF|PLN|INR)\b|\d[kK]\b")
        .expect("the pattern is valid");
    let with = spread(165, body_of, |it| money.is_match(it));
    let without = spread(40, body_of, |it| !it.is_empty() && !money.is_match(it));
    for (text, number) in with.iter().chain(&without).zip(1..) {
        let words = body_of(&text.posting);
        print("pay", number, text, &words, &windows(&words, &money, 70, 4));
    }
    let told = Regex::new(r"(?i)remote|hybrid|on-?\s?site|in[- ](?:the )?office|from home|wfh|in[- ]person|relocat|anywhere|days? (?:a|per) week")
        .expect("the pattern is valid");
    for (text, number) in spread(210, body_of, |it| !it.is_empty()).iter().zip(1..) {
        let words = body_of(&text.posting);
        let mut shown = vec![text.posting.title.clone(), location_of(&text.posting)];
        shown.extend(windows(&words, &told, 55, 5));
        print("workplace", number, text, &words, &shown);
    }
}
