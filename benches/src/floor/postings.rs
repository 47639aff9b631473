//! Questions for postings.

use std::sync::Arc;

use anyhow::Context;
use axum::extract::{Query, State};
use serde::Deserialize;

use crate::database::{Bound, Database, Row, Statement};
use crate::json::{As, Member, object, open_object, value};
use crate::{Answer, Failed};

#[derive(Deserialize)]
pub(crate) struct ById {
    /// The id without its kind.
    pub(crate) id: String,
}

const WHOLE: Statement = Statement { postgres: WHOLE_SQL, sqlite: WHOLE_SQL };
const WHOLE_SQL: &str = "SELECT j.job_id, j.job_id, j.org_id, j.source_id, j.source_id, j.provider, j.provider, \
    j.provider_job_key, j.requisition_id, j.internal_job_key, j.title, j.normalized_title, j.status, j.status, \
    j.closed_reason, j.openings, j.source_url, j.apply_url, j.posted_at, j.posted_at, j.first_seen_at, \
    CASE WHEN c.crawl_id IS NULL THEN j.last_seen_at ELSE c.finished_at END, \
    CASE WHEN s.last_complete_at > j.last_checked_at THEN s.last_complete_at ELSE j.last_checked_at END, \
    j.last_changed_at, j.inactive_at, j.source_posted_at, j.source_updated_at, \
    j.application_deadline, j.content_hash, j.source_hash, j.normalized_hash, j.normalizer_version, \
    j.missed_crawls, j.location_text, j.city, j.region, j.country, j.country_code, j.department, \
    j.department_path, j.team, j.employment_type_raw, j.employment_type, j.contract_term, j.workplace_type, \
    j.remote_policy, j.salary_raw, j.salary_min, j.salary_max, j.salary_currency, j.salary_period, j.language, \
    r.uri, d.text, d.markdown, d.html \
    FROM job j JOIN source s ON s.source_id = j.source_id \
    LEFT JOIN crawl c ON c.source_id = j.source_id AND c.finished_at = s.last_complete_at \
    AND s.last_complete_at > j.last_seen_at AND j.status = 'ACTIVE' AND j.missed_crawls = 0 \
    LEFT JOIN description d ON d.description_hash = j.description_hash \
    LEFT JOIN raw_payload r ON r.sha256 = COALESCE(c.raw_sha256, j.raw_sha256) WHERE j.job_id = $1";
const WHOLE_MEMBERS: [Member; 56] = [
    ("id", As::Id("job")),
    ("jobId", As::Text),
    ("orgId", As::Text),
    ("sourceId", As::Text),
    ("boardId", As::Text),
    ("provider", As::Text),
    ("providerLabel", As::Label),
    ("providerJobKey", As::Text),
    ("requisitionId", As::OrNull),
    ("internalJobKey", As::OrNull),
    ("title", As::Text),
    ("normalizedTitle", As::OrNull),
    ("status", As::Text),
    ("active", As::Is("ACTIVE")),
    ("closedReason", As::OrNull),
    ("openings", As::Number),
    ("sourceUrl", As::OrNull),
    ("applyUrl", As::OrNull),
    ("postedAt", As::Time),
    ("postedOn", As::Day),
    ("firstSeenAt", As::Time),
    ("lastSeenAt", As::Time),
    ("lastCheckedAt", As::Time),
    ("lastChangedAt", As::Time),
    ("inactiveAt", As::TimeOrNull),
    ("sourcePostedAt", As::TimeOrNull),
    ("sourceUpdatedAt", As::TimeOrNull),
    ("applicationDeadline", As::TimeOrNull),
    ("contentHash", As::Text),
    ("sourceHash", As::Text),
    ("normalizedHash", As::Text),
    ("normalizerVersion", As::Number),
    ("missedCrawls", As::Number),
    ("locationText", As::OrNull),
    ("city", As::OrNull),
    ("region", As::OrNull),
    ("country", As::OrNull),
    ("countryCode", As::OrNull),
    ("department", As::OrNull),
    ("departmentPath", As::Json),
    ("team", As::OrNull),
    ("employmentTypeRaw", As::OrNull),
    ("employmentType", As::OrNull),
    ("contractTerm", As::OrNull),
    ("workplaceType", As::OrNull),
    ("remotePolicy", As::OrNull),
    ("salaryRaw", As::OrNull),
    ("salaryMin", As::OrNull),
    ("salaryMax", As::OrNull),
    ("salaryCurrency", As::OrNull),
    ("salaryPeriod", As::OrNull),
    ("language", As::OrNull),
    ("rawPayloadUri", As::OrNull),
    ("descriptionText", As::OrNull),
    ("descriptionMarkdown", As::OrNull),
    ("descriptionHtml", As::OrNull),
];

