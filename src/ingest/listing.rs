//! A board as it grows, row by row: each row is opened, completed by its details if there are any, and read into a posting.

mod answer;
mod held;
mod opened;

use std::collections::{BTreeSet, HashMap};

use serde_json::value::RawValue;
use serde_json::{Map, Value};

use self::answer::digits;
pub(super) use self::answer::{json, keys, members_and_rows, row_hashes, rows};
use self::held::held_bytes;
use self::opened::opened;
use super::answers::{Answer, Answers};
use super::identity::{json_hash, sha256_hex};
use super::lenient;
use super::paging::Step;
use super::personal;
use super::posting::{Board, Posting, Problems};
use super::reader::{Part, Reader, plain};
use super::schema_org;

/// Postings of one board at most, and about the bytes that all of them may take.
const POSTINGS_MAX: usize = 200_000;
const HELD_BYTES_MAX: usize = 512 * 1024 * 1024;
/// Rows of one posting at most.
const ROWS_OF_ONE_MAX: usize = 1_000;
/// Pay ranges of one posting at most.
const PAY_MAX: usize = 100;

/// What is known of a provider's postings beside their fields.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Shape {
    /// The member that tells postings apart.
    pub(super) key: &'static str,
    /// Members whose numbers are names: they are kept digit by digit, however many there are.
    pub(super) numbers: &'static [&'static str],
    /// Members that hold no part of the posting, name persons, or are fields of their own; `native` leaves them out.
    pub(super) not_native: &'static [&'static str],
    /// Members that change while the posting stays the same.
    pub(super) volatile: &'static [&'static str],
}

/// A posting that is opened.
pub(super) struct Row {
    pub(super) key: String,
    pub(super) members: Map<String, Value>,
    is_partial: bool,
}

pub(super) struct Listing<'a> {
    shape: &'static Shape,
    details: HashMap<&'a str, &'a Answer>,
    is_bare: bool,
    problems: Problems,
    postings: Vec<Posting>,
    at: HashMap<String, usize>,
    held_bytes: usize,
    /// Adds a row to the posting of the same key, where that may stand in several rows.
    merge: Option<fn(&mut Posting, Posting)>,
    /// The hashes of all rows of postings that stand in several, by their places.
    merged: HashMap<usize, Vec<String>>,
    pub(super) company_name: Option<String>,
    pub(super) website_url: Option<String>,
    pub(super) careers_url: Option<String>,
    pub(super) declared_total: Option<u64>,
    cut_short: bool,
    /// The addresses of pages that answered that they are gone.
    pub(super) gone: BTreeSet<String>,
}

impl<'a> Listing<'a> {
    pub(super) fn new(shape: &'static Shape, answers: &'a Answers) -> Self {
        Self {
            shape,
            details: answers.details(),
            is_bare: answers.is_bare(),
            problems: Problems::default(),
            postings: Vec::new(),
            at: HashMap::new(),
            held_bytes: 0,
            merge: None,
            merged: HashMap::new(),
            company_name: None,
            website_url: None,
            careers_url: None,
            declared_total: None,
            cut_short: false,
            gone: BTreeSet::new(),
        }
    }

    /// A listing in which one posting may have several rows.
    pub(super) fn merging(mut self, merge: fn(&mut Posting, Posting)) -> Self {
        self.merge = Some(merge);
        self
    }

