//! One request while it is answered: what it selects, what it has read, and the loaders that read for all rows at once.
//!
//! A resolver that produces rows hands them to `prefetch`, which fills one loader for each relation selected below them,
//! level by level. The resolvers below find their values waiting, so a relation costs one statement whatever the rows.

mod found;
mod relation;

use std::any::Any;
use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};

use async_graphql::Context;
use dataloader::BatchFn;
use dataloader::cached::Loader;
use futures_util::FutureExt;
use serde_json::Map;

pub(super) use self::found::{Found, child};
pub(super) use self::relation::{Relation, Slot};
use super::error::Failure;
use super::moment::{Moments, moments};
use super::page::Listed;
use super::root::Root;
use super::written::{Leaf, Link, Out, Steps, Unwritten, steps};
use crate::plan::{Operation, Selection};
use crate::store::along::Along;
use crate::store::below::Below;
use crate::store::facet::Counted;
use crate::store::reader::Reader;
use crate::store::row::Record;
use crate::store::scope::AsOf;
use crate::store::table::Table;

/// No batch is ever split: the limit of nodes a request keeps it below this.
const BATCH_KEYS_MAX: usize = 1_000_000;

/// A future that can call itself.
pub(super) type Boxed<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// What is found under one key.
#[derive(Clone, Debug)]
pub(super) enum Loaded {
    Nothing,
    Row(Arc<Record>),
    Rows(Vec<Arc<Record>>),
    List(Arc<Listed>),
    Facets(Arc<Vec<Counted>>),
    Counts { active: i64, total: i64 },
}

impl Loaded {
    /// What was read along with a row.
    fn of(row: &Option<Arc<Record>>) -> Self {
        row.as_ref().map_or(Self::Nothing, |row| Self::Row(Arc::clone(row)))
    }
}

pub(super) type LoadedByKey = HashMap<String, Result<Loaded, Failure>>;

pub(super) type FetchFn =
    for<'a> fn(&'a Arc<Request>, &'a Arc<Selection>, &'a [String]) -> Boxed<'a, Result<LoadedByKey, Failure>>;

pub(super) type PrefetchFn = for<'a> fn(&'a Arc<Request>, &'a Arc<Selection>, &'a [Arc<Record>]) -> Boxed<'a, ()>;

/// The steps of a type that only whoever asks knows.
type AnySteps = Arc<dyn Any + Send + Sync>;

/// The crate's loader of one relation: one batch, every result kept for the request.
type RowLoader = Loader<String, Result<Loaded, Failure>, Batch>;

/// A table with a type of its own in the graph.
pub(super) trait Noun: Table {
    const TYPE_NAME: &'static str;
    /// The columns that a field reads, those its relations need included.
    fn columns(field: &Selection) -> Vec<Self::Column>;
    /// How a field is written that needs no more than its row.
    fn leaf(_: &str) -> Option<Leaf<Self::Column>> {
        None
    }
    /// Writes any other field.
    fn write(_: &Link<'_>, _: &mut Out) -> Result<(), Unwritten> {
        Err(Unwritten)
    }
    fn relations(field: &Selection) -> Vec<Relation>;
    /// How the relations of an object that the field holds, and that is a part of the same row, are loaded.
    fn embedded(_: &Selection) -> Option<PrefetchFn> {
        None
    }
}

/// The time of a request, and whether its answer depends on it.
#[derive(Clone, Debug)]
pub(super) struct Clock {
    now: i64,
    is_read: Arc<AtomicBool>,
}

impl Clock {
    /// `now` is UTC milliseconds since 1970.
    pub(super) fn at(now: i64) -> Self {
        Self { now, is_read: Arc::default() }
    }

    /// UTC milliseconds since 1970, one instant for the whole request.
    pub(super) fn read(&self) -> i64 {
        self.is_read.store(true, Ordering::Relaxed);
        self.now
    }

    pub(super) fn is_read(&self) -> bool {
        self.is_read.load(Ordering::Relaxed)
    }
}

