//! What filters and facets mean, in plain words over whole rows: no index, no SQL, no column that stands for another.

use std::collections::{BTreeMap, HashMap};

use chrono::DateTime;
use jobgraph::ingest::normalize::gazetteer::macros_of;
use serde_json::{Map, Value, json};

use crate::world::NOW;

pub(crate) const JOB: &str = "id jobId orgId sourceId provider providerJobKey requisitionId internalJobKey title \
    normalizedTitle seniority function status closedReason city region country countryCode locationText department departmentPath team \
    employmentTypeRaw employmentType contractTerm workplaceType remotePolicy language postedAt postedOn firstSeenAt lastSeenAt \
    lastCheckedAt lastChangedAt inactiveAt sourcePostedAt sourceUpdatedAt applicationDeadline openings missedCrawls sourceUrl \
    applyUrl descriptionText staleness { isStale } facts { field confidence provenance rule } \
    remoteScope { kind countryCodes macros } locations { raw city region regionCode country countryCode macro postalCode \
    isRemote confidence provenance } salary { raw min max currency period annualMin annualMax confidence provenance \
    tiers { title min max currency period } }";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Id,
    Word,
    /// Text whose case does not matter.
    Folded,
    /// Text whose case matters, and that may begin with something.
    Text,
    Number,
    Time,
}

/// A member of `JobFilter` that compares one value, and where the value stands in a job.
pub(crate) const COLUMNS: [(&str, Kind, &str); 34] = [
    ("id", Kind::Id, "/jobId"),
    ("orgId", Kind::Word, "/orgId"),
    ("sourceId", Kind::Word, "/sourceId"),
    ("provider", Kind::Word, "/provider"),
    ("requisitionId", Kind::Word, "/requisitionId"),
    ("providerJobKey", Kind::Word, "/providerJobKey"),
    ("title", Kind::Folded, "/title"),
    ("status", Kind::Word, "/status"),
    ("closedReason", Kind::Word, "/closedReason"),
    ("city", Kind::Folded, "/city"),
    ("regionCode", Kind::Word, "/locations/0/regionCode"),
    ("country", Kind::Word, "/countryCode"),
    ("department", Kind::Folded, "/department"),
    ("team", Kind::Text, "/team"),
    ("employmentType", Kind::Word, "/employmentType"),
    ("contractTerm", Kind::Word, "/contractTerm"),
    ("seniority", Kind::Word, "/seniority"),
    ("function", Kind::Word, "/function"),
    ("workplaceType", Kind::Word, "/workplaceType"),
    ("remoteScope", Kind::Word, "/remoteScope/kind"),
    ("remotePolicy", Kind::Word, "/remotePolicy"),
    ("salaryCurrency", Kind::Word, "/salary/currency"),
    ("salaryAnnualMin", Kind::Number, "/salary/annualMin"),
    ("salaryAnnualMax", Kind::Number, "/salary/annualMax"),
    ("language", Kind::Word, "/language"),
    ("postedAt", Kind::Time, "/postedAt"),
    ("firstSeenAt", Kind::Time, "/firstSeenAt"),
    ("lastSeenAt", Kind::Time, "/lastSeenAt"),
    ("lastCheckedAt", Kind::Time, "/lastCheckedAt"),
    ("lastChangedAt", Kind::Time, "/lastChangedAt"),
    ("inactiveAt", Kind::Time, "/inactiveAt"),
    ("sourceUpdatedAt", Kind::Time, "/sourceUpdatedAt"),
    ("applicationDeadline", Kind::Time, "/applicationDeadline"),
    ("openings", Kind::Number, "/openings"),
];

/// What changes without an event: it has no past.
pub(crate) const PASSING: [&str; 3] = ["lastSeenAt", "lastCheckedAt", "sourceUpdatedAt"];

pub(crate) const DURATIONS: [(&str, i64); 6] = [
    ("P1D", 86_400_000),
    ("P7D", 604_800_000),
    ("PT36H", 129_600_000),
    ("P20000D", 1_728_000_000_000),
    ("PT0S", 0),
    ("P45D", 3_888_000_000),
];

/// Everything there is to ask about, as it was answered.
#[derive(Default)]
pub(crate) struct Known {
    pub(crate) jobs: Vec<Value>,
    pub(crate) orgs: HashMap<String, Value>,
    pub(crate) sources: HashMap<String, Value>,
    /// By `jobId`, in the order of `seq`.
    pub(crate) events: BTreeMap<String, Vec<Value>>,
    /// Postings as they stood after an event, by its `seq`.
    pub(crate) after: HashMap<String, Value>,
}

