//! Runs over boards, and the answers they archived.

pub use entity::crawl::Column;
pub use entity::raw_payload::Column as RawColumn;

use entity::raw_payload;

use super::error::StoreError;
use super::reader::Reader;
use super::row::ColumnSet;
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

impl Reader {
    /// The archived answer of this content.
    pub async fn raw_payload(&self, sha256: &str) -> Result<Option<raw_payload::Model>, StoreError> {
        let keys = [sha256.to_owned()];
        let rows = self.load::<RawPayloads>(ColumnSet::all::<RawPayloads>(), RawColumn::Sha256, &keys).await?;
        let found = rows.into_iter().next();
        Ok(found.map(|row| raw_payload::Model {
            sha256: row.text(RawColumn::Sha256).to_owned(),
            uri: row.text(RawColumn::Uri).to_owned(),
            archive_key: row.text(RawColumn::ArchiveKey).to_owned(),
            bytes: row.number(RawColumn::Bytes),
            fetched_at: row.number(RawColumn::FetchedAt),
        }))
    }
}
