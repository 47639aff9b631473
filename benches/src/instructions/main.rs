//! Answers one question again and again within one thread, for a tool that counts instructions.

use anyhow::{Context, ensure};
use clap::Parser;
use jobgraph::graphql::Gateway;
use jobgraph::http::GraphqlRequest;
use jobgraph::plan::Limits;
use jobgraph::store::{Store, StoreSettings};
use serde_json::{Value, json};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[derive(Parser)]
struct Arguments {
    #[arg(long)]
    database_url: String,
    /// The file with the question's document.
    #[arg(long)]
    question: String,
    #[arg(long)]
    times: usize,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let settings = StoreSettings {
        database_url: arguments.database_url,
        readers_max: 1,
        statement_timeout: std::time::Duration::from_secs(600),
        acquire_timeout: std::time::Duration::from_secs(600),
    };
    let gateway = Gateway::new(Store::open(&settings).await?, Limits::default(), || 0)?;
    let first = ask(&gateway, "{ jobs(first: 1) { nodes { id } } }", Value::Null).await?;
    let document = std::fs::read_to_string(&arguments.question).with_context(|| arguments.question.clone())?;
    for _ in 0..arguments.times {
        ask(&gateway, &document, json!({ "id": first["data"]["jobs"]["nodes"][0]["id"] })).await?;
    }
    Ok(())
}

async fn ask(gateway: &Gateway, query: &str, variables: Value) -> anyhow::Result<Value> {
    let variables = variables.as_object().cloned().unwrap_or_default();
    let request = GraphqlRequest { query: query.to_owned(), variables, ..GraphqlRequest::default() };
    let body = gateway.execute(&request, "instructions").await.answer.body;
    ensure!(!body.starts_with(br#"{"errors""#), "{}", String::from_utf8_lossy(&body));
    Ok(if body.len() < 200 { serde_json::from_slice(&body)? } else { Value::Null })
}
