//! Facets: how the rows of a connection divide by their values, computed once for all parents of the connection.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::{InputType, OutputType, SimpleObject};

use super::arguments::{ListArguments, argument};
use super::crawl::CrawlFacetField;
use super::error::Failure;
use super::event::EventFacetField;
use super::job::{JobFacetField, JobRevisionFacetField};
use super::org::OrgFacetField;
use super::page::Listable;
use super::request::Request;
use super::slice::JobSliceFacetField;
use super::source::SourceFacetField;
use super::written::{Out, Unwritten};
use crate::config::FACET_BUCKETS_MAX;
use crate::plan::Selection;
use crate::store::count::Parents;
use crate::store::facet::{Bucket, Buckets, Counted, Facet as Question};

/// Buckets of a facet when `top` is not given.
const TOP_DEFAULT: i32 = 10;
/// Facets of one connection.
const FIELDS_MAX: usize = 20;

/// What rows can be divided by.
pub(super) trait FacetField<C>: InputType + OutputType + Copy + Eq {
    /// The column, how its values are put together, and the columns of its own filters.
    fn question(self) -> Question<C>;
}

/// How the rows of a list divide by one field.
#[derive(SimpleObject, Clone, Debug)]
#[graphql(
    concrete(name = "JobFacet", params(JobFacetField)),
    concrete(name = "OrgFacet", params(OrgFacetField)),
    concrete(name = "SourceFacet", params(SourceFacetField)),
    concrete(name = "EventFacet", params(EventFacetField)),
    concrete(name = "CrawlFacet", params(CrawlFacetField)),
    concrete(name = "JobRevisionFacet", params(JobRevisionFacetField)),
    concrete(name = "JobSliceFacet", params(JobSliceFacetField))
)]
pub(super) struct Facet<F: OutputType> {
    /// What the rows are divided by.
    field: F,
    /// The buckets: the largest first, bands from the smallest up, days and months from the latest back.
    buckets: Vec<FacetBucket>,
    /// How many different values there are, those that are not shown included.
    value_count: i64,
    /// How many rows are in the buckets that are not shown.
    other_count: i64,
    /// Whether all rows were counted; else counting ended at a million, of all lists together that this field stands on.
    is_exact: bool,
}

impl<F: InputType + OutputType> Facet<F> {
    fn write(&self, at: &Selection, out: &mut Out) -> Result<(), Unwritten> {
        out.selected(at.fields(""), |field, out| {
            match field.field.as_str() {
                "field" => out.value(&self.field.to_value()),
                "buckets" => return out.list(self.buckets.iter(), |bucket, out| bucket.write(field, out)),
                "valueCount" => out.value(&self.value_count),
                "otherCount" => out.value(&self.other_count),
                "isExact" => out.value(&self.is_exact),
                _ => return Err(Unwritten),
            }
            Ok(())
        })
    }
}

/// Rows that have one value in common.
#[derive(SimpleObject, Clone, Debug)]
pub(super) struct FacetBucket {
    /// The value as filters take it: where a band begins, a day as `YYYY-MM-DD`, a month as `YYYY-MM`. Null for rows
    /// without a value.
    value: Option<String>,
    /// The value for people: an employer's name, a band from its beginning to its end. Empty for rows without a value.
    label: String,
    /// How many rows have it.
    count: i64,
}

impl FacetBucket {
    fn write(&self, at: &Selection, out: &mut Out) -> Result<(), Unwritten> {
        out.selected(at.fields(""), |field, out| {
            match field.field.as_str() {
                "value" => out.value(&self.value),
                "label" => out.value(&self.label),
                "count" => out.value(&self.count),
                _ => return Err(Unwritten),
            }
            Ok(())
        })
    }
}

/// The facets of a connection for one parent, by the ids of the selections that ask for them.
pub(super) type Facets = HashMap<usize, Arc<Vec<Counted>>>;

/// What one selection of `facets` asks for.
pub(super) struct Asked<N: Listable> {
    fields: Vec<N::Facet>,
    pub(super) questions: Vec<Question<N::Column>>,
}

