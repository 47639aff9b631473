//! Postings of one role: which belong to a posting's list of them, and what they have in common with it.
//!
//! Nothing is stored of a pair. Rows have the key of their role, by which an index finds the others; what two of them
//! have in common follows from their own columns, now as at any moment of the past.

use std::collections::HashMap;

use super::error::StoreError;
use super::job::Jobs;
use super::reader::Reader;
use super::row::read;
use super::scope::{AsOf, Scope};
use super::sql::Sql;
use super::table::{Table, name};
use crate::vocabulary::RoleRelation;

/// Milliseconds between the last sight of a posting and the first of the next one that count as soon: 90 days.
const SOON_MS: i64 = 90 * 86_400_000;

/// Which rows belong to a parent.
#[derive(Clone, Copy, Debug)]
pub enum Belonging<C> {
    /// Those whose column is the parent's key.
    Column(C),
    /// The other postings of the role of the posting that the key names.
    Role(Relations),
}

/// How the postings of a list may relate to the one it belongs to: a set of `RoleRelation`s.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Relations(u8);

/// What two postings of a role have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signs(i64);

impl Signs {
    pub const SAME_BOARD: Self = Self(1);
    pub const SAME_ORG: Self = Self(2);
    pub const SAME_PLACE: Self = Self(4);
    /// One had left its board before the other came.
    pub const SUCCESSIVE: Self = Self(8);
    /// The other came within 90 days.
    pub const SOON: Self = Self(16);
    /// Their texts are equal in digits and signs too.
    pub const SAME_TEXT: Self = Self(32);
    pub const SAME_REQUISITION: Self = Self(64);
    pub const BOTH_ACTIVE: Self = Self(128);
    /// One provider's own id names both.
    pub const SAME_KEY: Self = Self(256);

    /// As they stand in a row in the place of its rank.
    pub fn of(rank: i64) -> Self {
        Self(rank)
    }

    pub fn have(self, sign: Self) -> bool {
        self.0 & sign.0 != 0
    }

    pub fn relation(self) -> RoleRelation {
        match (self.have(Self::SAME_BOARD), self.have(Self::SAME_PLACE), self.have(Self::SUCCESSIVE)) {
            (false, ..) => RoleRelation::CrossPost,
            (true, false, _) => RoleRelation::MultiLocation,
            (true, true, true) => RoleRelation::Repost,
            (true, true, false) => RoleRelation::SamePosting,
        }
    }
}

impl Relations {
    pub const ALL: Self = Self(0b1111);

    pub fn of(relations: &[RoleRelation]) -> Self {
        Self(relations.iter().fold(0, |set, relation| set | bit(*relation)))
    }

    /// Writes the condition that the posting `k` relates so to the posting `p`, with the `AND` after it.
    fn write(self, k: &str, sql: &mut Sql) {
        if self == Self::ALL {
            return;
        }
        let (board, place, successive) = (same_board(k), same_place(k), successive(k));
        let conditions = [
            (RoleRelation::SamePosting, format!("{board} AND {place} AND NOT {successive}")),
            (RoleRelation::Repost, format!("{board} AND {place} AND {successive}")),
            (RoleRelation::CrossPost, format!("NOT {board}")),
            (RoleRelation::MultiLocation, format!("{board} AND NOT {place}")),
        ];
        let wanted = conditions.iter().filter(|(relation, _)| self.0 & bit(*relation) != 0);
        let wanted: Vec<String> = wanted.map(|(_, condition)| format!("({condition})")).collect();
        let any = if wanted.is_empty() { "FALSE".to_owned() } else { wanted.join(" OR ") };
        sql.push(&format!("({any}) AND "));
    }

    /// Names the set, for cursors to be bound to.
    pub fn fingerprint(self) -> u8 {
        self.0
    }
}

fn bit(relation: RoleRelation) -> u8 {
    match relation {
        RoleRelation::SamePosting => 1,
        RoleRelation::Repost => 2,
        RoleRelation::CrossPost => 4,
        RoleRelation::MultiLocation => 8,
    }
}

fn same_board(k: &str) -> String {
    format!("{k}.source_id = p.source_id")
}

/// The same primary place where one was understood, else the same words.
fn same_place(k: &str) -> String {
    format!(
        "(COALESCE({k}.location_text, '') = COALESCE(p.location_text, '') OR ({k}.city_key = p.city_key AND \
         p.city_key <> '' AND {k}.region_code = p.region_code AND {k}.country_code = p.country_code))"
    )
}

/// `last_seen_at` of a closed posting stays, so that this is known at any moment. When it was found missing says less:
/// its successor had come by then.
fn successive(k: &str) -> String {
    format!(
        "((p.status = 'CLOSED' AND p.last_seen_at < {k}.first_seen_at) OR ({k}.status = 'CLOSED' AND \
         {k}.last_seen_at < p.first_seen_at))"
    )
}

