//! What a provider says about one posting, in words common to all providers.
//!
//! A provider's adapter (such as `greenhouse.rs`) makes `Posting`s out of bytes; `normalize` derives typed facts from them;
//! nothing past the adapter knows a provider's own field names, save inside `native`.

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde_json::Value;

use super::entities::unescaped;
use crate::vocabulary::SalaryPeriod;

/// Problems kept of one answer; one more tells how many others there were. A crawl keeps no more warnings than both.
pub const PROBLEMS_MAX: usize = 49;
/// Characters of each text of a problem: keys and names in them are the provider's.
const PROBLEM_CHARACTERS_MAX: usize = 200;

/// A board as one complete answer of its provider showed it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Board {
    /// The employer's name as the provider gives it.
    pub company_name: Option<String>,
    /// The employer's own site and careers page, where the provider names them.
    pub website_url: Option<String>,
    pub careers_url: Option<String>,
    pub postings: Vec<Posting>,
    /// How many answers its list took.
    pub pages: usize,
    /// The number of postings the answer itself declares.
    pub declared_total: Option<u64>,
    /// What could not be read, one problem a posting or field; never the whole board.
    pub problems: Vec<Problem>,
    /// Whether a posting was lost to a problem or a page is missing, so that absence proves nothing.
    pub cut_short: bool,
    /// The addresses of pages that answered that they are gone.
    pub gone: BTreeSet<String>,
}

/// One thing in an answer that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The posting's key where it is known.
    pub key: Option<String>,
    /// Where in the posting, as `metadata[2].value`.
    pub path: String,
    pub message: String,
}

/// Problems as they arise, never more of them than are kept.
#[derive(Clone, Debug, Default)]
pub struct Problems {
    kept: Vec<Problem>,
    others: u64,
}

impl Problems {
    pub fn note(&mut self, key: Option<&str>, path: &str, message: &str) {
        if self.kept.len() >= PROBLEMS_MAX {
            self.others += 1;
            return;
        }
        let cut = |text: &str| text.chars().filter(|it| *it != '\0').take(PROBLEM_CHARACTERS_MAX).collect();
        self.kept.push(Problem { key: key.map(cut), path: cut(path), message: cut(message) });
    }

    /// Those that are kept, and a last one that counts the others.
    pub fn into_list(mut self) -> Vec<Problem> {
        if self.others > 0 {
            let message = format!("{} more problems are not listed", self.others);
            self.kept.push(Problem { key: None, path: "jobs".to_owned(), message });
        }
        self.kept
    }
}

/// One posting as its provider states it. Times are UTC milliseconds since 1970.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Posting {
    /// The provider's id of the posting, as text, case kept.
    pub key: String,
    /// The provider's id of the job behind the posting.
    pub internal_job_key: Option<String>,
    /// The employer's own number; placeholders such as "TBD" are dropped.
    pub requisition_id: Option<String>,
    /// Trimmed, entities decoded.
    pub title: String,
    pub location_text: Option<String>,
    /// The places in a field of the employer's own, which count where the words above name none.
    pub place_words: Option<String>,
    /// Places the provider states in fields of their own, for the posting (not the employer's offices).
    pub places: Vec<StatedPlace>,
    /// The country of the first place, where the provider has a field for it and none for the rest of the place.
    pub country: Option<String>,
    /// Department names, root first.
    pub department_path: Vec<String>,
    pub team: Option<String>,
    pub employment_type_raw: Option<String>,
    /// The provider's own word for the workplace, where it has a field for it.
    pub workplace_raw: Option<String>,
    /// Whether that word is made of a flag for remote work alone, which is true of much hybrid work too.
    pub workplace_is_flag: bool,
    /// Pay ranges the provider states in fields.
    pub pay: Vec<StatedPay>,
    /// The provider's own short words for all of these.
    pub pay_words: Option<String>,
    pub source_url: Option<String>,
    pub apply_url: Option<String>,
    pub posted_at: Option<i64>,
    pub updated_at: Option<i64>,
    pub deadline_at: Option<i64>,
    /// BCP 47, as the provider states it.
    pub language: Option<String>,
    pub company_name: Option<String>,
    /// The site of that employer.
    pub website_url: Option<String>,
    /// The body as the provider gives it; `html` reads it.
    pub description_html: Option<Html>,
    /// Named values the employer shows on the board, sorted by id.
    pub metadata: Vec<Metadata>,
    /// The provider's posting without body and personal data.
    pub native: Value,
    /// Whether its details were asked for in vain: of a known posting then nothing is compared, so that what they told
    /// before stays.
    pub is_partial: bool,
    /// SHA-256 of the canonical posting without volatile keys (domain B.6), 64 hex digits.
    pub source_hash: String,
}

impl Posting {
    /// HTML as the employer wrote it, not sanitized; nothing where it is blank.
    pub fn html(&self) -> Option<Cow<'_, str>> {
        let html = match self.description_html.as_ref()? {
            Html::Plain(html) => Cow::from(html),
            Html::Escaped(escaped) => unescaped(escaped).into(),
        };
        (!html.trim().is_empty()).then_some(html)
    }
}

/// HTML as a provider gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Html {
    Plain(String),
    /// Escaped once more than HTML needs. It stays so until it is read: most postings are the same as before, and are never read.
    Escaped(String),
}

/// A place in fields of its own.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StatedPlace {
    pub raw: Option<String>,
    pub city: Option<String>,
    pub region: Option<String>,
    pub country: Option<String>,
    pub postal_code: Option<String>,
    pub is_remote: bool,
}

/// A pay range in fields of its own. Amounts are plain decimal text, such as `120000` or `21.5`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StatedPay {
    pub title: Option<String>,
    pub note: Option<String>,
    pub min: Option<String>,
    pub max: Option<String>,
    /// ISO 4217.
    pub currency: Option<String>,
    pub period: StatedPeriod,
}

/// The time that pay is stated for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StatedPeriod {
    #[default]
    Unstated,
    Of(SalaryPeriod),
    /// One of none of ours, such as half a month: the pay is not told by the hour, nor by the year.
    Other,
}

impl StatedPeriod {
    pub fn of(self) -> Option<SalaryPeriod> {
        if let Self::Of(period) = self { Some(period) } else { None }
    }
}

/// A named value of the employer's own.
#[derive(Clone, Debug, PartialEq)]
pub struct Metadata {
    pub id: String,
    pub name: String,
    /// As the provider gives it: text, list, boolean, object or null.
    pub value: Value,
}
