//! SQL that the program itself never would run.

use sea_orm::ConnectionTrait;

pub(crate) async fn execute(url: &str, statements: &[&str]) {
    let connection = sea_orm::Database::connect(url).await.expect("the database answers");
    for statement in statements {
        connection.execute_unprepared(statement).await.expect("it runs");
    }
    connection.close().await.expect("it closes");
}
