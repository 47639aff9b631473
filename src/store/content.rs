//! What postings say, by the event that wrote it: texts, facts, places and the words they are found by. A content never
//! changes, so that postings of the past read theirs where present ones do.

use std::collections::BTreeSet;

use entity::job_remote;
use sea_orm::{EntityTrait, IntoActiveModel};
use serde_json::Value;

use super::Writing;
use super::apply::JobRows;
use super::dialect::Dialect;
use super::error::StoreError;
use super::known::ROWS_PER_STATEMENT;
use super::row::read;
use super::rows::Rows;
use super::sql::Sql;
use crate::role;
use crate::search::Document;

/// Places that are searched by; a posting may have as many.
const PLACE_WORDS: usize = 50;
/// Texts that are read at once.
const TEXTS_PER_STATEMENT: i64 = 500;

/// The words that a content is found by, as its database keeps them.
#[derive(Clone, Debug)]
pub struct SearchText(pub(super) Vec<String>);

impl JobRows {
    /// Names the content by the event that wrote it.
    pub fn written_by(&mut self, seq: i64) {
        self.job.content_seq = seq;
        self.body.content_seq = seq;
        for place in &mut self.locations {
            place.content_seq = seq;
        }
    }

    /// Where remote work may be done from.
    pub(super) fn remote(&self) -> Vec<job_remote::Model> {
        let scope: Value =
            self.job.remote_scope.as_deref().and_then(|it| serde_json::from_str(it).ok()).unwrap_or_default();
        let listed = ["countryCodes", "macros"].into_iter().filter_map(|name| scope[name].as_array()).flatten();
        let mut codes: Vec<&str> = listed.filter_map(Value::as_str).collect();
        if scope["kind"] == "WORLDWIDE" {
            codes.push("WORLDWIDE");
        }
        codes.sort_unstable();
        codes.dedup();
        codes
            .into_iter()
            .map(|code| job_remote::Model { content_seq: self.job.content_seq, code: code.to_owned() })
            .collect()
    }

    /// The title as posted and, where there is one, in its normal form.
    fn titles(&self) -> String {
        let job = &self.job;
        [job.title.as_str(), &job.normalized_title].join(" ").trim_end().to_owned()
    }

    fn places(&self) -> String {
        let mut words: Vec<&str> = self.job.location_text.as_deref().into_iter().collect();
        for place in self.locations.iter().take(PLACE_WORDS) {
            words.extend([place.city.as_str(), &place.region, &place.country]);
        }
        words.join("; ")
    }

    /// The words that it is found by in such a database; `org_name` is its employer's.
    pub fn search_text(&self, org_name: &str, dialect: Dialect) -> SearchText {
        let (title, place) = (self.titles(), self.places());
        let document = Document {
            title: &title,
            org: org_name,
            department: &self.job.department,
            place: &place,
            description: self.description.as_ref().map_or("", |it| &it.text),
        };
        SearchText(dialect.word_texts(&document.index()))
    }
}

impl Writing {
    /// Completes the contents of a database from before: their words and remote scopes are derived here, not in SQL.
    pub(super) async fn complete_contents(&self) -> Result<(), StoreError> {
        let mut sql = Sql::new(self.dialect());
        sql.push("SELECT 1 FROM content_search LIMIT 1");
        if !self.reader().rows(sql).await?.is_empty() {
            return Ok(());
        }
        let mut sql = Sql::new(self.dialect());
        sql.push("SELECT job_id FROM job ORDER BY org_id, job_id");
        let rows = self.reader().rows(sql).await?;
        let ids = rows.iter().map(|row| read("job", row, 0)).collect::<Result<Vec<String>, _>>()?;
        for (index, chunk) in ids.chunks(ROWS_PER_STATEMENT).enumerate() {
            tracing::info!(done = index * ROWS_PER_STATEMENT, of = ids.len(), "indexing postings");
            let rows = self.job_rows(chunk).await?;
            let orgs: BTreeSet<String> = rows.iter().map(|row| row.job.org_id.clone()).collect();
            let orgs = self.orgs(&orgs.into_iter().collect::<Vec<_>>()).await?;
            let mut words = self.dialect().word_rows();
            for row in &rows {
                let org_name = orgs.get(&row.job.org_id).map_or("", |org| org.name.as_str());
                words.extend([row.job.content_seq]);
                words.extend(row.search_text(org_name, self.dialect()).0);
            }
            self.insert(words, "").await?;
            for row in &rows {
                self.complete_content(row).await?;
            }
        }
        Ok(())
    }

