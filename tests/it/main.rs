//! Everything that is no golden query and needs no real answers.

#[path = "../support/raw.rs"]
mod raw;
#[path = "../support/readers.rs"]
mod readers;
#[path = "../support/mod.rs"]
mod support;

mod access;
mod again;
mod answers;
mod codes;
mod connections;
mod details;
mod export;
mod federation;
mod feed;
mod first_load;
mod found;
mod full;
mod generate;
mod hostile;
mod introspection;
mod kill;
mod limits;
mod migrate;
mod odd;
mod operating;
mod orgs;
mod outage;
mod pages;
mod paging;
mod past;
mod program;
mod prune;
mod read_only;
mod renormalize;
mod rest;
mod roles;
mod rounds;
mod schema;
mod seed;
mod sightings;
mod slices;
mod sources;
mod spec;
mod theatre;
mod tidy;
mod walk;
mod watch;
mod webhook;
