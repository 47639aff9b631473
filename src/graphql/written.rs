//! Answers written straight from rows, past the executor.
//!
//! The executor resolves a field by a boxed future and puts its value into a tree that is written later: half a
//! microsecond for each value of each row. What lies below a row has been loaded when the row is answered, so a whole
//! list can be written by one loop over its rows. What cannot be written so (a field that is not covered, a value that
//! failed) is resolved by the executor as ever: both give the same bytes, which tests/prop/documents.rs holds.

use std::borrow::Cow;
use std::convert::Infallible;
use std::sync::Arc;

use async_graphql::parser::types::Field;
use async_graphql::registry::Registry;
use async_graphql::{ContextSelectionSet, Error, OutputType, Positioned, ServerResult, Value};
use entity::Ordinal;
use serde::Serialize;

use super::error::Failure;
use super::page::Listable;
use super::request::{Found, Loaded, Noun, Relation, Request, Slot};
use super::scalar::{Date, DateTime};
use super::value::{day, share};
use crate::plan::{Children, Selection};
use crate::store::row::Record;

/// Bytes of an answer at most.
pub(super) const ANSWER_BYTES_MAX: usize = 8 * 1024 * 1024;

/// Room that a whole answer has from the beginning.
const BYTES_AT_FIRST: usize = 1_024;

/// What is selected cannot be written straight from rows.
#[derive(Debug)]
pub(super) struct Unwritten;

/// An answer in the making.
pub(super) struct Out(Vec<u8>);

impl Out {
    pub(super) fn new(start: &str) -> Self {
        let mut bytes = Vec::with_capacity(BYTES_AT_FIRST);
        bytes.extend_from_slice(start.as_bytes());
        Self(bytes)
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.0
    }

    /// Whether more was written than may be answered.
    pub(super) fn is_too_long(&self) -> bool {
        self.0.len() > ANSWER_BYTES_MAX
    }

    /// Writes a value as JSON. Text keys and memory never fail.
    pub(super) fn value<V: Serialize + ?Sized>(&mut self, value: &V) {
        if serde_json::to_writer(&mut self.0, value).is_err() {
            self.raw("null");
        }
    }

    pub(super) fn raw(&mut self, text: &str) {
        self.0.extend_from_slice(text.as_bytes());
    }

    /// Writes an object, each member, its key included, by `write`.
    pub(super) fn object<M, E>(
        &mut self,
        members: impl Iterator<Item = M>,
        mut write: impl FnMut(M, &mut Self) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut before = b'{';
        for member in members {
            self.0.push(before);
            before = b',';
            write(member, self)?;
        }
        self.raw(if before == b'{' { "{}" } else { "}" });
        Ok(())
    }

    /// Writes an object: the keys of the selected fields, and their values by `write`.
    pub(super) fn selected<'a>(
        &mut self,
        fields: impl Iterator<Item = &'a Arc<Selection>>,
        mut write: impl FnMut(&'a Arc<Selection>, &mut Self) -> Result<(), Unwritten>,
    ) -> Result<(), Unwritten> {
        self.object(fields, |field, out| {
            out.raw(&field.json_key);
            write(field, out)
        })
    }

    /// Writes a list, each member by `write`.
    pub(super) fn list<I, E>(
        &mut self,
        items: impl Iterator<Item = I>,
        mut write: impl FnMut(I, &mut Self) -> Result<(), E>,
    ) -> Result<(), E> {
        self.raw("[");
        for (index, item) in items.enumerate() {
            if index > 0 {
                self.raw(",");
            }
            write(item, self)?;
        }
        self.raw("]");
        Ok(())
    }

    /// Writes what is selected of a value that has all fields of its type. `type_name` is the type's.
    pub(super) fn pick<V: Serialize>(&mut self, value: &V, at: &Selection, type_name: &str) -> Result<(), Unwritten> {
        self.picked(&serde_json::to_value(value).map_err(|_| Unwritten)?, at, type_name)
    }

