//! Apache Parquet: postings wait until they make a row group, which is then written column by column.

use std::io::{self, Write};
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, TimeUnit, Type as Physical, ZstdLevel};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::Type;

use super::{COLUMNS, Column, File, Kind, Value};
use crate::store::export::ExportRow;

/// Postings of a row group: some 20 MiB of memory. Readers skip whole groups by what stands in their columns.
const GROUP_ROWS: usize = 16_384;

pub(super) struct Groups<W: Write + Send> {
    to: SerializedFileWriter<W>,
    waiting: Vec<ExportRow>,
}

impl<W: Write + Send> Groups<W> {
    pub(super) fn new(to: W) -> io::Result<Self> {
        let fields = COLUMNS.iter().map(|column| field(*column).map(Arc::new)).collect::<Result<_, _>>();
        let schema = Type::group_type_builder("job").with_fields(fields.map_err(failed)?).build().map_err(failed)?;
        let zstd = Compression::ZSTD(ZstdLevel::default());
        let properties = WriterProperties::builder().set_compression(zstd).set_created_by(created_by()).build();
        let to = SerializedFileWriter::new(to, Arc::new(schema), Arc::new(properties)).map_err(failed)?;
        Ok(Self { to, waiting: Vec::new() })
    }

    fn write_group(&mut self, count: usize) -> Result<(), ParquetError> {
        let rows: Vec<ExportRow> = self.waiting.drain(..count).collect();
        let mut group = self.to.next_row_group()?;
        for column in COLUMNS {
            if let Some(mut writer) = group.next_column()? {
                write_column(&mut writer, column, &rows)?;
                writer.close()?;
            }
        }
        group.close().map(drop)
    }
}

impl<W: Write + Send> File for Groups<W> {
    fn take(&mut self, rows: Vec<ExportRow>) -> io::Result<()> {
        self.waiting.extend(rows);
        while self.waiting.len() >= GROUP_ROWS {
            self.write_group(GROUP_ROWS).map_err(failed)?;
        }
        Ok(())
    }

    fn finish(mut self) -> io::Result<()> {
        if !self.waiting.is_empty() {
            self.write_group(self.waiting.len()).map_err(failed)?;
        }
        self.to.close().map(drop).map_err(failed)
    }
}

fn created_by() -> String {
    concat!("jobgraph ", env!("CARGO_PKG_VERSION")).to_owned()
}

fn field(column: Column) -> Result<Type, ParquetError> {
    let (physical, logical) = match column.kind {
        Kind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        Kind::Time => (Physical::INT64, Some(LogicalType::timestamp(true, TimeUnit::MILLIS))),
        Kind::Whole => (Physical::INT64, None),
        Kind::Decimal => (Physical::DOUBLE, None),
    };
    let field = Type::primitive_type_builder(column.name, physical).with_repetition(Repetition::OPTIONAL);
    field.with_logical_type(logical).build()
}

fn write_column(to: &mut SerializedColumnWriter<'_>, column: Column, rows: &[ExportRow]) -> Result<(), ParquetError> {
    let values = || rows.iter().map(|row| column.value(row));
    // A value that is there is one level deep, one that is not is none.
    let levels: Vec<i16> = values().map(|it| i16::from(!matches!(it, Value::Null))).collect();
    match column.kind {
        Kind::Text => {
            let text = |value| if let Value::Text(text) = value { Some(ByteArray::from(text)) } else { None };
            let texts: Vec<ByteArray> = values().filter_map(text).collect();
            to.typed::<ByteArrayType>().write_batch(&texts, Some(&levels), None)?;
        }
        Kind::Time | Kind::Whole => {
            let number = |value| match value {
                Value::Time(number) | Value::Whole(number) => Some(number),
                _ => None,
            };
            let numbers: Vec<i64> = values().filter_map(number).collect();
            to.typed::<Int64Type>().write_batch(&numbers, Some(&levels), None)?;
        }
        Kind::Decimal => {
            let amount = |value| if let Value::Decimal(text) = value { text.parse().ok() } else { None };
            let amounts: Vec<f64> = values().filter_map(amount).collect();
            to.typed::<DoubleType>().write_batch(&amounts, Some(&levels), None)?;
        }
    }
    Ok(())
}

fn failed(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(cause) => match cause.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(cause) => io::Error::other(cause),
        },
        error => io::Error::other(error),
    }
}