pub(crate) fn milliseconds(time: &Value) -> i64 {
    DateTime::parse_from_rfc3339(time.as_str().expect("a time is text")).expect("it is a time").timestamp_millis()
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| value.as_str().expect("it is a number").parse().expect("it is a number"))
}

fn folded(value: &Value) -> String {
    value.as_str().expect("it is text").to_lowercase()
}

fn is_equal(kind: Kind, own: &Value, other: &Value) -> bool {
    match kind {
        _ if own.is_null() => false,
        Kind::Id => other.as_str().is_some_and(|it| own == it.strip_prefix("job_").unwrap_or(it)),
        Kind::Word | Kind::Text => own == other,
        Kind::Folded => folded(own) == folded(other),
        Kind::Number => (number(own) - number(other)).abs() < 0.5,
        Kind::Time => milliseconds(own) == milliseconds(other),
    }
}

/// Whether a value meets all comparisons. What has no value meets `ne`, `notIn` and `isNull` alone.
pub(crate) fn compares(kind: Kind, own: &Value, comparisons: &Value) -> bool {
    let order = |other: &Value| match kind {
        Kind::Time => milliseconds(own).cmp(&milliseconds(other)),
        _ => number(own).total_cmp(&number(other)),
    };
    let length = |it: &Value| DURATIONS.iter().find(|(text, _)| it == text).expect("it is a known length").1;
    let among = |list: &Value| list.as_array().expect("it is a list").iter().any(|it| is_equal(kind, own, it));
    comparisons.as_object().expect("it is an object").iter().all(|(operator, other)| match operator.as_str() {
        "isNull" => other == &json!(own.is_null()),
        "ne" => !is_equal(kind, own, other),
        "notIn" => !among(other),
        _ if own.is_null() => false,
        "eq" => is_equal(kind, own, other),
        "in" => among(other),
        "lt" => order(other).is_lt(),
        "lte" => order(other).is_le(),
        "gt" => order(other).is_gt(),
        "gte" => order(other).is_ge(),
        "newerThan" => milliseconds(own) >= NOW - length(other),
        "olderThan" => milliseconds(own) < NOW - length(other),
        "inNext" => milliseconds(own) > NOW && milliseconds(own) <= NOW + length(other),
        "startsWith" if kind == Kind::Folded => folded(own).starts_with(&folded(other)),
        "startsWith" => own.as_str().expect("it is text").starts_with(other.as_str().expect("it is text")),
        _ => panic!("{operator}"),
    })
}

fn at<'a>(row: &'a Value, pointer: &str) -> &'a Value {
    row.pointer(pointer).unwrap_or(&Value::Null)
}

fn members(filter: &Value) -> &Map<String, Value> {
    filter.as_object().expect("a filter is an object")
}

fn listed(list: &Value) -> &[Value] {
    list.as_array().expect("it is a list")
}

/// `some` and `none` of the rows below a row.
fn quantified<'a>(filter: &Value, rows: &[&'a Value], meets: impl Fn(&'a Value, &Value) -> bool) -> bool {
    members(filter).iter().all(|(which, filter)| rows.iter().any(|it| meets(it, filter)) == (which == "some"))
}

fn at_least(filter: &Value, own: &Value) -> bool {
    number(own) >= number(filter) - 1e-9
}

fn is_listed(filter: &Value, own: &Value) -> bool {
    listed(filter).contains(own)
}

fn place_meets(place: &Value, filter: &Value) -> bool {
    members(filter).iter().all(|(key, it)| match key.as_str() {
        "city" => compares(Kind::Folded, &place["city"], it),
        "regionCode" => compares(Kind::Word, &place["regionCode"], it),
        "country" => compares(Kind::Word, &place["countryCode"], it),
        "macro" => compares(Kind::Word, &place["macro"], it),
        "isRemote" => place["isRemote"] == *it,
        "minConfidence" => at_least(it, &place["confidence"]),
        "provenance" => is_listed(it, &place["provenance"]),
        _ => panic!("{key}"),
    })
}

fn fact_meets(fact: &Value, filter: &Value) -> bool {
    members(filter).iter().all(|(key, it)| match key.as_str() {
        "field" | "rule" => fact[key] == *it,
        "minConfidence" => at_least(it, &fact["confidence"]),
        "provenance" => is_listed(it, &fact["provenance"]),
        _ => panic!("{key}"),
    })
}

