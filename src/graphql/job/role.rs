//! The role that a posting offers: the other postings that offer it, each with how it relates to the posting and why.

use std::sync::Arc;

use async_graphql::{Context, Enum, Object};
use serde::Serialize;

use super::{Job, JobFacetField, JobFilter, JobOrder};
use crate::graphql::arguments::argument;
use crate::graphql::error::Failure;
use crate::graphql::page::{Connection, EdgeRow, Listable, Listed, connection};
use crate::graphql::relation::lists;
use crate::graphql::request::{Boxed, Found, Loaded, LoadedByKey, Noun, PrefetchFn, Relation, Request, Slot};
use crate::graphql::scalar::DateTime;
use crate::graphql::value::time;
use crate::graphql::vocabulary::RoleRelation;
use crate::graphql::written::{Leaf, Link, Out, Unwritten, Written};
use crate::plan::Selection;
use crate::store::job::{Column, Jobs};
use crate::store::page::Direction;
use crate::store::role::{Belonging, Relations, Signs};
use crate::store::row::{Cell, ColumnSet, Record};
use crate::store::table::{Past, Table};

/// The same row as the posting's, seen as what its role starts from.
pub(super) struct Roles;

impl Table for Roles {
    type Column = Column;
    const NAME: &'static str = Jobs::NAME;
    const KEY: Column = Jobs::KEY;
    const PAST: Past<Column> = Jobs::PAST;
}

impl Noun for Roles {
    const TYPE_NAME: &'static str = "JobRole";

    fn columns(_: &Selection) -> Vec<Column> {
        vec![Column::RoleKey]
    }

    fn relations(field: &Selection) -> Vec<Relation> {
        match field.field.as_str() {
            "jobs" => vec![Relation::new(Slot::Field, job_of_role, others)],
            "firstSeenAt" => vec![Relation::new(Slot::Field, job_of_role, first_seen)],
            _ => Vec::new(),
        }
    }
}

/// The columns of a posting by which its role is told. A role that is not offered any more was first seen with the posting.
pub(super) fn columns(field: &Selection) -> Vec<Column> {
    let shows_time = field.fields(Roles::TYPE_NAME).any(|it| it.field == "firstSeenAt");
    if shows_time { vec![Column::RoleKey, Column::FirstSeenAt] } else { vec![Column::RoleKey] }
}

/// The posting that a role is asked of, if it has one.
fn job_of_role(row: &Record) -> Option<String> {
    row.optional_text(Column::RoleKey).map(|_| row.text(Column::JobId).to_owned())
}

pub(super) const PREFETCH: PrefetchFn = |request, field, rows| request.prefetch::<Roles>(field, rows);

fn others<'a>(
    request: &'a Arc<Request>,
    at: &'a Arc<Selection>,
    jobs: &'a [String],
) -> Boxed<'a, Result<LoadedByKey, Failure>> {
    Box::pin(async move {
        let kinds: Option<Vec<RoleRelation>> = argument(at, "kinds", &request.variables)?;
        let kinds = kinds.map(|kinds| kinds.into_iter().map(Into::into).collect::<Vec<_>>());
        let relations = kinds.map_or(Relations::ALL, |kinds| Relations::of(&kinds));
        lists::<RoleJobs>(request, at, Belonging::Role(relations), jobs).await
    })
}

fn first_seen<'a>(
    request: &'a Arc<Request>,
    at: &'a Arc<Selection>,
    jobs: &'a [String],
) -> Boxed<'a, Result<LoadedByKey, Failure>> {
    Box::pin(async move {
        let found = request.reader.roles_first_seen(request.as_of(at)?, jobs).await?;
        let columns = ColumnSet::of(&[Column::FirstSeenAt]);
        let row = |at| Loaded::Row(Arc::new(Record::new(columns, vec![Cell::Number(at)])));
        Ok(found.into_iter().map(|(job, at)| (job, Ok(row(at)))).collect())
    })
}

/// Postings as the others of a role: rows like any, on edges of their own.
pub(in crate::graphql) struct RoleJobs;

impl Table for RoleJobs {
    type Column = Column;
    const NAME: &'static str = Jobs::NAME;
    const KEY: Column = Jobs::KEY;
    const PAST: Past<Column> = Jobs::PAST;
    const PASSING: &'static [Column] = Jobs::PASSING;
}

