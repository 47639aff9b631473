//! Which fields need more than the scope `read`.

use crate::access::{Scope, Scopes};
use crate::error::Code;
use crate::plan::{Children, Operation, Refusal, RequestError, Selection};

/// Fields, of whatever types, and what asking for them needs.
const FIELDS: [(&str, Scope); 3] =
    [("rawPayload", Scope::RawRead), ("rawPayloads", Scope::RawRead), ("webhooks", Scope::Admin)];

/// Refuses an operation that selects what these scopes do not cover.
pub(super) fn check(operation: &Operation, scopes: Scopes) -> Result<(), Refusal> {
    if scopes == Scopes::all() { Ok(()) } else { below(&operation.selection, scopes) }
}

fn below(at: &Selection, scopes: Scopes) -> Result<(), Refusal> {
    let each = |field: &Selection| {
        let needed = FIELDS.iter().find(|(name, _)| *name == field.field).map(|(_, scope)| *scope);
        match needed.filter(|scope| !scopes.has(*scope)) {
            Some(scope) => Err(refusal(field, scope)),
            None => below(field, scopes),
        }
    };
    match &at.children {
        Children::Leaf => Ok(()),
        Children::Object(fields) => fields.iter().try_for_each(|field| each(field)),
        Children::Abstract(types) => types.iter().flat_map(|(_, fields)| fields).try_for_each(|field| each(field)),
    }
}

fn refusal(field: &Selection, scope: Scope) -> Refusal {
    let message = format!(
        "\"{}\" needs the scope \"{}\"\nhint: leave it out, or ask with an API key that has the scope",
        field.field,
        scope.name()
    );
    Refusal { code: Code::Forbidden, errors: vec![RequestError { message, locations: vec![field.location] }] }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A field that is raw and was forgotten here would be open to all.
    #[test]
    fn every_field_that_leads_to_raw_answers_needs_the_scope() {
        let sdl = crate::graphql::sdl();
        let fields = sdl.lines().filter_map(|line| line.trim().split_once(['(', ':']).map(|(name, _)| name));
        // Where an answer is archived stands in the record that the original shows to all.
        let raw = fields.filter(|name| name.starts_with("rawPayload") && *name != "rawPayloadUri");
        assert!(raw.into_iter().all(|name| FIELDS.contains(&(name, Scope::RawRead))));
        let named = |name: &str| sdl.contains(&format!("\t{name}:")) || sdl.contains(&format!("\t{name}("));
        assert!(FIELDS.iter().all(|(name, _)| named(name)));
        let leading = sdl.lines().filter(|line| line.contains(": RawPayload") || line.contains("[RawPayload!]"));
        assert!(leading.into_iter().all(|line| line.trim().starts_with("rawPayload")));
    }
}
