//! Questions for counts, and for words.

use std::sync::Arc;

use anyhow::Context;
use axum::extract::{Query, State};
use serde::Deserialize;

use crate::database::{Bound, Database, Row, Statement};
use crate::json::{As, object, value};
use crate::postings::{Between, ById, ended};
use crate::{Answer, Failed};

const OF_ONE: Statement = Statement {
    postgres: "SELECT field, value, n, different FROM (SELECT field, value, n, \
        COUNT(*) OVER (PARTITION BY field) AS different, \
        ROW_NUMBER() OVER (PARTITION BY field ORDER BY n DESC, value) AS place FROM (SELECT \
        CASE WHEN GROUPING(status) = 0 THEN 1 WHEN GROUPING(provider) = 0 THEN 2 \
        WHEN GROUPING(country_code) = 0 THEN 3 WHEN GROUPING(department_key) = 0 THEN 4 \
        WHEN GROUPING(workplace_type) = 0 THEN 5 ELSE 6 END AS field, \
        COALESCE(status, provider, country_code, department_key, workplace_type, employment_type) AS value, \
        COUNT(*) AS n FROM job WHERE org_id = $1 GROUP BY GROUPING SETS \
        ((status), (provider), (country_code), (department_key), (workplace_type), (employment_type))) AS counted) \
        AS ranked WHERE place <= 10 ORDER BY field, place",
    sqlite: "WITH mine AS MATERIALIZED (SELECT status, provider, country_code, department_key, workplace_type, \
        employment_type FROM job WHERE org_id = $1), counted AS (\
        SELECT 1 AS field, status AS value, COUNT(*) AS n FROM mine GROUP BY status \
        UNION ALL SELECT 2, provider, COUNT(*) FROM mine GROUP BY provider \
        UNION ALL SELECT 3, country_code, COUNT(*) FROM mine GROUP BY country_code \
        UNION ALL SELECT 4, department_key, COUNT(*) FROM mine GROUP BY department_key \
        UNION ALL SELECT 5, workplace_type, COUNT(*) FROM mine GROUP BY workplace_type \
        UNION ALL SELECT 6, employment_type, COUNT(*) FROM mine GROUP BY employment_type) \
        SELECT field, value, n, different FROM (SELECT field, value, n, \
        COUNT(*) OVER (PARTITION BY field) AS different, \
        ROW_NUMBER() OVER (PARTITION BY field ORDER BY n DESC, value) AS place FROM counted) AS ranked \
        WHERE place <= 10 ORDER BY field, place",
};

/// From the counts that the writer keeps.
const OF_ALL: Statement = Statement { postgres: OF_ALL_SQL, sqlite: OF_ALL_SQL };
const OF_ALL_SQL: &str = "SELECT field, value, n, different FROM (SELECT field, value, n, \
    COUNT(*) OVER (PARTITION BY field) AS different, \
    ROW_NUMBER() OVER (PARTITION BY field ORDER BY n DESC, value) AS place FROM (\
    SELECT 1 AS field, 'ACTIVE' AS value, active AS n FROM rollup_total WHERE dimension = 'ALL' \
    UNION ALL SELECT 1, 'CLOSED', total - active FROM rollup_total WHERE dimension = 'ALL' \
    UNION ALL SELECT CASE dimension WHEN 'PROVIDER' THEN 2 WHEN 'COUNTRY' THEN 3 WHEN 'DEPARTMENT' THEN 4 \
    WHEN 'WORKPLACE_TYPE' THEN 5 ELSE 6 END, value, total FROM rollup_total \
    WHERE dimension IN ('PROVIDER', 'COUNTRY', 'DEPARTMENT', 'WORKPLACE_TYPE', 'EMPLOYMENT_TYPE')) AS counted \
    WHERE n > 0) AS ranked WHERE place <= 10 ORDER BY field, place";

pub(crate) async fn of_one(database: State<Arc<Database>>, by: Query<ById>) -> Result<Answer, Failed> {
    let mut out = br#"{"data":{"org":{"jobs":{"facets":["#.to_vec();
    facets(&database, &OF_ONE, &[Bound::Text(&by.id)], &mut out).await?;
    Ok(ended(out, "]}}}}"))
}

