//! What must hold of any data: random boards, filters, moments and searches, against evaluators that are plain to see.
//!
//! Everything is drawn from fixed seeds; what fails names its seed and its case.

#[path = "../support/mod.rs"]
mod support;

mod dice;
mod documents;
mod filters;
mod history;
mod naive;
mod past;
mod rollups;
mod searches;
mod world;
