//! Rows that hold just the columns a question selects.

use std::slice::ChunksExactMut;
use std::sync::Arc;

use entity::Ordinal;
use sea_orm::sea_query::ColumnType;

use super::along::Selected;
use super::below::{self, Listed};
use super::error::StoreError;
use super::table::Table;

/// A set of columns of one table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ColumnSet(u128);

impl ColumnSet {
    pub fn of<C: Ordinal>(columns: &[C]) -> Self {
        let mut set = Self::default();
        for column in columns {
            set.insert(*column);
        }
        set
    }

    pub fn all<T: Table>() -> Self {
        Self::of(&T::all_columns())
    }

    pub fn insert<C: Ordinal>(&mut self, column: C) {
        self.0 |= 1 << column.ordinal();
    }

    pub fn with<C: Ordinal>(mut self, columns: &[C]) -> Self {
        for column in columns {
            self.insert(*column);
        }
        self
    }

    pub fn with_set(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    fn contains<C: Ordinal>(self, column: C) -> bool {
        self.0 & (1 << column.ordinal()) != 0
    }

    /// The members of a table's columns, in the table's order.
    pub(super) fn columns<T: Table>(self) -> Vec<T::Column> {
        T::all_columns().into_iter().filter(|column| self.contains(*column)).collect()
    }
}

/// One value as it is stored.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    Null,
    Number(i64),
    Flag(bool),
    Text(String),
    /// Rows of a list below the row.
    Rows(CellRows),
}

/// A row as a database gave it.
pub(super) type Row = Box<[Cell]>;

/// The values of rows of one width, row after row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CellRows {
    pub(super) width: usize,
    pub(super) cells: Vec<Cell>,
}

impl CellRows {
    /// How many rows there are.
    pub(super) fn len(&self) -> usize {
        self.cells.len().checked_div(self.width).unwrap_or_default()
    }

    pub(super) fn each(&mut self) -> ChunksExactMut<'_, Cell> {
        self.cells.chunks_exact_mut(self.width.max(1))
    }
}

/// A type that columns are read as.
pub(super) trait Stored: Sized {
    fn of_cell(cell: Cell) -> Option<Self>;
}

impl Stored for i64 {
    fn of_cell(cell: Cell) -> Option<Self> {
        if let Cell::Number(number) = cell { Some(number) } else { None }
    }
}

impl Stored for i32 {
    fn of_cell(cell: Cell) -> Option<Self> {
        i64::of_cell(cell).and_then(|it| it.try_into().ok())
    }
}

impl Stored for String {
    fn of_cell(cell: Cell) -> Option<Self> {
        if let Cell::Text(text) = cell { Some(text) } else { None }
    }
}

impl<V: Stored> Stored for Option<V> {
    fn of_cell(cell: Cell) -> Option<Self> {
        if cell == Cell::Null { Some(None) } else { V::of_cell(cell).map(Some) }
    }
}

/// A row's selected columns. Asking for a column that was not selected gives "no value", as for a null.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    columns: ColumnSet,
    cells: Box<[Cell]>,
    /// How well it matches the search that found it; 0 without one.
    pub rank: i64,
    /// What was read along with it, by what asked for it.
    along: Box<[(usize, Option<Arc<Self>>)]>,
    /// The lists that were read with it, by what asked for them.
    below: Box<[(usize, Listed)]>,
}

impl Record {
    pub fn new(columns: ColumnSet, cells: Vec<Cell>) -> Self {
        Self { columns, cells: cells.into_boxed_slice(), rank: 0, along: Box::default(), below: Box::default() }
    }

    /// What the row leads to, if it was read along for `tag`.
    pub fn along(&self, tag: usize) -> Option<&Option<Arc<Self>>> {
        self.along.iter().find(|(of, _)| *of == tag).map(|(_, row)| row)
    }

    /// The list that stands below the row, if it was read with it for `tag`.
    pub fn below(&self, tag: usize) -> Option<&Listed> {
        self.below.iter().find(|(of, _)| *of == tag).map(|(_, listed)| listed)
    }

    /// A row of one text.
    pub fn of_text<C: Ordinal>(column: C, text: String) -> Self {
        Self::new(ColumnSet::of(&[column]), vec![Cell::Text(text)])
    }

    fn cell<C: Ordinal>(&self, column: C) -> &Cell {
        let selected = self.columns.contains(column);
        debug_assert!(selected, "column \"{column:?}\" is read but was not selected");
        if !selected {
            return &Cell::Null;
        }
        let before = self.columns.0 & ((1 << column.ordinal()) - 1);
        &self.cells[before.count_ones() as usize]
    }

    /// The text, `""` for null.
    pub fn text<C: Ordinal>(&self, column: C) -> &str {
        self.optional_text(column).unwrap_or_default()
    }

    /// The text, or nothing for null and for `''`, which stands for an absent text.
    pub fn optional_text<C: Ordinal>(&self, column: C) -> Option<&str> {
        match self.cell(column) {
            Cell::Text(text) if !text.is_empty() => Some(text),
            _ => None,
        }
    }

    /// The number, 0 for null.
    pub fn number<C: Ordinal>(&self, column: C) -> i64 {
        self.optional_number(column).unwrap_or_default()
    }

    /// The number, or nothing for null and for `ABSENT`.
    pub fn optional_number<C: Ordinal>(&self, column: C) -> Option<i64> {
        match self.cell(column) {
            Cell::Number(number) if *number != entity::ABSENT => Some(*number),
            _ => None,
        }
    }

    pub fn flag<C: Ordinal>(&self, column: C) -> bool {
        matches!(self.cell(column), Cell::Flag(true))
    }

