//! SQL that the program itself never would run.

use sea_orm::ConnectionTrait;

pub(crate) async fn execute(url: &str, sql: &str) {
    let connection = sea_orm::Database::connect(url).await.expect("the database answers");
    connection.execute_unprepared(sql).await.expect("it runs");
    connection.close().await.expect("it closes");
}
