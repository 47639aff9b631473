//! Random filters find what a plain reading of them finds, and are counted and divided so.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use serde_json::{Map, Value, json};

use crate::dice::Dice;
use crate::history::History;
use crate::naive::{COLUMNS, DURATIONS, FACETS, JOB, Kind, Known, PASSING, divided, without_own};
use crate::support::{Backend, backends};
use crate::world::World;

const FILTERS: usize = 320;
const SEED: u64 = 20_260_301;

/// Everything that is known now, or at a moment; `as_of` is a literal, empty for now.
pub(crate) async fn known(world: &World, as_of: &str) -> Known {
    let of = if as_of.is_empty() { String::new() } else { format!(", asOf: {as_of}") };
    let list = |name: &str, order: &str, of: &str, fields: &str| {
        format!(
            "query ($after: String) {{ list: {name}(first: 100, after: $after{order}{of}) {{ nodes {{ {fields} }} pageInfo {{ hasNextPage endCursor }} }} }}"
        )
    };
    let none = json!({});
    let by = |rows: Vec<Value>, key: &str| {
        rows.into_iter().map(|it| (it[key].as_str().expect("a key").to_owned(), it)).collect()
    };
    let mut known = Known {
        jobs: world.all(&list("jobs", "", &of, JOB), &none).await,
        orgs: by(world.all(&list("orgs", "", &of, "orgId name activeJobCount jobCount"), &none).await, "orgId"),
        sources: by(
            world.all(&list("sources", "", "", "sourceId boardToken health status lastCrawledAt"), &none).await,
            "sourceId",
        ),
        ..Known::default()
    };
    let fields = "seq type cause jobId jobSeq provider boardId observedAt org { orgId }";
    for event in world.all(&list("events", ", orderBy: [{seq: ASC}]", &of, fields), &none).await {
        known.events.entry(event["jobId"].as_str().expect("an id").to_owned()).or_default().push(event);
    }
    if as_of.is_empty() {
        let query = "query ($after: String) { list: jobs(first: 20, after: $after) { nodes { revisions(first: 40) { nodes { seq job { title status department workplaceType } } } } pageInfo { hasNextPage endCursor } } }";
        for job in world.all(query, &none).await {
            for state in job["revisions"]["nodes"].as_array().expect("it is a list") {
                known.after.insert(state["seq"].as_str().expect("it is text").to_owned(), state["job"].clone());
            }
        }
    }
    known
}

/// Draws filters out of what there is.
pub(crate) struct Filters<'a> {
    pub(crate) dice: Dice,
    pub(crate) known: &'a Known,
    /// Whether filters on other tables are drawn too, which a moment does not have.
    pub(crate) is_now: bool,
}

