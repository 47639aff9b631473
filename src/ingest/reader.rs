//! Fields of a posting, read one by one and leniently: what has another shape than expected is reported with its key and
//! path, and costs itself alone.

mod words;

use std::ops::RangeInclusive;
use std::str::FromStr;

use chrono::{NaiveDate, NaiveDateTime};
use rust_decimal::Decimal;
use serde_json::{Map, Value};

use super::address;
use super::entities::unescaped;
use super::posting::Problems;

use self::words::instant;
pub(super) use self::words::{
    all_known, is_placeholder, joined, pay_section, pay_words, period, plain, sections, words_of, written,
};

/// Bytes of a text that can be searched for: an index of PostgreSQL takes 2,704, and lower case can be longer.
pub(super) const TEXT_BYTES_MAX: usize = 1_500;
/// Milliseconds of the years 1 to 9999 in UTC: SQLite knows no month beyond them.
const TIMES: RangeInclusive<i64> = -62_135_596_800_000..=253_402_300_799_999;

/// Reads the values of one posting, and notes what is odd.
pub(super) struct Reader<'a> {
    pub(super) key: Option<String>,
    pub(super) problems: &'a mut Problems,
}

/// An object within a posting, and where it is.
#[derive(Clone, Debug)]
pub(super) struct Part<'v> {
    members: &'v Map<String, Value>,
    path: String,
}

impl<'v> Part<'v> {
    /// The posting itself.
    pub(super) fn whole(members: &'v Map<String, Value>) -> Self {
        Self { members, path: String::new() }
    }

    /// An object at a place.
    pub(super) fn of(value: &'v Value, path: &str) -> Option<Self> {
        value.as_object().map(|members| Self { members, path: path.to_owned() })
    }

    /// The value of a member; nothing for null.
    pub(super) fn get(&self, name: &str) -> Option<&'v Value> {
        self.members.get(name).filter(|it| !it.is_null())
    }

    fn path_of(&self, name: &str) -> String {
        if self.path.is_empty() { name.to_owned() } else { format!("{}.{name}", self.path) }
    }
}