impl Noun for RoleJobs {
    const TYPE_NAME: &'static str = Jobs::TYPE_NAME;

    fn columns(field: &Selection) -> Vec<Column> {
        Jobs::columns(field)
    }

    fn leaf(field: &str) -> Option<Leaf<Column>> {
        Jobs::leaf(field)
    }

    fn write(link: &Link<'_>, out: &mut Out) -> Result<(), Unwritten> {
        Jobs::write(link, out)
    }

    fn relations(field: &Selection) -> Vec<Relation> {
        Jobs::relations(field)
    }

    fn embedded(field: &Selection) -> Option<PrefetchFn> {
        Jobs::embedded(field)
    }
}

impl Listable for RoleJobs {
    const CONNECTION_NAME: &'static str = "RoleJobConnection";
    const EDGE_NAME: &'static str = "RoleJobEdge";
    const DEFAULT_ORDER: (Column, Direction) = Jobs::DEFAULT_ORDER;
    type Filter = JobFilter;
    type Order = JobOrder;
    type Facet = JobFacetField;
    type Edge = RoleJobEdge;

    fn write_edge(field: &str, _: &Listed, row: &Record, out: &mut Out) -> Result<(), Unwritten> {
        let signs = Signs::of(row.rank);
        match field {
            "kind" => out.value(&RoleRelation::from(signs.relation())),
            "reasons" => out.value(&reasons(signs)),
            "confidence" => out.value(&confidence(signs)),
            _ => return Err(Unwritten),
        }
        Ok(())
    }
}

/// The role that a posting offers, as far as its title and its description tell.
pub(in crate::graphql) struct JobRole(pub(super) Found);

/// The role that a posting offers, as far as its title and its description tell: postings that say the same under the
/// same title offer one role, by whichever employer and on whichever board. Capitals, signs and spaces do not count, nor,
/// in descriptions, words with digits. Postings stay what they are: none is merged or hidden for its likeness.
#[Object]
impl JobRole {
    /// Names the role on any installation: postings of one key offer one role. It is made of what the posting says, and
    /// changes with it.
    async fn key(&self) -> &str {
        self.0.record.text(Column::RoleKey)
    }

    /// Since when the board has offered the role in the posting's place: when the earliest of its postings of the role for
    /// that place, this one included, was first seen. Earlier than the posting's own `firstSeenAt` where it is a repost.
    async fn first_seen_at(&self, ctx: &Context<'_>) -> Result<DateTime, Failure> {
        Ok(match self.follow(ctx).await? {
            Loaded::Row(row) => time(&row, Column::FirstSeenAt),
            // One that the posting offered before, and does not now.
            _ => time(&self.0.record, Column::FirstSeenAt),
        })
    }

    /// The other postings of the role. `jobs(kinds: [REPOST], filter: {status: {eq: CLOSED}}) { totalCount }` tells of an
    /// active posting how often it was posted before.
    async fn jobs(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only postings that relate so to this one; all if not given.")] kinds: Option<
            Vec<RoleRelation>,
        >,
        #[graphql(desc = "How many rows from the start: 0 to 100, 20 if neither this nor `last` is given.")]
        first: Option<i32>,
        #[graphql(desc = "Only rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "How many rows from the end: 0 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before this cursor.")] before: Option<String>,
        #[graphql(desc = "Only rows that meet this.")] filter: Option<Box<JobFilter>>,
        #[graphql(desc = "What the rows are ordered by, by default the latest posted first; at most 3 keys.")]
        order_by: Option<Vec<JobOrder>>,
    ) -> Result<Connection<RoleJobs, Job>, Failure> {
        drop((kinds, first, after, last, before, filter, order_by));
        match self.follow(ctx).await? {
            Loaded::List(listed) => Ok(connection(listed, self.0.field::<Roles>(ctx)?)),
            _ => Err(Failure::Broken("a role without a list")),
        }
    }
}

impl JobRole {
    /// The role of a posting, if it says enough to have one.
    pub(super) fn of(found: Found) -> Option<Self> {
        found.record.optional_text(Column::RoleKey)?;
        Some(Self(found))
    }

