//! Comma-separated values under a head. What has no value is an empty field.

use std::io::{self, Write};

use csv::Writer;

use super::{COLUMNS, File, Value};
use crate::ingest::identity::rfc3339;
use crate::store::export::ExportRow;

pub(super) struct Table<W: Write>(Writer<W>);

impl<W: Write> Table<W> {
    pub(super) fn new(to: W) -> io::Result<Self> {
        let mut table = Writer::from_writer(to);
        table.write_record(COLUMNS.map(|column| column.name))?;
        Ok(Self(table))
    }
}

impl<W: Write> File for Table<W> {
    fn take(&mut self, rows: Vec<ExportRow>) -> io::Result<()> {
        for row in &rows {
            for column in COLUMNS {
                match column.value(row) {
                    Value::Null => self.0.write_field("")?,
                    Value::Text(text) | Value::Decimal(text) => self.0.write_field(text)?,
                    Value::Time(at) => self.0.write_field(rfc3339(at))?,
                    Value::Whole(number) => self.0.write_field(number.to_string())?,
                }
            }
            self.0.write_record(None::<&[u8]>)?;
        }
        Ok(())
    }

    fn finish(mut self) -> io::Result<()> {
        self.0.flush()
    }
}
