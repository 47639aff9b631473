//! Every provider's adapter, and what becomes of its postings.

use jobgraph::ingest::answers::Answers;
use jobgraph::ingest::normalize::normalize;
use jobgraph::ingest::provider::{ALL, Provider};

use crate::corpus::files;
use crate::target::fuzz;

/// Names of boards, of which each provider takes one.
const BOARDS: [&str; 3] = ["acme", "acme:wd5:Careers", "acme.example"];

fn read(provider: &Provider, bytes: &[u8]) {
    let board = BOARDS.into_iter().find(|it| provider.names(it)).expect("it has boards");
    let answers = Answers::of(bytes);
    drop((provider.next)(board, &answers));
    drop((provider.rows)(&answers));
    // What was archived reads the same later.
    let again = Answers::of(&answers.to_bytes());
    let Ok(read) = provider.board(board, &answers) else { return };
    assert_eq!(provider.board(board, &again).map(|it| it.postings.len()), Ok(read.postings.len()));
    for posting in &read.postings {
        drop(normalize(posting));
    }
}

#[test]
fn adapters_read_whatever_comes() {
    for provider in ALL {
        let seeds = files(&format!("fuzz/corpus/adapters/{}", provider.name), None);
        fuzz(provider.name, seeds, |bytes| read(provider, bytes));
    }
}
