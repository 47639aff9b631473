//! Input that nobody has thought of: what comes from outside is bent at random, and must give an answer or an error, never
//! a panic, an internal error or a hang.
//!
//! `corpus/` holds what is bent; a folder each, read in full and unbent first. Questions are the golden ones of `tests/query`.
//! An input that fails is kept in the target folder: into the corpus with it, and mend. `FUZZ_SECONDS` says for how long each
//! target is tried (1 if not given), `FUZZ_SEED` begins elsewhere.

#[path = "../prop/dice.rs"]
mod dice;
#[path = "../support/mod.rs"]
mod support;

mod adapters;
mod bend;
mod corpus;
mod questions;
mod target;
mod texts;
