//! A document that was parsed and holds against the schema, or why it does not: what the document cache keeps.
//! The order matters: each step makes the next one safe, in stack and in time.

use std::sync::atomic::{AtomicU64, Ordering};

use apollo_compiler::ast;
use apollo_compiler::collections::{HashMap, HashSet};
use apollo_compiler::diagnostic::ToCliReport;
use apollo_compiler::executable::{DirectiveList, Operation, Selection, SelectionSet};
use apollo_compiler::parser::{Parser, SourceSpan};
use apollo_compiler::validation::{DiagnosticList, Valid};
use apollo_compiler::{ExecutableDocument, Name, Node};

use super::limits::Limits;
use super::refusal::{Lines, Location, Refusal, RequestError};
use super::schema::Schema;
use super::{guard, lexical, rules};
use crate::error::Code;

pub(super) struct Document {
    /// Unique in the process, for what is cached about it.
    pub(super) id: u64,
    pub(super) executable: Valid<ExecutableDocument>,
    /// The variables that decide a `@skip` or an `@include`, by the operation's name.
    conditions: HashMap<Option<Name>, Vec<Name>>,
    lines: Lines,
}

impl Document {
    pub(super) fn parse(schema: &Schema, text: &str, limits: &Limits) -> Result<Self, Refusal> {
        let source = lexical::scan(text, limits)?;
        let lines = Lines::new(text);
        let refuse = |code, diagnostics: &DiagnosticList| refuse(code, diagnostics, limits, &lines);
        // The scan has counted all nesting; the parser's own limit stands behind it, counting a few levels differently.
        let mut parser = Parser::new().recursion_limit(limits.nesting_max * 2);
        let parsed = parser.parse_ast(source, "request.graphql");
        let parsed = parsed.map_err(|failed| refuse(Code::GraphqlParseFailed, &failed.errors))?;
        guard::check(&parsed, limits, &lines)?;
        // Fields that do not exist are reported alone: without them, other rules find faults that are none.
        let executable = parsed.to_executable(schema.validated());
        let executable = executable.map_err(|failed| refuse(Code::GraphqlValidationFailed, &failed.errors))?;
        let executable = executable.validate(schema.validated());
        let executable = executable.map_err(|failed| refuse(Code::GraphqlValidationFailed, &failed.errors))?;
        let conditions =
            executable.operations.iter().map(|operation| (operation.name.clone(), conditions(&executable, operation)));
        let conditions = conditions.collect();
        static NEXT_ID: AtomicU64 = AtomicU64::new(0);
        let document = Self { id: NEXT_ID.fetch_add(1, Ordering::Relaxed), executable, conditions, lines };
        rules::check(schema, &document, limits)?;
        Ok(document)
    }

    /// The operation that is asked for, by name or because there is only one.
    pub(super) fn operation(&self, name: Option<&str>) -> Result<&Node<Operation>, Refusal> {
        let operations = &self.executable.operations;
        match name {
            Some(name) => {
                operations.named.get(name).ok_or_else(|| format!("there is no operation \"{name}\" in the document"))
            }
            None if operations.len() > 1 => {
                Err("the document has several operations: name one in \"operationName\"".to_owned())
            }
            None => operations.iter().next().ok_or_else(|| "there is no operation in the document".to_owned()),
        }
        .map_err(|message| Refusal::new(Code::BadRequest, message))
    }

    pub(super) fn conditions(&self, operation: &Operation) -> &[Name] {
        self.conditions.get(&operation.name).map_or(&[], Vec::as_slice)
    }

    pub(super) fn location(&self, span: Option<SourceSpan>) -> Location {
        self.lines.location(span.map_or(0, |span| span.offset()))
    }
}

fn refuse(code: Code, diagnostics: &DiagnosticList, limits: &Limits, lines: &Lines) -> Refusal {
    // After the first fault in the syntax, the parser reports what is none.
    let errors_max = if code == Code::GraphqlParseFailed { 1 } else { limits.errors_max };
    let errors = diagnostics.iter().take(errors_max).map(|diagnostic| {
        let location = diagnostic.error.location().map(|span| lines.location(span.offset()));
        RequestError::new(diagnostic.error.to_string(), location)
    });
    Refusal { code, errors: errors.collect() }
}

/// Calls `visit` with each selection that the set leads to, going into each fragment once.
pub(super) fn walk<'a>(
    document: &'a ExecutableDocument,
    set: &'a SelectionSet,
    spread: &mut HashSet<&'a Name>,
    visit: &mut impl FnMut(&'a Name, &'a Selection),
) {
    for selection in &set.selections {
        visit(&set.ty, selection);
        match selection {
            Selection::Field(field) => walk(document, &field.selection_set, spread, visit),
            Selection::InlineFragment(inline) => walk(document, &inline.selection_set, spread, visit),
            Selection::FragmentSpread(name) => {
                if let Some(fragment) = document.fragments.get(&name.fragment_name)
                    && spread.insert(&fragment.name)
                {
                    walk(document, &fragment.selection_set, spread, visit);
                }
            }
        }
    }
}

fn conditions(document: &ExecutableDocument, operation: &Operation) -> Vec<Name> {
    let mut names: Vec<Name> = Vec::new();
    walk(document, &operation.selection_set, &mut HashSet::default(), &mut |_, selection| {
        for variable in condition_variables(selection.directives()) {
            if !names.contains(variable) {
                names.push(variable.clone());
            }
        }
    });
    names
}

fn condition_variables(directives: &DirectiveList) -> impl Iterator<Item = &Name> {
    let conditions = directives.iter().filter(|directive| matches!(directive.name.as_str(), "skip" | "include"));
    let values = conditions.filter_map(|directive: &Node<ast::Directive>| directive.specified_argument_by_name("if"));
    values.filter_map(|value| value.as_variable())
}

#[cfg(test)]
mod tests;
