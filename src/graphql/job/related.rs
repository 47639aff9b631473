//! The slices that a posting's page links to: other postings that have something in common with it.

use async_graphql::{Context, Object};

use super::{Job, JobFacetField, JobFilter, JobOrder};
use crate::graphql::arguments::ListArguments;
use crate::graphql::error::Failure;
use crate::graphql::facet::{self, Facet};
use crate::graphql::page::{Connection, connection};

use crate::graphql::request::{Boxed, Found, Loaded, LoadedByKey, Noun, PrefetchFn, Relation, Request, Slot};
use crate::plan::Selection;
use crate::store::count::Parents;
use crate::store::job::{Column, Jobs};
use crate::store::role::Belonging;
use crate::store::row::Record;
use crate::store::table::{Past, Table};

/// The same row as the posting's, seen as what its slices start from.
pub(super) struct Slices;

impl Table for Slices {
    type Column = Column;
    const NAME: &'static str = Jobs::NAME;
    const KEY: Column = Jobs::KEY;
    const PAST: Past<Column> = Jobs::PAST;
}

impl Noun for Slices {
    const TYPE_NAME: &'static str = "RelatedJobs";

    fn columns(field: &Selection) -> Vec<Column> {
        column(&field.field).into_iter().collect()
    }

    fn relations(field: &Selection) -> Vec<Relation> {
        use Column as C;
        match field.field.as_str() {
            "orgJobs" => vec![Relation::to_many::<Jobs, { C::OrgId as usize }>(C::OrgId, |row| text(row, C::OrgId))],
            "orgFacets" => vec![Relation::new(Slot::Field, |row| text(row, C::OrgId), org_facets)],
            "providerJobs" => {
                vec![Relation::to_many::<Jobs, { C::Provider as usize }>(C::Provider, |row| text(row, C::Provider))]
            }
            "cityJobs" => {
                vec![Relation::to_many::<Jobs, { C::CityKey as usize }>(C::CityKey, |row| text(row, C::CityKey))]
            }
            "departmentJobs" => {
                vec![Relation::to_many::<Jobs, { C::DepartmentKey as usize }>(C::DepartmentKey, |row| {
                    text(row, C::DepartmentKey)
                })]
            }
            "workplaceJobs" => {
                vec![Relation::to_many::<Jobs, { C::WorkplaceType as usize }>(C::WorkplaceType, |row| {
                    text(row, C::WorkplaceType)
                })]
            }
            _ => Vec::new(),
        }
    }
}

/// What the postings of a slice have in common.
fn column(field: &str) -> Option<Column> {
    Some(match field {
        "orgJobs" | "orgFacets" => Column::OrgId,
        "providerJobs" => Column::Provider,
        "cityJobs" => Column::CityKey,
        "departmentJobs" => Column::DepartmentKey,
        "workplaceJobs" => Column::WorkplaceType,
        _ => return None,
    })
}

/// The columns that the slices selected at `related` start from.
pub(super) fn columns(related: &Selection) -> Vec<Column> {
    related.fields(Slices::TYPE_NAME).filter_map(|field| column(&field.field)).collect()
}

pub(super) const PREFETCH: PrefetchFn = |request, field, rows| request.prefetch::<Slices>(field, rows);

fn text(row: &Record, column: Column) -> Option<String> {
    row.optional_text(column).map(ToOwned::to_owned)
}

fn org_facets<'a>(
    request: &'a std::sync::Arc<Request>,
    at: &'a std::sync::Arc<Selection>,
    orgs: &'a [String],
) -> Boxed<'a, Result<LoadedByKey, Failure>> {
    Box::pin(async move {
        let arguments = ListArguments::<Jobs>::read(at, &request.variables, &request.clock, request.as_of(at)?)?;
        let parents = Parents { belonging: Belonging::Column(Column::OrgId), keys: orgs };
        let counted = facet::count_at(request, at, &arguments, Some(parents)).await?;
        Ok(counted.into_iter().map(|(org, counted)| (org, Ok(Loaded::Facets(counted.into())))).collect())
    })
}

/// Other postings that have something in common with a posting. Filters tell which of them, such as
/// `{status: {eq: ACTIVE}}`.
pub(in crate::graphql) struct RelatedJobs(pub(super) Found);

impl RelatedJobs {
    async fn slice(&self, ctx: &Context<'_>) -> Result<Option<Connection<Jobs, Job>>, Failure> {
        let field = self.0.field::<Slices>(ctx)?;
        match Request::of(ctx)?.follow::<Slices>(&self.0, field, Slot::Field).await? {
            Loaded::List(listed) => Ok(Some(connection(listed, field))),
            _ => Ok(None),
        }
    }
}

/// The lists, which take the same arguments and differ in what they are of.
macro_rules! related_jobs {
    ($($(#[$description:meta])* $list:ident;)* { $($others:tt)* }) => {
        /// Other postings that have something in common with a posting. Filters tell which of them, such as
        /// `{status: {eq: ACTIVE}}`.
        #[Object]
        impl RelatedJobs {
            $(
                $(#[$description])*
                async fn $list(
                    &self,
                    ctx: &Context<'_>,
                    #[graphql(
                        desc = "Only postings that say this in title, employer, department, places or description: words, \"phrases\", -without, or, beginning*."
                    )]
                    search: Option<String>,
                    #[graphql(desc = "How many rows from the start: 0 to 100, 20 if neither this nor `last` is given.")]
                    first: Option<i32>,
                    #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
                    #[graphql(desc = "How many rows from the end: 0 to 100.")] last: Option<i32>,
                    #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
                    #[graphql(desc = "Only rows that meet this.")] filter: Option<Box<JobFilter>>,
                    #[graphql(
                        desc = "What the rows are ordered by, by default the best matches of a search, else the latest posted first; at most 3 keys."
                    )]
                    order_by: Option<Vec<JobOrder>>,
                ) -> Result<Option<Connection<Jobs, Job>>, Failure> {
                    drop((search, first, after, last, before, filter, order_by));
                    self.slice(ctx).await
                }
            )*

            $($others)*
        }
    };
}

related_jobs! {
    /// All postings of its employer.
    org_jobs;
    /// All postings of its applicant tracking system.
    provider_jobs;
    /// All postings whose primary place is in the same city; null when it has none.
    city_jobs;
    /// All postings of a department of the same name, of any employer; null when it has none.
    department_jobs;
    /// All postings with the same kind of workplace; null when it is not known.
    workplace_jobs;

    {
        /// How the postings of its employer divide, by role, place, workplace and whatever else is asked for.
        async fn org_facets(
            &self,
            ctx: &Context<'_>,
            #[graphql(desc = "What they are divided by, at most 20.")] fields: Vec<JobFacetField>,
            #[graphql(desc = "How many buckets of each: 0 to 100, 10 if not given.")] top: Option<i32>,
            #[graphql(desc = "Only postings that meet this.")] filter: Option<Box<JobFilter>>,
            #[graphql(desc = "Whether a facet counts only postings that meet its own field's filter too.")]
            include_own_filter: Option<bool>,
        ) -> Result<Vec<Facet<JobFacetField>>, Failure> {
            drop((fields, top, filter, include_own_filter));
            let (request, field) = (Request::of(ctx)?, self.0.field::<Slices>(ctx)?);
            let asked = facet::Asked::<Jobs>::read(field, request)?;
            match request.follow::<Slices>(&self.0, field, Slot::Field).await? {
                Loaded::Facets(counted) => Ok(asked.answer(&counted)),
                _ => Ok(asked.answer(&[])),
            }
        }
    }
}
