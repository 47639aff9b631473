//! The rows that a statement answers which counts facets: a row for each bucket, in no order.

use super::{Bucket, Buckets, Counted, Facet};
use crate::store::error::StoreError;
use crate::store::row::{Cell, collected, take};
use crate::store::table::Table;

/// Columns that every statement has: facet, value, how many rows have it.
const ALWAYS: usize = 3;

/// Which columns there are, as each costs every row of the answer.
#[derive(Clone, Debug)]
pub(in crate::store) struct Layout {
    table: &'static str,
    /// Buckets shown of each facet.
    tops: Vec<i64>,
    /// How many different values there are.
    pub(super) values: Option<usize>,
    /// How many rows there are.
    pub(super) rows: Option<usize>,
    /// Whose rows were counted.
    pub(super) parent: Option<usize>,
    /// What the value means.
    pub(super) label: Option<usize>,
    /// What buckets are ordered by before their values, where that is not how many rows they have.
    pub(super) place: Option<usize>,
}

/// What a row tells.
struct Told {
    facet: usize,
    /// Nothing where there is but one.
    parent: Option<String>,
    place: i64,
    bucket: Bucket,
    values: i64,
    rows: i64,
}

impl Told {
    fn order(&self) -> (usize, Option<&str>, i64, &str) {
        (self.facet, self.parent.as_deref(), self.place, &self.bucket.value)
    }
}

impl Layout {
    pub(in crate::store) fn of<T: Table>(facets: &[Facet<T::Column>], has_parents: bool) -> Self {
        let mut next = ALWAYS;
        let mut column = |is_there: bool| {
            is_there.then(|| {
                next += 1;
                next - 1
            })
        };
        Self {
            table: T::NAME,
            tops: facets.iter().map(|facet| facet.top).collect(),
            values: column(facets.iter().any(|facet| facet.counts_values)),
            rows: column(facets.iter().any(|facet| facet.counts_rows)),
            parent: column(has_parents),
            label: column(facets.iter().any(|facet| facet.label.is_some())),
            place: column(facets.iter().any(|facet| facet.buckets != Buckets::Values)),
        }
    }

    /// What was counted, from an array of the rows.
    pub(super) fn read_array(&self, array: Option<Cell>) -> Result<Vec<Vec<(String, Counted)>>, StoreError> {
        match array {
            Some(Cell::Rows(mut rows)) => self.read(rows.each()),
            other => {
                let message = format!("facets are {other:?} in place of an array");
                Err(StoreError::Row { table: self.table, message })
            }
        }
    }

    /// What was counted of each parent, for each facet; of those without any rows, nothing.
    pub(super) fn read<'a>(
        &self,
        rows: impl ExactSizeIterator<Item = &'a mut [Cell]>,
    ) -> Result<Vec<Vec<(String, Counted)>>, StoreError> {
        let mut told = collected(rows.len(), rows.map(|row| self.told(row)))?;
        told.sort_unstable_by(|one, other| one.order().cmp(&other.order()));
        let mut found: Vec<Vec<(String, Counted)>> = self.tops.iter().map(|_| Vec::new()).collect();
        for Told { facet, parent, bucket, values, rows, .. } in told {
            let of_facet = &mut found[facet];
            let parent = parent.unwrap_or_default();
            if of_facet.last().is_none_or(|(of, _)| *of != parent) {
                of_facet.push((parent, Counted { values, rows, ..Counted::none() }));
            }
            if let Some((_, counted)) = of_facet.last_mut().filter(|_| self.tops[facet] > 0) {
                counted.buckets.push(bucket);
            }
        }
        Ok(found)
    }

    fn told(&self, row: &mut [Cell]) -> Result<Told, StoreError> {
        let facet: i32 = take(self.table, row, 0)?;
        let count: i64 = take(self.table, row, 2)?;
        let mut number = |at: Option<usize>, otherwise| at.map_or(Ok(otherwise), |at| take(self.table, row, at));
        Ok(Told {
            facet: usize::try_from(facet).unwrap_or_default(),
            place: number(self.place, -count)?,
            values: number(self.values, 0)?,
            rows: number(self.rows, 0)?,
            parent: self.parent.map(|at| take(self.table, row, at)).transpose()?,
            bucket: Bucket {
                value: take(self.table, row, 1)?,
                label: self.label.map_or(Ok(None), |at| take(self.table, row, at))?,
                count,
            },
        })
    }
}