impl Reader<'_> {
    pub(super) fn problem(&mut self, path: &str, message: &str) {
        self.problems.note(self.key.as_deref(), path, message);
    }

    /// Notes what is odd with a member.
    pub(super) fn odd(&mut self, part: &Part<'_>, name: &str, message: &str) {
        self.problem(&part.path_of(name), message);
    }

    /// An object; `name` may lead through others, as `location.country`.
    pub(super) fn part<'v>(&mut self, part: &Part<'v>, name: &str) -> Option<Part<'v>> {
        let mut at = part.clone();
        for step in name.split('.') {
            let path = at.path_of(step);
            match at.get(step)? {
                Value::Object(members) => at = Part { members, path },
                _ => {
                    self.problem(&path, "is no object");
                    return None;
                }
            }
        }
        Some(at)
    }

    /// The object that holds the last name of a path, and that name.
    fn holder<'v, 'n>(&mut self, part: &Part<'v>, name: &'n str) -> Option<(Part<'v>, &'n str)> {
        match name.rsplit_once('.') {
            None => Some((part.clone(), name)),
            Some((before, last)) => Some((self.part(part, before)?, last)),
        }
    }

    /// The elements of a list with their places; nothing for what is none.
    pub(super) fn list<'v>(&mut self, part: &Part<'v>, name: &str) -> Vec<(&'v Value, String)> {
        let Some((part, name)) = self.holder(part, name) else {
            return Vec::new();
        };
        match part.get(name) {
            None => Vec::new(),
            Some(Value::Array(listed)) => {
                let path = part.path_of(name);
                listed.iter().enumerate().map(|(index, it)| (it, format!("{path}[{index}]"))).collect()
            }
            Some(_) => {
                self.odd(&part, name, "is no list");
                Vec::new()
            }
        }
    }

    /// The objects of a list.
    pub(super) fn parts<'v>(&mut self, part: &Part<'v>, name: &str) -> Vec<Part<'v>> {
        let mut parts = Vec::new();
        for (value, path) in self.list(part, name) {
            match value {
                Value::Object(members) => parts.push(Part { members, path }),
                _ => self.problem(&path, "is no object"),
            }
        }
        parts
    }

    /// What may be one value or a list of them, as a list.
    pub(super) fn one_or_many<'v>(&mut self, part: &Part<'v>, name: &str) -> Vec<(&'v Value, String)> {
        let Some((part, name)) = self.holder(part, name) else {
            return Vec::new();
        };
        match part.get(name) {
            Some(Value::Array(_)) => self.list(&part, name),
            Some(value) => vec![(value, part.path_of(name))],
            None => Vec::new(),
        }
    }

    /// The objects of what may be one object or a list of them.
    pub(super) fn part_or_parts<'v>(&mut self, part: &Part<'v>, name: &str) -> Vec<Part<'v>> {
        let mut parts = Vec::new();
        for (value, path) in self.one_or_many(part, name) {
            match value {
                Value::Object(members) => parts.push(Part { members, path }),
                _ => self.problem(&path, "is no object"),
            }
        }
        parts
    }

    /// A text that is trimmed and not empty.
    pub(super) fn text(&mut self, part: &Part<'_>, name: &str) -> Option<String> {
        let (part, name) = self.holder(part, name)?;
        match part.get(name)? {
            Value::String(text) => Some(text.trim().to_owned()).filter(|it| !it.is_empty()),
            _ => {
                self.odd(&part, name, "is no text");
                None
            }
        }
    }

    /// A text that is no longer than what is searched for may be.
    pub(super) fn short(&mut self, part: &Part<'_>, name: &str) -> Option<String> {
        let text = self.text(part, name)?;
        if text.len() > TEXT_BYTES_MAX {
            self.odd(part, name, &format!("is longer than {TEXT_BYTES_MAX} bytes"));
            return None;
        }
        Some(text)
    }

    /// A number or a short text as text.
    pub(super) fn plain(&mut self, part: &Part<'_>, name: &str) -> Option<String> {
        let (part, name) = self.holder(part, name)?;
        let value = part.get(name)?;
        if value.as_str().is_some_and(|it| it.trim().is_empty()) {
            return None;
        }
        plain(value).or_else(|| {
            self.odd(&part, name, "is neither number nor short text");
            None
        })
    }

    /// The employer's own number, unless it says that there is none.
    pub(super) fn requisition(&mut self, part: &Part<'_>, name: &str) -> Option<String> {
        self.plain(part, name).filter(|it| !is_placeholder(it))
    }

    /// The provider's code for something, with spaces for its underscores: `FULL_TIME` is `FULL TIME`.
    pub(super) fn code(&mut self, part: &Part<'_>, name: &str) -> Option<String> {
        self.short(part, name).map(|it| it.replace('_', " "))
    }

    /// Whether a member says yes.
    pub(super) fn flag(&mut self, part: &Part<'_>, name: &str) -> Option<bool> {
        let (part, name) = self.holder(part, name)?;
        let value = part.get(name)?;
        if value.as_bool().is_none() {
            self.odd(&part, name, "is neither yes nor no");
        }
        value.as_bool()
    }

    /// An amount, a number or a text, as plain decimal text. What no program would write is read as people write it.
    pub(super) fn amount(&mut self, part: &Part<'_>, name: &str) -> Option<String> {
        let (part, name) = self.holder(part, name)?;
        let text = match part.get(name)? {
            Value::Number(number) => number.to_string(),
            Value::String(text) if text.trim().is_empty() => return None,
            Value::String(text) => text.trim().to_owned(),
            _ => String::new(),
        };
        let plain = Decimal::from_str(&text).or_else(|_| Decimal::from_scientific(&text)).ok();
        let amount = plain.or_else(|| written(&text).map(|(amount, _)| amount));
        if amount.is_none() {
            self.odd(&part, name, "is no amount");
        }
        amount.map(|it| it.normalize().to_string())
    }

    /// A title: entities decoded, never longer than what is searched for may be.
    pub(super) fn title(&mut self, part: &Part<'_>, name: &str) -> String {
        let title = self.text(part, name).unwrap_or_else(|| {
            self.odd(part, name, "is missing");
            String::new()
        });
        let mut title = unescaped(&title).trim().to_owned();
        if title.len() > TEXT_BYTES_MAX {
            self.odd(part, name, &format!("is cut after {TEXT_BYTES_MAX} bytes"));
            title.truncate(title.floor_char_boundary(TEXT_BYTES_MAX));
        }
        title
    }

    /// The address of a page, without what tells who sent the reader.
    pub(super) fn link(&mut self, part: &Part<'_>, name: &str) -> Option<String> {
        let address = self.short(part, name)?;
        let link = address::link(&address);
        if link.is_none() {
            self.odd(part, name, "is no http address");
        }
        link
    }

    /// A time, in UTC where it tells no zone; a day counts from its beginning in UTC.
    pub(super) fn time(&mut self, part: &Part<'_>, name: &str) -> Option<i64> {
        self.instant(part, name, |day| day.and_hms_milli_opt(0, 0, 0, 0))
    }

    /// A time until which, in UTC where it tells no zone; a day counts to its end in UTC.
    pub(super) fn deadline(&mut self, part: &Part<'_>, name: &str) -> Option<i64> {
        self.instant(part, name, |day| day.and_hms_milli_opt(23, 59, 59, 999))
    }

    fn instant(&mut self, part: &Part<'_>, name: &str, of_day: fn(&NaiveDate) -> Option<NaiveDateTime>) -> Option<i64> {
        let text = self.text(part, name)?;
        let time = match instant(&text) {
            Some(time) => Some(time),
            None => NaiveDate::parse_from_str(&text, "%Y-%m-%d")
                .ok()
                .as_ref()
                .and_then(of_day)
                .map(|it| it.and_utc().timestamp_millis()),
        };
        let time = time.filter(|it| TIMES.contains(it));
        if time.is_none() {
            self.odd(part, name, "is no time");
        }
        time
    }

    /// A time as milliseconds since 1970.
    pub(super) fn milliseconds(&mut self, part: &Part<'_>, name: &str) -> Option<i64> {
        let time = part.get(name)?.as_i64().filter(|it| TIMES.contains(it));
        if time.is_none() {
            self.odd(part, name, "is no time in milliseconds");
        }
        time
    }
}

#[cfg(test)]
mod tests;