    /// A reader of what stands beside the postings.
    pub(super) fn reader(&mut self) -> Reader<'_> {
        Reader { key: None, problems: &mut self.problems }
    }

    /// Notes that the board is not known to be whole, and why.
    pub(super) fn cut(&mut self, message: &str) {
        self.cut_short = true;
        self.reader().problem("pages", message);
    }

    /// Opens a row. One that cannot be told from others is lost, and with it what absence proves.
    pub(super) fn row(&mut self, raw: &RawValue, path: &str) -> Option<Row> {
        let members = match opened(raw) {
            Ok(members) => members,
            Err(message) => return self.lose(path, message),
        };
        let name = self.shape.key;
        let id = members.get(name).and_then(|raw| digits(raw).or_else(|| lenient::value(raw, name, &mut |_, _| {})));
        let Some(key) = id.as_ref().and_then(plain) else {
            return self.lose(&format!("{path}.{name}"), NO_KEY);
        };
        let mut reader = Reader { key: Some(key.clone()), problems: &mut self.problems };
        let members = reader.members(members, self.shape.numbers);
        Some(Row { key, members, is_partial: false })
    }

    /// A row whose members were read by other means.
    pub(super) fn row_of(&mut self, members: Map<String, Value>, path: &str) -> Option<Row> {
        let key = members.get(self.shape.key).and_then(plain);
        self.row_named(key, members, path)
    }

    /// A row whose key does not stand in a member.
    pub(super) fn row_named(&mut self, key: Option<String>, members: Map<String, Value>, path: &str) -> Option<Row> {
        match key {
            Some(key) => Some(Row { key, members, is_partial: false }),
            None => self.lose(&format!("{path}.{}", self.shape.key), NO_KEY),
        }
    }

    /// The members of a value that is an object, without what is odd in them.
    pub(super) fn members(&mut self, raw: &RawValue, path: &str) -> Map<String, Value> {
        let shape = self.shape;
        match opened(raw) {
            Ok(members) => self.reader().members(members, shape.numbers),
            Err(message) => {
                self.reader().problem(path, message);
                Map::new()
            }
        }
    }

    fn lose(&mut self, path: &str, message: &str) -> Option<Row> {
        self.cut_short = true;
        self.reader().problem(path, message);
        None
    }

    /// Adds the members of a row's details. Where they were asked for and are not there, the posting stays, and is known
    /// in part. `inner` leads to the members within the answer.
    pub(super) fn complete(&mut self, row: &mut Row, inner: Option<&str>) {
        let answer = self.details.get(&*row.key).copied();
        let mut reader = Reader { key: Some(row.key.clone()), problems: &mut self.problems };
        let found = answer.and_then(Answer::body).map(|body| reader.details(body, inner));
        match found {
            Some(Some(members)) => row.members.extend(members),
            Some(None) => {
                row.is_partial = true;
                reader.problem("details", "cannot be read");
            }
            None if self.is_bare => {}
            None => {
                row.is_partial = true;
                let status = answer.map(|it| it.status).filter(|it| *it != 0);
                let status = status.map(|it| format!(" ({it})")).unwrap_or_default();
                reader.problem("details", &format!("were not answered{status}"));
            }
        }
    }

    /// The same from a page's JSON-LD, of which only the members named are added.
    pub(super) fn complete_from_page(&mut self, row: &mut Row, names: &[&str]) {
        let answer = self.details.get(&*row.key).copied();
        if answer.is_none() && self.is_bare {
            return;
        }
        let body = answer.and_then(Answer::body).unwrap_or_default();
        let mut reader = Reader { key: Some(row.key.clone()), problems: &mut self.problems };
        let found = schema_org::in_page(body, &mut |message| reader.problem("details", message)).postings;
        let found = found.into_iter().next();
        row.is_partial = found.is_none();
        match found {
            Some(mut found) => {
                let kept = names.iter().filter_map(|name| found.remove_entry(*name));
                row.members.extend(kept);
            }
            None => reader.problem("details", "were not answered, or hold no posting"),
        }
    }

    /// Reads a row into a posting. Nothing from `read` means that the employer does not list it.
    pub(super) fn read(&mut self, row: Row, read: impl FnOnce(&mut Reader<'_>, &Part<'_>) -> Option<Posting>) {
        let Row { key, mut members, is_partial } = row;
        let mut reader = Reader { key: Some(key.clone()), problems: &mut self.problems };
        let Some(mut posting) = read(&mut reader, &Part::whole(&members)) else {
            return;
        };
        if posting.pay.len() > PAY_MAX {
            reader.problem("pay", "has more ranges than are kept");
            posting.pay.truncate(PAY_MAX);
        }
        let known = self.at.get(&key).copied();
        if known.is_some() && self.merge.is_none() {
            reader.problem(self.shape.key, "stands twice in one answer; the first one counts");
            return;
        }
        members.retain(|name, _| !self.shape.volatile.contains(&name.as_str()));
        posting.source_hash = json_hash(&members);
        if let (Some(at), Some(merge)) = (known, self.merge) {
            let first = &mut self.postings[at];
            let hashes = self.merged.entry(at).or_insert_with(|| vec![first.source_hash.clone()]);
            if hashes.len() >= ROWS_OF_ONE_MAX {
                return self.cut("a posting has more rows than are read");
            }
            hashes.push(std::mem::take(&mut posting.source_hash));
            merge(first, posting);
            return;
        }
        members.retain(|name, _| !self.shape.not_native.contains(&name.as_str()));
        posting.native = Value::Object(personal::without_persons(members));
        self.held_bytes += size_of::<Posting>() + held_bytes(&posting.native);
        if self.postings.len() >= POSTINGS_MAX || self.held_bytes > HELD_BYTES_MAX {
            return self.cut("it has more postings than are kept");
        }
        posting.key.clone_from(&key);
        posting.is_partial = is_partial;
        if self.company_name.is_none() {
            self.company_name.clone_from(&posting.company_name);
        }
        // A site may show postings of others too, who have sites of their own.
        if self.website_url.is_none() && posting.company_name == self.company_name {
            self.website_url.clone_from(&posting.website_url);
        }
        self.at.insert(key, self.postings.len());
        self.postings.push(posting);
    }

    /// How many postings there are.
    pub(super) fn len(&self) -> usize {
        self.postings.len()
    }

    /// The board of a list in pages, which is cut short by how they end.
    pub(super) fn into_paged_board(mut self, end: Step) -> Board {
        if let Step::Cut(why) = end {
            self.cut(why);
        }
        let count = self.len();
        self.into_board(count)
    }

    /// The board, which is cut short if it has another number of rows than it declares.
    pub(super) fn into_board(mut self, rows: usize) -> Board {
        // Where something has cut it short already, that is why.
        let declared = self.declared_total.filter(|total| *total != rows as u64 && !self.cut_short);
        if let Some(total) = declared {
            self.cut(&format!("the list declares {total} postings, and has {rows}"));
        }
        for (at, mut hashes) in self.merged {
            // Rows come in any order, and again with another page.
            hashes.sort_unstable();
            hashes.dedup();
            if hashes.len() > 1 {
                self.postings[at].source_hash = sha256_hex(hashes.concat().as_bytes());
            }
        }
        Board {
            company_name: self.company_name,
            website_url: self.website_url,
            careers_url: self.careers_url,
            postings: self.postings,
            pages: 0,
            declared_total: self.declared_total,
            problems: self.problems.into_list(),
            cut_short: self.cut_short,
            gone: self.gone,
        }
    }
}

const NO_KEY: &str = "is neither number nor text, so the posting cannot be told from others";

#[cfg(test)]
mod tests;
