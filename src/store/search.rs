//! How each database is asked for words. What is asked, and which words there are, is in `crate::search`.

use std::fmt::Write;

use super::dialect::Dialect;
use super::rows::Rows;
use super::sql::Sql;
use crate::search::{All, FIELDS, Indexed, Phrase, Query};

/// Which texts must hold a match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Within {
    Anything,
    /// All but the description.
    Heading,
    Title,
}

/// How well a posting matches: 3 when its title does, 2 when title, employer, department and places together do, else 1.
pub(super) const RANK: &str = "found.search_rank";

impl Dialect {
    /// No rows yet of `content_search`: the number of the content, and its words.
    pub(super) fn word_rows(self) -> Rows {
        let columns = match self {
            Self::Sqlite => ["rowid", "title", "org", "department", "place", "description"].as_slice(),
            Self::Postgres => &["content_seq", "document"],
        };
        Rows::new("content_search", columns.iter().map(|it| (*it).to_owned()).collect()).cast(match self {
            Self::Sqlite => &[],
            Self::Postgres => &["", "::tsvector"],
        })
    }

    /// The words of a content, as texts for the columns behind its number.
    pub(super) fn word_texts(self, words: &Indexed) -> Vec<String> {
        match self {
            Self::Sqlite => words.texts().into(),
            Self::Postgres => vec![tsvector(words)],
        }
    }

    /// A table `found` of all contents that match: `content_seq` and `search_rank`.
    pub(super) fn write_found(self, query: &Query, sql: &mut Sql) {
        let text = |within| match self {
            Self::Sqlite => fts5(query, within),
            Self::Postgres => tsquery(query, within),
        };
        let (all, heading, title) = (text(Within::Anything), text(Within::Heading), text(Within::Title));
        match self {
            Self::Sqlite => {
                let matching = "IN (SELECT rowid FROM content_search WHERE content_search MATCH ";
                sql.push("(SELECT rowid AS content_seq, CASE WHEN rowid ").push(matching).bind(title);
                sql.push(") THEN 3 WHEN rowid ").push(matching).bind(heading);
                sql.push(") THEN 2 ELSE 1 END AS search_rank FROM content_search WHERE content_search MATCH ")
                    .bind(all);
            }
            Self::Postgres => {
                sql.push("(SELECT content_seq, CASE WHEN document @@ ")
                    .bind(title)
                    .push("::tsquery THEN 3 WHEN document @@ ");
                sql.bind(heading)
                    .push("::tsquery THEN 2 ELSE 1 END AS search_rank FROM content_search WHERE document @@ ");
                sql.bind(all).push("::tsquery");
            }
        }
        sql.push(") AS found");
    }
}

/// Words with their places. The title's weigh A, the rest of the heading's B, and the description's D, which is not said.
fn tsvector(words: &Indexed) -> String {
    const WEIGHTS: [&str; FIELDS] = ["A", "B", "B", "B", ""];
    let mut text = String::new();
    for (word, places) in words.places() {
        let mut before = ':';
        text.extend(["'", word, "'"]);
        for (field, position) in places {
            write!(text, "{before}{position}{}", WEIGHTS[field]).expect("writing to memory does not end");
            before = ',';
        }
        text.push(' ');
    }
    text
}

fn tsquery(query: &Query, within: Within) -> String {
    let weights = match within {
        Within::Anything => "",
        Within::Heading => "AB",
        Within::Title => "A",
    };
    let phrase = |phrase: &Phrase, weights: &str| {
        let last = phrase.words.len() - 1;
        let word = |(index, word): (usize, &String)| {
            let star = if phrase.is_prefix && index == last { "*" } else { "" };
            let colon = if star.is_empty() && weights.is_empty() { "" } else { ":" };
            format!("'{word}'{colon}{star}{weights}")
        };
        format!("({})", phrase.words.iter().enumerate().map(word).collect::<Vec<_>>().join(" <-> "))
    };
    let group = |group: &All| {
        let with = group.with.iter().map(|it| phrase(it, weights));
        let without = group.without.iter().map(|it| format!("!{}", phrase(it, "")));
        format!("({})", with.chain(without).collect::<Vec<_>>().join(" & "))
    };
    query.any.iter().map(group).collect::<Vec<_>>().join(" | ")
}

fn fts5(query: &Query, within: Within) -> String {
    let columns = match within {
        Within::Anything => "",
        Within::Heading => "{title org department place} : ",
        Within::Title => "{title} : ",
    };
    let phrase =
        |phrase: &Phrase| format!("\"{}\"{}", phrase.words.join(" "), if phrase.is_prefix { " *" } else { "" });
    let group = |group: &All| {
        let with = group.with.iter().map(phrase).collect::<Vec<_>>().join(" AND ");
        let with = format!("({columns}({with}))");
        if group.without.is_empty() {
            return with;
        }
        format!("({with} NOT ({}))", group.without.iter().map(phrase).collect::<Vec<_>>().join(" OR "))
    };
    query.any.iter().map(group).collect::<Vec<_>>().join(" OR ")
}
