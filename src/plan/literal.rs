//! Values as a document writes them: printed again for the normalized text, and read by their declared type for the selection.

use std::collections::HashMap;

use apollo_compiler::ast;
use apollo_compiler::ast::{Type, Value as Literal};
use apollo_compiler::schema::ExtendedType;
use apollo_compiler::{Name, Node};
use serde_json::{Number, Value};

use super::schema::Schema;
use super::selection::Argument;

/// Prints the value in one line, and counts the variables it uses.
pub(super) fn write<'a>(text: &mut String, value: &'a Literal, variables: &mut HashMap<&'a Name, usize>) {
    match value {
        Literal::Null => text.push_str("null"),
        Literal::Boolean(value) => text.push_str(if *value { "true" } else { "false" }),
        Literal::Int(number) => text.push_str(number.as_str()),
        Literal::Float(number) => text.push_str(number.as_str()),
        Literal::Enum(name) => text.push_str(name),
        // Whatever JSON escapes in a string, GraphQL writes alike.
        Literal::String(content) => text.push_str(&Value::from(content.as_str()).to_string()),
        Literal::Variable(name) => {
            *variables.entry(name).or_default() += 1;
            text.push('$');
            text.push_str(name);
        }
        Literal::List(items) => {
            text.push('[');
            for (index, item) in items.iter().enumerate() {
                text.push_str(if index == 0 { "" } else { "," });
                write(text, item, variables);
            }
            text.push(']');
        }
        Literal::Object(fields) => {
            text.push('{');
            for (index, (name, field)) in fields.iter().enumerate() {
                text.push_str(if index == 0 { "" } else { "," });
                text.push_str(name);
                text.push(':');
                write(text, field, variables);
            }
            text.push('}');
        }
    }
}

/// Reads a valid value the way the specification coerces it: one item where a list is expected is a list of one, a number as an
/// id is its digits, and input fields that are not written have their defaults.
pub(super) fn read(schema: &Schema, expected: &Type, value: &Literal) -> Argument {
    match (expected, value) {
        (_, Literal::Variable(name)) => Argument::Variable(name.to_string()),
        (_, Literal::Null) => Argument::Constant(Value::Null),
        (Type::List(item) | Type::NonNullList(item), Literal::List(items)) => {
            list(items.iter().map(|value| read(schema, item, value)).collect())
        }
        (Type::List(item) | Type::NonNullList(item), value) => list(vec![read(schema, item, value)]),
        (Type::Named(name) | Type::NonNullNamed(name), value) => named(schema, name, value),
    }
}

fn named(schema: &Schema, type_name: &Name, value: &Literal) -> Argument {
    match value {
        Literal::Int(number) if type_name == "ID" => Argument::Constant(number.as_str().into()),
        Literal::Int(number) => Argument::Constant(number_of(number.as_str())),
        Literal::Float(number) => Argument::Constant(number_of(number.as_str())),
        Literal::Boolean(value) => Argument::Constant((*value).into()),
        Literal::Enum(name) => Argument::Constant(name.as_str().into()),
        Literal::String(content) => Argument::Constant(content.as_str().into()),
        Literal::Object(fields) => {
            let definition = schema.types.get(type_name).and_then(ExtendedType::as_input_object);
            let given = fields.iter().map(|(name, value)| {
                let expected = definition.and_then(|definition| definition.fields.get(name));
                let argument = match expected {
                    Some(field) => read(schema, &field.ty, value),
                    // Inside a custom scalar nothing is declared.
                    None => named(schema, type_name, value),
                };
                (name.to_string(), argument)
            });
            let missing =
                definition.into_iter().flat_map(|definition| &definition.fields).filter_map(|(name, field)| {
                    let is_given = fields.iter().any(|(given, _)| given == name);
                    let default = field.default_value.as_ref().filter(|_| !is_given)?;
                    Some((name.to_string(), read(schema, &field.ty, default)))
                });
            object(given.chain(missing).collect())
        }
        // Only a custom scalar takes a list without being one.
        Literal::List(items) => list(items.iter().map(|item| named(schema, type_name, item)).collect()),
        Literal::Variable(name) => Argument::Variable(name.to_string()),
        Literal::Null => Argument::Constant(Value::Null),
    }
}

/// Numbers beyond what JSON values hold are only possible for custom scalars, which get the nearest one.
fn number_of(digits: &str) -> Value {
    let number = digits.parse::<i64>().map(Number::from).ok();
    let number = number.or_else(|| Number::from_f64(digits.parse().ok()?));
    number.map_or(Value::Null, Value::Number)
}

fn list(items: Vec<Argument>) -> Argument {
    let constants: Option<Vec<Value>> = items.iter().map(constant).collect();
    constants.map_or(Argument::List(items), |values| Argument::Constant(Value::Array(values)))
}

fn object(fields: Vec<(String, Argument)>) -> Argument {
    let constants = fields.iter().map(|(name, field)| Some((name.clone(), constant(field)?))).collect();
    match constants {
        Some(values) => Argument::Constant(Value::Object(values)),
        None => Argument::Object(fields),
    }
}

fn constant(argument: &Argument) -> Option<Value> {
    match argument {
        Argument::Constant(value) => Some(value.clone()),
        _ => None,
    }
}

/// Whether two sets of arguments say the same, in whatever order.
pub(super) fn are_same(left: &[Node<ast::Argument>], right: &[Node<ast::Argument>]) -> bool {
    left.len() == right.len()
        && left.iter().all(|one| right.iter().any(|other| one.name == other.name && is_same(&one.value, &other.value)))
}

fn is_same(left: &Literal, right: &Literal) -> bool {
    match (left, right) {
        (Literal::List(left), Literal::List(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| is_same(left, right))
        }
        (Literal::Object(left), Literal::Object(right)) => {
            left.len() == right.len()
                && left
                    .iter()
                    .all(|(name, one)| right.iter().any(|(other, value)| name == other && is_same(one, value)))
        }
        _ => left == right,
    }
}
