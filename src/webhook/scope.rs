//! Which events a webhook is sent. What is empty restricts nothing.

use serde::{Deserialize, Serialize};

use crate::store::event::Column;
use crate::store::filter::{Comparison, Filter};
use crate::vocabulary::EventType;

/// Events are sent that have one of each of these.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Scope {
    pub types: Vec<EventType>,
    pub providers: Vec<String>,
    pub org_ids: Vec<String>,
    pub source_ids: Vec<String>,
}

impl From<&Scope> for Filter<Column> {
    fn from(scope: &Scope) -> Self {
        let types: Vec<&str> = scope.types.iter().map(|it| (*it).into()).collect();
        let mut parts = Vec::new();
        among(Column::EventType, types.into_iter(), &mut parts);
        among(Column::Provider, scope.providers.iter().map(String::as_str), &mut parts);
        among(Column::OrgId, scope.org_ids.iter().map(String::as_str), &mut parts);
        among(Column::SourceId, scope.source_ids.iter().map(String::as_str), &mut parts);
        Self::And(parts)
    }
}

fn among<'a>(column: Column, values: impl Iterator<Item = &'a str>, parts: &mut Vec<Filter<Column>>) {
    let keys: Vec<_> = values.map(Into::into).collect();
    if !keys.is_empty() {
        parts.push(Filter::Compare(column, Comparison::In(keys)));
    }
}
