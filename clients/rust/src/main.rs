//! Lists some postings, reads a list of one moment to its end, and follows the log; prints what came.
//! Usage: `jobgraph-rust-client http://127.0.0.1:8080/graphql`

use std::collections::HashSet;

use anyhow::{Context, Result};
use chrono::{DateTime, Utc};
use rust_decimal::Decimal;

mod graph;
mod questions;

use graph::Graph;
use questions::{Changes, Now, Page, WellPaid, changes, now, page, well_paid};

fn main() -> Result<()> {
    let url = std::env::args().nth(1).context("usage: jobgraph-rust-client http://127.0.0.1:8080/graphql")?;
    let graph = Graph::new(&url);
    list_well_paid(&graph)?;
    read_to_the_end(&graph)?;
    let position = follow(&graph, "0".to_owned(), 4)?;
    println!("Going on after {position}:");
    follow(&graph, position, 3)?;
    Ok(())
}

fn list_well_paid(graph: &Graph) -> Result<()> {
    let variables = well_paid::Variables { amount: Decimal::from(70_000), currency: "EUR".to_owned() };
    println!("At least 70,000 EUR a year:");
    for job in graph.ask::<WellPaid>(variables)?.jobs.nodes {
        let workplace = job.workplace_type.map_or("unknown".to_owned(), |it| format!("{it:?}"));
        println!("{}, {}, {workplace}, posted {}: {}", job.title, job.org.name, minute(job.posted_at), pay(job.salary));
    }
    Ok(())
}

/// All pages are of the moment of the first question, whatever is written meanwhile.
fn read_to_the_end(graph: &Graph) -> Result<()> {
    let snapshot = graph.ask::<Now>(now::Variables)?.jobs.snapshot;
    let mut ids = HashSet::new();
    let (mut pages, mut last, mut after) = (0, "none".to_owned(), None);
    loop {
        let jobs = graph.ask::<Page>(page::Variables { snapshot: snapshot.clone(), after })?.jobs;
        pages += 1;
        for job in jobs.nodes {
            ids.insert(job.job_id);
            last = job.title;
        }
        after = jobs.page_info.end_cursor;
        if !jobs.page_info.has_next_page {
            break;
        }
    }
    println!("{} postings in {pages} pages at {snapshot}, the last one {last}", ids.len());
    Ok(())
}

/// Takes some events after a position; answers the position of the last.
fn follow(graph: &Graph, mut after: String, count: usize) -> Result<String> {
    let events = graph.follow::<Changes>(changes::Variables { after: after.clone() })?;
    for event in events.take(count) {
        let event = event?.changes;
        let paths: Vec<_> = event.changes.into_iter().map(|it| it.path).collect();
        let (time, title) = (minute(event.observed_at), event.job.title);
        println!("{} {time} {:?} {title}: {}", event.seq, event.type_, paths.join(", "));
        after = event.seq;
    }
    Ok(after)
}

fn minute(time: DateTime<Utc>) -> String {
    time.format("%Y-%m-%d %H:%M").to_string()
}

fn pay(salary: Option<well_paid::WellPaidJobsNodesSalary>) -> String {
    let Some(salary) = salary else { return "? to ? ? a ?".to_owned() };
    let amount = |it: Option<Decimal>| it.map_or("?".to_owned(), |it| it.to_string());
    let period = salary.period.map_or("?".to_owned(), |it| format!("{it:?}"));
    let currency = salary.currency.unwrap_or("?".to_owned());
    format!("{} to {} {currency} a {period}", amount(salary.min), amount(salary.max))
}