impl Filters<'_> {
    pub(crate) fn draw(&mut self) -> Value {
        self.filter(2)
    }

    fn filter(&mut self, depth: usize) -> Value {
        let mut filter = Map::new();
        for _ in 0..self.dice.below(if depth == 2 { 4 } else { 3 }) {
            let (key, kind, pointer) = *self.dice.of(&COLUMNS);
            if !self.is_now && PASSING.contains(&key) {
                continue;
            }
            filter.insert(key.to_owned(), self.comparisons(kind, pointer));
        }
        if self.dice.percent(35) {
            let (key, condition) = self.condition();
            filter.insert(key.to_owned(), condition);
        }
        if depth > 0 && self.dice.percent(45) {
            let (key, count) = *self.dice.of(&[("and", 2), ("or", 3), ("not", 0), ("or", 1), ("and", 1)]);
            let nested = match count {
                0 => self.shallow(depth - 1),
                _ => (0..self.dice.below(count) + 1).map(|_| self.shallow(depth - 1)).collect::<Vec<_>>().into(),
            };
            filter.insert(key.to_owned(), nested);
        }
        if filter.contains_key("facts") {
            filter.insert("firstSeenAt".to_owned(), json!({ "isNull": false }));
        }
        Value::Object(filter)
    }

    /// A filter within one, without what would be too deep there.
    fn shallow(&mut self, depth: usize) -> Value {
        let mut filter = self.filter(depth);
        let too_deep: &[&str] =
            if depth == 0 { &["org", "source", "events", "locations"] } else { &["org", "source", "events"] };
        for key in too_deep {
            filter.as_object_mut().expect("it is an object").remove(*key);
        }
        filter
    }

    fn value(&mut self, kind: Kind, pointer: &str) -> Value {
        let job = self.dice.of(&self.known.jobs);
        let own = job.pointer(pointer).cloned().unwrap_or_default();
        let text = own.as_str().unwrap_or_default().to_owned();
        match kind {
            Kind::Number => {
                let number = own.as_i64().or_else(|| text.parse().ok()).unwrap_or(1);
                let near = number + i64::try_from(self.dice.below(3)).expect("small") - 1;
                json!(near)
            }
            Kind::Time if own.is_null() => json!("1970-01-01T00:00:00Z"),
            Kind::Folded if own.is_null() => json!("nowhere"),
            Kind::Folded if self.dice.percent(40) => {
                json!(if self.dice.percent(50) { text.to_uppercase() } else { text.to_lowercase() })
            }
            Kind::Id if self.dice.percent(30) => job["id"].clone(),
            Kind::Text => json!("A team"),
            Kind::Word if own.is_null() => {
                let rows = &self.known.jobs;
                rows.iter().filter_map(|it| it.pointer(pointer)).find(|it| !it.is_null()).cloned().unwrap_or_default()
            }
            _ => own,
        }
    }

    fn comparisons(&mut self, kind: Kind, pointer: &str) -> Value {
        let mut all = Map::new();
        for _ in 0..=self.dice.below(2) {
            let operators: &[&str] = match kind {
                Kind::Id | Kind::Word => &["eq", "ne", "in", "notIn", "isNull"],
                Kind::Folded | Kind::Text => &["eq", "ne", "in", "notIn", "isNull", "startsWith", "startsWith"],
                Kind::Number => &["eq", "ne", "in", "notIn", "isNull", "lt", "lte", "gt", "gte"],
                Kind::Time => {
                    &["ne", "in", "notIn", "isNull", "lt", "lte", "gt", "gte", "newerThan", "olderThan", "inNext", "eq"]
                }
            };
            let operator = *self.dice.of(operators);
            let value = match operator {
                "isNull" => json!(self.dice.percent(50)),
                "in" | "notIn" => (0..self.dice.below(4))
                    .map(|_| self.value(kind, pointer))
                    .filter(|it| !it.is_null())
                    .collect::<Vec<_>>()
                    .into(),
                "newerThan" | "olderThan" | "inNext" => json!(self.dice.of(&DURATIONS).0),
                "startsWith" => {
                    let value = self.value(kind, pointer);
                    let length = self.dice.below(6);
                    json!(value.as_str().expect("it is text").chars().take(length).collect::<String>())
                }
                _ => self.value(kind, pointer),
            };
            if value.is_null() {
                all.insert("isNull".to_owned(), json!(true));
            } else {
                all.insert(operator.to_owned(), value);
            }
        }
        Value::Object(all)
    }

    /// A condition that compares no single value.
    fn condition(&mut self) -> (&'static str, Value) {
        let quantifier = *self.dice.of(&["some", "none"]);
        let all = [
            "locations",
            "remoteOpenTo",
            "salary",
            "salary",
            "facts",
            "org",
            "source",
            "isStale",
            "missedCrawls",
            "events",
        ];
        let key = *self.dice.of(if self.is_now { &all } else { &all[..7] });
        let condition = match key {
            "locations" => json!({ quantifier: self.place() }),
            "remoteOpenTo" => json!(self.dice.some(&["US", "DE", "JP", "BR", "AQ"], 2)),
            "isStale" => json!(self.dice.percent(50)),
            "salary" => self.salary(),
            "facts" => json!({ quantifier: self.fact() }),
            "missedCrawls" => json!({ *self.dice.of(&["eq", "gte", "lt", "ne"]): self.dice.below(3) }),
            "org" => match self.dice.below(if self.is_now { 3 } else { 2 }) {
                0 => json!({ "name": { "startsWith": self.dice.of(&["bo", "BOARD 1", "board-", "x"]) } }),
                1 => json!({ "jobs": { quantifier: { "status": { "eq": "CLOSED" } } } }),
                _ => json!({ "activeJobCount": { "gt": self.dice.below(40) } }),
            },
            "source" => match self.dice.below(if self.is_now { 3 } else { 2 }) {
                0 => json!({ "boardToken": { "in": self.dice.some(&["BOARD-0", "board-1", "Board-2", "none"], 3) } }),
                1 => json!({ "jobs": { quantifier: { "city": { "eq": "PARIS" } } } }),
                _ => json!({ "health": { "ne": "OK" }, "lastCrawledAt": { "newerThan": self.dice.of(&DURATIONS).0 } }),
            },
            _ => json!({ quantifier: self.event() }),
        };
        (key, condition)
    }

    fn place(&mut self) -> Value {
        let all = [
            ("city", json!({ "startsWith": "B" })),
            ("city", json!({ "eq": "PARIS" })),
            ("city", json!({ "isNull": true })),
            ("country", json!({ "in": ["US", "DE"] })),
            ("country", json!({ "ne": "US" })),
            ("country", json!({ "isNull": true })),
            ("regionCode", json!({ "isNull": false })),
            ("regionCode", json!({ "notIn": ["US-CA"] })),
            ("macro", json!({ "eq": "EMEA" })),
            ("macro", json!({ "ne": "EMEA" })),
            ("isRemote", json!(true)),
            ("isRemote", json!(false)),
            ("minConfidence", json!(0.9)),
            ("minConfidence", json!(0.5)),
            ("provenance", json!(["LOCATION_TEXT"])),
            ("provenance", json!([])),
        ];
        self.dice.some(&all, 3).into_iter().map(|(key, it)| (key.to_owned(), it)).collect::<Map<_, _>>().into()
    }

    fn salary(&mut self) -> Value {
        let money = |amount: &str, currency: &str, period: &str| json!({ "amount": amount, "currency": currency, "period": period });
        let all = [
            ("isDisclosed", json!(true)),
            ("isDisclosed", json!(false)),
            ("currency", json!({ "eq": "EUR" })),
            ("currency", json!({ "ne": "USD" })),
            ("currency", json!({ "isNull": true })),
            ("period", json!(["YEAR"])),
            ("period", json!(["HOUR", "MONTH", "WEEK", "DAY"])),
            ("period", json!([])),
            ("minConfidence", json!(0.0)),
            ("minConfidence", json!(0.7)),
            ("minConfidence", json!(0.95)),
            ("provenance", json!(["PROVIDER_FIELD"])),
            ("provenance", json!(["DESCRIPTION"])),
            ("atLeast", money("70000", "EUR", "YEAR")),
            ("atLeast", money("20.5", "USD", "HOUR")),
            ("atLeast", json!({ "amount": "0", "currency": "JPY" })),
            ("atMost", money("60000", "EUR", "YEAR")),
            ("atMost", money("10000", "USD", "MONTH")),
            ("atMost", money("9000.55", "GBP", "MONTH")),
        ];
        self.dice.some(&all, 2).into_iter().map(|(key, it)| (key.to_owned(), it)).collect::<Map<_, _>>().into()
    }

    fn fact(&mut self) -> Value {
        let fields =
            ["workplaceType", "salary", "employmentType", "contractTerm", "seniority", "function", "language", "none"];
        let mut fact = json!({ "field": self.dice.of(&fields) });
        match self.dice.below(4) {
            0 => fact["minConfidence"] = json!(0.9),
            1 => fact["provenance"] = json!(["DESCRIPTION", "TITLE"]),
            2 => fact["rule"] = json!("workplace.hashtag"),
            _ => {}
        }
        fact
    }

    fn event(&mut self) -> Value {
        match self.dice.below(5) {
            0 => json!({ "type": { "eq": self.dice.of(&["JOB_CLOSED", "JOB_REOPENED", "JOB_UPDATED"]) } }),
            1 => json!({ "seq": { "lt": self.dice.below(400).max(1).to_string() } }),
            2 => json!({ "observedAt": { "newerThan": self.dice.of(&DURATIONS).0 }, "cause": { "ne": "OPERATOR" } }),
            3 => json!({ "type": { "ne": "JOB_CREATED" }, "job": { "status": { "eq": "CLOSED" } } }),
            _ => json!({ "job": { "title": { "startsWith": "RUST" }, "workplaceType": { "isNull": true } } }),
        }
    }
}