impl<N: Listable> Asked<N> {
    pub(super) fn read(at: &Selection, request: &Request) -> Result<Self, Failure> {
        let fields: Vec<N::Facet> = argument(at, "fields", &request.variables)?.unwrap_or_default();
        let top = argument(at, "top", &request.variables)?.unwrap_or(TOP_DEFAULT);
        let keeps_own: bool = argument(at, "includeOwnFilter", &request.variables)?.unwrap_or(false);
        if !(0..=FACET_BUCKETS_MAX).contains(&top) {
            return Err(Failure::BadInput(format!("\"top\" may be 0 to {FACET_BUCKETS_MAX}, not {top}")));
        }
        if fields.len() > FIELDS_MAX {
            let given = fields.len();
            return Err(Failure::BadInput(format!(
                "\"fields\" has {given} members\nhint: at most {FIELDS_MAX} are allowed"
            )));
        }
        let is_selected = |name: &str| at.fields("").any(|field| field.field == name);
        let is_labelled = at.fields("").flat_map(|field| field.fields("")).any(|field| field.field == "label");
        let counts_values = is_selected("valueCount");
        let counts_rows = is_selected("otherCount") || is_selected("isExact");
        let question = |field: &N::Facet| {
            let question = field.question();
            let own = if keeps_own { Vec::new() } else { question.own };
            let label = question.label.filter(|_| is_labelled);
            Question { top: top.into(), own, label, counts_values, counts_rows, ..question }
        };
        Ok(Self { questions: fields.iter().map(question).collect(), fields })
    }

    pub(super) fn write(
        &self,
        counted: Option<&Arc<Vec<Counted>>>,
        at: &Selection,
        out: &mut Out,
    ) -> Result<(), Unwritten> {
        let facets = self.answer(counted.map_or(&[], |it| it.as_slice()));
        out.list(facets.iter(), |facet, out| facet.write(at, out))
    }

    pub(super) fn answer(&self, counted: &[Counted]) -> Vec<Facet<N::Facet>> {
        let answer = |((field, question), counted): ((&N::Facet, &Question<N::Column>), &Counted)| Facet {
            field: *field,
            buckets: counted.buckets.iter().map(|bucket| shown(question.buckets, bucket)).collect(),
            value_count: counted.values,
            other_count: counted.rows - counted.buckets.iter().map(|bucket| bucket.count).sum::<i64>(),
            is_exact: counted.is_exact,
        };
        let none = Counted::none();
        let counted = counted.iter().chain(std::iter::repeat(&none));
        self.fields.iter().zip(&self.questions).zip(counted).map(answer).collect()
    }
}

/// The fields of the connection at `at` that ask for facets.
pub(super) fn fields<N: Listable>(at: &Selection) -> impl Iterator<Item = &Arc<Selection>> {
    at.fields(N::CONNECTION_NAME).filter(|field| field.field == "facets")
}

/// Counts all facets that the connection at `at` asks for; the key of a list at the root is `""`.
pub(super) async fn count<N: Listable>(
    request: &Request,
    at: &Selection,
    arguments: &ListArguments<N>,
    parents: Option<Parents<'_, N::Column>>,
) -> Result<HashMap<String, Facets>, Failure> {
    let mut found: HashMap<String, Facets> = HashMap::new();
    for field in fields::<N>(at) {
        for (parent, counted) in count_at(request, field, arguments, parents).await? {
            found.entry(parent).or_default().insert(field.id, Arc::new(counted));
        }
    }
    Ok(found)
}

/// Counts the facets that one field asks for, in the order it names them.
pub(super) async fn count_at<N: Listable>(
    request: &Request,
    field: &Selection,
    arguments: &ListArguments<N>,
    parents: Option<Parents<'_, N::Column>>,
) -> Result<HashMap<String, Vec<Counted>>, Failure> {
    let asked = Asked::<N>::read(field, request)?;
    let (scope, filter) = (&arguments.scope, &arguments.filter);
    if scope.as_of.is_some()
        && let Some(question) = asked.questions.iter().find(|question| N::is_passing(question.column))
    {
        return Err(Failure::no_past(question.column));
    }
    Ok(request.reader.facets::<N>(parents, scope, filter, &asked.questions).await?)
}

fn shown(buckets: Buckets, bucket: &Bucket) -> FacetBucket {
    let text = &bucket.value;
    let (value, label) = match (buckets, text.parse::<i64>()) {
        (Buckets::Bands(width), Ok(from)) => (text.clone(), format!("{from}–{}", from.saturating_add(width - 1))),
        (Buckets::Shares, Ok(from)) => (text.clone(), format!("{from}–{}", from + 9)),
        (Buckets::Days, Ok(days)) => {
            let day = chrono::DateTime::from_timestamp(days.saturating_mul(86_400), 0).unwrap_or_default();
            let day = day.format("%Y-%m-%d").to_string();
            (day.clone(), day)
        }
        // What has no value means nothing, though some row may be found by that.
        _ if text.is_empty() => (String::new(), String::new()),
        _ => (text.clone(), bucket.label.clone().unwrap_or_else(|| text.clone())),
    };
    FacetBucket { value: Some(value).filter(|it| !it.is_empty()), label, count: bucket.count }
}
