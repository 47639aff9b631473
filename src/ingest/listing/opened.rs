//! Objects opened member by member, so that what is odd in one costs itself alone.

use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::answer::digits;
use crate::ingest::lenient::{self, Members};
use crate::ingest::reader::Reader;

/// The members of what can be a posting, or why it is none.
pub(super) fn opened(raw: &RawValue) -> Result<Members<'_>, &'static str> {
    if raw.get().len() > lenient::VALUE_BYTES_MAX {
        return Err(lenient::TOO_LONG);
    }
    Members::of(raw).ok_or("is no object")
}

impl Reader<'_> {
    /// A value without what is odd in it.
    pub(in crate::ingest) fn value(&mut self, raw: &RawValue, path: &str) -> Option<Value> {
        lenient::value(raw, path, &mut |path, message| self.problem(path, message))
    }

    /// The members of an object that can be read.
    pub(super) fn members(&mut self, members: Members<'_>, numbers: &[&str]) -> Map<String, Value> {
        let mut read = Map::new();
        for (name, raw) in members.0 {
            let Some(name) = name else {
                self.problem("?", "is a name that is no text");
                continue;
            };
            let digits = digits(raw).filter(|_| numbers.contains(&name.as_str()));
            if let Some(value) = digits.or_else(|| self.value(raw, &name)) {
                read.insert(name, value);
            }
        }
        read
    }

    pub(super) fn details(&mut self, body: &[u8], inner: Option<&str>) -> Option<Map<String, Value>> {
        let mended;
        let raw: &RawValue = match serde_json::from_slice(body) {
            Ok(raw) => raw,
            Err(_) => {
                mended = lenient::mended(body);
                serde_json::from_str(&mended).ok()?
            }
        };
        let mut raw = raw;
        for name in inner.into_iter().flat_map(|it| it.split('.')) {
            raw = Members::of(raw)?.get(name)?;
        }
        Some(self.members(opened(raw).ok()?, &[]))
    }

    /// The number of rows that an answer declares.
    pub(in crate::ingest) fn total(&mut self, raw: Option<&RawValue>, path: &str) -> Option<u64> {
        let total = self.value(raw?, path).filter(|it| !it.is_null())?;
        let number = total.as_u64();
        if number.is_none() {
            self.problem(path, "is no number of postings");
        }
        number
    }
}
