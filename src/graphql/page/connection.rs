//! A page of a list and its rows, as the executor resolves them.

use std::marker::PhantomData;
use std::sync::Arc;

use async_graphql::{Context, Object, OutputType};

use super::{Listable, Listed, PageInfo};
use crate::graphql::crawl::Crawl;
use crate::graphql::error::Failure;
use crate::graphql::event::Event;
use crate::graphql::facet::{self, Facet};
use crate::graphql::job::{Job, JobRevision, RoleJobs};
use crate::graphql::org::Org;
use crate::graphql::request::{Found, Request, child};
use crate::graphql::scalar::Seq;
use crate::graphql::slice::JobSlice;
use crate::graphql::source::Source;
use crate::graphql::written::{Direct, Out, Unwritten, Written};
use crate::plan::Selection;
use crate::store::row::Record;
use crate::store::scope::AsOf;

/// A page of a list, in its order.
pub(in crate::graphql) type Connection<N, T> = Written<Paged<N, T>>;

/// A page of a list, resolved by the executor.
pub(in crate::graphql) struct Paged<N, T> {
    listed: Arc<Listed>,
    at: Arc<Selection>,
    of: PhantomData<fn() -> (N, T)>,
}

pub(in crate::graphql) fn connection<N, T>(listed: Arc<Listed>, at: &Arc<Selection>) -> Connection<N, T> {
    Written(Paged { listed, at: Arc::clone(at), of: PhantomData })
}

/// A page of a list, in its order. Ask `totalCount` only if you show it: it is counted only then.
#[Object(
    concrete(name = "JobConnection", params(crate::store::job::Jobs, Job)),
    concrete(name = "RoleJobConnection", params(RoleJobs, Job)),
    concrete(name = "OrgConnection", params(crate::store::org::Orgs, Org)),
    concrete(name = "SourceConnection", params(crate::store::source::Sources, Source)),
    concrete(name = "EventConnection", params(crate::store::event::Events, Event)),
    concrete(name = "CrawlConnection", params(crate::store::crawl::Crawls, Crawl)),
    concrete(name = "JobRevisionConnection", params(crate::store::job::Versions, JobRevision)),
    concrete(name = "JobSliceConnection", params(crate::store::rollup::Totals, JobSlice))
)]
impl<N: Listable, T: From<Found> + Direct> Paged<N, T>
where
    Facet<N::Facet>: OutputType,
{
    /// The rows of this page, each with its cursor.
    async fn edges(&self, ctx: &Context<'_>) -> Result<Vec<N::Edge>, Failure> {
        let at = child(&self.at, ctx, N::CONNECTION_NAME)?;
        let edge = |(index, record): (usize, &Arc<Record>)| {
            let found = Found::new(Arc::clone(record), at);
            N::Edge::from(EdgeRow { listed: Arc::clone(&self.listed), index, found })
        };
        Ok(self.listed.page.records.iter().enumerate().map(edge).collect())
    }

    /// The rows of this page.
    async fn nodes(&self, ctx: &Context<'_>) -> Result<Vec<Written<T>>, Failure> {
        let at = child(&self.at, ctx, N::CONNECTION_NAME)?;
        let node = |record| Written::from(Found::new(Arc::clone(record), at));
        Ok(self.listed.page.records.iter().map(node).collect())
    }

    /// Where this page stands in its list.
    async fn page_info(&self) -> PageInfo {
        self.listed.page_info()
    }

    /// How many rows the whole list has, whatever the page. Exact, or the limit of counting, see `totalCountIsExact`.
    async fn total_count(&self) -> i64 {
        self.listed.page.total.map_or(0, |total| total.count)
    }

    /// Whether `totalCount` is exact. Where the writer keeps no count of its own, rows are counted up to 100,000.
    async fn total_count_is_exact(&self) -> bool {
        self.listed.page.total.is_none_or(|total| total.is_exact)
    }

    /// How the rows of the whole list divide by their values.
    async fn facets(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What the rows are divided by, at most 20.")] fields: Vec<N::Facet>,
        #[graphql(desc = "How many buckets of each: 0 to 100, 10 if not given.")] top: Option<i32>,
        #[graphql(
            desc = "Whether a facet counts only rows that meet its own field's filter too. If not, it shows what the list would have by the other values of that field."
        )]
        include_own_filter: Option<bool>,
    ) -> Result<Vec<Facet<N::Facet>>, Failure> {
        drop((fields, top, include_own_filter));
        let at = child(&self.at, ctx, N::CONNECTION_NAME)?;
        let asked = facet::Asked::<N>::read(at, Request::of(ctx)?)?;
        let none = Arc::default();
        Ok(asked.answer(self.listed.facets.get(&at.id).unwrap_or(&none)))
    }

    /// The latest event of the state that this answer shows. Give it as `asOf: {seq: …}` to read on in the very same
    /// state, whatever has happened since, or as `after` to follow what happened next. To ask for it makes the whole
    /// answer one of that moment. Refused under `asOf: {time: …}`: a moment given by its time has no snapshot.
    async fn snapshot(&self, ctx: &Context<'_>) -> Result<Seq, Failure> {
        match Request::of(ctx)?.as_of(&self.at)? {
            Some(AsOf::Seq(seq)) => Ok(Seq(seq)),
            Some(AsOf::Time(_)) => Err(Failure::BadInput(
                "a moment given by its time has no snapshot\nhint: give the time again, it names the state already"
                    .to_owned(),
            )),
            None => Err(Failure::Broken("a snapshot that was not pinned")),
        }
    }
}

