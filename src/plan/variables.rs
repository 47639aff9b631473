//! Variables as the client sends them, coerced to the types that the operation declares.
//! The validator can do this too, but says neither where in a variable the fault is nor more than one, and does not know
//! input objects of which exactly one field is given; a test holds the two against each other.

use std::fmt::Write;

use apollo_compiler::Name;
use apollo_compiler::ast::{Type, Value as Literal, VariableDefinition};
use apollo_compiler::executable::Operation;
use apollo_compiler::schema::{EnumType, ExtendedType, InputObjectType};
use serde_json::{Map, Value};

use super::document::Document;
use super::limits::Limits;
use super::literal;
use super::normalize::Conditions;
use super::refusal::{Refusal, RequestError};
use super::schema::Schema;
use super::selection::{self, Argument};
use crate::error::Code;

/// The longest value that a message repeats, in characters.
const SHOWN_LENGTH_MAX: usize = 40;
/// What a value takes in memory beside its text, about.
const VALUE_BYTES: usize = 100;

/// The values of the declared variables, with defaults; those that are neither given nor have a default are left out.
pub(super) fn coerce(
    schema: &Schema,
    document: &Document,
    operation: &Operation,
    given: &Map<String, Value>,
    limits: &Limits,
) -> Result<Map<String, Value>, Refusal> {
    let mut coerced = Map::new();
    let mut errors = Vec::new();
    for definition in &operation.variables {
        let mut coercion = Coercion { schema, variable: &definition.name, path: Vec::new(), faults: Vec::new() };
        let value = coercion.variable(definition, given.get(definition.name.as_str()));
        let location = document.location(definition.location());
        errors.extend(coercion.faults.into_iter().map(|message| RequestError::new(message, Some(location))));
        if let Some(value) = value {
            coerced.insert(definition.name.to_string(), value);
        }
        if errors.len() >= limits.errors_max {
            break;
        }
    }
    errors.truncate(limits.errors_max);
    if errors.is_empty() { Ok(coerced) } else { Err(Refusal { code: Code::BadUserInput, errors }) }
}

/// What the variables named decide. A condition without a value can only be a variable that is nullable and has a default.
pub(super) fn conditions(names: &[Name], variables: &Map<String, Value>) -> Result<Conditions, Refusal> {
    let decide = |name: &Name| {
        let value = variables.get(name.as_str()).and_then(Value::as_bool);
        let refuse = || {
            Refusal::new(
                Code::BadUserInput,
                format!("variable \"${name}\" decides what is selected, so it must not be null"),
            )
        };
        Ok((name.clone(), value.ok_or_else(refuse)?))
    };
    names.iter().map(decide).collect()
}

/// Refuses variables that come to too much where they are used: in a list or in an object each use is a copy, and a large
/// variable may stand in one a thousand times.
pub(super) fn check(
    operation: &selection::Operation,
    values: &Map<String, Value>,
    limits: &Limits,
) -> Result<(), Refusal> {
    let in_place =
        |(name, uses): (&String, &usize)| values.get(name).map_or(0, |value| bytes(value).saturating_mul(*uses));
    let all = operation.variables.iter().zip(&operation.uses).map(in_place).fold(0, usize::saturating_add);
    let limit = limits.variable_bytes_max;
    if all > limit {
        let message = format!(
            "the variables come to {all} bytes, each as often as it stands inside a list or an object, the limit is {limit}"
        );
        return Err(Refusal::new(Code::BadUserInput, message));
    }
    Ok(())
}

fn bytes(value: &Value) -> usize {
    let below = match value {
        Value::String(text) => text.len(),
        Value::Array(items) => items.iter().map(bytes).sum(),
        Value::Object(members) => members.iter().map(|(name, member)| name.len() + bytes(member)).sum(),
        _ => 0,
    };
    VALUE_BYTES + below
}

enum Step<'a> {
    Field(&'a str),
    Item(usize),
}

struct Coercion<'a> {
    schema: &'a Schema,
    variable: &'a Name,
    /// From the variable to the value at hand.
    path: Vec<Step<'a>>,
    faults: Vec<String>,
}

impl<'a> Coercion<'a> {
    fn variable(&mut self, definition: &'a VariableDefinition, given: Option<&'a Value>) -> Option<Value> {
        match (given, &definition.default_value) {
            (Some(value), _) => self.value(&definition.ty, value),
            (None, Some(default)) => Some(self.default(&definition.ty, default)),
            (None, None) => {
                if definition.ty.is_non_null() {
                    self.fault(&format!("of the type \"{}\" is missing", definition.ty));
                }
                None
            }
        }
    }

    fn default(&self, expected: &Type, default: &Literal) -> Value {
        match literal::read(self.schema, expected, default) {
            Argument::Constant(value) => value,
            // Validation sees to it that a default uses no variable.
            _ => Value::Null,
        }
    }

