//! What is asked, of the gateway in GraphQL and of the floor by an address.

use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::Context;
use benches::Connection;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use crate::load::{Asked, Requests, ask};

/// How many different postings and employers are asked for.
const DIFFERENT: u64 = 100;
/// Pages of 100 rows before the later page of a list.
const PAGES_BEFORE: usize = 100;
const SEARCHES: [&str; 4] = ["software engineer", "nurse", "account manager", "data analyst"];

/// A question with all its variables.
pub(crate) struct Question {
    pub(crate) name: &'static str,
    /// Of the gateway, and of the floor, in the same order.
    pub(crate) gateway: Requests,
    pub(crate) floor: Requests,
    /// How often it comes in a hundred requests of the mix.
    weight: usize,
}

impl Question {
    /// `asked` are variables and the floor's query.
    fn new(name: &'static str, path: &str, weight: usize, document: &str, asked: &[(Value, String)]) -> Self {
        let gateway = asked.iter().map(|(variables, _)| graphql(document, variables)).collect();
        let floor = asked.iter().map(|(_, query)| Asked { path: format!("/{path}?{query}"), body: None }).collect();
        Self { name, gateway: Arc::new(gateway), floor: Arc::new(floor), weight }
    }
}

impl Question {
    /// The same, with the gateway asked as the floor is: by GET, without a body.
    pub(crate) fn by_get(self) -> anyhow::Result<Self> {
        let gateway = self.gateway.iter().map(by_get).collect::<anyhow::Result<_>>()?;
        Ok(Self { gateway: Arc::new(gateway), ..self })
    }
}

fn by_get(asked: &Asked) -> anyhow::Result<Asked> {
    let body: Value = serde_json::from_slice(asked.body.as_deref().context("a question without a body")?)?;
    let document = body["query"].as_str().context("query")?;
    let variables = body["variables"].to_string();
    let [document, variables] = [document, &variables].map(|it| utf8_percent_encode(it, NON_ALPHANUMERIC).to_string());
    Ok(Asked { path: format!("{}?query={document}&variables={variables}", asked.path), body: None })
}

fn graphql(document: &str, variables: &Value) -> Asked {
    let body = json!({ "query": document, "variables": variables }).to_string();
    Asked { path: "/graphql".to_owned(), body: Some(body.into()) }
}

/// All questions, for what the gateway at `address` holds.
pub(crate) async fn all(address: SocketAddr) -> anyhow::Result<Vec<Question>> {
    let mut gateway = Connection::open(address).await?;
    let by_id = |kind: &str, ids: Vec<String>| -> Vec<(Value, String)> {
        let asked = |id: String| (json!({ "id": id }), format!("id={}", id.trim_start_matches(kind)));
        ids.into_iter().map(asked).collect()
    };
    let jobs = ids(&mut gateway, "{ jobs(first: FIRST, orderBy: [{ title: DESC }]) { nodes { id } } }", "jobs").await?;
    let orgs = ids(&mut gateway, "{ orgs(first: FIRST, orderBy: [{ name: DESC }]) { nodes { id } } }", "orgs").await?;
    let (jobs, orgs) = (by_id("job_", jobs), by_id("org_", orgs));
    let once = [(json!({}), String::new())];
    let searches = SEARCHES.map(|words| (json!({ "words": words }), format!("words={}", words.replace(' ', "+"))));
    let later = [later_page(&mut gateway).await?];
    let filtered = include_str!("../../questions/e.graphql");
    let counted = include_str!("../../questions/f.graphql");
    let mut all = vec![
        Question::new("a", "a", 40, include_str!("../../questions/a.graphql"), &jobs),
        Question::new("b", "b", 20, include_str!("../../questions/b.graphql"), &jobs),
        Question::new("c", "c", 10, include_str!("../../questions/c.graphql"), &once),
        Question::new("d", "d", 5, include_str!("../../questions/d.graphql"), &once),
        Question::new("e, first", "e", 10, filtered, &once),
        Question::new("e, later", "e", 5, filtered, &later),
        Question::new("f, first", "f", 2, counted, &once),
        Question::new("f, later", "f", 1, counted, &later),
        Question::new("g, one", "g_org", 4, include_str!("../../questions/g_org.graphql"), &orgs),
        Question::new("g, all", "g_all", 2, include_str!("../../questions/g_all.graphql"), &once),
        Question::new("h", "h", 1, include_str!("../../questions/h.graphql"), &searches),
    ];
    let mix =
        Question { name: "i", gateway: mixed(&all, |it| &it.gateway), floor: mixed(&all, |it| &it.floor), weight: 0 };
    all.push(mix);
    Ok(all)
}

/// A hundred requests by the questions' weights, evenly spread.
fn mixed(all: &[Question], requests: fn(&Question) -> &Requests) -> Requests {
    let mut mix: Vec<(usize, Asked)> = Vec::new();
    for question in all {
        let requests = requests(question);
        for turn in 0..question.weight {
            mix.push((turn * 1_000 / question.weight, requests[turn % requests.len()].clone()));
        }
    }
    mix.sort_by_key(|(turn, _)| *turn);
    Arc::new(mix.into_iter().map(|(_, asked)| asked).collect())
}

async fn ids(gateway: &mut Connection, document: &str, list: &str) -> anyhow::Result<Vec<String>> {
    let document = document.replace("FIRST", &DIFFERENT.to_string());
    let data = data(gateway, &graphql(&document, &json!({}))).await?;
    let nodes = data[list]["nodes"].as_array().context("nodes")?;
    nodes.iter().map(|node| Ok(node["id"].as_str().context("id")?.to_owned())).collect()
}

/// The place behind the first 10,000 rows, as either server names it.
async fn later_page(gateway: &mut Connection) -> anyhow::Result<(Value, String)> {
    let document = include_str!("../../questions/e.graphql").replace("first: 50", "first: 100");
    let mut after = Value::Null;
    let mut last = Value::Null;
    for _ in 0..PAGES_BEFORE {
        let data = data(gateway, &graphql(&document, &json!({ "after": after }))).await?;
        let nodes = data["jobs"]["nodes"].as_array().context("nodes")?;
        let Some(node) = nodes.last() else { break };
        last = node.clone();
        after = data["jobs"]["pageInfo"]["endCursor"].clone();
    }
    let posted_at = chrono::DateTime::parse_from_rfc3339(last["postedAt"].as_str().context("postedAt")?)?;
    let job_id = last["id"].as_str().context("id")?.trim_start_matches("job_");
    Ok((json!({ "after": after }), format!("after={}.{job_id}", posted_at.timestamp_millis())))
}

/// An answer's data; an error when there are errors.
pub(crate) async fn data(connection: &mut Connection, asked: &Asked) -> anyhow::Result<Value> {
    let answer: Value = serde_json::from_slice(&ask(connection, asked).await?)?;
    anyhow::ensure!(answer.get("errors").is_none(), "{answer}");
    answer.get("data").cloned().context("an answer without data")
}