    async fn complete_content(&self, row: &JobRows) -> Result<(), StoreError> {
        let scope: Value =
            row.job.remote_scope.as_deref().and_then(|it| serde_json::from_str(it).ok()).unwrap_or_default();
        if let Some(kind) = scope["kind"].as_str() {
            for table in ["job", "job_version"] {
                let mut sql = Sql::new(self.dialect());
                sql.push(&format!("UPDATE {table} SET remote_scope_kind = ")).bind(kind.to_owned());
                sql.push(" WHERE content_seq = ").bind(row.job.content_seq);
                self.run(sql).await?;
            }
            for it in row.remote() {
                job_remote::Entity::insert(it.into_active_model()).exec_without_returning(self.transaction()).await?;
            }
        }
        // SQLite's own lower case knows no letters beyond ASCII.
        for place in row.locations.iter().filter(|place| place.city.to_lowercase() != place.city_key) {
            let mut sql = Sql::new(self.dialect());
            sql.push("UPDATE job_location SET city_key = ").bind(place.city.to_lowercase());
            sql.push(" WHERE content_seq = ").bind(place.content_seq);
            sql.push(" AND position = ").bind(i64::from(place.position));
            self.run(sql).await?;
        }
        Ok(())
    }

    /// Completes the roles of a database from before, of present and past states: their keys are derived here, not in SQL.
    pub(super) async fn complete_roles(&self) -> Result<(), StoreError> {
        let mut sql = Sql::new(self.dialect());
        sql.push("SELECT 1 FROM job_version WHERE role_key > '' LIMIT 1");
        if !self.reader().rows(sql).await?.is_empty() {
            return Ok(());
        }
        let mut after = 0;
        while let Some(last) = self.complete_roles_after(after).await? {
            tracing::info!(done = last, "telling the roles of postings");
            after = last;
        }
        // The event that wrote what a posting says began a state that says the same.
        let mut sql = Sql::new(self.dialect());
        sql.push("UPDATE job SET role_key = v.role_key FROM job_version v WHERE v.from_seq = job.content_seq");
        self.run(sql).await
    }

    /// The same for the next states that have a description; without one there is no role. Returns the last of them.
    async fn complete_roles_after(&self, seq: i64) -> Result<Option<i64>, StoreError> {
        let mut sql = Sql::new(self.dialect());
        sql.push("SELECT v.from_seq, v.title, d.text FROM job_version v");
        sql.push(" JOIN description d ON d.description_hash = v.description_hash WHERE v.from_seq > ").bind(seq);
        sql.push(" ORDER BY v.from_seq LIMIT ").push_number(TEXTS_PER_STATEMENT);
        let columns = ["from_seq", "role_key"].map(ToOwned::to_owned);
        let mut rows = Rows::new("job_version", columns.into()).cast(&["::bigint", "::text"]);
        let mut last = None;
        for row in self.reader().rows(sql).await? {
            let from_seq: i64 = read("job_version", &row, 0)?;
            let (title, text): (String, String) = (read("job_version", &row, 1)?, read("description", &row, 2)?);
            rows.extend([from_seq]);
            rows.extend([role::key(&title, &text)]);
            last = Some(from_seq);
        }
        self.each_portion(rows, |rows, count, dialect| {
            let listed = rows.listed(count, dialect);
            format!("UPDATE job_version SET role_key = t.column2 FROM ({listed}) AS t WHERE job_version.from_seq = t.column1")
        })
        .await?;
        Ok(last)
    }
}
