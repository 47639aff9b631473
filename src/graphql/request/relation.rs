//! How a field leads to other rows: by a loader of its own, along with the row that it stands on, or as a list with it.

use entity::Ordinal;

use super::{FetchFn, Noun, PrefetchFn};
use crate::graphql::below::ReadBelow;
use crate::graphql::page::Listable;
use crate::graphql::relation::{columns, list, to_one};
use crate::plan::Selection;
use crate::store::along::Along;
use crate::store::row::{ColumnSet, Record};
use crate::store::sighting::Noted;
use crate::store::table::Table;

/// What a loader is for: the relation of one field, or a side table of the rows of one object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::graphql) enum Slot {
    Field,
    Body,
    Description,
    /// A posting and an event may stand at one place.
    EventBody,
}

impl Slot {
    pub(super) const COUNT: usize = 4;
}

/// How a field leads to other rows.
#[derive(Clone, Copy)]
pub(in crate::graphql) struct Relation {
    pub(in crate::graphql) slot: Slot,
    /// The key in the row that the field stands on; nothing when there is nothing to load.
    pub(in crate::graphql) key: fn(&Record) -> Option<String>,
    pub(in crate::graphql) fetch: FetchFn,
    /// Whether it is followed only where the answer is of a past moment.
    pub(super) only_past: bool,
    /// How the row it leads to is read along with the row that the field stands on.
    pub(super) along: Option<ReadAlong>,
    /// How the list it leads to is read with the row that the field stands on.
    pub(super) below: Option<ReadBelow>,
}

#[derive(Clone, Copy)]
pub(super) struct ReadAlong {
    /// The column that names the row.
    pub(super) from: Noted,
    pub(super) columns: fn(&Selection) -> ColumnSet,
    pub(super) of: fn(usize, ColumnSet, Noted) -> Along,
    /// Loads what is selected below the row.
    pub(super) below: Option<PrefetchFn>,
}

impl Relation {
    pub(in crate::graphql) fn new(slot: Slot, key: fn(&Record) -> Option<String>, fetch: FetchFn) -> Self {
        Self { slot, key, fetch, only_past: false, along: None, below: None }
    }

    /// The same, followed only where the answer is of a past moment.
    pub(in crate::graphql) fn only_past(self) -> Self {
        Self { only_past: true, ..self }
    }

    /// The row of a noun that the column `from` names.
    pub(in crate::graphql) fn to_one<N: Noun>(from: impl Ordinal, key: fn(&Record) -> Option<String>) -> Self {
        let below: PrefetchFn = |request, at, rows| request.prefetch::<N>(at, rows);
        let mut relation = Self::new(Slot::Field, key, to_one::<N>).along::<N>(from, columns::<N>);
        if let Some(along) = &mut relation.along {
            along.below = Some(below);
        }
        relation
    }

    /// The list of `N` whose column of this ordinal equals the column `own` of the row, which `key` reads.
    pub(in crate::graphql) fn to_many<N: Listable, const COLUMN: usize>(
        own: impl Ordinal,
        key: fn(&Record) -> Option<String>,
    ) -> Self {
        let below = Some(ReadBelow::new::<N, COLUMN>(own.as_str()));
        Self { below, ..Self::new(Slot::Field, key, list::<N, COLUMN>) }
    }

    /// Lets the row of `T` that the column `from` names be read along.
    pub(in crate::graphql) fn along<T: Table>(self, from: impl Ordinal, columns: fn(&Selection) -> ColumnSet) -> Self {
        Self { along: Some(ReadAlong { from: Noted::of(from), columns, of: Along::of::<T>, below: None }), ..self }
    }
}
