//! States of the past and counts: what follows from a run's events, written in the same commit.

use entity::job_version::NOW;
use sea_orm::Iterable;

use super::Writing;
use super::error::StoreError;
use super::job::Column;
use super::sql::Sql;
use super::table::name;

/// Milliseconds of a day.
const DAY: i64 = 86_400_000;

/// What postings are counted by, and the column of each; `ALL` counts everything.
pub const DIMENSIONS: [(&str, Option<Column>); 9] = [
    ("ALL", None),
    ("PROVIDER", Some(Column::Provider)),
    ("ORG", Some(Column::OrgId)),
    ("SOURCE", Some(Column::SourceId)),
    ("COUNTRY", Some(Column::CountryCode)),
    ("CITY", Some(Column::CityKey)),
    ("DEPARTMENT", Some(Column::DepartmentKey)),
    ("WORKPLACE_TYPE", Some(Column::WorkplaceType)),
    ("EMPLOYMENT_TYPE", Some(Column::EmploymentType)),
];

impl Writing {
    /// Keeps the postings of these events as they are stored now, and ends what they were before.
    pub async fn insert_versions(&self, seqs: &[i64]) -> Result<(), StoreError> {
        if seqs.is_empty() {
            return Ok(());
        }
        let mut sql = Sql::new(self.dialect());
        // An answer may come to be applied that is older than the rules' last reading of its posting.
        sql.push("UPDATE job_version SET until_seq = e.seq, until_at = CASE WHEN job_version.from_at > e.observed_at");
        sql.push(" THEN job_version.from_at ELSE e.observed_at END FROM event e WHERE e.seq");
        sql.member_of_numbers(seqs).push(" AND e.event_type <> 'JOB_CREATED' AND job_version.job_id = e.job_id");
        // Every present state ends so: SQLite must not look for one by that.
        let until = self.dialect().wide("job_version.until_seq");
        sql.push(&format!(" AND job_version.from_seq < e.seq AND {until} = ")).bind(NOW);
        self.run(sql).await?;
        let columns: Vec<&str> = Column::iter().map(name).collect();
        let of_job: Vec<String> = columns.iter().map(|column| format!("j.{column}")).collect();
        let mut sql = Sql::new(self.dialect());
        sql.push(&format!("INSERT INTO job_version ({}, from_seq, until_seq, from_at, until_at) ", columns.join(", ")));
        sql.push(&format!("SELECT {}, e.seq, ", of_job.join(", "))).bind(NOW);
        // The first state of a posting ends none, so that none is looked for.
        sql.push(", CASE WHEN e.event_type = 'JOB_CREATED' THEN e.observed_at ELSE COALESCE(");
        sql.push("(SELECT p.until_at FROM job_version p WHERE p.job_id = e.job_id AND p.until_seq = e.seq)");
        sql.push(", e.observed_at) END, ").bind(NOW);
        sql.push(" FROM event e JOIN job j ON j.job_id = e.job_id WHERE e.seq").member_of_numbers(seqs);
        self.run(sql).await
    }

    /// Adds what happened from the event `first` on to all counts.
    pub async fn count_events(&self, first: i64) -> Result<(), StoreError> {
        for (dimension, column) in DIMENSIONS {
            let value = column.map_or_else(|| "CAST('' AS TEXT)".to_owned(), |it| format!("v.{}", name(it)));
            self.run(self.totals(dimension, &value, first)).await?;
            self.run(self.days(dimension, &value, first)).await?;
            self.run(self.lifetimes(dimension, &value, first)).await?;
        }
        Ok(())
    }

    fn totals(&self, dimension: &str, value: &str, first: i64) -> Sql {
        let mut sql = Sql::new(self.dialect());
        sql.push("INSERT INTO rollup_total (dimension, value, active, total) SELECT ").bind(dimension.to_owned());
        sql.push(", moved.value, SUM(moved.active), SUM(moved.total) FROM (SELECT ").push(value);
        sql.push(" AS value, CASE WHEN v.status = 'ACTIVE' THEN 1 ELSE 0 END AS active, 1 AS total FROM job_version v");
        sql.push(" WHERE v.from_seq >= ").bind(first).push(" UNION ALL SELECT ").push(value);
        sql.push(", CASE WHEN v.status = 'ACTIVE' THEN -1 ELSE 0 END, -1 FROM job_version v WHERE v.until_seq >= ");
        sql.bind(first).push(" AND v.until_seq < ").bind(NOW).push(") AS moved WHERE TRUE GROUP BY moved.value");
        sql.push(
            " HAVING SUM(moved.active) <> 0 OR SUM(moved.total) <> 0 ON CONFLICT (dimension, value) DO UPDATE SET",
        );
        sql.push(" active = rollup_total.active + excluded.active, total = rollup_total.total + excluded.total");
        sql
    }

    fn days(&self, dimension: &str, value: &str, first: i64) -> Sql {
        let mut sql = Sql::new(self.dialect());
        sql.push("INSERT INTO rollup_day (dimension, value, day, created, updated, closed, reopened) SELECT ");
        sql.bind(dimension.to_owned()).push(", ").push(value).push(&format!(", e.observed_at / {DAY}"));
        for event_type in ["JOB_CREATED", "JOB_UPDATED", "JOB_CLOSED", "JOB_REOPENED"] {
            sql.push(&format!(", SUM(CASE WHEN e.event_type = '{event_type}' THEN 1 ELSE 0 END)"));
        }
        sql.push(" FROM event e JOIN job_version v ON v.from_seq = e.seq WHERE e.seq >= ").bind(first);
        sql.push(&format!(" GROUP BY {value}, e.observed_at / {DAY}"));
        sql.push(" ON CONFLICT (dimension, value, day) DO UPDATE SET created = rollup_day.created + excluded.created,");
        sql.push(" updated = rollup_day.updated + excluded.updated, closed = rollup_day.closed + excluded.closed,");
        sql.push(" reopened = rollup_day.reopened + excluded.reopened");
        sql
    }

    fn lifetimes(&self, dimension: &str, value: &str, first: i64) -> Sql {
        let days = format!("(e.observed_at - v.first_seen_at) / {DAY}");
        let mut sql = Sql::new(self.dialect());
        sql.push("INSERT INTO rollup_lifetime (dimension, value, days, closings) SELECT ").bind(dimension.to_owned());
        sql.push(&format!(", {value}, {days}, COUNT(*) FROM event e JOIN job_version v ON v.from_seq = e.seq"));
        sql.push(" WHERE e.event_type = 'JOB_CLOSED' AND e.seq >= ").bind(first);
        sql.push(&format!(" GROUP BY {value}, {days} ON CONFLICT (dimension, value, days)"));
        sql.push(" DO UPDATE SET closings = rollup_lifetime.closings + excluded.closings");
        sql
    }
}
