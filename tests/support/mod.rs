//! What test binaries share.

mod database;

pub(crate) use database::{Backend, Database, backends};
