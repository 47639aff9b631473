//! One connection that asks, and what it asks: questions of each kind, as often as people ask them.

use std::net::SocketAddr;

use anyhow::Context;
use benches::Connection;
use bytes::Bytes;
use hyper::StatusCode;
use serde_json::{Value, json};

use crate::tally::ANSWERED;

const DIFFERENT: usize = 100;
const SEARCHES: [&str; 4] = ["software engineer", "nurse", "account manager", "data analyst"];

/// Status and body of the answer to a GraphQL request.
pub(crate) async fn ask(connection: &mut Connection, body: Bytes) -> anyhow::Result<(StatusCode, Bytes)> {
    connection.ask("/graphql", Some(body)).await
}

/// What an answer is counted as: by its status and the code of its first error.
pub(crate) fn kind(status: StatusCode, body: &[u8]) -> String {
    // Errors stand before data.
    if status == StatusCode::OK && !body.starts_with(b"{\"errors\"") {
        return ANSWERED.to_owned();
    }
    let answer: Value = serde_json::from_slice(body).unwrap_or_default();
    let code = answer["errors"][0]["extensions"]["code"].as_str().unwrap_or("without a code");
    format!("{} {code}", status.as_u16())
}

/// A hundred requests with the names of their questions, each as often as its kind comes.
pub(crate) struct Mix(Vec<(&'static str, Bytes)>);

impl Mix {
    pub(crate) async fn read(address: SocketAddr) -> anyhow::Result<Self> {
        let mut connection = Connection::open(address).await?;
        let mut ids = async |list: &str| {
            let text = format!("{{ {list}(first: {DIFFERENT}) {{ nodes {{ id }} }} }}");
            let (_, body) = ask(&mut connection, json!({ "query": text }).to_string().into()).await?;
            let answer: Value = serde_json::from_slice(&body)?;
            let nodes = answer["data"][list]["nodes"].as_array().context("a list of nodes")?.clone();
            anyhow::Ok(nodes.into_iter().map(|it| json!({ "id": it["id"] })).collect::<Vec<_>>())
        };
        let (jobs, orgs) = (ids("jobs").await?, ids("orgs").await?);
        let searches = SEARCHES.map(|words| json!({ "words": words }));
        let once = [json!({})];
        let kinds: [(usize, &str, &str, &[Value]); 7] = [
            (45, "a", include_str!("../../questions/a.graphql"), &jobs),
            (20, "b", include_str!("../../questions/b.graphql"), &jobs),
            (10, "c", include_str!("../../questions/c.graphql"), &once),
            (14, "e", include_str!("../../questions/e.graphql"), &once),
            (3, "f", include_str!("../../questions/f.graphql"), &once),
            (5, "g", include_str!("../../questions/g_org.graphql"), &orgs),
            (3, "h", include_str!("../../questions/h.graphql"), &searches),
        ];
        let mut mix = Vec::new();
        for (weight, question, document, variables) in kinds {
            for turn in 0..weight {
                let variables = &variables[turn % variables.len()];
                let body = json!({ "query": document, "variables": variables }).to_string();
                mix.push((turn * 1_000 / weight, question, body.into()));
            }
        }
        mix.sort_by_key(|(turn, ..)| *turn);
        Ok(Self(mix.into_iter().map(|(_, question, body)| (question, body)).collect()))
    }

    /// The name of a question, and what is sent.
    pub(crate) fn request(&self, turn: usize) -> (&'static str, Bytes) {
        self.0[turn % self.0.len()].clone()
    }
}