pub(super) struct Request {
    pub(super) reader: Reader,
    pub(super) operation: Arc<Operation>,
    pub(super) variables: Arc<Map<String, serde_json::Value>>,
    pub(super) clock: Clock,
    moments: Moments,
    /// Bytes of the answer that were written so far.
    written: AtomicUsize,
    loaders: Mutex<HashMap<(usize, Slot), RowLoader>>,
    /// What was read of the one root field before the executor asks for it.
    root: Mutex<Option<Root>>,
    /// By the selection's id and the name of the type that rows are written as.
    steps: Mutex<HashMap<(usize, &'static str), AnySteps>>,
}

/// Reads all keys of one loader at once.
struct Batch {
    request: Weak<Request>,
    at: Arc<Selection>,
    fetch: FetchFn,
}

impl BatchFn<String, Result<Loaded, Failure>> for Batch {
    async fn load(&mut self, keys: &[String]) -> LoadedByKey {
        let Some(request) = self.request.upgrade() else {
            return HashMap::new();
        };
        match (self.fetch)(&request, &self.at, keys).await {
            Ok(mut found) => {
                for key in keys {
                    if !found.contains_key(key) {
                        found.insert(key.clone(), Ok(Loaded::Nothing));
                    }
                }
                found
            }
            Err(failure) => keys.iter().map(|key| (key.clone(), Err(failure.clone()))).collect(),
        }
    }
}

impl Request {
    pub(super) async fn new(
        reader: Reader,
        operation: Arc<Operation>,
        variables: Arc<Map<String, serde_json::Value>>,
        now: i64,
    ) -> Arc<Self> {
        let moments = moments(&operation, &variables, &reader).await;
        let (clock, loaders, root, steps) = (Clock::at(now), Mutex::default(), Mutex::default(), Mutex::default());
        let written = AtomicUsize::new(0);
        Arc::new(Self { reader, operation, variables, clock, moments, written, loaders, root, steps })
    }

    /// Counts bytes of the answer, and gives how many it has by now.
    pub(super) fn writes(&self, bytes: usize) -> usize {
        self.written.fetch_add(bytes, Ordering::Relaxed) + bytes
    }

    /// Begins another answer from what was read.
    pub(super) fn begin_answer(&self) {
        self.written.store(0, Ordering::Relaxed);
    }

    pub(super) fn keep_root(&self, root: Root) {
        *self.root.lock().unwrap_or_else(PoisonError::into_inner) = Some(root);
    }

    /// What was kept of the root field, once.
    pub(super) fn take_root(&self) -> Option<Root> {
        self.root.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// The moment that the selection is answered as of; nothing for now.
    pub(super) fn as_of(&self, at: &Selection) -> Result<Option<AsOf>, Failure> {
        self.moments.get(&at.id).cloned().transpose()
    }

    pub(super) fn of<'a>(ctx: &Context<'a>) -> Result<&'a Arc<Self>, Failure> {
        ctx.data_opt::<Arc<Self>>().ok_or(Failure::Broken("a request without its state"))
    }

    fn loader(self: &Arc<Self>, at: &Arc<Selection>, slot: Slot, fetch: FetchFn) -> RowLoader {
        let mut loaders = self.loaders.lock().unwrap_or_else(PoisonError::into_inner);
        let loader = loaders.entry((at.id, slot)).or_insert_with(|| {
            let batch = Batch { request: Arc::downgrade(self), at: Arc::clone(at), fetch };
            Loader::new(batch).with_max_batch_size(BATCH_KEYS_MAX).with_yield_count(0)
        });
        loader.clone()
    }

    /// How rows of `N` that stand at `at` are written.
    pub(super) fn steps<N: Noun>(&self, at: &Selection) -> Arc<Steps<N::Column>> {
        let mut all = self.steps.lock().unwrap_or_else(PoisonError::into_inner);
        let known = all.get(&(at.id, N::TYPE_NAME)).and_then(|it| Arc::clone(it).downcast().ok());
        known.unwrap_or_else(|| {
            let made = Arc::new(steps::<N>(at));
            all.insert((at.id, N::TYPE_NAME), Arc::clone(&made) as AnySteps);
            made
        })
    }

    /// The rows to be read along with those of `N` that stand at `at`; none where the answer is of a past moment.
    pub(super) fn along<N: Noun>(&self, at: &Arc<Selection>) -> Vec<Along> {
        let mut all: Vec<Along> = Vec::new();
        if !matches!(self.as_of(at), Ok(None)) {
            return all;
        }
        for field in at.fields(N::TYPE_NAME) {
            for relation in N::relations(field) {
                let (at, slot) = place(at, field, relation.slot);
                let tag = tag(at, slot);
                if let Some(along) = relation.along.filter(|_| all.iter().all(|it| it.tag() != tag)) {
                    all.push((along.of)(tag, (along.columns)(at), along.from));
                }
            }
        }
        all
    }

    /// The lists to be read with rows of `N` that stand at `at`; `is_one` is whether there is one such row at most.
    pub(super) fn below<N: Noun>(self: &Arc<Self>, at: &Arc<Selection>, is_one: bool) -> Vec<Below> {
        let lists = at.fields(N::TYPE_NAME).flat_map(|field| {
            let relations = N::relations(field).into_iter();
            relations.filter_map(move |it| it.below?.list(self, field, is_one))
        });
        lists.collect()
    }

