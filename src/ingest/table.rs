//! A table of boards (CSV): columns `provider` and `board`, or `url`; without a heading, the one or the other by how many
//! there are.

use std::io::{BufRead, BufReader, Read};

use csv::{ReaderBuilder, StringRecord};

use super::recognize::{Recognized, recognize};

/// What a line names, or what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub line: u64,
    pub board: Result<Recognized, String>,
}

/// Where the columns are.
#[derive(Clone, Copy)]
struct Columns {
    provider: Option<usize>,
    board: Option<usize>,
    url: Option<usize>,
}

/// The boards of a table, in its order; empty lines are none. A line is a row, so that each has a number to be told by.
pub fn rows(file: impl Read) -> impl Iterator<Item = Row> {
    let mut columns = None;
    BufReader::new(file).split(b'\n').zip(1..).filter_map(move |(text, line)| {
        let record = match text.map_err(|error| error.to_string()).and_then(|text| cells(&text)) {
            Ok(record) => record?,
            Err(message) => return Some(Row { line, board: Err(message) }),
        };
        if columns.is_none() {
            columns = heading(&record);
            if columns.is_some() {
                return None;
            }
            columns = Some(without_heading(&record));
        }
        Some(Row { line, board: board(&record, columns) })
    })
}

/// The cells of a line; nothing if all are empty.
fn cells(text: &[u8]) -> Result<Option<StringRecord>, String> {
    let reader = ReaderBuilder::new().has_headers(false).trim(csv::Trim::All).from_reader(text);
    let record = reader.into_records().next().transpose();
    let record = record.map_err(|_| "it is no text in UTF-8".to_owned())?;
    Ok(record.filter(|it| !it.iter().all(str::is_empty)))
}

fn heading(record: &StringRecord) -> Option<Columns> {
    let place = |name: &str| {
        // Some programs begin a table with a mark that shows nothing.
        record.iter().position(|it| it.trim_start_matches('\u{feff}').eq_ignore_ascii_case(name))
    };
    let columns = Columns { provider: place("provider"), board: place("board"), url: place("url") };
    (columns.url.is_some() || (columns.provider.is_some() && columns.board.is_some())).then_some(columns)
}

fn without_heading(record: &StringRecord) -> Columns {
    match record.len() {
        0 | 1 => Columns { provider: None, board: None, url: Some(0) },
        _ => Columns { provider: Some(0), board: Some(1), url: None },
    }
}

fn board(record: &StringRecord, columns: Option<Columns>) -> Result<Recognized, String> {
    let cell = |place: fn(Columns) -> Option<usize>| {
        columns.and_then(place).and_then(|it| record.get(it)).filter(|it| !it.is_empty())
    };
    match (cell(|it| it.url), cell(|it| it.provider), cell(|it| it.board)) {
        (Some(url), ..) => recognize(url).map_err(|error| error.to_string()),
        (None, Some(provider), Some(board)) => {
            let Some(known) = super::provider::find(&provider.to_ascii_lowercase()) else {
                return Err(super::IngestError::UnknownProvider(provider.to_owned()).to_string());
            };
            recognize(&format!("{}/{board}", known.name)).map_err(|error| error.to_string())
        }
        _ => Err("it has neither a url nor provider and board".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lines with the boards they name; of what is wrong, only that it is.
    fn read(text: &str) -> Vec<(u64, Option<String>)> {
        let shown = |it: Recognized| format!("{}/{}", it.provider, it.board);
        rows(text.as_bytes()).map(|it| (it.line, it.board.ok().map(shown))).collect()
    }

    fn at(line: u64, board: &str) -> (u64, Option<String>) {
        (line, Some(board.to_owned()))
    }

    #[test]
    fn a_table_names_boards_by_provider_and_board_or_by_their_addresses() {
        let text = "name,Provider, board,url\nA,greenhouse,acme,\nB,,,https://jobs.lever.co/acme\n\n,Lever,\"eu:b\",\n";
        assert_eq!(read(text), [at(2, "greenhouse/acme"), at(3, "lever/acme"), at(5, "lever/eu:b")]);
        assert_eq!(read("\u{feff}url\r\njobs.lever.co/acme\r\n"), [at(2, "lever/acme")]);
    }

    #[test]
    fn a_table_without_a_heading_is_told_by_its_columns() {
        assert_eq!(
            read("https://jobs.lever.co/acme\nacme.example\n"),
            [at(1, "lever/acme"), at(2, "jsonld/acme.example")]
        );
        assert_eq!(read("ashby,Acme\n"), [at(1, "ashby/Acme")]);
    }

    #[test]
    fn a_line_that_names_nothing_costs_no_other() {
        let text = "provider,board\nnobody,acme\ngreenhouse\ngreenhouse,a b\nworkday,acme\nlever,acme\n";
        let found = read(text);
        assert_eq!(found.iter().filter(|it| it.1.is_none()).map(|it| it.0).collect::<Vec<_>>(), [2, 3, 4, 5]);
        assert_eq!(found.last(), Some(&at(6, "lever/acme")));
        assert_eq!(rows(&b"url\n\xff\njobs.lever.co/a\n"[..]).filter(|it| it.board.is_err()).count(), 1);
    }

    #[test]
    fn an_empty_table_names_nothing() {
        assert_eq!(read(""), []);
        assert_eq!(read("provider,board\n"), []);
    }
}
