//! Values as PostgreSQL sends them in its binary format: those of columns, and those of rows inside an array.
//!
//! An array has a head (dimensions, a flag for nulls, the type of its members; then the length and the lowest index of
//! each dimension) and its members. A row has the number of its values, and the type of each before it. Whatever is a
//! member or a value begins with its length, which is -1 for null. All numbers are of 32 bits, the highest byte first:
//! `array_send` and `record_send` in PostgreSQL's sources.

use crate::store::row::{Cell, CellRows};

/// Types by the numbers they have in `pg_type`.
const BOOL: u32 = 16;
const INT8: u32 = 20;
const INT4: u32 = 23;
const TEXT: u32 = 25;
const UNKNOWN: u32 = 705;
const RECORD: u32 = 2249;
const RECORDS: u32 = 2287;

/// Of a value in a row: its type and its length.
const VALUE_BYTES_MIN: usize = 8;

/// A value of this type; nothing for null.
#[inline]
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

fn rows(mut bytes: &[u8]) -> Result<CellRows, String> {
    let (dimensions, _has_nulls, of) = (number(&mut bytes)?, number(&mut bytes)?, number(&mut bytes)?);
    match (dimensions, of.cast_unsigned()) {
        // It has no members.
        (0, _) => return Ok(CellRows::default()),
        (1, RECORD) => {}
        (_, of) => return Err(format!("an array of {dimensions} dimensions of type {of}")),
    }
    let (length, _lowest) = (number(&mut bytes)?, number(&mut bytes)?);
    let mut rows = CellRows::default();
    for index in 0..length {
        let mut row = part(&mut bytes)?.ok_or("a null in place of a row")?;
        let width = number(&mut row)?;
        if index == 0 {
            rows.width = usize::try_from(width).unwrap_or_default();
            let all = rows.width.saturating_mul(usize::try_from(length).unwrap_or_default());
            // What is cut off reserves no more than there are bytes for.
            rows.cells.reserve(all.min((row.len() + bytes.len()) / VALUE_BYTES_MIN));
        }
        if usize::try_from(width) != Ok(rows.width) {
            return Err(format!("a row of {width} values among others of {}", rows.width));
        }
        for _ in 0..width {
            let of = number(&mut row)?.cast_unsigned();
            rows.cells.push(cell(of, part(&mut row)?)?);
        }
    }
    Ok(rows)
}

/// Takes the part whose length comes next; nothing for null.
#[inline]
fn part<'a>(bytes: &mut &'a [u8]) -> Result<Option<&'a [u8]>, String> {
    let Ok(length) = usize::try_from(number(bytes)?) else {
        return Ok(None);
    };
    let (part, rest) = bytes.split_at_checked(length).ok_or(CUT_OFF)?;
    *bytes = rest;
    Ok(Some(part))
}

#[inline]
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
    use crate::store::row::{Cell, CellRows};

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
        let cells = vec![Cell::Number(7), Cell::Text("ab".to_owned()), Cell::Null, Cell::Text(String::new())];
        assert_eq!(cell(RECORDS, Some(&sent())), Ok(Cell::Rows(CellRows { width: 2, cells })));
    }

    #[test]
    fn an_array_without_members_has_no_dimensions() {
        let bytes: Vec<u8> = [0, 0, RECORD.cast_signed()].iter().flat_map(|it: &i32| it.to_be_bytes()).collect();
        assert_eq!(cell(RECORDS, Some(&bytes)), Ok(Cell::Rows(CellRows::default())));
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