pub(crate) async fn of_all(database: State<Arc<Database>>) -> Result<Answer, Failed> {
    let mut out = br#"{"data":{"jobs":{"facets":["#.to_vec();
    facets(&database, &OF_ALL, &[], &mut out).await?;
    Ok(ended(out, "]}}}"))
}

async fn facets(
    database: &Database,
    statement: &Statement,
    bound: &[Bound<'_>],
    out: &mut Vec<u8>,
) -> Result<(), Failed> {
    const FIELDS: [&str; 6] = ["STATUS", "PROVIDER", "COUNTRY", "DEPARTMENT", "WORKPLACE_TYPE", "EMPLOYMENT_TYPE"];
    let mut field = 0;
    let each = |row: &dyn Row| {
        let of_field = row.number(0).unwrap_or_default();
        if field == of_field {
            out.push(b',');
        } else {
            out.extend_from_slice(if field == 0 { b"" } else { b"]}," });
            field = of_field;
            let name = usize::try_from(field - 1).ok().and_then(|it| FIELDS.get(it)).copied().unwrap_or_default();
            let different = row.number(3).unwrap_or_default();
            out.extend_from_slice(format!(r#"{{"field":"{name}","valueCount":{different},"buckets":["#).as_bytes());
        }
        object(row, 1, &[("value", As::OrNull), ("count", As::Number)], out);
    };
    database.rows(statement, bound, each).await?;
    out.extend_from_slice(if field == 0 { b"" } else { b"]}" });
    Ok(())
}

#[derive(Deserialize)]
pub(crate) struct Words {
    words: String,
}

/// Titles that match first, then headings, then the rest; of the same rank, the newest first.
const SEARCH: Statement = Statement {
    postgres: "SELECT j.job_id, j.title, found.rank FROM (SELECT content_seq, CASE WHEN document @@ $1::tsquery \
        THEN 3 WHEN document @@ $2::tsquery THEN 2 ELSE 1 END AS rank FROM content_search \
        WHERE document @@ $3::tsquery) AS found JOIN job j ON j.content_seq = found.content_seq \
        ORDER BY found.rank DESC, j.posted_at DESC, j.job_id DESC LIMIT 20",
    sqlite: "SELECT j.job_id, j.title, found.rank FROM (SELECT rowid AS content_seq, \
        CASE WHEN rowid IN (SELECT rowid FROM content_search WHERE content_search MATCH $1) THEN 3 \
        WHEN rowid IN (SELECT rowid FROM content_search WHERE content_search MATCH $2) THEN 2 ELSE 1 END AS rank \
        FROM content_search WHERE content_search MATCH $3) AS found \
        JOIN job j ON j.content_seq = found.content_seq \
        ORDER BY found.rank DESC, j.posted_at DESC, j.job_id DESC LIMIT 20",
};

pub(crate) async fn search(database: State<Arc<Database>>, asked: Query<Words>) -> Result<Answer, Failed> {
    let words: Vec<&str> = asked.words.split(' ').collect();
    words.first().context("no words")?;
    let [title, heading, all] = match &**database {
        Database::Postgres(_) => [":A", ":AB", ""]
            .map(|weights| words.iter().map(|word| format!("'{word}'{weights}")).collect::<Vec<_>>().join(" & ")),
        _ => {
            let all = words.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(" AND ");
            [format!("{{title}} : ({all})"), format!("{{title org department place}} : ({all})"), all]
        }
    };
    let mut out = br#"{"data":{"jobs":{"edges":["#.to_vec();
    let mut between = Between::default();
    let each = |row: &dyn Row| {
        between.write(&mut out);
        out.extend_from_slice(br#"{"score":"#);
        let score = row.number(2).and_then(|rank| u8::try_from(rank).ok()).map(|rank| f64::from(rank) / 3.0);
        value(&score, &mut out);
        out.extend_from_slice(br#","node":"#);
        object(row, 0, &[("id", As::Id("job")), ("title", As::Text)], &mut out);
        out.push(b'}');
    };
    database.rows(&SEARCH, &[Bound::Text(&title), Bound::Text(&heading), Bound::Text(&all)], each).await?;
    Ok(ended(out, "]}}}"))
}