pub(crate) async fn whole(database: State<Arc<Database>>, by: Query<ById>) -> Result<Answer, Failed> {
    let mut out = br#"{"data":{"job":"#.to_vec();
    database.rows(&WHOLE, &[Bound::Text(&by.id)], |row| object(row, 0, &WHOLE_MEMBERS, &mut out)).await?;
    Ok(ended(out, "}}"))
}

const WITH_HISTORY: Statement = Statement { postgres: WITH_HISTORY_SQL, sqlite: WITH_HISTORY_SQL };
const WITH_HISTORY_SQL: &str = "SELECT j.job_id, j.title, j.status, j.posted_at, o.org_id, o.name, s.source_id, \
    s.provider, s.board_token, e.seq, e.event_type, e.observed_at \
    FROM job j JOIN org o ON o.org_id = j.org_id JOIN source s ON s.source_id = j.source_id \
    JOIN event e ON e.job_id = j.job_id WHERE j.job_id = $1 ORDER BY e.seq DESC LIMIT 10";
const POSTING: [Member; 4] = [("id", As::Id("job")), ("title", As::Text), ("status", As::Text), ("postedAt", As::Time)];
const ORG: [Member; 2] = [("id", As::Id("org")), ("name", As::Text)];
const SOURCE: [Member; 3] = [("id", As::Id("source")), ("provider", As::Text), ("boardToken", As::Text)];
const EVENT: [Member; 3] = [("seq", As::Digits), ("type", As::Text), ("observedAt", As::Time)];

