//! Comma-separated values under a head. What has no value is an empty field.

use std::borrow::Cow;
use std::io::{self, Write};

use csv::Writer;

use super::{COLUMNS, File, Formulas, Value};
use crate::ingest::identity::rfc3339;
use crate::store::export::ExportRow;

/// What a formula begins with, by <https://owasp.org/www-community/attacks/CSV_Injection>; some spreadsheets take the wide
/// forms for the narrow ones.
const FORMULA_BEGINS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

pub(super) struct Table<W: Write> {
    to: Writer<W>,
    formulas: Formulas,
}

impl<W: Write> Table<W> {
    pub(super) fn new(to: W, formulas: Formulas) -> io::Result<Self> {
        let mut to = Writer::from_writer(to);
        to.write_record(COLUMNS.map(|column| column.name))?;
        Ok(Self { to, formulas })
    }
}

/// Postings are written by strangers, and a formula may send what stands beside it elsewhere.
fn guarded(text: &str) -> Cow<'_, str> {
    if text.starts_with(FORMULA_BEGINS) { format!("'{text}").into() } else { text.into() }
}

impl<W: Write> File for Table<W> {
    fn take(&mut self, rows: Vec<ExportRow>) -> io::Result<()> {
        for row in &rows {
            for column in COLUMNS {
                match column.value(row) {
                    Value::Null => self.to.write_field("")?,
                    Value::Text(text) if self.formulas == Formulas::Guard => {
                        self.to.write_field(guarded(text).as_bytes())?;
                    }
                    // A number below zero is no formula.
                    Value::Text(text) | Value::Decimal(text) => self.to.write_field(text)?,
                    Value::Time(at) => self.to.write_field(rfc3339(at))?,
                    Value::Whole(number) => self.to.write_field(number.to_string())?,
                }
            }
            self.to.write_record(None::<&[u8]>)?;
        }
        Ok(())
    }

    fn finish(mut self) -> io::Result<()> {
        self.to.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::guarded;

    #[test]
    fn what_would_run_gets_an_apostrophe_and_nothing_else_does() {
        for text in ["=1+1", "+49", "-SUM(A1)", "@cmd", "\t=1", "\r=1", "\n=1", "＝1", "－1"] {
            assert_eq!(guarded(text), format!("'{text}"));
        }
        for text in ["", "Cook", "C++ = fun", "'=1", "1-1", "https://jobs.example/?a=b"] {
            assert_eq!(guarded(text), text);
        }
    }
}