    async fn follow(&self, ctx: &Context<'_>) -> Result<Loaded, Failure> {
        let field = self.0.field::<Roles>(ctx)?;
        Request::of(ctx)?.follow::<Roles>(&self.0, field, Slot::Field).await
    }
}

/// Another posting of a role, and how it relates to the posting whose role it is.
pub(in crate::graphql) struct RoleJobEdge(EdgeRow);

impl From<EdgeRow> for RoleJobEdge {
    fn from(row: EdgeRow) -> Self {
        Self(row)
    }
}

/// Another posting of a role, and how it relates to the posting whose role it is.
#[Object]
impl RoleJobEdge {
    /// Give it as `after` or `before` to go on from this row. Opaque, and good for this very list alone.
    async fn cursor(&self) -> Result<String, Failure> {
        self.0.cursor()
    }

    /// The row.
    async fn node(&self, ctx: &Context<'_>) -> Result<Written<Job>, Failure> {
        self.0.node::<RoleJobs, Job>(ctx)
    }

    /// How it relates to the posting.
    async fn kind(&self) -> RoleRelation {
        self.signs().relation().into()
    }

    /// All that speaks for it, the strongest first.
    async fn reasons(&self) -> Vec<RoleReason> {
        reasons(self.signs())
    }

    /// How certain it is that one role is offered, and in the way of `kind`: from 0 to 1. It follows from `kind` and
    /// `reasons` alone.
    async fn confidence(&self) -> f64 {
        confidence(self.signs())
    }
}

impl RoleJobEdge {
    fn signs(&self) -> Signs {
        Signs::of(self.0.found.record.rank)
    }
}

/// What speaks for two postings offering one role.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(in crate::graphql) enum RoleReason {
    /// Their titles are the same, and their descriptions to the letter.
    SameText,
    /// Their titles are the same, and their descriptions but for words with digits, such as pay and dates, and for signs.
    SameWords,
    /// The provider's own id is the same: one posting on two boards.
    SameKey,
    /// The employer's number of the job is the same.
    SameRequisition,
    /// They are on one board.
    SameBoard,
    /// They are of one employer, on different boards.
    SameOrg,
    /// They are for the same place: the same city, or places in the same words.
    SamePlace,
    /// One had left its board before the other came.
    Successive,
    /// One came within 90 days after the other had left.
    Soon,
    /// Both are on their boards.
    BothActive,
}

fn reasons(signs: Signs) -> Vec<RoleReason> {
    use RoleReason as R;
    let is_same_board = signs.have(Signs::SAME_BOARD);
    let all = [
        (R::SameText, signs.have(Signs::SAME_TEXT)),
        (R::SameWords, !signs.have(Signs::SAME_TEXT)),
        (R::SameKey, signs.have(Signs::SAME_KEY)),
        (R::SameRequisition, signs.have(Signs::SAME_REQUISITION)),
        (R::SameBoard, is_same_board),
        (R::SameOrg, signs.have(Signs::SAME_ORG) && !is_same_board),
        (R::SamePlace, signs.have(Signs::SAME_PLACE)),
        (R::Successive, signs.have(Signs::SUCCESSIVE)),
        (R::Soon, signs.have(Signs::SOON)),
        (R::BothActive, signs.have(Signs::BOTH_ACTIVE)),
    ];
    all.into_iter().filter(|(_, holds)| *holds).map(|(reason, _)| reason).collect()
}

/// `docs/decisions/12-role-clusters.md` has the figures that these rest on.
fn confidence(signs: Signs) -> f64 {
    use crate::vocabulary::RoleRelation as Relation;
    let percent = match signs.relation() {
        Relation::Repost if signs.have(Signs::SOON) => 95,
        Relation::Repost => 85,
        Relation::SamePosting => 90,
        Relation::MultiLocation if signs.have(Signs::SUCCESSIVE) => 80,
        Relation::MultiLocation => 95,
        Relation::CrossPost if signs.have(Signs::SAME_KEY) => 95,
        Relation::CrossPost if signs.have(Signs::SAME_ORG) => 90,
        Relation::CrossPost => 60,
    };
    let words = if signs.have(Signs::SAME_TEXT) { 0 } else { 5 };
    let requisition = if signs.have(Signs::SAME_REQUISITION) && signs.have(Signs::SAME_ORG) { 4 } else { 0 };
    f64::from(percent - words + requisition) / 100.0
}