fn salary_meets(salary: &Value, filter: &Value) -> bool {
    let annual = |money: &Value| {
        let periods = match money["period"].as_str().unwrap_or("YEAR") {
            "HOUR" => 2_080.0,
            "DAY" => 260.0,
            "WEEK" => 52.0,
            "MONTH" => 12.0,
            _ => 1.0,
        };
        number(&money["amount"]) * periods
    };
    let in_currency = |money: &Value| !salary.is_null() && salary["currency"] == money["currency"];
    let (least, most) = (at(salary, "/annualMin"), at(salary, "/annualMax"));
    members(filter).iter().all(|(key, it)| match key.as_str() {
        "isDisclosed" => *it == json!(!salary.is_null()),
        "currency" => compares(Kind::Word, at(salary, "/currency"), it),
        _ if salary.is_null() => false,
        "period" => is_listed(it, &salary["period"]),
        "provenance" => is_listed(it, &salary["provenance"]),
        "minConfidence" => at_least(it, &salary["confidence"]),
        "currencyOf" => in_currency(it),
        "atLeast" => in_currency(it) && !most.is_null() && number(most) >= annual(it).round(),
        "atMost" => in_currency(it) && !least.is_null() && number(least) <= annual(it).round(),
        _ => panic!("{key}"),
    })
}

fn is_open_to(job: &Value, countries: &Value) -> bool {
    if job["workplaceType"] != "REMOTE" || job["remoteScope"].is_null() {
        return false;
    }
    let scope = &job["remoteScope"];
    listed(countries).iter().any(|country| {
        let country = country.as_str().expect("a country is text");
        let in_macros = macros_of(country).any(|region| listed(&scope["macros"]).contains(&json!(region)));
        in_macros || listed(&scope["countryCodes"]).contains(&json!(country)) || scope["kind"] == "WORLDWIDE"
    })
}

impl Known {
    pub(crate) fn meets(&self, job: &Value, filter: &Value) -> bool {
        members(filter).iter().all(|(key, it)| match key.as_str() {
            "and" => listed(it).iter().all(|it| self.meets(job, it)),
            "or" => listed(it).iter().any(|it| self.meets(job, it)),
            "not" => !self.meets(job, it),
            "locations" => quantified(it, &listed(&job["locations"]).iter().collect::<Vec<_>>(), place_meets),
            "facts" => quantified(it, &listed(&job["facts"]).iter().collect::<Vec<_>>(), fact_meets),
            "remoteOpenTo" => is_open_to(job, it),
            "isStale" => job["staleness"]["isStale"] == *it,
            "salary" => salary_meets(&job["salary"], it),
            "missedCrawls" => compares(Kind::Number, &job["missedCrawls"], it),
            "org" => self.org_meets(&self.orgs[job["orgId"].as_str().expect("an id")], it),
            "source" => self.source_meets(&self.sources[job["sourceId"].as_str().expect("an id")], it),
            "events" => {
                let events = self.events.get(job["jobId"].as_str().expect("an id"));
                quantified(it, &events.into_iter().flatten().collect::<Vec<_>>(), |event, it| {
                    self.event_meets(event, it)
                })
            }
            _ => {
                let (_, kind, pointer) = COLUMNS.iter().find(|it| it.0 == key).expect("it is a known member");
                compares(*kind, at(job, pointer), it)
            }
        })
    }

    fn org_meets(&self, org: &Value, filter: &Value) -> bool {
        let own: Vec<&Value> = self.jobs.iter().filter(|it| it["orgId"] == org["orgId"]).collect();
        members(filter).iter().all(|(key, it)| match key.as_str() {
            "name" => compares(Kind::Folded, &org["name"], it),
            "activeJobCount" | "jobCount" => compares(Kind::Number, &org[key], it),
            "jobs" => quantified(it, &own, |job, it| self.meets(job, it)),
            _ => panic!("{key}"),
        })
    }

    fn source_meets(&self, source: &Value, filter: &Value) -> bool {
        let own: Vec<&Value> = self.jobs.iter().filter(|it| it["sourceId"] == source["sourceId"]).collect();
        members(filter).iter().all(|(key, it)| match key.as_str() {
            "boardToken" => compares(Kind::Folded, &source["boardToken"], it),
            "health" | "status" => compares(Kind::Word, &source[key], it),
            "lastCrawledAt" => compares(Kind::Time, &source[key], it),
            "jobs" => quantified(it, &own, |job, it| self.meets(job, it)),
            _ => panic!("{key}"),
        })
    }

