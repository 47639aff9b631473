//! jobgraph: job boards as a graph.
//!
//! A question travels `http` → `plan` → `graphql` → `store`; a posting travels `ingest` → `store`;
//! an event leaves by `webhook`.
//! `docs/ARCHITECTURE.md` walks both ways.

pub mod access;
mod aside;
pub mod config;
pub mod error;
pub mod vocabulary;

pub mod export;
pub mod feed;
pub mod graphql;
pub mod http;
pub mod plan;
pub mod role;
pub mod search;
pub mod store;

pub mod ingest;

pub mod webhook;

pub mod demo;
pub mod generate;

pub mod cli;