/// Asks for one filter in every way, and compares with the plain reading of it.
pub(crate) async fn check(world: &World, known: &Known, filter: &Value, as_of: &str, case: &str) {
    let of = if as_of.is_empty() { String::new() } else { format!(", asOf: {as_of}") };
    let mut dice = Dice::new(SEED + u64::try_from(case.len()).expect("small"));
    let facets: Vec<_> = (0..6).map(|_| *dice.of(&FACETS)).collect();
    let fields: Vec<&str> = facets.iter().map(|it| it.0).collect();
    let facet = |name: &str, own: bool| {
        format!(
            "{name}: facets(fields: [{}], top: 100, includeOwnFilter: {own}) {{ field buckets {{ value count }} valueCount otherCount }}",
            fields.join(" ")
        )
    };
    let query = format!(
        "query ($filter: JobFilter, $after: String) {{ list: jobs(first: 100, after: $after, filter: $filter{of}) {{ nodes {{ jobId }} pageInfo {{ hasNextPage endCursor }} }} }}"
    );
    let rows = world.all(&query, &json!({ "filter": filter })).await;
    let mut found: Vec<&str> = rows.iter().filter_map(|it| it["jobId"].as_str()).collect();
    found.sort_unstable();
    let naive = known.of(filter);
    let mut expected: Vec<&str> = naive.iter().filter_map(|it| it["jobId"].as_str()).collect();
    expected.sort_unstable();
    assert_eq!(found, expected, "{case}");
    let query = format!(
        "query ($filter: JobFilter) {{ jobs(first: 0, filter: $filter{of}) {{ totalCount {} {} }} }}",
        facet("own", true),
        facet("others", false)
    );
    let counted = world.ask(&query, json!({ "filter": filter })).await;
    assert_eq!(counted["jobs"]["totalCount"], expected.len(), "{case}");
    for (index, (field, pointer, own)) in facets.iter().enumerate() {
        let others = without_own(filter, own, field);
        for (name, jobs) in [("own", naive.clone()), ("others", known.of(&others))] {
            let buckets = counted["jobs"][name][index]["buckets"].as_array().expect("it is a list");
            let shown = buckets.iter().map(|it| {
                (it["value"].as_str().unwrap_or_default().to_owned(), it["count"].as_i64().expect("a count"))
            });
            let divided = divided(&jobs, field, pointer);
            assert_eq!(counted["jobs"][name][index]["valueCount"], divided.len(), "{field} {name} {case}");
            let all: Vec<_> = shown.collect();
            if *field == "POSTED_DAY" {
                assert!(
                    all.windows(2).all(|it| it[1].0.is_empty() || it[0].0 > it[1].0),
                    "the latest day first: {all:?} {case}"
                );
            }
            assert_eq!(all.into_iter().collect::<BTreeMap<_, _>>(), divided, "{field} {name} {case}");
        }
    }
}

