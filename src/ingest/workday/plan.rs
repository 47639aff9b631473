//! What to ask a Workday site: its list from the beginning, or, where it has more postings than it shows, the list of
//! each value of a facet; then the details of all postings.

use std::collections::{BTreeMap, HashSet};

use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};

use super::{SHAPE, Site, key, rows};
use crate::ingest::answers::{Answer, Answers, Request};
use crate::ingest::lenient::{self, Members};
use crate::ingest::listing;
use crate::ingest::paging::{Page, Step, step};

/// Rows of a page, the most that there are.
pub(super) const SIZE: usize = 20;
/// What a list says that has as many postings or more.
pub(super) const TOTAL_MAX: u64 = 2_000;

/// A list of postings: of all, or of those with one value of a facet.
#[derive(Default)]
pub(super) struct List {
    pub(super) pages: Vec<Page>,
    /// The paths of its postings.
    paths: Vec<String>,
}

/// What was asked, and what is to be.
#[derive(Default)]
pub(super) struct Plan {
    pub(super) whole: List,
    /// The facet by which a list that is too long is divided, and its values.
    facet: Option<(String, Vec<String>)>,
    /// How many postings there are at least: as many as with any value of any facet.
    least: u64,
    by_value: BTreeMap<String, List>,
}

/// What a request for a page asked for.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Sent {
    applied_facets: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Facet {
    facet_parameter: String,
    values: Vec<FacetValue>,
}

#[derive(Deserialize)]
struct FacetValue {
    id: String,
    count: u64,
}

impl Plan {
    pub(super) fn of(answers: &Answers) -> Self {
        let mut plan = Self::default();
        for answer in answers.pages() {
            let sent: Sent =
                answer.request.sent.as_deref().and_then(|it| serde_json::from_str(it).ok()).unwrap_or_default();
            let value = sent.applied_facets.into_values().flatten().next();
            if plan.whole.pages.is_empty() {
                (plan.facet, plan.least) = facet(answer);
            }
            let list = match value {
                None => &mut plan.whole,
                Some(value) => plan.by_value.entry(value).or_default(),
            };
            let (page, paths) = page(answer);
            list.pages.push(page);
            list.paths.extend(paths);
        }
        plan
    }

    /// Whether the site has more postings than its list shows.
    fn is_capped(&self) -> bool {
        self.whole.pages.first().and_then(|it| it.total).is_some_and(|it| it >= TOTAL_MAX)
    }

    /// How many rows the list of all postings has: one may have several, one a place.
    pub(super) fn rows(&self) -> usize {
        self.whole.paths.iter().collect::<HashSet<_>>().len()
    }

    /// Why the postings are not known to be all.
    pub(super) fn cut(&self) -> Option<&'static str> {
        let of_list = |list: &List| match step(&list.pages, SIZE) {
            Step::Cut(why) => Some(why),
            Step::Ask(_) | Step::Whole => None,
        };
        if !self.is_capped() {
            return of_list(&self.whole);
        }
        let Some((_, values)) = &self.facet else {
            return Some("the list is longer than it shows, and no facet divides it");
        };
        if let Some(why) = self.by_value.values().find_map(of_list) {
            return Some(why);
        }
        // A posting without a value is in no part: those that the list itself showed tell whether there are such.
        let parts: HashSet<&str> = self.by_value.values().flat_map(|it| &it.paths).map(String::as_str).collect();
        let is_asked = values.iter().all(|it| self.by_value.contains_key(it));
        // There are as many at least as the list says that is cut off.
        let is_covered = parts.len() as u64 >= self.least.max(TOTAL_MAX)
            && self.whole.paths.iter().all(|it| parts.contains(it.as_str()));
        (is_asked && !is_covered).then_some("the list is longer than it shows, and its parts miss some of it")
    }
}

pub(super) fn next(site: &Site<'_>, answers: &Answers) -> Vec<Request> {
    let plan = Plan::of(answers);
    let pages = pages(&plan, site);
    if !pages.is_empty() {
        return answers.unasked(pages);
    }
    let lists = std::iter::once(&plan.whole).chain(plan.by_value.values());
    // A posting may be shown under several paths, one a place.
    let mut keys = HashSet::new();
    let detail = |path: &String| Some(Request::detail(&key(path)?, site.api(path)));
    let details = lists.flat_map(|it| &it.paths).filter_map(detail).filter(|it| keys.insert(it.detail.clone()));
    answers.unasked(details.collect())
}

fn pages(plan: &Plan, site: &Site<'_>) -> Vec<Request> {
    let ask = |offset: u64, facet: Value| Request {
        sent: Some(json!({ "appliedFacets": facet, "limit": SIZE, "offset": offset, "searchText": "" }).to_string()),
        ..Request::page(site.api("/jobs"))
    };
    // A list that cannot be divided is read as far as it goes.
    if !plan.is_capped() || plan.facet.is_none() {
        return match step(&plan.whole.pages, SIZE) {
            Step::Ask(offset) => vec![ask(offset, json!({}))],
            Step::Whole | Step::Cut(_) => Vec::new(),
        };
    }
    let Some((parameter, values)) = &plan.facet else {
        return Vec::new();
    };
    let of_value = |value: &String| {
        let pages = plan.by_value.get(value).map_or(&[][..], |it| &it.pages);
        match step(pages, SIZE) {
            Step::Ask(offset) => Some(ask(offset, json!({ parameter: [value] }))),
            Step::Whole | Step::Cut(_) => None,
        }
    };
    values.iter().filter_map(of_value).collect()
}

/// The facet whose values hold the most postings, each no more than a list shows; and the most that any value of any has.
fn facet(answer: &Answer) -> (Option<(String, Vec<String>)>, u64) {
    let read = |answer: &RawValue| {
        let facets = listing::rows(answer, "facets")?;
        Ok(facets.iter().filter_map(|it| serde_json::from_str::<Facet>(it.get()).ok()).collect::<Vec<_>>())
    };
    let facets: Vec<Facet> = answer.body().and_then(|it| listing::json(it, read).ok()).unwrap_or_default();
    let least = facets.iter().flat_map(|it| &it.values).map(|it| it.count).max().unwrap_or_default();
    let is_small = |it: &Facet| !it.values.is_empty() && it.values.iter().all(|it| it.count < TOTAL_MAX);
    let total = |it: &Facet| it.values.iter().map(|it| it.count).fold(0, u64::saturating_add);
    let best = facets.into_iter().filter(is_small).max_by_key(total);
    (best.map(|it| (it.facet_parameter, it.values.into_iter().map(|it| it.id).collect())), least)
}

fn page(answer: &Answer) -> (Page, Vec<String>) {
    let read = |answer: &RawValue| {
        let total = Members::of(answer).and_then(|it| lenient::value(it.get("total")?, "", &mut |_, _| {}));
        let paths = listing::keys(&rows(answer)?, SHAPE.key);
        // Paths lead to addresses: one that does not begin as such leads elsewhere.
        let paths: Vec<String> = paths.into_iter().filter(|it| it.starts_with('/')).collect();
        Ok((Page { keys: Some(paths.clone()), total: total.as_ref().and_then(Value::as_u64) }, paths))
    };
    answer.body().and_then(|body| listing::json(body, read).ok()).unwrap_or_default()
}
