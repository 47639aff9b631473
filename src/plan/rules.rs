//! Rules of validation that the validator leaves out or applies too loosely: variables inside lists and input objects, variables
//! whose default is null, input fields given twice, input objects of which exactly one field is to be given, and texts that
//! hold U+0000.
//! It runs on documents that the validator found valid, so that every field and argument is known.

use apollo_compiler::ast::{Argument, Directive, InputValueDefinition, Type, Value, VariableDefinition};
use apollo_compiler::collections::HashSet;
use apollo_compiler::executable::Selection;
use apollo_compiler::parser::SourceSpan;
use apollo_compiler::schema::ExtendedType;
use apollo_compiler::{Name, Node};

use super::document::{self, Document};
use super::limits::Limits;
use super::refusal::{Refusal, RequestError};
use super::schema::Schema;
use crate::error::Code;

pub(super) fn check(schema: &Schema, document: &Document, limits: &Limits) -> Result<(), Refusal> {
    let mut errors = Vec::new();
    for operation in document.executable.operations.iter() {
        let mut rules = Rules {
            schema,
            document,
            variables: &operation.variables,
            errors: &mut errors,
            errors_max: limits.errors_max,
        };
        for variable in &operation.variables {
            if let Some(default) = &variable.default_value {
                rules.value(&variable.ty, false, default);
                rules.nul(&format!("variable \"${}\"", variable.name), default);
            }
        }
        document::walk(
            &document.executable,
            &operation.selection_set,
            &mut HashSet::default(),
            &mut |parent, selection| {
                rules.selection(parent, selection);
            },
        );
    }
    if errors.is_empty() { Ok(()) } else { Err(Refusal { code: Code::GraphqlValidationFailed, errors }) }
}

struct Rules<'a> {
    schema: &'a Schema,
    document: &'a Document,
    variables: &'a [Node<VariableDefinition>],
    errors: &'a mut Vec<RequestError>,
    errors_max: usize,
}

impl Rules<'_> {
    fn selection(&mut self, parent: &Name, selection: &Selection) {
        for directive in selection.directives().iter() {
            self.directive(directive);
        }
        let Selection::Field(field) = selection else {
            return;
        };
        let schema = self.schema;
        if let Ok(definition) = schema.type_field(parent, &field.name) {
            self.arguments(&definition.arguments, &field.arguments);
        }
    }

    fn directive(&mut self, directive: &Directive) {
        let schema = self.schema;
        if let Some(definition) = schema.directive_definitions.get(&directive.name) {
            self.arguments(&definition.arguments, &directive.arguments);
        }
    }

    fn arguments(&mut self, definitions: &[Node<InputValueDefinition>], arguments: &[Node<Argument>]) {
        for argument in arguments {
            if let Some(definition) = definitions.iter().find(|definition| definition.name == argument.name) {
                self.value(&definition.ty, has_default(definition.default_value.as_ref()), &argument.value);
                self.nul(&format!("argument \"{}\"", argument.name), &argument.value);
            }
        }
    }

    /// `has_default` is whether the place that takes the value has a default for a value that is not given.
    fn value(&mut self, expected: &Type, has_default: bool, value: &Node<Value>) {
        match &**value {
            Value::Variable(name) => self.variable(expected, has_default, name, value.location()),
            Value::List(items) => {
                // Of what is not a list, only a custom scalar takes one, whose items are then of its own kind.
                let item_type = if expected.is_list() { expected.item_type() } else { expected };
                items.iter().for_each(|item| self.value(item_type, false, item));
            }
            Value::Object(fields) => self.object(expected.inner_named_type(), fields, value.location()),
            _ => {}
        }
    }

    fn object(&mut self, type_name: &Name, fields: &[(Name, Node<Value>)], location: Option<SourceSpan>) {
        let schema = self.schema;
        let definition = schema.types.get(type_name).and_then(ExtendedType::as_input_object);
        let mut given = HashSet::default();
        for (name, value) in fields {
            if !given.insert(name) {
                self.error(format!("the input field \"{name}\" is given twice"), value.location());
            }
            match definition.and_then(|definition| definition.fields.get(name)) {
                Some(field) => self.value(&field.ty, has_default(field.default_value.as_ref()), value),
                // Inside a custom scalar nothing is declared, but variables must still exist.
                None => self.undeclared(value),
            }
        }
        if definition.is_some() && schema.is_one_of(type_name) {
            self.one_of(type_name, fields, location);
        }
    }

    /// Refuses texts that PostgreSQL does not know.
    fn nul(&mut self, place: &str, value: &Node<Value>) {
        match &**value {
            Value::String(text) if text.contains('\0') => {
                self.error(format!("the {place} must not hold the character U+0000"), value.location());
            }
            Value::List(items) => items.iter().for_each(|item| self.nul(place, item)),
            Value::Object(fields) => fields.iter().for_each(|(_, field)| self.nul(place, field)),
            _ => {}
        }
    }

    fn undeclared(&mut self, value: &Node<Value>) {
        match &**value {
            Value::Variable(name) if self.definition(name).is_none() => {
                self.error(format!("the variable \"${name}\" is not declared"), value.location());
            }
            Value::List(items) => items.iter().for_each(|item| self.undeclared(item)),
            Value::Object(fields) => fields.iter().for_each(|(_, field)| self.undeclared(field)),
            _ => {}
        }
    }

    fn one_of(&mut self, type_name: &Name, fields: &[(Name, Node<Value>)], location: Option<SourceSpan>) {
        let [(name, value)] = fields else {
            let message = format!("\"{type_name}\" takes exactly one field, not {}", fields.len());
            return self.error(message, location);
        };
        let may_be_null = match &**value {
            Value::Null => true,
            Value::Variable(variable) => {
                self.definition(variable).is_some_and(|definition| !definition.ty.is_non_null())
            }
            _ => false,
        };
        if may_be_null {
            self.error(
                format!("\"{type_name}\" takes exactly one field, and \"{name}\" may be null"),
                value.location(),
            );
        }
    }

    fn variable(&mut self, expected: &Type, has_default: bool, name: &Name, location: Option<SourceSpan>) {
        let Some(definition) = self.definition(name) else {
            return self.error(format!("the variable \"${name}\" is not declared"), location);
        };
        let is_allowed = if expected.is_non_null() && !definition.ty.is_non_null() {
            let nullable = expected.clone().nullable();
            (has_default || self::has_default(definition.default_value.as_ref()))
                && definition.ty.is_assignable_to(&nullable)
        } else {
            definition.ty.is_assignable_to(expected)
        };
        if !is_allowed {
            let message = format!(
                "the variable \"${name}\" is of the type \"{}\" where \"{expected}\" is expected",
                definition.ty
            );
            self.error(message, location);
        }
    }

    fn definition(&self, name: &Name) -> Option<&Node<VariableDefinition>> {
        self.variables.iter().find(|definition| definition.name == *name)
    }

    fn error(&mut self, message: String, location: Option<SourceSpan>) {
        if self.errors.len() < self.errors_max {
            self.errors.push(RequestError::new(message, Some(self.document.location(location))));
        }
    }
}

/// A default of null saves no one from giving a value.
fn has_default(default: Option<&Node<Value>>) -> bool {
    default.is_some_and(|value| !value.is_null())
}
