//! Asks a jobgraph server: questions over HTTP, subscriptions as an event stream. What comes has the question's types.

use std::io::{BufRead, BufReader};
use std::marker::PhantomData;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use graphql_client::{GraphQLQuery, Response};
use serde::de::DeserializeOwned;
use ureq::{Agent, Body};

/// Longer than the server takes for any question, or lets a stream be silent.
const TIME_OUT: Duration = Duration::from_secs(30);

pub(crate) struct Graph {
    agent: Agent,
    url: String,
}

impl Graph {
    pub(crate) fn new(url: &str) -> Self {
        let config = Agent::config_builder()
            .timeout_connect(Some(TIME_OUT))
            .timeout_recv_response(Some(TIME_OUT))
            // The body of an error says what was wrong.
            .http_status_as_error(false);
        Self { agent: config.build().into(), url: url.to_owned() }
    }

    pub(crate) fn ask<Q: GraphQLQuery>(&self, variables: Q::Variables) -> Result<Q::ResponseData> {
        let mut body = self.post::<Q>(variables, "application/graphql-response+json")?;
        data(body.read_json().context("read the answer")?)
    }

    /// What comes, until the stream is dropped.
    pub(crate) fn follow<Q: GraphQLQuery>(&self, variables: Q::Variables) -> Result<Stream<Q::ResponseData>> {
        let body = self.post::<Q>(variables, "text/event-stream")?;
        Ok(Stream { lines: Box::new(BufReader::new(body.into_reader())), data: PhantomData })
    }

    fn post<Q: GraphQLQuery>(&self, variables: Q::Variables, accept: &str) -> Result<Body> {
        let question = Q::build_query(variables);
        let response = self.agent.post(&self.url).header("accept", accept).send_json(&question)?;
        Ok(response.into_body())
    }
}

/// The messages of a subscription, in the protocol of graphql-sse (distinct connections mode).
pub(crate) struct Stream<Data> {
    lines: Box<dyn BufRead>,
    data: PhantomData<Data>,
}

impl<Data: DeserializeOwned> Iterator for Stream<Data> {
    type Item = Result<Data>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut line = String::new();
        loop {
            line.clear();
            match self.lines.read_line(&mut line) {
                Ok(0) => return None,
                Ok(_) => {}
                Err(error) => return Some(Err(error.into())),
            }
            // The event `complete` has no data; lines of other names keep the connection awake.
            match line.trim_end().strip_prefix("data:").map(str::trim) {
                None => {}
                Some("") => return None,
                Some(text) => return Some(serde_json::from_str(text).context("read an event").and_then(data)),
            }
        }
    }
}

fn data<Data>(response: Response<Data>) -> Result<Data> {
    let errors = response.errors.unwrap_or_default();
    if !errors.is_empty() {
        bail!("{}", errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"));
    }
    response.data.context("the answer has neither data nor errors")
}