/// What the posting `k` has in common with the posting `p`, as a number.
pub(super) fn signs(k: &str) -> String {
    let soon = format!(
        "((p.status = 'CLOSED' AND {k}.first_seen_at - p.last_seen_at BETWEEN 1 AND {SOON_MS}) OR \
         ({k}.status = 'CLOSED' AND p.first_seen_at - {k}.last_seen_at BETWEEN 1 AND {SOON_MS}))"
    );
    let signs = [
        (Signs::SAME_BOARD, same_board(k)),
        (Signs::SAME_ORG, format!("{k}.org_id = p.org_id")),
        (Signs::SAME_PLACE, same_place(k)),
        (Signs::SUCCESSIVE, successive(k)),
        (Signs::SOON, soon),
        (Signs::SAME_TEXT, format!("{k}.description_text_hash = p.description_text_hash")),
        (Signs::SAME_REQUISITION, format!("{k}.requisition_id = p.requisition_id AND p.requisition_id <> ''")),
        (Signs::SAME_KEY, format!("{k}.provider = p.provider AND {k}.provider_job_key = p.provider_job_key")),
        (Signs::BOTH_ACTIVE, format!("{k}.status = 'ACTIVE' AND p.status = 'ACTIVE'")),
    ];
    let sign = |(sign, condition): &(Signs, String)| format!("CASE WHEN {condition} THEN {} ELSE 0 END", sign.0);
    signs.iter().map(sign).collect::<Vec<_>>().join(" + ")
}

impl<C: entity::Ordinal> Belonging<C> {
    pub(super) fn column(self) -> Option<C> {
        if let Self::Column(column) = self { Some(column) } else { None }
    }

    pub(super) fn is_role(self) -> bool {
        matches!(self, Self::Role(_))
    }

    /// Writes what stands behind the table `parent`: the posting `p` that it names.
    pub(super) fn write_join(self, scope: &Scope, sql: &mut Sql) {
        if self.is_role() {
            let table = scope.table::<Jobs>();
            sql.push(&format!(" JOIN {table} p ON p.job_id = parent.value AND "));
            scope.write_standing::<Jobs>("p", sql);
            sql.push("p.role_key <> ''");
        }
    }

    /// Writes the condition that the row `k` belongs to a posting `p` which meets `members`, with the `AND` after it.
    pub(super) fn write_of_parents(self, members: &str, scope: &Scope, k: &str, sql: &mut Sql) {
        sql.push(&format!("p.job_id {members} AND p.role_key <> '' AND "));
        scope.write_standing::<Jobs>("p", sql);
        self.write_condition(k, sql);
    }

    /// Writes the condition that the row `k` belongs to the parent, with the `AND` after it.
    pub(super) fn write_condition(self, k: &str, sql: &mut Sql) {
        match self {
            Self::Column(column) => {
                sql.push(&format!("{k}.{} = parent.value AND ", name(column)));
            }
            Self::Role(relations) => {
                sql.push(&format!("{k}.role_key = p.role_key AND {k}.job_id <> p.job_id AND "));
                relations.write(k, sql);
            }
        }
    }

    /// Names the list of a parent, for its cursors to be bound to. The column too: a city and a department may have one
    /// name.
    pub fn place(self, parent: &str) -> String {
        match self {
            Self::Column(column) => format!("{column:?}={parent}"),
            Self::Role(relations) => format!("role{}={parent}", relations.fingerprint()),
        }
    }
}

impl Reader {
    /// When each of these postings or an earlier one of its role was first seen on its board for its place.
    pub async fn roles_first_seen(
        &self,
        as_of: Option<AsOf>,
        jobs: &[String],
    ) -> Result<HashMap<String, i64>, StoreError> {
        let scope = Scope::at(as_of);
        let mut sql = self.sql();
        let parents = sql.parents(jobs);
        let table = scope.table::<Jobs>();
        sql.push(&format!("SELECT parent.value, (SELECT MIN(k.first_seen_at) FROM {table} k WHERE "));
        scope.write_standing::<Jobs>("k", &mut sql);
        sql.push(&format!("k.role_key = p.role_key AND {} AND {}) FROM {parents}", same_board("k"), same_place("k")));
        Belonging::<<Jobs as Table>::Column>::Role(Relations::ALL).write_join(&scope, &mut sql);
        let rows = self.rows(sql).await?;
        rows.iter().map(|row| Ok((read(Jobs::NAME, row, 0)?, read(Jobs::NAME, row, 1)?))).collect()
    }
}