    /// The value as stored, for cursors.
    pub fn stored<C: Ordinal>(&self, column: C) -> &Cell {
        self.cell(column)
    }
}

/// Columns of one table that stand together in a statement.
#[derive(Clone, Debug)]
pub(super) struct Part {
    table: &'static str,
    columns: ColumnSet,
    kinds: Vec<Kind>,
    /// Where the key is.
    key: usize,
}

/// What a column holds.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    Number,
    Flag,
    Text,
}

impl Part {
    pub(super) fn of<T: Table>(columns: ColumnSet) -> Self {
        let selected = columns.columns::<T>();
        let key = selected.iter().position(|it| it.ordinal() == T::KEY.ordinal()).unwrap_or_default();
        Self { table: T::NAME, columns, kinds: selected.into_iter().map(kind).collect(), key }
    }

    fn record(&self, cells: &mut impl Iterator<Item = Cell>) -> Result<Record, StoreError> {
        let missing = || StoreError::Row { table: self.table, message: "columns are missing".to_owned() };
        let cell = |kind: &Kind| self.checked(cells.next().ok_or_else(missing)?, *kind);
        Ok(Record::new(self.columns, collected(self.kinds.len(), self.kinds.iter().map(cell))?))
    }

    /// A cell as its column has it.
    fn checked(&self, cell: Cell, kind: Kind) -> Result<Cell, StoreError> {
        match (cell, kind) {
            (Cell::Number(number), Kind::Flag) => Ok(Cell::Flag(number != 0)),
            (cell @ (Cell::Null | Cell::Number(_)), Kind::Number) => Ok(cell),
            (cell @ (Cell::Null | Cell::Text(_)), Kind::Text) => Ok(cell),
            (cell @ (Cell::Null | Cell::Flag(_)), Kind::Flag) => Ok(cell),
            (cell, _) => Err(StoreError::Row { table: self.table, message: format!("{cell:?} is of another type") }),
        }
    }
}

/// How a row with what is read along with it and below it is put together.
#[derive(Clone, Debug)]
pub(super) struct Shape {
    pub(super) part: Part,
    pub(super) along: Vec<(usize, Part)>,
    pub(super) below: Vec<(usize, Vec<below::Part>)>,
}

impl Shape {
    /// The row whose values come next.
    pub(super) fn record(&self, cells: &mut impl Iterator<Item = Cell>, is_ranked: bool) -> Result<Record, StoreError> {
        let mut record = self.part.record(cells)?;
        if is_ranked {
            let rank = cells.next().and_then(i64::of_cell);
            let message = || "a match without a rank".to_owned();
            record.rank = rank.ok_or_else(|| StoreError::Row { table: self.part.table, message: message() })?;
        }
        let along = self.along.iter().map(|(tag, part)| {
            let row = part.record(cells)?;
            Ok::<_, StoreError>((*tag, Some(row).filter(|row| row.cells[part.key] != Cell::Null).map(Arc::new)))
        });
        record.along = collected(self.along.len(), along)?.into();
        let below = self.below.iter().map(|(tag, parts)| Ok::<_, StoreError>((*tag, below::read(parts, cells)?)));
        record.below = collected(self.below.len(), below)?.into();
        Ok(record)
    }
}

/// How the columns of a statement are decoded, worked out once a statement.
pub(super) struct Decoder {
    shape: Shape,
    offset: usize,
    is_ranked: bool,
}

impl Decoder {
    /// Reads what is selected from position `offset` of each row on.
    pub(super) fn new<T: Table>(selected: &Selected, offset: usize) -> Self {
        Self { shape: selected.shape::<T>(), offset, is_ranked: false }
    }

    /// Reads the rank of a match behind the columns.
    pub(super) fn ranked(self, is_ranked: bool) -> Self {
        Self { is_ranked, ..self }
    }

    pub(super) fn record(&self, row: Row) -> Result<Record, StoreError> {
        self.shape.record(&mut row.into_iter().skip(self.offset), self.is_ranked)
    }
}

/// Collects values, of which there are `count`, unless one fails: what may fail has no length for `collect`, which moves
/// what it has as it grows.
pub(super) fn collected<T, E>(count: usize, values: impl Iterator<Item = Result<T, E>>) -> Result<Vec<T>, E> {
    let mut all = Vec::with_capacity(count);
    for value in values {
        all.push(value?);
    }
    Ok(all)
}

/// Reads the column at `index` of a row.
pub(super) fn read<V: Stored>(table: &'static str, row: &impl AsRef<[Cell]>, index: usize) -> Result<V, StoreError> {
    of_column(table, row.as_ref().get(index).cloned(), index)
}

/// Takes the value of the column at `index` out of a row.
pub(super) fn take<V: Stored>(table: &'static str, row: &mut [Cell], index: usize) -> Result<V, StoreError> {
    of_column(table, row.get_mut(index).map(|cell| std::mem::replace(cell, Cell::Null)), index)
}

fn of_column<V: Stored>(table: &'static str, cell: Option<Cell>, index: usize) -> Result<V, StoreError> {
    let message = || format!("column {index} is of another type");
    cell.and_then(V::of_cell).ok_or_else(|| StoreError::Row { table, message: message() })
}

fn kind<C: Ordinal>(column: C) -> Kind {
    match column.def().get_column_type() {
        ColumnType::BigInteger | ColumnType::Integer => Kind::Number,
        ColumnType::Boolean => Kind::Flag,
        _ => Kind::Text,
    }
}

/// Whether a column holds numbers.
pub(super) fn is_number<C: Ordinal>(column: C) -> bool {
    matches!(kind(column), Kind::Number)
}
