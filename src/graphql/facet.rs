//! Facets: how the rows of a connection divide by their values, computed once for all parents of the connection.

use std::borrow::Cow;
use std::collections::HashMap;
use std::iter::repeat_with;
use std::sync::Arc;

use async_graphql::{InputType, OutputType, SimpleObject};
use rust_decimal::Decimal;

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
use super::value::provider_label;
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

    /// Whether its values are applicant tracking systems, whose names no table holds.
    fn is_of_providers(self) -> bool {
        false
    }
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

/// Rows that have one value in common.
#[derive(SimpleObject, Clone, Debug)]
pub(super) struct FacetBucket {
    /// The value as filters take it: where a band begins, a day as `YYYY-MM-DD`, a month as `YYYY-MM`. Null for rows
    /// without a value.
    value: Option<String>,
    /// The value for people: the name of an employer or a provider, a band from its beginning to its end. Empty for rows
    /// without a value.
    label: String,
    /// How many rows have it.
    count: i64,
}

/// The facets of a connection for one parent, by the ids of the selections that ask for them.
pub(super) type Facets = HashMap<usize, Arc<Vec<Counted>>>;

/// What one selection of `facets` asks for.
pub(super) struct Asked<N: Listable> {
    fields: Vec<N::Facet>,
    pub(super) questions: Vec<Question<N::Column>>,
}

impl<N: Listable> Asked<N> {
    pub(super) fn read(at: &Selection, request: &Request) -> Result<Arc<Self>, Failure> {
        at.made_of_arguments(|| Self::made(at, request))
    }

    fn made(at: &Selection, request: &Request) -> Result<Self, Failure> {
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
        out.list(self.each(counted.map_or(&[], |it| it.as_slice())), |(field, buckets, counted), out| {
            out.selected(at.fields(""), |at, out| {
                match at.field.as_str() {
                    "field" => out.value(&field.to_value()),
                    "buckets" => return write_buckets(buckets, field.is_of_providers(), &counted.buckets, at, out),
                    "valueCount" => out.value(&counted.values),
                    "otherCount" => out.value(&counted.rows_beyond()),
                    "isExact" => out.value(&counted.is_exact),
                    // As the types are named together: `JobFacet` has a `JobFacetField`.
                    "__typename" => {
                        out.value(<N::Facet as OutputType>::type_name().strip_suffix("Field").ok_or(Unwritten)?)
                    }
                    _ => return Err(Unwritten),
                }
                Ok(())
            })
        })
    }

    /// Each facet: its field, how its values fall into buckets, and what was counted, which is nothing where nothing was.
    fn each<'a>(&'a self, counted: &'a [Counted]) -> impl Iterator<Item = (N::Facet, Buckets, Cow<'a, Counted>)> {
        let counted = counted.iter().map(Cow::Borrowed).chain(repeat_with(|| Cow::Owned(Counted::none())));
        let asked = self.fields.iter().zip(&self.questions);
        asked.zip(counted).map(|((field, question), counted)| (*field, question.buckets, counted))
    }

    pub(super) fn answer(&self, counted: &[Counted]) -> Vec<Facet<N::Facet>> {
        let answer = |(field, buckets, counted): (N::Facet, Buckets, Cow<'_, Counted>)| Facet {
            field,
            buckets: counted.buckets.iter().map(|it| shown(buckets, field.is_of_providers(), it)).collect(),
            value_count: counted.values,
            other_count: counted.rows_beyond(),
            is_exact: counted.is_exact,
        };
        self.each(counted).map(answer).collect()
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

fn shown(buckets: Buckets, is_of_providers: bool, bucket: &Bucket) -> FacetBucket {
    let value = value(buckets, bucket).map(Cow::into_owned);
    FacetBucket { value, label: label(buckets, is_of_providers, bucket).into_owned(), count: bucket.count }
}

fn write_buckets(
    buckets: Buckets,
    is_of_providers: bool,
    all: &[Bucket],
    at: &Selection,
    out: &mut Out,
) -> Result<(), Unwritten> {
    let fields = at.fields("").map(|field| Some((field.json_key.as_str(), BucketField::of(&field.field)?)));
    let fields: Vec<_> = fields.collect::<Option<_>>().ok_or(Unwritten)?;
    out.list(all.iter(), |bucket, out| {
        out.object(fields.iter(), |(key, field), out| {
            out.raw(key);
            match field {
                BucketField::Value => out.value(&value(buckets, bucket)),
                BucketField::Label => out.value(&label(buckets, is_of_providers, bucket)),
                BucketField::Count => out.value(&bucket.count),
                BucketField::TypeName => out.value(&FacetBucket::type_name()),
            }
            Ok(())
        })
    })
}

enum BucketField {
    Value,
    Label,
    Count,
    TypeName,
}

impl BucketField {
    fn of(field: &str) -> Option<Self> {
        match field {
            "value" => Some(Self::Value),
            "label" => Some(Self::Label),
            "count" => Some(Self::Count),
            "__typename" => Some(Self::TypeName),
            _ => None,
        }
    }
}

fn value(buckets: Buckets, bucket: &Bucket) -> Option<Cow<'_, str>> {
    let text = bucket.value.as_str();
    let other = match buckets {
        Buckets::Days => day(text),
        Buckets::Shares => share(text),
        Buckets::Values | Buckets::Bands(_) | Buckets::Months => None,
    };
    (!text.is_empty()).then(|| other.map_or(Cow::Borrowed(text), Cow::Owned))
}

fn label(buckets: Buckets, is_of_providers: bool, bucket: &Bucket) -> Cow<'_, str> {
    let text = bucket.value.as_str();
    let range = |width: i64| text.parse().ok().map(|from: i64| format!("{from}–{}", from.saturating_add(width - 1)));
    let other = match buckets {
        // What has no value means nothing, though some row may be found by that.
        _ if text.is_empty() => return Cow::Borrowed(""),
        Buckets::Bands(width) => range(width),
        Buckets::Shares if text != "100" => range(10),
        Buckets::Days => day(text),
        Buckets::Values if is_of_providers => Some(provider_label(text)),
        Buckets::Values | Buckets::Shares | Buckets::Months => None,
    };
    other.map_or_else(|| Cow::Borrowed(bucket.label.as_deref().unwrap_or(text)), Cow::Owned)
}

/// A share of one from a percentage, as filters take it.
fn share(text: &str) -> Option<String> {
    Some(Decimal::new(text.parse().ok()?, 2).normalize().to_string())
}

/// A day by its number since 1970.
fn day(text: &str) -> Option<String> {
    let days: i64 = text.parse().ok()?;
    let day = chrono::DateTime::from_timestamp(days.saturating_mul(86_400), 0).unwrap_or_default();
    Some(day.format("%Y-%m-%d").to_string())
}
