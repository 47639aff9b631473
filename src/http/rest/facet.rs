//! How postings divide by one field, as the original counts them.

use serde::{Deserialize, Serialize};
use strum::IntoStaticStr;
use utoipa::{IntoParams, ToSchema};

use super::envelope::Problem;
use super::page::LIMIT_MAX;

const VALUES_DEFAULT: u32 = 50;
/// Workplaces that postings may have, none included.
const WORKPLACES: u32 = 4;

/// Which field, and how many of its values.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct FacetChoice {
    /// The field that is counted.
    #[param(inline)]
    pub(super) field: FacetField,
    /// Values at most, those of most postings first; 50 if nothing is said.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
}

/// What postings are divided by.
#[derive(Clone, Copy, Debug, Deserialize, IntoStaticStr, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub(super) enum FacetField {
    Country,
    Region,
    City,
    Department,
    EmploymentType,
    WorkplaceType,
    RemotePolicy,
    AtsProvider,
}

/// How postings divide by one field.
#[derive(Serialize, ToSchema)]
pub(super) struct Facet {
    /// The field that is counted.
    #[schema(inline)]
    field: FacetField,
    /// Its values, those of most postings first.
    buckets: Vec<Bucket>,
    /// How many postings have another value.
    #[schema(minimum = 0)]
    other_count: u64,
    /// Whether all postings were counted; else counting ended at a million.
    is_exact: bool,
}

/// The postings of one value.
#[derive(Serialize, ToSchema)]
struct Bucket {
    /// The value as the parameter of that name takes it, of `remote_policy` that is `workplace_type`, of `ats_provider`
    /// `provider`; null counts postings without one.
    value: Option<String>,
    /// The value as people read it: of `ats_provider` its name, of all others as postings have it.
    label: Option<String>,
    /// How many postings have it.
    #[schema(minimum = 0)]
    count: u64,
}

/// What the graph counts.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Counted {
    buckets: Vec<CountedBucket>,
    other_count: u64,
    is_exact: bool,
}

#[derive(Deserialize)]
struct CountedBucket {
    value: Option<String>,
    label: String,
    count: u64,
}

impl FacetChoice {
    pub(super) fn limit(&self) -> Result<u32, Problem> {
        let limit = self.limit.unwrap_or(VALUES_DEFAULT);
        if !(1..=LIMIT_MAX).contains(&limit) {
            return Err(Problem::parameter("limit", &format!("must be 1 to {LIMIT_MAX}")));
        }
        Ok(limit)
    }
}

impl FacetField {
    /// What the graph counts for it.
    pub(super) fn graph(self) -> &'static str {
        match self {
            Self::AtsProvider => "PROVIDER",
            // The remote policy is the workplace but for work on site.
            Self::RemotePolicy => "WORKPLACE_TYPE",
            other => other.into(),
        }
    }

    /// How many values are counted for so many that are shown: where two become one, all.
    pub(super) fn top(self, limit: u32) -> u32 {
        if self == Self::RemotePolicy { limit.max(WORKPLACES) } else { limit }
    }

    /// Whether its values are words of a closed set, which the original spells in lower case.
    fn is_of_words(self) -> bool {
        matches!(self, Self::EmploymentType | Self::WorkplaceType | Self::RemotePolicy)
    }
}

impl Facet {
    /// `limit` values at most; those beyond are counted with the others.
    pub(super) fn of(field: FacetField, counted: Counted, limit: u32) -> Self {
        let spelled = |text: String| if field.is_of_words() { text.to_lowercase() } else { text };
        let mut on_site = 0;
        let mut buckets: Vec<Bucket> = counted
            .buckets
            .into_iter()
            .filter(|it| {
                let is_left_out = field == FacetField::RemotePolicy && it.value.as_deref() == Some("ON_SITE");
                on_site += if is_left_out { it.count } else { 0 };
                !is_left_out
            })
            .map(|it| Bucket {
                label: it.value.is_some().then(|| spelled(it.label)),
                value: it.value.map(spelled),
                count: it.count,
            })
            .collect();
        if on_site > 0 {
            // Work on site has no remote policy, as postings show it.
            match buckets.iter_mut().find(|it| it.value.is_none()) {
                Some(without) => without.count += on_site,
                None => buckets.push(Bucket { value: None, label: None, count: on_site }),
            }
            buckets.sort_by_key(|it| std::cmp::Reverse(it.count));
        }
        let cut = buckets.split_off(buckets.len().min(limit as usize));
        let other_count = counted.other_count + cut.iter().map(|it| it.count).sum::<u64>();
        Self { field, buckets, other_count, is_exact: counted.is_exact }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn folded(limit: u32) -> serde_json::Value {
        let counted = json!({
            "buckets": [
                { "value": "ON_SITE", "label": "ON_SITE", "count": 5 },
                { "value": "REMOTE", "label": "REMOTE", "count": 4 },
                { "value": null, "label": "", "count": 1 },
            ],
            "otherCount": 0, "isExact": true,
        });
        let counted = serde_json::from_value(counted).expect("an answer of the graph");
        let facet = serde_json::to_value(Facet::of(FacetField::RemotePolicy, counted, limit)).expect("it is JSON");
        json!({ "counts": facet["buckets"].as_array().map(|all| all.iter().map(|it| it["count"].clone()).collect::<Vec<_>>()),
            "others": facet["other_count"] })
    }

    /// The graph was once asked for as many workplaces as policies are shown.
    #[test]
    fn remote_policies_are_cut_after_work_on_site_has_become_none() {
        assert_eq!(folded(2), json!({ "counts": [6, 4], "others": 0 }));
        assert_eq!(folded(1), json!({ "counts": [6], "others": 4 }));
        assert_eq!((FacetField::RemotePolicy.top(1), FacetField::City.top(1)), (4, 1));
    }
}
