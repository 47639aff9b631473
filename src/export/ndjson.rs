//! A JSON object a line, each with every column.

use std::io::{self, Write};

use super::{COLUMNS, File, Value};
use crate::ingest::identity::rfc3339;
use crate::store::export::ExportRow;

pub(super) struct Lines<W> {
    to: W,
    line: Vec<u8>,
}

impl<W: Write> Lines<W> {
    pub(super) fn new(to: W) -> Self {
        Self { to, line: Vec::new() }
    }
}

impl<W: Write> File for Lines<W> {
    fn take(&mut self, rows: Vec<ExportRow>) -> io::Result<()> {
        self.line.clear();
        for row in &rows {
            for (index, column) in COLUMNS.iter().enumerate() {
                write!(self.line, "{}\"{}\":", if index == 0 { '{' } else { ',' }, column.name)?;
                match column.value(row) {
                    Value::Null => self.line.extend(b"null"),
                    Value::Text(text) => serde_json::to_writer(&mut self.line, text)?,
                    Value::Time(at) => write!(self.line, "\"{}\"", rfc3339(at))?,
                    Value::Whole(number) => write!(self.line, "{number}")?,
                    // Decimal text is a number of JSON as it stands.
                    Value::Decimal(number) => self.line.extend(number.as_bytes()),
                }
            }
            self.line.extend(b"}\n");
        }
        self.to.write_all(&self.line)
    }

    fn finish(mut self) -> io::Result<()> {
        self.to.flush()
    }
}
