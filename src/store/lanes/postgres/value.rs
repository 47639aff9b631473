//! Values as PostgreSQL sends them in its binary format: those of columns, and those of rows inside an array.
//!
//! An array has a head (dimensions, a flag for nulls, the type of its members; then the length and the lowest index of
//! each dimension) and its members. A row has the number of its values, and the type of each before it. Whatever is a
//! member or a value begins with its length, which is -1 for null. All numbers are of 32 bits, the highest byte first:
//! `array_send` and `record_send` in PostgreSQL's sources.

use crate::store::row::{Cell, collected};

/// Types by the numbers they have in `pg_type`.
const BOOL: u32 = 16;
const INT8: u32 = 20;
const INT4: u32 = 23;
const TEXT: u32 = 25;
const UNKNOWN: u32 = 705;
const RECORD: u32 = 2249;
const RECORDS: u32 = 2287;

/// A value of this type; nothing for null.
pub(super) fn cell(of: u32, value: Option<&[u8]>) -> Result<Cell, String> {
    let Some(bytes) = value else {
        return Ok(Cell::Null);
    };
    Ok(match of {
        INT8 => Cell::Number(i64::from_be_bytes(exactly(bytes)?)),
        INT4 => Cell::Number(i32::from_be_bytes(exactly(bytes)?).into()),
        BOOL => Cell::Flag(exactly::<1>(bytes)? != [0]),
        TEXT | UNKNOWN => Cell::Text(std::str::from_utf8(bytes).map_err(|error| error.to_string())?.to_owned()),
        RECORDS => Cell::Rows(rows(bytes)?),
        other => return Err(format!("no reader reads values of type {other}")),
    })
}

fn rows(mut bytes: &[u8]) -> Result<Vec<Box<[Cell]>>, String> {
    let (dimensions, _has_nulls, of) = (number(&mut bytes)?, number(&mut bytes)?, number(&mut bytes)?);
    match (dimensions, of.cast_unsigned()) {
        // It has no members.
        (0, _) => return Ok(Vec::new()),
        (1, RECORD) => {}
        (_, of) => return Err(format!("an array of {dimensions} dimensions of type {of}")),
    }
    let (length, _lowest) = (number(&mut bytes)?, number(&mut bytes)?);
    collected(at_most(length, bytes, 4), (0..length).map(|_| row(part(&mut bytes)?.ok_or("a null in place of a row")?)))
}

fn row(mut bytes: &[u8]) -> Result<Box<[Cell]>, String> {
    let width = number(&mut bytes)?;
    let count = at_most(width, bytes, 8);
    let value = |_| {
        let of = number(&mut bytes)?.cast_unsigned();
        cell(of, part(&mut bytes)?)
    };
    Ok(collected(count, (0..width).map(value))?.into())
}

/// So many of `size` bytes each, or as many as there are bytes for: what is cut off reserves no more.
fn at_most(count: i32, bytes: &[u8], size: usize) -> usize {
    usize::try_from(count).unwrap_or_default().min(bytes.len() / size)
}

/// Takes the part whose length comes next; nothing for null.
fn part<'a>(bytes: &mut &'a [u8]) -> Result<Option<&'a [u8]>, String> {
    let Ok(length) = usize::try_from(number(bytes)?) else {
        return Ok(None);
    };
    let (part, rest) = bytes.split_at_checked(length).ok_or(CUT_OFF)?;
    *bytes = rest;
    Ok(Some(part))
}

fn number(bytes: &mut &[u8]) -> Result<i32, String> {
    let (number, rest) = bytes.split_first_chunk().ok_or(CUT_OFF)?;
    *bytes = rest;
    Ok(i32::from_be_bytes(*number))
}

fn exactly<const N: usize>(bytes: &[u8]) -> Result<[u8; N], String> {
    bytes.try_into().map_err(|_| format!("a value of {N} bytes has {}", bytes.len()))
}

const CUT_OFF: &str = "a value that is cut off";

#[cfg(test)]
mod tests {
    use super::{RECORD, RECORDS, TEXT, cell};
    use crate::store::row::Cell;

    /// `ARRAY[ROW(7::int, 'ab'::text), ROW(NULL::int, ''::text)]`, as PostgreSQL 15 sends it.
    fn sent() -> Vec<u8> {
        let mut bytes = Vec::new();
        for number in [1, 0, RECORD.cast_signed(), 2, 1] {
            bytes.extend(number.to_be_bytes());
        }
        let rows: [&[i32]; 2] = [&[26, 2, 23, 4, 7, 25, 2], &[20, 2, 23, -1, 25, 0]];
        for (row, text) in rows.into_iter().zip(["ab", ""]) {
            row.iter().for_each(|number| bytes.extend(number.to_be_bytes()));
            bytes.extend(text.bytes());
        }
        bytes
    }

    #[test]
    fn an_array_of_rows_is_read_row_by_row() {
        let first = [Cell::Number(7), Cell::Text("ab".to_owned())];
        let second = [Cell::Null, Cell::Text(String::new())];
        assert_eq!(cell(RECORDS, Some(&sent())), Ok(Cell::Rows(vec![first.into(), second.into()])));
    }

    #[test]
    fn an_array_without_members_has_no_dimensions() {
        let bytes: Vec<u8> = [0, 0, RECORD.cast_signed()].iter().flat_map(|it: &i32| it.to_be_bytes()).collect();
        assert_eq!(cell(RECORDS, Some(&bytes)), Ok(Cell::Rows(Vec::new())));
    }

    #[test]
    fn what_is_cut_off_or_of_another_type_is_an_error() {
        let whole = sent();
        for end in 0..whole.len() {
            assert!(cell(RECORDS, Some(&whole[..end])).is_err(), "{end}");
        }
        let mut endless = whole.clone();
        endless[12..16].copy_from_slice(&i32::MAX.to_be_bytes());
        assert!(cell(RECORDS, Some(&endless)).is_err());
        assert!(cell(20, Some(&[1, 2])).is_err());
        assert!(cell(TEXT, Some(&[0xff])).is_err());
        assert!(cell(1_700, Some(&[])).is_err());
    }
}
