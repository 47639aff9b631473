//! Runs over boards, and the answers they archived.

pub use entity::crawl::Column;
pub use entity::raw_payload::Column as RawColumn;

use std::collections::HashMap;

use entity::{raw_payload, source_answer};
use sea_orm::sea_query::OnConflict;
use sea_orm::{EntityTrait, IntoActiveModel};

use super::Store;
use super::error::StoreError;
use super::reader::Reader;
use super::row::{ColumnSet, Record};
use super::table::Table;

/// The table of runs.
pub struct Crawls;

impl Table for Crawls {
    type Column = Column;
    const NAME: &'static str = "crawl";
    const KEY: Self::Column = Column::CrawlId;
}

/// The table of archived answers.
pub struct RawPayloads;

impl Table for RawPayloads {
    type Column = RawColumn;
    const NAME: &'static str = "raw_payload";
    const KEY: Self::Column = RawColumn::Sha256;
}

impl Store {
    /// What a board answered last, if that was noted.
    pub async fn last_answer(&self, source_id: &str) -> Result<Option<source_answer::Model>, StoreError> {
        Ok(source_answer::Entity::find_by_id(source_id).one(&self.read.pool).await?)
    }

    /// Notes what a board answered last.
    pub async fn save_last_answer(&self, answer: source_answer::Model) -> Result<(), StoreError> {
        use source_answer::Column::{AnsweredAt, RawSha256, SourceId, Validators};
        let writing = self.begin().await?;
        let replacing = OnConflict::column(SourceId).update_columns([RawSha256, AnsweredAt, Validators]).to_owned();
        let insert = source_answer::Entity::insert(answer.into_active_model()).on_conflict(replacing);
        insert.exec_without_returning(writing.transaction()).await?;
        writing.commit().await
    }
}

impl Reader {
    /// The archived answer of this content.
    pub async fn raw_payload(&self, sha256: &str) -> Result<Option<raw_payload::Model>, StoreError> {
        Ok(self.raw_payloads(&[sha256.to_owned()]).await?.into_values().next())
    }

    /// The archived answers of these contents, by their hashes.
    pub async fn raw_payloads(&self, hashes: &[String]) -> Result<HashMap<String, raw_payload::Model>, StoreError> {
        let rows = self.load::<RawPayloads>(ColumnSet::all::<RawPayloads>(), RawColumn::Sha256, hashes).await?;
        let payload = |row: &Record| raw_payload::Model {
            sha256: row.text(RawColumn::Sha256).to_owned(),
            uri: row.text(RawColumn::Uri).to_owned(),
            archive_key: row.text(RawColumn::ArchiveKey).to_owned(),
            bytes: row.number(RawColumn::Bytes),
            fetched_at: row.number(RawColumn::FetchedAt),
        };
        Ok(rows.iter().map(|row| payload(row)).map(|it| (it.sha256.clone(), it)).collect())
    }
}