impl<N: Listable, T: From<Found> + Direct> Direct for Paged<N, T>
where
    Self: OutputType,
{
    fn write(&self, request: &Arc<Request>, out: &mut Out) -> Result<(), Unwritten> {
        self.listed.write::<N>(request, &self.at, out)
    }
}

/// A row of a list with its place there.
pub(in crate::graphql) struct EdgeRow {
    pub(in crate::graphql) listed: Arc<Listed>,
    index: usize,
    pub(in crate::graphql) found: Found,
}

impl EdgeRow {
    pub(in crate::graphql) fn cursor(&self) -> Result<String, Failure> {
        self.listed.cursor(self.index).ok_or(Failure::Broken("an edge without a position"))
    }

    pub(in crate::graphql) fn node<N: Listable, T: From<Found>>(
        &self,
        ctx: &Context<'_>,
    ) -> Result<Written<T>, Failure> {
        let at = child(&self.found.at, ctx, N::EDGE_NAME)?;
        Ok(Found::new(Arc::clone(&self.found.record), at).into())
    }
}

/// A row of a list with its place there.
pub(in crate::graphql) struct Edge<N, T> {
    row: EdgeRow,
    of: PhantomData<fn() -> (N, T)>,
}

impl<N, T> From<EdgeRow> for Edge<N, T> {
    fn from(row: EdgeRow) -> Self {
        Self { row, of: PhantomData }
    }
}

/// A row of a list with its place there.
#[Object(
    concrete(name = "OrgEdge", params(crate::store::org::Orgs, Org)),
    concrete(name = "SourceEdge", params(crate::store::source::Sources, Source)),
    concrete(name = "EventEdge", params(crate::store::event::Events, Event)),
    concrete(name = "CrawlEdge", params(crate::store::crawl::Crawls, Crawl)),
    concrete(name = "JobRevisionEdge", params(crate::store::job::Versions, JobRevision)),
    concrete(name = "JobSliceEdge", params(crate::store::rollup::Totals, JobSlice))
)]
impl<N: Listable, T: From<Found> + Direct> Edge<N, T> {
    /// Give it as `after` or `before` to go on from this row. Opaque, and good for this very list alone.
    async fn cursor(&self) -> Result<String, Failure> {
        self.row.cursor()
    }

    /// The row.
    async fn node(&self, ctx: &Context<'_>) -> Result<Written<T>, Failure> {
        self.row.node::<N, T>(ctx)
    }
}
