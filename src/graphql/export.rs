//! Exports: the filter of a list of postings, understood as the graph understands it, and all rows that meet it.

use std::time::Duration;

use serde_json::{Map, Value, json};

use super::Gateway;
use super::arguments::ListArguments;
use super::error::Failure;
use super::request::Request;
use crate::error::Code;
use crate::export;
use crate::http::{ExportQuery, GraphqlRequest};
use crate::plan::{Planned, Refusal};
use crate::store::export::Export;
use crate::store::job::Jobs;

/// The list that is exported. It is planned like any other, so that its filter meets the limits that hold there.
const LIST: &str = "query Export($filter: JobFilter, $asOf: AsOfInput) { jobs(filter: $filter, asOf: $asOf, first: 1) { nodes { jobId } } }";

impl Gateway {
    /// Begins to read the postings. Fails with what the client is told.
    pub async fn begin_export(
        &self,
        query: &ExportQuery,
        time_max: Option<Duration>,
    ) -> Result<Export, (Code, String)> {
        let variables = match json!({ "filter": query.filter, "asOf": query.as_of }) {
            Value::Object(variables) => variables.into_iter().filter(|(_, value)| !value.is_null()).collect(),
            _ => Map::new(),
        };
        let request = GraphqlRequest { query: LIST.to_owned(), variables, is_get: true, ..GraphqlRequest::default() };
        let planned = self.plan(&request, LIST).map_err(refused)?;
        self.export_planned(planned, time_max).await.map_err(|failure| {
            if failure.code() == Code::Internal {
                tracing::error!(cause = failure.cause(), "an export could not begin");
            }
            (failure.code(), failure.to_string())
        })
    }

    async fn export_planned(&self, planned: Planned, time_max: Option<Duration>) -> Result<Export, Failure> {
        let request = Request::new(self.store.reader(), planned.operation, planned.variables, (self.clock)()).await;
        let at =
            request.operation.selection.fields("Query").next().ok_or(Failure::Broken("a document without a list"))?;
        let as_of = request.as_of(at)?;
        let list = ListArguments::<Jobs>::read(at, &request.variables, &request.clock, as_of)?;
        Ok(self.store.export(export::columns(), &list.scope, &list.filter, time_max).await?)
    }
}

fn refused(refusal: Refusal) -> (Code, String) {
    let messages: Vec<&str> = refusal.errors.iter().map(|error| error.message.as_str()).collect();
    (refusal.code, messages.join("\n"))
}