    fn picked(&mut self, value: &serde_json::Value, at: &Selection, type_name: &str) -> Result<(), Unwritten> {
        use serde_json::Value as V;
        match value {
            V::Array(items) => self.list(items.iter(), |item, out| out.picked(item, at, type_name)),
            // All that is selected of it may be left out by conditions.
            V::Object(members) if !matches!(at.children, Children::Leaf) => {
                self.selected(at.fields(type_name), |field, out| match members.get(&field.field) {
                    // Only the outermost type is known by its name.
                    Some(member) => out.picked(member, field, ""),
                    None if field.field == "__typename" && !type_name.is_empty() => {
                        out.value(type_name);
                        Ok(())
                    }
                    None => Err(Unwritten),
                })
            }
            other => {
                self.value(other);
                Ok(())
            }
        }
    }
}

impl Out {
    /// Writes an object all of whose fields are in the columns of a row.
    pub(super) fn leaves<C: Ordinal>(
        &mut self,
        at: &Selection,
        type_name: &str,
        row: &Record,
        leaf: fn(&str) -> Option<Leaf<C>>,
    ) -> Result<(), Unwritten> {
        self.selected(at.fields(type_name), |field, out| {
            match leaf(&field.field) {
                Some(leaf) => leaf.write(row, out),
                None if field.field == "__typename" => out.value(type_name),
                None => return Err(Unwritten),
            }
            Ok(())
        })
    }
}

/// A field whose value is in the columns of its row.
#[derive(Clone, Copy)]
pub(super) enum Leaf<C: 'static> {
    /// Text; empty for null.
    Text(C),
    TextOrNull(C),
    Number(C),
    NumberOrNull(C),
    Time(C),
    TimeOrNull(C),
    /// The day of a time, in UTC.
    Day(C),
    /// A share of one from a percentage.
    Share(C),
    /// Stored JSON without fields of its own; what stands for none.
    Json(C, &'static str),
    /// What is made of columns.
    Made(&'static [C], fn(&Record, &mut Out)),
}

impl<C: Ordinal> Leaf<C> {
    /// The columns that it reads.
    pub(super) fn columns(&self) -> Vec<C> {
        match self {
            Self::Text(it) | Self::TextOrNull(it) | Self::Number(it) | Self::NumberOrNull(it) => vec![*it],
            Self::Time(it) | Self::TimeOrNull(it) | Self::Day(it) | Self::Share(it) | Self::Json(it, _) => vec![*it],
            Self::Made(columns, _) => columns.to_vec(),
        }
    }

    fn write(&self, row: &Record, out: &mut Out) {
        match self {
            Self::Text(column) => out.value(row.text(*column)),
            Self::TextOrNull(column) => out.value(&row.optional_text(*column)),
            Self::Number(column) => out.value(&row.number(*column)),
            Self::NumberOrNull(column) => out.value(&row.optional_number(*column)),
            Self::Time(column) => out.value(&DateTime(row.number(*column))),
            Self::TimeOrNull(column) => out.value(&row.optional_number(*column).map(DateTime)),
            Self::Day(column) => out.value::<Date>(&day(row, *column)),
            Self::Share(column) => out.value(&share(row, *column)),
            Self::Json(column, none) => out.raw(row.optional_text(*column).unwrap_or(none)),
            Self::Made(_, write) => write(row, out),
        }
    }
}

/// How a field of a row is written.
pub(super) enum Step<C: 'static> {
    TypeName,
    Leaf(Leaf<C>),
    Linked(Vec<Relation>),
}

/// How rows that stand at one place are written, field by field; worked out once a request.
pub(super) type Steps<C> = Vec<(Arc<Selection>, Step<C>)>;

pub(super) fn steps<N: Noun>(at: &Selection) -> Steps<N::Column> {
    let step = |field: &Arc<Selection>| {
        let step = match N::leaf(&field.field) {
            Some(leaf) => Step::Leaf(leaf),
            None if field.field == "__typename" => Step::TypeName,
            None => Step::Linked(N::relations(field)),
        };
        (Arc::clone(field), step)
    };
    at.fields(N::TYPE_NAME).map(step).collect()
}

/// A field that leads from a row to others.
pub(super) struct Link<'a> {
    pub(super) request: &'a Arc<Request>,
    /// Where the row stands.
    at: &'a Arc<Selection>,
    pub(super) field: &'a Arc<Selection>,
    pub(super) row: &'a Arc<Record>,
    relations: &'a [Relation],
}

