//! API keys: their rows. Secrets never get here, only their hashes.

pub use entity::api_key::Column;

use entity::{ABSENT, api_key};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, QueryOrder,
};

use super::Store;
use super::error::StoreError;
use super::sql::Sql;

impl Store {
    /// All keys, revoked ones too, the oldest first.
    pub async fn api_keys(&self) -> Result<Vec<api_key::Model>, StoreError> {
        let all = api_key::Entity::find().order_by_asc(Column::CreatedAt).order_by_asc(Column::KeyId);
        Ok(all.all(&self.read.pool).await?)
    }

    /// The key whose secret has this hash, revoked or not.
    pub async fn api_key(&self, secret_hash: &str) -> Result<Option<api_key::Model>, StoreError> {
        let found = api_key::Entity::find().filter(Column::SecretHash.eq(secret_hash));
        Ok(found.one(&self.read.pool).await?)
    }

    /// Adds a key, unless there are `count_max` already that are neither revoked nor expired when it was made. Forgets those
    /// that were one of both before `forgotten`, UTC milliseconds since 1970.
    pub async fn add_api_key(&self, key: api_key::Model, count_max: u64, forgotten: i64) -> Result<bool, StoreError> {
        let transaction = self.begin_apart().await?;
        let lasting = Condition::any().add(Column::ExpiresAt.eq(ABSENT)).add(Column::ExpiresAt.gt(key.created_at));
        let valid = api_key::Entity::find().filter(Column::RevokedAt.eq(ABSENT)).filter(lasting);
        if valid.count(&transaction).await? >= count_max {
            return Ok(false);
        }
        let mut sql = Sql::new(self.dialect);
        sql.push("DELETE FROM api_key WHERE (revoked_at <> ").bind(ABSENT).push(" AND revoked_at < ").bind(forgotten);
        sql.push(") OR (expires_at <> ").bind(ABSENT).push(" AND expires_at < ").bind(forgotten).push(")");
        transaction.execute_raw(sql.into_statement()).await?;
        api_key::Entity::insert(key.into_active_model()).exec_without_returning(&transaction).await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Revokes a key at `now`, UTC milliseconds since 1970; false if there is none of this id that is not revoked.
    pub async fn revoke_api_key(&self, key_id: &str, now: i64) -> Result<bool, StoreError> {
        let mut sql = Sql::new(self.dialect);
        sql.push("UPDATE api_key SET revoked_at = ").bind(now).push(" WHERE key_id = ").bind(key_id);
        sql.push(" AND revoked_at = ").bind(ABSENT);
        self.change(sql).await
    }

    /// Notes that a key was used at `now`, UTC milliseconds since 1970, unless that is noted since `since`.
    pub async fn note_api_key_use(&self, key_id: &str, since: i64, now: i64) -> Result<bool, StoreError> {
        let mut sql = Sql::new(self.dialect);
        sql.push("UPDATE api_key SET last_used_at = ").bind(now).push(" WHERE key_id = ").bind(key_id);
        sql.push(" AND last_used_at < ").bind(since);
        self.change(sql).await
    }
}