    fn event_meets(&self, event: &Value, filter: &Value) -> bool {
        members(filter).iter().all(|(key, it)| match key.as_str() {
            "type" | "cause" | "jobId" => compares(Kind::Word, &event[key], it),
            "seq" => compares(Kind::Number, &event["seq"], it),
            "observedAt" => compares(Kind::Time, &event["observedAt"], it),
            "job" => self.meets(&self.after[event["seq"].as_str().expect("it is text")], it),
            _ => panic!("{key}"),
        })
    }

    /// The jobs that meet a filter.
    pub(crate) fn of(&self, filter: &Value) -> Vec<&Value> {
        self.jobs.iter().filter(|job| self.meets(job, filter)).collect()
    }
}

/// Facets, where their values stand, and the members of a filter that are about them.
pub(crate) const FACETS: [(&str, &str, &str); 22] = [
    ("CITY", "/city", "city"),
    ("DEPARTMENT", "/department", "department"),
    ("TITLE", "/title", "title"),
    ("STATUS", "/status", "status"),
    ("CLOSED_REASON", "/closedReason", "closedReason"),
    ("COUNTRY", "/countryCode", "country"),
    ("REGION", "/locations/0/regionCode", "regionCode"),
    ("ORG", "/orgId", "orgId"),
    ("SOURCE", "/sourceId", "sourceId"),
    ("WORKPLACE_TYPE", "/workplaceType", "workplaceType"),
    ("REMOTE_SCOPE", "/remoteScope/kind", "remoteScope"),
    ("EMPLOYMENT_TYPE", "/employmentType", "employmentType"),
    ("CONTRACT_TERM", "/contractTerm", "contractTerm"),
    ("SENIORITY", "/seniority", "seniority"),
    ("FUNCTION", "/function", "function"),
    ("LANGUAGE", "/language", "language"),
    ("SALARY_CURRENCY", "/salary/currency", "salaryCurrency"),
    ("SALARY_PERIOD", "/salary/period", ""),
    ("SALARY_BAND", "/salary/annualMax", "salaryAnnualMax"),
    ("POSTED_DAY", "/postedAt", "postedAt"),
    ("POSTED_MONTH", "/postedAt", "postedAt"),
    ("CLOSED_DAY", "/inactiveAt", "inactiveAt"),
];

/// The bucket that a job falls into; empty for none.
fn bucket(field: &str, value: &Value) -> String {
    let day = |pattern: &str| {
        let time = DateTime::from_timestamp_millis(milliseconds(value)).expect("it is a time");
        time.format(pattern).to_string()
    };
    match field {
        _ if value.is_null() => String::new(),
        "CITY" | "DEPARTMENT" | "TITLE" => folded(value),
        "SALARY_BAND" => format!("{}", (number(value) / 25_000.0).floor() * 25_000.0),
        "POSTED_DAY" | "CLOSED_DAY" => day("%Y-%m-%d"),
        "POSTED_MONTH" => day("%Y-%m"),
        _ => value.as_str().expect("it is text").to_owned(),
    }
}

/// A filter without what it says of a facet's own field, as far as all jobs must meet it.
pub(crate) fn without_own(filter: &Value, own: &str, facet: &str) -> Value {
    let mut rest = Map::new();
    for (key, it) in members(filter) {
        let salary_member = match facet {
            "SALARY_CURRENCY" => "currency",
            "SALARY_PERIOD" => "period",
            _ => "",
        };
        match key.as_str() {
            _ if key == own => {}
            "and" => {
                let kept: Vec<Value> = listed(it).iter().map(|it| without_own(it, own, facet)).collect();
                rest.insert(key.clone(), json!(kept));
            }
            "salary" => {
                let mut salary = members(it).clone();
                salary.remove(salary_member);
                // Its amount is about what is paid at most, its currency is not.
                if let Some(money) = salary.remove("atLeast").filter(|_| facet == "SALARY_BAND") {
                    salary.insert("currencyOf".to_owned(), money);
                } else if let Some(money) = it.get("atLeast") {
                    salary.insert("atLeast".to_owned(), money.clone());
                }
                rest.insert(key.clone(), Value::Object(salary));
            }
            _ => {
                rest.insert(key.clone(), it.clone());
            }
        }
    }
    Value::Object(rest)
}

/// How jobs divide: values and counts.
pub(crate) fn divided(jobs: &[&Value], field: &str, pointer: &str) -> BTreeMap<String, i64> {
    let mut buckets = BTreeMap::new();
    for job in jobs {
        *buckets.entry(bucket(field, at(job, pointer))).or_default() += 1;
    }
    buckets
}