    fn value(&mut self, expected: &'a Type, value: &'a Value) -> Option<Value> {
        match (expected, value) {
            (Type::Named(_) | Type::List(_), Value::Null) => Some(Value::Null),
            (Type::List(item_type) | Type::NonNullList(item_type), Value::Array(items)) => {
                let items =
                    items.iter().enumerate().map(|(index, item)| self.below(Step::Item(index), item_type, item));
                // Every item is looked at, for all faults to be reported.
                let coerced: Vec<Option<Value>> = items.collect();
                coerced.into_iter().collect::<Option<Vec<Value>>>().map(Value::Array)
            }
            (Type::List(item_type), value) => self.value(item_type, value).map(|value| Value::Array(vec![value])),
            (Type::NonNullList(item_type), value) if !value.is_null() => {
                self.value(item_type, value).map(|value| Value::Array(vec![value]))
            }
            (Type::Named(name) | Type::NonNullNamed(name), value) if !value.is_null() => self.named(name, value),
            (expected, value) => self.mismatch(&expected.to_string(), value),
        }
    }

    fn named(&mut self, type_name: &'a Name, value: &'a Value) -> Option<Value> {
        let schema = self.schema;
        match schema.types.get(type_name) {
            Some(ExtendedType::InputObject(definition)) => self.object(definition, value),
            Some(ExtendedType::Enum(definition)) => self.enumerated(definition, value),
            _ => self.scalar(type_name, value),
        }
    }

    fn scalar(&mut self, type_name: &Name, value: &Value) -> Option<Value> {
        // PostgreSQL knows no text with it.
        if holds_nul(value) {
            self.fault("must not hold the character U+0000");
            return None;
        }
        let is_fitting = match type_name.as_str() {
            "Int" => value.as_i64().is_some_and(|number| i32::try_from(number).is_ok()),
            "Float" => value.is_number(),
            "String" => value.is_string(),
            "Boolean" => value.is_boolean(),
            "ID" => match value {
                Value::Number(number) if number.is_i64() || number.is_u64() => {
                    return Some(number.to_string().into());
                }
                value => value.is_string(),
            },
            // A scalar of the schema's own judges its values itself, when they are used.
            _ => true,
        };
        if is_fitting { Some(value.clone()) } else { self.mismatch(type_name, value) }
    }

    fn enumerated(&mut self, definition: &EnumType, value: &Value) -> Option<Value> {
        let is_known = value.as_str().is_some_and(|name| definition.values.contains_key(name));
        if is_known { Some(value.clone()) } else { self.mismatch(&definition.name, value) }
    }

    fn object(&mut self, definition: &'a InputObjectType, value: &'a Value) -> Option<Value> {
        let Value::Object(given) = value else {
            return self.mismatch(&definition.name, value);
        };
        let faults_before = self.faults.len();
        for name in given.keys().filter(|name| !definition.fields.contains_key(name.as_str())) {
            self.fault(&format!("has a field \"{}\" that \"{}\" does not have", shorten(name), definition.name));
        }
        let mut coerced = Map::new();
        for (name, field) in &definition.fields {
            match (given.get(name.as_str()), &field.default_value) {
                (Some(value), _) => {
                    if let Some(value) = self.below(Step::Field(name), &field.ty, value) {
                        coerced.insert(name.to_string(), value);
                    }
                }
                (None, Some(default)) => {
                    coerced.insert(name.to_string(), self.default(&field.ty, default));
                }
                (None, None) if field.ty.is_non_null() => {
                    self.fault(&format!("lacks the field \"{name}\" of the type \"{}\"", field.ty))
                }
                (None, None) => {}
            }
        }
        if self.schema.is_one_of(&definition.name) && (given.len() != 1 || given.values().any(Value::is_null)) {
            self.fault(&format!("must have exactly one field of \"{}\", and not as null", definition.name));
        }
        (self.faults.len() == faults_before).then_some(Value::Object(coerced))
    }

    fn below(&mut self, step: Step<'a>, expected: &'a Type, value: &'a Value) -> Option<Value> {
        self.path.push(step);
        let value = self.value(expected, value);
        self.path.pop();
        value
    }

    fn mismatch(&mut self, expected: &str, value: &Value) -> Option<Value> {
        let found = match value {
            Value::Array(_) => "a list".to_owned(),
            Value::Object(_) => "an object".to_owned(),
            value => shorten(&value.to_string()),
        };
        self.fault(&format!("must be of the type \"{expected}\", not {found}"));
        None
    }

    fn fault(&mut self, what: &str) {
        let mut message = format!("variable \"${}", self.variable);
        for step in &self.path {
            // Writing to a string does not fail.
            let _ = match step {
                Step::Field(name) => write!(message, ".{name}"),
                Step::Item(index) => write!(message, "[{index}]"),
            };
        }
        message.push_str("\" ");
        message.push_str(what);
        self.faults.push(message);
    }
}

fn holds_nul(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains('\0'),
        Value::Array(items) => items.iter().any(holds_nul),
        Value::Object(members) => members.iter().any(|(name, member)| name.contains('\0') || holds_nul(member)),
        _ => false,
    }
}

fn shorten(text: &str) -> String {
    match text.char_indices().nth(SHOWN_LENGTH_MAX) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests;
