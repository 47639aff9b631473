//! The changes of the tables, in order. `README.md` tells how to write one.

use sea_orm_migration::{MigrationTrait, MigratorTrait};

mod sql;

mod m20261123_1_graph;
mod m20261123_2_time;
mod m20261123_3_webhook;
mod m20261124_4_past_slices;
mod m20261125_5_titles;
mod m20261125_6_fetching;
mod m20261125_7_orgs;
mod m20261125_8_roles;
mod m20261126_10_deferred_indexes;
mod m20261126_11_checked_by_board;
mod m20261126_9_api_keys;

pub use sea_orm_migration::{MigrationStatus, MigratorTrait as Migrations};

/// Applies and takes back the changes.
pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261123_1_graph::Migration),
            Box::new(m20261123_2_time::Migration),
            Box::new(m20261123_3_webhook::Migration),
            Box::new(m20261124_4_past_slices::Migration),
            Box::new(m20261125_5_titles::Migration),
            Box::new(m20261125_6_fetching::Migration),
            Box::new(m20261125_7_orgs::Migration),
            Box::new(m20261125_8_roles::Migration),
            Box::new(m20261126_10_deferred_indexes::Migration),
            Box::new(m20261126_9_api_keys::Migration),
            Box::new(m20261126_11_checked_by_board::Migration),
        ]
    }
}