impl Link<'_> {
    /// What the field leads to; it has been loaded.
    pub(super) fn follow(&self, slot: Slot) -> Result<Loaded, Unwritten> {
        let relation = self.relations.iter().find(|it| it.slot == slot).ok_or(Unwritten)?;
        self.request.loaded(relation, self.row, self.at, self.field)
    }

    pub(super) fn one<N: Noun>(&self, out: &mut Out) -> Result<(), Unwritten> {
        match self.follow(Slot::Field)? {
            Loaded::Row(row) => Rows::<N>::new(self.request, self.field).write(&row, out),
            _ => Err(Unwritten),
        }
    }

    pub(super) fn list<N: Listable>(&self, out: &mut Out) -> Result<(), Unwritten> {
        match self.follow(Slot::Field)? {
            Loaded::List(listed) => listed.write::<N>(self.request, self.field, out),
            _ => Err(Unwritten),
        }
    }

    /// The row of a side table that completes this one.
    pub(super) fn side(&self, slot: Slot) -> Result<Option<Arc<Record>>, Unwritten> {
        match self.follow(slot)? {
            Loaded::Row(row) => Ok(Some(row)),
            Loaded::Nothing => Ok(None),
            _ => Err(Unwritten),
        }
    }
}

/// Writes rows of one noun that stand at one place.
pub(super) struct Rows<'a, N: Noun> {
    request: &'a Arc<Request>,
    at: &'a Arc<Selection>,
    steps: Arc<Steps<N::Column>>,
}

impl<'a, N: Noun> Rows<'a, N> {
    pub(super) fn new(request: &'a Arc<Request>, at: &'a Arc<Selection>) -> Self {
        Self { request, at, steps: request.steps::<N>(at) }
    }

    pub(super) fn write(&self, row: &Arc<Record>, out: &mut Out) -> Result<(), Unwritten> {
        if out.is_too_long() {
            return Err(Unwritten);
        }
        out.object(self.steps.iter(), |(field, step), out| {
            out.raw(&field.json_key);
            match step {
                Step::TypeName => out.value(N::TYPE_NAME),
                Step::Leaf(leaf) => leaf.write(row, out),
                Step::Linked(relations) => {
                    return N::write(&Link { request: self.request, at: self.at, field, row, relations }, out);
                }
            }
            Ok(())
        })
    }
}

/// A value that may be written straight from rows.
pub(super) trait Direct: OutputType {
    fn write(&self, request: &Arc<Request>, out: &mut Out) -> Result<(), Unwritten>;
}

/// A request that may be answered straight from rows.
pub(super) struct Straight(pub(super) Arc<Request>);

/// A value of the graph that is written straight from rows if it can be.
pub(super) struct Written<T>(pub(super) T);

impl<T: From<Found>> From<Found> for Written<T> {
    fn from(found: Found) -> Self {
        Self(found.into())
    }
}

impl<T: Direct> OutputType for Written<T> {
    fn type_name() -> Cow<'static, str> {
        T::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        T::create_type_info(registry)
    }

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, field: &Positioned<Field>) -> ServerResult<Value> {
        if let Some(Straight(request)) = ctx.data_opt::<Straight>() {
            let mut out = Out(Vec::new());
            let written = self.0.write(request, &mut out);
            if out.is_too_long() || (written.is_ok() && request.writes(out.0.len()) > ANSWER_BYTES_MAX) {
                return Err(ctx.set_error_path(Error::from(Failure::TooLong).into_server_error(field.pos)));
            }
            if written.is_ok() {
                return Ok(Value::Binary(out.0.into()));
            }
        }
        self.0.resolve(ctx, field).await
    }
}

/// Writes an answer's value; what was written from rows goes in as it is.
pub(super) fn write_value(value: &Value, out: &mut Out) -> Result<(), Infallible> {
    match value {
        Value::Binary(written) => out.0.extend_from_slice(written),
        Value::List(items) => out.list(items.iter(), write_value)?,
        Value::Object(members) => {
            out.object(members.iter(), |(name, value), out| {
                for part in ["\"", name.as_str(), "\":"] {
                    out.raw(part);
                }
                write_value(value, out)
            })?;
        }
        other => out.value(other),
    }
    Ok(())
}