/// Asks for the jobs of all employers at once, which is another statement.
async fn check_by_org(world: &World, known: &Known, filter: &Value, case: &str) {
    let (field, pointer, _) = *Dice::new(SEED + u64::try_from(case.len()).expect("small")).of(&FACETS);
    let query = format!(
        "query ($filter: JobFilter) {{ orgs(first: 10) {{ nodes {{ orgId jobs(first: 100, filter: $filter) {{ totalCount nodes {{ jobId }} facets(fields: [{field}], top: 100, includeOwnFilter: true) {{ buckets {{ value count }} }} }} }} }} }}"
    );
    let answer = world.ask(&query, json!({ "filter": filter })).await;
    let naive = known.of(filter);
    for org in answer["orgs"]["nodes"].as_array().expect("it is a list") {
        let own: Vec<&Value> = naive.iter().filter(|it| it["orgId"] == org["orgId"]).copied().collect();
        let ids =
            |rows: &mut dyn Iterator<Item = &Value>| rows.map(|it| it["jobId"].to_string()).collect::<BTreeSet<_>>();
        let nodes = org["jobs"]["nodes"].as_array().expect("it is a list");
        assert_eq!(ids(&mut nodes.iter()), ids(&mut own.iter().copied()), "{case}");
        assert_eq!(org["jobs"]["totalCount"], own.len(), "{case}");
        let buckets = org["jobs"]["facets"][0]["buckets"].as_array().expect("it is a list");
        let shown =
            |it: &Value| (it["value"].as_str().unwrap_or_default().to_owned(), it["count"].as_i64().expect("a count"));
        let shown: BTreeMap<String, i64> = buckets.iter().map(shown).collect();
        assert_eq!(shown, divided(&own, field, pointer), "{field} {case}");
    }
}

async fn check_filters(backend: Backend) {
    static FIRST: OnceLock<Vec<Value>> = OnceLock::new();
    let world = World::of(backend, &History::new(SEED, 4).answers(26, 24)).await;
    let known = known(&world, "").await;
    assert!(known.jobs.len() > 120, "{} postings", known.jobs.len());
    for job in &known.jobs {
        let (at, on) = (job["postedAt"].as_str().expect("a time"), job["postedOn"].as_str().expect("a day"));
        assert!(at.starts_with(on), "{job}");
    }
    assert_eq!(*FIRST.get_or_init(|| known.jobs.clone()), known.jobs, "both databases know the same");
    for number in 0..FILTERS {
        let seed = SEED + u64::try_from(number).expect("small");
        let filter = Filters { dice: Dice::new(seed), known: &known, is_now: true }.draw();
        let case = format!("{backend}, seed {seed}: {filter}");
        check(&world, &known, &filter, "", &case).await;
        if number.is_multiple_of(4) {
            check_by_org(&world, &known, &filter, &case).await;
        }
    }
}

#[test]
fn random_filters_find_what_they_say_on_sqlite() {
    tokio::runtime::Runtime::new().expect("a runtime starts").block_on(check_filters(Backend::Sqlite));
}

#[test]
fn random_filters_find_what_they_say_on_postgres() {
    if backends().contains(&Backend::Postgres) {
        tokio::runtime::Runtime::new().expect("a runtime starts").block_on(check_filters(Backend::Postgres));
    }
}
