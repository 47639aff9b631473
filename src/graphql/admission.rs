//! What comes before a request is executed: which document it names, whether its caller may ask for that and has points left,
//! and what its answer will be known by.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::documents::{Documents, Named};
use super::{Gateway, refused, scope};
use crate::error::Code;
use crate::http::{Answer, AnswerLog, Bytes, Caller, GraphqlRequest, Outcome, RequestContext, Spent};
use crate::plan::{Planned, Refusal};

const SCHEMA_NOT_TOLD: &str = "this server does not tell its schema\nhint: leave \"__schema\", \"__type\" and \"_service\" out; its operator has the schema";

impl Gateway {
    /// Tells the schema to whoever asks for it, or only to documents that are registered.
    pub fn with_introspection(self, is_schema_told: bool) -> Self {
        Self { is_schema_told, ..self }
    }

    /// Registers documents that requests may name by their ids; `is_closed` says that no others are answered. One that does not
    /// fit the schema is told in the log, and answered with why when it is asked for.
    pub fn with_documents(self, registered: HashMap<String, String>, is_closed: bool) -> Self {
        for (id, text) in &registered {
            if let Err(refusal) = self.planner.check(text) {
                tracing::warn!(document.id = id, reason = %refusal, "a registered document cannot be answered");
            }
        }
        Self { documents: Documents::new(registered, is_closed), ..self }
    }

    /// Plans what the caller may ask for, and has it paid. Reading it costs a point, which is paid first: who has none left
    /// makes no work. `before` is how it was planned before, if it was.
    pub(super) fn admit(
        &self,
        request: &GraphqlRequest,
        before: Option<Planned>,
        caller: &Caller,
        is_own: bool,
    ) -> Result<Planned, Box<Answer>> {
        let pay = |points, cost| caller.pay(points).map_err(|spent| Box::new(limited(spent, cost)));
        let refused = |refusal: Refusal| Box::new(refused(&refusal));
        pay(1, 1)?;
        let named =
            if is_own { Ok(Named::own(&request.query)) } else { self.documents.of(request) }.map_err(refused)?;
        let planned = before.map_or_else(|| self.plan(request, &named.text), Ok).map_err(refused)?;
        scope::check(&planned.operation, caller.scopes()).map_err(refused)?;
        if planned.operation.asks_schema && !self.is_schema_told && !named.is_trusted {
            return Err(refused(Refusal::new(Code::Forbidden, SCHEMA_NOT_TOLD)));
        }
        if planned.cost > 1 {
            pay(planned.cost - 1, planned.cost)?;
        }
        self.documents.learn(&named);
        Ok(planned)
    }

    /// What the request costs, if it asks to be told.
    pub(super) fn told_cost(&self, request: &GraphqlRequest, planned: &Planned) -> Option<Value> {
        let limits = self.planner.limits();
        request.extensions.get("cost").is_some_and(|it| *it == Value::Bool(true)).then(|| {
            json!({ "cost": {
                "points": planned.cost,
                "pointsMax": limits.cost_max,
                "nodes": planned.nodes,
                "nodesMax": limits.nodes_max,
            } })
        })
    }

    /// What names the answer to a request by GET. The data are looked at before they are read: an answer that is newer than
    /// its tag is only sent once more.
    pub(super) async fn tag(
        &self,
        planned: &Planned,
        context: &RequestContext,
        told: Option<&Value>,
    ) -> Option<String> {
        let told = format!("{} {}", context.caller.scopes(), told.map(Value::to_string).unwrap_or_default());
        self.answers.as_ref()?.tag(planned, &told).await
    }

    /// Plans what a request asks for by a document of this text.
    pub(super) fn plan(&self, request: &GraphqlRequest, text: &str) -> Result<Planned, Refusal> {
        self.planner.plan(&crate::plan::Request {
            query: text,
            operation_name: request.operation_name.as_deref(),
            variables: request.variables.clone(),
            is_get: request.is_get,
            now: (self.clock)(),
        })
    }
}

/// What a caller is answered that has asked for too much.
fn limited(spent: Spent, cost: u64) -> Answer {
    let retry_after_s = spent.wait.as_secs() + u64::from(spent.wait.subsec_nanos() > 0);
    let message = format!(
        "the request costs {cost} points, more than are left\nhint: ask again in {retry_after_s} s, or for less; \"rateLimit\" tells what is left"
    );
    let extensions = json!({ "code": Code::RateLimited.name(), "retryAfter": retry_after_s });
    let body = json!({ "errors": [{ "message": message, "extensions": extensions }] }).to_string();
    Answer { body: body.into(), outcome: Outcome::Limited { retry_after_s }, log: AnswerLog::default(), tag: None }
}

/// The body of an answer, an object, with extensions as its last member.
pub(super) fn with_extensions(body: &[u8], extensions: &Value) -> Bytes {
    let open = body.strip_suffix(b"}").unwrap_or(body);
    [open, b",\"extensions\":", extensions.to_string().as_bytes(), b"}"].concat().into()
}
