//! Everything between the text of a GraphQL request and its execution: parsing, validation, limits, normalization and cost.
//! Nothing here reads or waits. `Planner::plan` is the walk; each step has a file, in the order below.
//! Documents that were seen before are not parsed again, and neither are those that were refused.

mod cost;
pub mod cursor;
mod document;
mod filter;
mod guard;
mod lexical;
mod limits;
mod literal;
mod normalize;
mod refusal;
mod rules;
mod schema;
mod selection;
mod variables;

use std::sync::Arc;

use moka::sync::Cache;
use serde_json::{Map, Value};

use crate::error::Code;
use document::Document;
use normalize::Conditions;
use schema::Schema;

pub use cost::{COST_DIRECTIVES, with_costs};
pub use limits::Limits;
pub use refusal::{Location, Refusal, RequestError};
pub use schema::PlannerError;
pub use selection::{Argument, Children, Operation, OperationId, OperationKind, Selection};

/// What a parsed document takes in memory for each of its bytes, at worst.
const BYTES_PER_DOCUMENT_BYTE: usize = 80;

/// Turns requests into operations to execute. One serves all requests of a schema.
pub struct Planner {
    schema: Schema,
    limits: Limits,
    documents: Cache<Arc<str>, Arc<Result<Document, Refusal>>>,
    operations: Cache<OperationKey, Arc<Result<Arc<Operation>, Refusal>>>,
}

/// Which normalized operation: of which document, by which name, with which conditions.
#[derive(Clone, PartialEq, Eq, Hash)]
struct OperationKey {
    document: u64,
    name: Option<String>,
    conditions: Conditions,
}

pub struct Request<'a> {
    pub query: &'a str,
    pub operation_name: Option<&'a str>,
    pub variables: Map<String, Value>,
    /// Whether it came by GET, which must not change anything.
    pub is_get: bool,
    /// UTC milliseconds since 1970.
    pub now: i64,
}

/// A request that may be executed.
#[derive(Debug, Clone)]
pub struct Planned {
    pub operation: Arc<Operation>,
    /// Those that the operation still uses, coerced to their types, with defaults.
    pub variables: Arc<Map<String, Value>>,
    pub cost: u64,
    /// Rows that the answer could hold.
    pub nodes: u64,
}

impl Planner {
    pub fn new(sdl: &str, limits: Limits) -> Result<Self, PlannerError> {
        let schema = Schema::parse(sdl)?;
        let documents = Cache::builder()
            .max_capacity(limits.cached_bytes_max)
            .weigher(weigher(&limits, |text: &Arc<str>, _: &Arc<Result<Document, Refusal>>| {
                text.len().saturating_mul(BYTES_PER_DOCUMENT_BYTE)
            }))
            .build();
        let operations = Cache::builder()
            .max_capacity(limits.cached_bytes_max)
            .weigher(weigher(&limits, |_: &OperationKey, operation: &Arc<Result<Arc<Operation>, Refusal>>| {
                operation.as_ref().as_ref().map_or(0, |operation| operation.bytes())
            }))
            .build();
        Ok(Self { schema, limits, documents, operations })
    }

    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Whether a document can be answered at all.
    pub fn check(&self, text: &str) -> Result<(), Refusal> {
        self.document(text)?.as_ref().as_ref().map(drop).map_err(Refusal::clone)
    }

    pub fn plan(&self, request: &Request<'_>) -> Result<Planned, Refusal> {
        let document = self.document(request.query)?;
        let document = document.as_ref().as_ref().map_err(Refusal::clone)?;
        let operation = document.operation(request.operation_name.filter(|name| !name.is_empty()))?;
        if request.is_get && operation.is_mutation() {
            let message = format!("a {} is not allowed over GET", operation.operation_type);
            return Err(Refusal::new(Code::MethodNotAllowed, message));
        }
        let mut variables = variables::coerce(&self.schema, document, operation, &request.variables, &self.limits)?;
        let conditions = variables::conditions(document.conditions(operation), &variables)?;
        let key =
            OperationKey { document: document.id, name: operation.name.as_ref().map(ToString::to_string), conditions };
        let normalized = match self.operations.get(&key) {
            Some(normalized) => normalized,
            None => {
                let normalized = normalize::normalize(&self.schema, &self.limits, document, operation, &key.conditions);
                let normalized = Arc::new(normalized.map(Arc::new));
                self.operations.insert(key, Arc::clone(&normalized));
                normalized
            }
        };
        let operation = normalized.as_ref().as_ref().map_err(Refusal::clone)?;
        variables.retain(|name, _| operation.variables.iter().any(|used| used == name));
        let cost = cost::check(operation, &variables, &self.limits, request.now)?;
        Ok(Planned {
            operation: Arc::clone(operation),
            variables: Arc::new(variables),
            cost: cost.points,
            nodes: cost.nodes,
        })
    }

    fn document(&self, text: &str) -> Result<Arc<Result<Document, Refusal>>, Refusal> {
        let limit = self.limits.document_bytes_max;
        if text.len() > limit {
            let message = format!("the document has {} bytes, the limit is {limit}", text.len());
            return Err(Refusal::new(Code::DocumentTooLarge, message));
        }
        if let Some(document) = self.documents.get(text) {
            return Ok(document);
        }
        let document = Arc::new(Document::parse(&self.schema, text, &self.limits));
        self.documents.insert(text.into(), Arc::clone(&document));
        Ok(document)
    }
}

/// Weighs entries by their estimated bytes, and none so little that there could be more of them than allowed.
fn weigher<K, V>(
    limits: &Limits,
    bytes: impl Fn(&K, &V) -> usize + Send + Sync + 'static,
) -> impl Fn(&K, &V) -> u32 + Send + Sync + 'static {
    let least = limits.cached_bytes_max / limits.cached_documents_max.max(1);
    move |key, value| {
        let bytes = u64::try_from(bytes(key, value)).unwrap_or(u64::MAX);
        u32::try_from(bytes.max(least)).unwrap_or(u32::MAX)
    }
}

#[cfg(test)]
mod tests;
