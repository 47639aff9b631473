//! The size of a document once its fragments are spread, measured before anything spreads them: each fragment is measured once
//! and its figures are added wherever it is spread, saturating, so that the time is linear in the document however large it
//! would become. What is refused here would take validation, normalization or execution far more time than its bytes suggest.

use std::collections::HashMap;

use apollo_compiler::Node;
use apollo_compiler::ast::{
    Definition, DirectiveList, Document, Field, FragmentDefinition, OperationDefinition, Selection,
};

use super::limits::Limits;
use super::refusal::{Lines, Refusal};
use crate::error::Code;

/// As the reference implementation has it: what tools ask has two lists of the schema inside each other at most.
const SCHEMA_LISTS_MAX: usize = 2;

/// Refuses the document if any of its operations is too large or too deep, or if a fragment spreads itself.
pub(super) fn check(document: &Document, limits: &Limits, lines: &Lines) -> Result<(), Refusal> {
    let mut guard = Guard { fragments: HashMap::new(), limits, lines };
    let mut operations = Vec::new();
    for definition in &document.definitions {
        match definition {
            Definition::FragmentDefinition(fragment) => {
                guard
                    .fragments
                    .entry(fragment.name.as_str())
                    .or_insert(Fragment { definition: fragment, progress: Progress::Unseen });
            }
            Definition::OperationDefinition(operation) => operations.push(operation),
            // Definitions of types are for validation to refuse.
            _ => {}
        }
    }
    guard.count("fragments", guard.fragments.len(), limits.fragments_max)?;
    guard.count("operations", operations.len(), limits.operations_max)?;
    operations.into_iter().try_for_each(|operation| guard.operation(operation))
}

/// What one selection set comes to.
#[derive(Debug, Clone, Copy, Default)]
struct Totals {
    selections: usize,
    /// Fields of this very set.
    fields: usize,
    aliases: usize,
    directives: usize,
    argument_bytes: usize,
    /// Fields inside each other, those below introspection fields apart.
    depth: usize,
    /// Selection sets inside each other, whatever they belong to.
    nesting: usize,
    /// Fields inside each other that are lists of introspection, each of which multiplies an answer by the size of the schema.
    schema_lists: usize,
}

impl Totals {
    /// Adds a fragment's set, whose fields are as if written in this one.
    fn spread(&mut self, inner: Self) {
        self.fields = self.fields.saturating_add(inner.fields);
        self.below(inner, inner.depth);
    }

    fn add_field(&mut self, field: &Field, inner: Option<Self>) {
        self.fields = self.fields.saturating_add(1);
        self.aliases = self.aliases.saturating_add(usize::from(field.alias.is_some()));
        self.directives(&field.directives);
        self.argument_bytes = self.argument_bytes.saturating_add(argument_bytes(field));
        let own_depth = usize::from(!is_introspection(field));
        match inner {
            None => self.depth = self.depth.max(own_depth),
            Some(inner) => self.below(inner, if is_introspection(field) { 0 } else { inner.depth + 1 }),
        }
        if matches!(field.name.as_str(), "fields" | "inputFields" | "interfaces" | "possibleTypes") {
            self.schema_lists = self.schema_lists.max(inner.map_or(0, |inner| inner.schema_lists) + 1);
        }
    }

    /// Adds what a selection of this set contains.
    fn below(&mut self, inner: Self, depth: usize) {
        self.selections = self.selections.saturating_add(inner.selections);
        self.aliases = self.aliases.saturating_add(inner.aliases);
        self.directives = self.directives.saturating_add(inner.directives);
        self.argument_bytes = self.argument_bytes.saturating_add(inner.argument_bytes);
        self.depth = self.depth.max(depth);
        self.nesting = self.nesting.max(inner.nesting + 1);
        self.schema_lists = self.schema_lists.max(inner.schema_lists);
    }

    fn directives(&mut self, directives: &DirectiveList) {
        self.directives = self.directives.saturating_add(directives.len());
    }
}

fn is_introspection(field: &Field) -> bool {
    field.name.starts_with("__")
}

/// How much of the document the field's arguments are: long texts weigh, and so do many values.
fn argument_bytes(field: &Field) -> usize {
    field.arguments.iter().filter_map(|argument| argument.location()).map(|span| span.node_len()).sum()
}

struct Fragment<'a> {
    definition: &'a Node<FragmentDefinition>,
    progress: Progress,
}