    /// Loads everything selected below `rows`, which stand at `at`.
    pub(super) fn prefetch<'a, N: Noun>(
        self: &'a Arc<Self>,
        at: &'a Arc<Selection>,
        rows: &'a [Arc<Record>],
    ) -> Boxed<'a, ()> {
        Box::pin(async move {
            for field in at.fields(N::TYPE_NAME) {
                let relations = N::relations(field);
                if !relations.is_empty() {
                    self.prefetch_all(at, field, relations, rows).await;
                }
                if let Some(prefetch) = N::embedded(field) {
                    prefetch(self, field, rows).await;
                }
            }
        })
    }

    /// Loads what `relations` lead to from rows that stand at `at`, for the field of theirs.
    pub(super) async fn prefetch_all(
        self: &Arc<Self>,
        at: &Arc<Selection>,
        field: &Arc<Selection>,
        relations: Vec<Relation>,
        rows: &[Arc<Record>],
    ) {
        if rows.is_empty() {
            return;
        }
        for relation in relations {
            if relation.only_past && matches!(self.as_of(field), Ok(None)) {
                continue;
            }
            let (at, slot) = place(at, field, relation.slot);
            if let Some(along) = relation.along
                && rows.iter().all(|row| row.along(tag(at, slot)).is_some())
            {
                if let Some(below) = along.below {
                    let rows: Vec<_> = rows.iter().filter_map(|row| row.along(tag(at, slot))?.clone()).collect();
                    below(self, at, &rows).await;
                }
                continue;
            }
            if let Some(below) = relation.below
                && rows.iter().all(|row| row.below(tag(at, slot)).is_some())
            {
                let list = |row: &Arc<Record>| Some(((relation.key)(row)?, row.below(tag(at, slot))?.clone()));
                let lists = below.take(self, at, rows.iter().filter_map(list).collect()).await;
                self.loader(at, slot, relation.fetch).prime_many(lists).await;
                continue;
            }
            let mut keys: Vec<String> = rows.iter().filter_map(|row| (relation.key)(row)).collect();
            keys.sort_unstable();
            keys.dedup();
            if !keys.is_empty() {
                // What fails here is kept under its key, and met by the resolver that asks for it.
                drop(self.loader(at, slot, relation.fetch).try_load_many(keys).await);
            }
        }
    }

    /// What `relation` leads to from a row that stands at `at`, if it is there by now.
    pub(super) fn loaded(
        self: &Arc<Self>,
        relation: &Relation,
        row: &Record,
        at: &Arc<Selection>,
        field: &Arc<Selection>,
    ) -> Result<Loaded, Unwritten> {
        let (at, slot) = place(at, field, relation.slot);
        if let Some(row) = row.along(tag(at, slot)) {
            return Ok(Loaded::of(row));
        }
        let Some(key) = (relation.key)(row) else {
            return Ok(Loaded::Nothing);
        };
        let loaded = self.loader(at, slot, relation.fetch).try_load(key).now_or_never();
        loaded.and_then(Result::ok).and_then(Result::ok).ok_or(Unwritten)
    }

    /// What the relation of the field being resolved leads to.
    pub(super) async fn follow<N: Noun>(
        self: &Arc<Self>,
        found: &Found,
        field: &Arc<Selection>,
        slot: Slot,
    ) -> Result<Loaded, Failure> {
        let relation = N::relations(field).into_iter().find(|relation| relation.slot == slot);
        self.follow_by(&relation.ok_or(Failure::Broken("a resolver without a relation"))?, found, field).await
    }

    /// What a relation of the field being resolved leads to.
    pub(super) async fn follow_by(
        self: &Arc<Self>,
        relation: &Relation,
        found: &Found,
        field: &Arc<Selection>,
    ) -> Result<Loaded, Failure> {
        let (at, slot) = place(&found.at, field, relation.slot);
        if let Some(row) = found.record.along(tag(at, slot)) {
            return Ok(Loaded::of(row));
        }
        let Some(key) = (relation.key)(&found.record) else {
            return Ok(Loaded::Nothing);
        };
        let loaded = self.loader(at, slot, relation.fetch).try_load(key).await;
        loaded.unwrap_or(Err(Failure::Broken("a batch that lost a key")))
    }
}

/// A relation's loader belongs to its field, a side table's to the object it completes.
fn place<'a>(at: &'a Arc<Selection>, field: &'a Arc<Selection>, slot: Slot) -> (&'a Arc<Selection>, Slot) {
    if slot == Slot::Field { (field, slot) } else { (at, slot) }
}

/// By what a row that was read along is found.
pub(super) fn tag(at: &Selection, slot: Slot) -> usize {
    at.id * Slot::COUNT + slot as usize
}
