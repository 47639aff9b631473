//! A posting. Wide texts and JSON are in `job_body` and `description`, places in `job_location`, past states in
//! `job_version`.

use sea_orm::entity::prelude::*;

use crate::Ordinal;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "job")]
pub struct Model {
    /// 40 hex digits.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub job_id: String,
    #[sea_orm(column_type = "Text")]
    pub org_id: String,
    #[sea_orm(column_type = "Text")]
    pub source_id: String,
    #[sea_orm(column_type = "Text")]
    pub provider: String,
    #[sea_orm(column_type = "Text")]
    pub provider_job_key: String,
    #[sea_orm(column_type = "Text")]
    pub requisition_id: String,
    #[sea_orm(column_type = "Text")]
    pub internal_job_key: String,
    #[sea_orm(column_type = "Text")]
    pub title: String,
    /// `title` in lower case, by which titles sort alike on both databases.
    #[sea_orm(column_type = "Text")]
    pub title_key: String,
    #[sea_orm(column_type = "Text")]
    pub normalized_title: String,
    #[sea_orm(column_type = "Text")]
    pub status: String,
    #[sea_orm(column_type = "Text")]
    pub closed_reason: String,
    pub openings: i32,
    #[sea_orm(column_type = "Text", nullable)]
    pub location_text: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub city: String,
    #[sea_orm(column_type = "Text")]
    pub city_key: String,
    #[sea_orm(column_type = "Text")]
    pub region: String,
    #[sea_orm(column_type = "Text")]
    pub region_code: String,
    #[sea_orm(column_type = "Text")]
    pub country: String,
    #[sea_orm(column_type = "Text")]
    pub country_code: String,
    #[sea_orm(column_type = "Text")]
    pub department: String,
    #[sea_orm(column_type = "Text")]
    pub department_key: String,
    /// JSON list, root first.
    #[sea_orm(column_type = "Text")]
    pub department_path: String,
    #[sea_orm(column_type = "Text")]
    pub team: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub employment_type_raw: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub employment_type: String,
    #[sea_orm(column_type = "Text")]
    pub contract_term: String,
    #[sea_orm(column_type = "Text")]
    pub workplace_type: String,
    #[sea_orm(column_type = "Text")]
    pub remote_policy: String,
    /// JSON.
    #[sea_orm(column_type = "Text", nullable)]
    pub remote_scope: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub salary_raw: Option<String>,
    /// Decimal text.
    #[sea_orm(column_type = "Text", nullable)]
    pub salary_min: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub salary_max: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub salary_currency: String,
    #[sea_orm(column_type = "Text")]
    pub salary_period: String,
    #[sea_orm(column_type = "Text")]
    pub salary_provenance: String,
    /// Percent.
    pub salary_confidence: i32,
    /// Whole units a year.
    pub salary_annual_min: i64,
    /// Whole units a year.
    pub salary_annual_max: i64,
    #[sea_orm(column_type = "Text")]
    pub source_url: String,
    #[sea_orm(column_type = "Text")]
    pub apply_url: String,
    #[sea_orm(column_type = "Text")]
    pub language: String,
    /// The source's time of posting, else the first sight; what lists are ordered by.
    pub posted_at: i64,
    pub source_posted_at: Option<i64>,
    pub source_updated_at: i64,
    pub application_deadline: i64,
    pub first_seen_at: i64,
    /// The last crawl that noted it in this row. While it is active and not missed, the board's `last_complete_at` tells of a
    /// later one.
    pub last_seen_at: i64,
    /// The same, of crawls that saw it or proved it absent; the board's `last_complete_at` may be later.
    pub last_checked_at: i64,
    pub last_changed_at: i64,
    pub inactive_at: i64,
    pub missed_crawls: i32,
    pub first_missed_at: i64,
    /// JSON.
    #[sea_orm(column_type = "Text", nullable)]
    pub closure_evidence: Option<String>,
    /// The number of the job's latest event.
    pub job_seq: i32,
    #[sea_orm(column_type = "Text")]
    pub content_hash: String,
    #[sea_orm(column_type = "Text")]
    pub source_hash: String,
    #[sea_orm(column_type = "Text")]
    pub normalized_hash: String,
    pub normalizer_version: i32,
    /// Key into `description`.
    #[sea_orm(column_type = "Text", nullable)]
    pub description_hash: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub description_text_hash: Option<String>,
    /// Of the answer of `last_seen_at`.
    #[sea_orm(column_type = "Text")]
    pub raw_sha256: String,
    /// The event that wrote the present content: the key of `job_body`, `job_location` and `job_remote`.
    pub content_seq: i64,
    /// The kind in `remote_scope`.
    #[sea_orm(column_type = "Text")]
    pub remote_scope_kind: String,
    #[sea_orm(column_type = "Text")]
    pub seniority: String,
    #[sea_orm(column_type = "Text")]
    pub function: String,
    /// Names the role that it offers by its title and its words; `''` when there are too few of them.
    #[sea_orm(column_type = "Text")]
    pub role_key: String,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Ordinal for Column {
    fn ordinal(self) -> usize {
        self as usize
    }

    fn is_of_board(self) -> bool {
        matches!(self, Self::LastSeenAt | Self::LastCheckedAt | Self::RawSha256)
    }
}