#[derive(Clone, Copy)]
enum Progress {
    Unseen,
    Open,
    Measured(Totals),
}

struct Guard<'a> {
    fragments: HashMap<&'a str, Fragment<'a>>,
    limits: &'a Limits,
    lines: &'a Lines,
}

impl<'a> Guard<'a> {
    fn operation(&mut self, operation: &'a OperationDefinition) -> Result<(), Refusal> {
        let mut totals = self.measure(&operation.selection_set, 1)?;
        totals.directives(&operation.directives);
        for variable in &operation.variables {
            totals.directives(&variable.directives);
        }
        self.count("selections", totals.selections, self.limits.selections_max)?;
        self.count("root fields", totals.fields, self.limits.root_fields_max)?;
        self.count("aliases", totals.aliases, self.limits.aliases_max)?;
        self.count("directives", totals.directives, self.limits.directives_max)?;
        self.count("bytes of arguments", totals.argument_bytes, self.limits.argument_bytes_max)?;
        if totals.depth > self.limits.depth_max {
            let message =
                format!("the operation is {} fields deep, the limit is {}", totals.depth, self.limits.depth_max);
            return Err(Refusal::new(Code::DocumentTooDeep, message));
        }
        Ok(())
    }

    fn count(&self, what: &str, figure: usize, limit: usize) -> Result<(), Refusal> {
        if figure > limit {
            let message = format!("the document comes to {figure} {what}, the limit is {limit}");
            return Err(Refusal::new(Code::DocumentTooLarge, message));
        }
        Ok(())
    }

    /// `level` is how many sets are open, through fragments too; it bounds the recursion.
    fn measure(&mut self, selections: &'a [Selection], level: usize) -> Result<Totals, Refusal> {
        self.nested(level)?;
        let mut totals = Totals::default();
        for selection in selections {
            totals.selections = totals.selections.saturating_add(1);
            match selection {
                Selection::Field(field) => totals.add_field(field, self.field(field, level)?),
                Selection::InlineFragment(inline) => {
                    totals.directives(&inline.directives);
                    totals.spread(self.measure(&inline.selection_set, level + 1)?);
                }
                Selection::FragmentSpread(spread) => {
                    totals.directives(&spread.directives);
                    totals.spread(self.fragment(&spread.fragment_name, level + 1)?);
                }
            }
        }
        Ok(totals)
    }

    /// What the field's own set comes to; there is none in a leaf.
    fn field(&mut self, field: &'a Field, level: usize) -> Result<Option<Totals>, Refusal> {
        if field.selection_set.is_empty() {
            return Ok(None);
        }
        let inner = self.measure(&field.selection_set, level + 1)?;
        if is_introspection(field) && inner.schema_lists > SCHEMA_LISTS_MAX {
            let message = format!("\"{}\" nests lists of the schema more than {SCHEMA_LISTS_MAX} deep", field.name);
            return Err(Refusal::new(Code::DocumentTooDeep, message));
        }
        Ok(Some(inner))
    }

    fn fragment(&mut self, name: &str, level: usize) -> Result<Totals, Refusal> {
        // Fragments that do not exist are for validation to refuse.
        let Some(fragment) = self.fragments.get_mut(name) else {
            return Ok(Totals::default());
        };
        let definition = fragment.definition;
        match fragment.progress {
            Progress::Measured(totals) => {
                self.nested(level + totals.nesting)?;
                Ok(totals)
            }
            Progress::Open => {
                let message = format!("fragment \"{name}\" spreads itself");
                let location = self.lines.location(definition.location().map_or(0, |span| span.offset()));
                Err(Refusal::at(Code::GraphqlValidationFailed, message, location))
            }
            Progress::Unseen => {
                fragment.progress = Progress::Open;
                let mut totals = self.measure(&definition.selection_set, level)?;
                totals.directives(&definition.directives);
                if let Some(fragment) = self.fragments.get_mut(name) {
                    fragment.progress = Progress::Measured(totals);
                }
                Ok(totals)
            }
        }
    }

    fn nested(&self, level: usize) -> Result<(), Refusal> {
        let limit = self.limits.nesting_max;
        if level > limit {
            let message =
                format!("the document nests selection sets more than {limit} deep once its fragments are spread");
            return Err(Refusal::new(Code::DocumentTooDeep, message));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