pub(crate) async fn with_history(database: State<Arc<Database>>, by: Query<ById>) -> Result<Answer, Failed> {
    let mut out = br#"{"data":{"job":"#.to_vec();
    let mut is_first = true;
    let each = |row: &dyn Row| {
        if std::mem::take(&mut is_first) {
            open_object(row, 0, &POSTING, &mut out);
            out.extend_from_slice(br#","org":"#);
            object(row, 4, &ORG, &mut out);
            out.extend_from_slice(br#","source":"#);
            object(row, 6, &SOURCE, &mut out);
            out.extend_from_slice(br#","events":{"nodes":["#);
        } else {
            out.push(b',');
        }
        object(row, 9, &EVENT, &mut out);
    };
    database.rows(&WITH_HISTORY, &[Bound::Text(&by.id)], each).await?;
    Ok(ended(out, "]}}}}"))
}

const NEWEST: Statement = Statement { postgres: NEWEST_SQL, sqlite: NEWEST_SQL };
const NEWEST_SQL: &str = "SELECT j.job_id, j.title, j.location_text, j.posted_at, o.name, s.provider \
    FROM job j JOIN org o ON o.org_id = j.org_id JOIN source s ON s.source_id = j.source_id \
    WHERE j.status = 'ACTIVE' ORDER BY j.posted_at DESC, j.job_id DESC LIMIT 50";

pub(crate) async fn newest(database: State<Arc<Database>>) -> Result<Answer, Failed> {
    const LISTED: [Member; 4] =
        [("id", As::Id("job")), ("title", As::Text), ("locationText", As::OrNull), ("postedAt", As::Time)];
    let mut out = br#"{"data":{"jobs":{"nodes":["#.to_vec();
    let mut between = Between::default();
    let each = |row: &dyn Row| {
        between.write(&mut out);
        open_object(row, 0, &LISTED, &mut out);
        out.extend_from_slice(br#","org":"#);
        object(row, 4, &[("name", As::Text)], &mut out);
        out.extend_from_slice(br#","source":"#);
        object(row, 5, &[("provider", As::Text)], &mut out);
        out.push(b'}');
    };
    database.rows(&NEWEST, &[], each).await?;
    Ok(ended(out, "]}}}"))
}

const OF_EMPLOYERS: Statement = Statement {
    postgres: "SELECT o.org_id, o.name, j.job_id, j.title, j.posted_at, e.seq, e.event_type, e.observed_at \
        FROM (SELECT org_id, name, normalized_name FROM org ORDER BY normalized_name, org_id LIMIT 20) o \
        LEFT JOIN LATERAL (SELECT job_id, title, posted_at FROM job WHERE org_id = o.org_id AND status = 'ACTIVE' \
        ORDER BY posted_at DESC, job_id DESC LIMIT 5) j ON TRUE \
        LEFT JOIN LATERAL (SELECT seq, event_type, observed_at FROM event WHERE job_id = j.job_id \
        ORDER BY seq DESC LIMIT 2) e ON TRUE \
        ORDER BY o.normalized_name, o.org_id, j.posted_at DESC, j.job_id DESC, e.seq DESC",
    sqlite: "SELECT o.org_id, o.name, j.job_id, j.title, j.posted_at, e.seq, e.event_type, e.observed_at \
        FROM (SELECT org_id, name, normalized_name FROM org ORDER BY normalized_name, org_id LIMIT 20) o \
        LEFT JOIN job j ON j.job_id IN (SELECT job_id FROM job WHERE org_id = o.org_id AND status = 'ACTIVE' \
        ORDER BY posted_at DESC, job_id DESC LIMIT 5) \
        LEFT JOIN event e ON e.seq IN (SELECT seq FROM event WHERE job_id = j.job_id ORDER BY seq DESC LIMIT 2) \
        ORDER BY o.normalized_name, o.org_id, j.posted_at DESC, j.job_id DESC, e.seq DESC",
};

pub(crate) async fn of_employers(database: State<Arc<Database>>) -> Result<Answer, Failed> {
    const LISTED: [Member; 3] = [("id", As::Id("job")), ("title", As::Text), ("postedAt", As::Time)];
    let mut out = br#"{"data":{"orgs":{"nodes":["#.to_vec();
    let (mut org, mut job) = (String::new(), String::new());
    let each = |row: &dyn Row| {
        let (of_org, of_job) = (row.text(0).unwrap_or_default(), row.text(2).unwrap_or_default());
        if of_org != org {
            close(&mut job, "]}}", &mut out);
            close(&mut org, "]}},", &mut out);
            of_org.clone_into(&mut org);
            open_object(row, 0, &ORG, &mut out);
            out.extend_from_slice(br#","jobs":{"nodes":["#);
        }
        if of_job.is_empty() {
            return;
        }
        if of_job != job {
            close(&mut job, "]}},", &mut out);
            of_job.clone_into(&mut job);
            open_object(row, 2, &LISTED, &mut out);
            out.extend_from_slice(br#","events":{"nodes":["#);
        } else {
            out.push(b',');
        }
        object(row, 5, &EVENT, &mut out);
    };
    database.rows(&OF_EMPLOYERS, &[], each).await?;
    close(&mut job, "]}}", &mut out);
    close(&mut org, "]}}", &mut out);
    Ok(ended(out, "]}}}"))
}

/// Ends an object if one is open.
fn close(open: &mut String, end: &str, out: &mut Vec<u8>) {
    if !open.is_empty() {
        open.clear();
        out.extend_from_slice(end.as_bytes());
    }
}

#[derive(Deserialize)]
pub(crate) struct Place {
    /// When the last row was posted, and its id.
    after: Option<String>,
}

impl Place {
    /// What the rows come before in the order of the list; of the first page, the end of time.
    fn read(&self) -> anyhow::Result<(i64, &str)> {
        match self.after.as_deref() {
            None => Ok((i64::MAX, "")),
            Some(place) => {
                let (posted_at, job_id) = place.split_once('.').context("no place")?;
                Ok((posted_at.parse()?, job_id))
            }
        }
    }
}

const FILTERED: Statement = Statement { postgres: FILTERED_SQL, sqlite: FILTERED_SQL };
const FILTERED_SQL: &str = "SELECT j.job_id, j.title, j.city, j.workplace_type, j.salary_min, j.salary_max, \
    j.salary_currency, j.posted_at, j.posted_at FROM job j WHERE j.status = 'ACTIVE' \
    AND j.workplace_type IN ('HYBRID', 'REMOTE') AND (j.posted_at, j.job_id) < ($1, $2) \
    ORDER BY j.posted_at DESC, j.job_id DESC LIMIT 51";
/// The total is from the counts that the writer keeps.
const COUNTED: Statement = Statement { postgres: COUNTED_SQL, sqlite: COUNTED_SQL };
const COUNTED_SQL: &str = "SELECT j.job_id, j.title, j.city, j.workplace_type, j.salary_min, j.salary_max, \
    j.salary_currency, j.posted_at, (SELECT CAST(SUM(t.active) AS BIGINT) FROM rollup_total t \
    WHERE t.dimension = 'WORKPLACE_TYPE' AND t.value IN ('HYBRID', 'REMOTE')) FROM job j WHERE j.status = 'ACTIVE' \
    AND j.workplace_type IN ('HYBRID', 'REMOTE') AND (j.posted_at, j.job_id) < ($1, $2) \
    ORDER BY j.posted_at DESC, j.job_id DESC LIMIT 51";
const PAGE: usize = 50;

pub(crate) async fn filtered(database: State<Arc<Database>>, place: Query<Place>) -> Result<Answer, Failed> {
    page(&database, &place, &FILTERED, false).await
}

pub(crate) async fn counted(database: State<Arc<Database>>, place: Query<Place>) -> Result<Answer, Failed> {
    page(&database, &place, &COUNTED, true).await
}

async fn page(database: &Database, place: &Place, statement: &Statement, is_counted: bool) -> Result<Answer, Failed> {
    const LISTED: [Member; 8] = [
        ("id", As::Id("job")),
        ("title", As::Text),
        ("city", As::OrNull),
        ("workplaceType", As::OrNull),
        ("salaryMin", As::OrNull),
        ("salaryMax", As::OrNull),
        ("salaryCurrency", As::OrNull),
        ("postedAt", As::Time),
    ];
    let (posted_at, job_id) = place.read()?;
    let mut out = br#"{"data":{"jobs":{"nodes":["#.to_vec();
    let mut between = Between::default();
    let (mut rows, mut total, mut last) = (0, 0, String::new());
    let each = |row: &dyn Row| {
        rows += 1;
        if rows > PAGE {
            return;
        }
        between.write(&mut out);
        object(row, 0, &LISTED, &mut out);
        if rows == PAGE {
            last = format!("{}.{}", row.number(7).unwrap_or_default(), row.text(0).unwrap_or_default());
            total = row.number(8).unwrap_or_default();
        }
    };
    database.rows(statement, &[Bound::Number(posted_at), Bound::Text(job_id)], each).await?;
    out.push(b']');
    if is_counted {
        out.extend_from_slice(format!(r#","totalCount":{total},"totalCountIsExact":true"#).as_bytes());
    }
    out.extend_from_slice(format!(r#","pageInfo":{{"hasNextPage":{},"endCursor":"#, rows > PAGE).as_bytes());
    value(&last, &mut out);
    Ok(ended(out, "}}}}"))
}

/// Writes commas between, and none before the first.
#[derive(Default)]
pub(crate) struct Between(bool);

impl Between {
    pub(crate) fn write(&mut self, out: &mut Vec<u8>) {
        if std::mem::replace(&mut self.0, true) {
            out.push(b',');
        }
    }
}

pub(crate) fn ended(mut out: Vec<u8>, end: &str) -> Answer {
    out.extend_from_slice(end.as_bytes());
    Answer(out.into())
}
