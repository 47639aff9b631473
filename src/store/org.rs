//! Employers: the table, and how boards go from one to another.

pub use entity::org::Column;

use std::collections::HashMap;

use entity::{org, org_alias};
use sea_orm::{EntityTrait, QueryOrder};

use super::error::StoreError;
use super::reader::Reader;
use super::row::read;
use super::rows::Rows;
use super::sql::Sql;
use super::table::{Past, Table};
use super::{Store, Writing};

/// Every table whose rows name the employer of a board, by the board.
const OF_BOARDS: [&str; 4] = ["source", "job", "job_version", "event"];
/// The writer's counts, and what each adds up, by employer and by board.
const COUNTS: [(&str, &[&str], &[&str]); 3] = [
    ("rollup_total", &[], &["active", "total"]),
    ("rollup_day", &["day"], &["created", "updated", "closed", "reopened"]),
    ("rollup_lifetime", &["days"], &["closings"]),
];

/// The table of employers.
pub struct Orgs;

impl Table for Orgs {
    type Column = Column;
    const NAME: &'static str = "org";
    const KEY: Self::Column = Column::OrgId;
    const PAST: Past<Self::Column> = Past::Begun { at: Column::FirstSeenAt };
    const PASSING: &'static [Self::Column] = &[Column::LastSeenAt, Column::ActiveJobCount, Column::JobCount];
}

/// Writes the condition that `column` names one of these employers, or one that they were joined into.
pub(super) fn write_is_one_of(column: &str, ids: &[String], sql: &mut Sql) {
    sql.push(column);
    let dialect = sql.dialect();
    if let [id] = ids {
        let id = sql.placeholder(id.as_str());
        sql.push(&format!(" = COALESCE((SELECT a.org_id FROM org_alias a WHERE a.alias_id = {id}), {id})"));
        return;
    }
    let parents = sql.parents(ids);
    let now = format!(
        "SELECT COALESCE(a.org_id, parent.value) FROM {parents} LEFT JOIN org_alias a ON a.alias_id = parent.value"
    );
    sql.push(" ").push(&dialect.is_selected(&now));
}

/// Writes the condition that `column` names an employer of one of these short names, or one that the employers of these
/// names were joined into.
pub(super) fn write_is_called(column: &str, slugs: &[String], sql: &mut Sql) {
    sql.push(column);
    let dialect = sql.dialect();
    let is_member = sql.member(slugs);
    let of_now = format!("SELECT o.org_id FROM org o WHERE o.slug {is_member}");
    let of_joined = format!("SELECT a.org_id FROM org_alias a WHERE a.alias_id {is_member}");
    if slugs.len() == 1 {
        // No row has this id; without it, nothing would be what is not of an unknown employer.
        sql.push(&format!(" = COALESCE(({of_now}), ({of_joined}), '-')"));
    } else {
        sql.push(" ").push(&dialect.is_selected(&format!("{of_now} UNION ALL {of_joined}")));
    }
}

impl Store {
    /// All employers, by name.
    pub async fn orgs(&self) -> Result<Vec<org::Model>, StoreError> {
        let all = org::Entity::find().order_by_asc(Column::NormalizedName).order_by_asc(Column::OrgId);
        Ok(all.all(&self.read.pool).await?)
    }
}

impl Reader {
    /// The employers that these ids and slugs of others, which were joined into them, lead to.
    pub async fn org_aliases(&self, aliases: &[String]) -> Result<HashMap<String, String>, StoreError> {
        if aliases.is_empty() {
            return Ok(HashMap::new());
        }
        let mut sql = self.sql();
        sql.push("SELECT a.alias_id, a.org_id FROM org_alias a WHERE a.alias_id").member_of(aliases);
        let rows = self.rows(sql).await?;
        rows.iter().map(|row| Ok((read("org_alias", row, 0)?, read("org_alias", row, 1)?))).collect()
    }
}

impl Writing {
    /// Gives boards to an employer: their postings, all states of these, and their events, past ones too.
    pub async fn move_boards(&self, source_ids: &[String], org_id: &str) -> Result<(), StoreError> {
        for table in OF_BOARDS {
            let mut sql = Sql::new(self.dialect());
            sql.push(&format!("UPDATE {table} SET org_id = ")).bind(org_id.to_owned());
            sql.push(" WHERE source_id").member_of(source_ids);
            self.run(sql).await?;
        }
        Ok(())
    }

    /// Counts employers anew, as the sum of their boards.
    pub async fn recount_orgs(&self, org_ids: &[String]) -> Result<(), StoreError> {
        for (table, keys, sums) in COUNTS {
            let mut sql = Sql::new(self.dialect());
            sql.push(&format!("DELETE FROM {table} WHERE dimension = 'ORG' AND value")).member_of(org_ids);
            self.run(sql).await?;
            let listed =
                |columns: &[&str], form: fn(&str) -> String| columns.iter().map(|it| form(it)).collect::<String>();
            let columns = listed(keys, |it| format!(", {it}")) + &listed(sums, |it| format!(", {it}"));
            let read = listed(keys, |it| format!(", r.{it}")) + &listed(sums, |it| format!(", SUM(r.{it})"));
            let by = listed(keys, |it| format!(", r.{it}"));
            let mut sql = Sql::new(self.dialect());
            sql.push(&format!(
                "INSERT INTO {table} (dimension, value{columns}) SELECT CAST('ORG' AS TEXT), s.org_id{read}"
            ));
            sql.push(&format!(" FROM source s JOIN {table} r ON r.dimension = 'SOURCE' AND r.value = s.source_id"));
            sql.push(" WHERE s.org_id").member_of(org_ids).push(&format!(" GROUP BY s.org_id{by}"));
            self.run(sql).await?;
        }
        self.count_jobs(&[], org_ids).await
    }

    /// Forgets an employer that has no board any more; `into` answers to its id and slug, and to whatever it answered to.
    /// Filters of webhooks go on naming the one that is gone, so that they are right again when it is split off.
    pub async fn replace_org(&self, old: &org::Model, into: &str) -> Result<(), StoreError> {
        let mut sql = Sql::new(self.dialect());
        sql.push("UPDATE org_alias SET org_id = ").bind(into.to_owned());
        sql.push(" WHERE org_id = ").bind(old.org_id.clone());
        self.run(sql).await?;
        self.add_aliases(&[old.org_id.clone(), old.slug.clone()], into).await?;
        let mut sql = Sql::new(self.dialect());
        sql.push("DELETE FROM org WHERE org_id = ").bind(old.org_id.clone());
        self.run(sql).await
    }

    async fn add_aliases(&self, aliases: &[String], org_id: &str) -> Result<(), StoreError> {
        let mut rows = Rows::of::<org_alias::Entity>();
        for alias_id in aliases {
            rows.push(org_alias::Model { alias_id: alias_id.clone(), org_id: org_id.to_owned() });
        }
        self.insert(rows, " ON CONFLICT (alias_id) DO UPDATE SET org_id = excluded.org_id").await
    }

    /// Lets no employer answer to these any more.
    pub async fn remove_aliases(&self, aliases: &[String]) -> Result<(), StoreError> {
        let mut sql = Sql::new(self.dialect());
        sql.push("DELETE FROM org_alias WHERE alias_id").member_of(aliases);
        self.run(sql).await
    }
}
