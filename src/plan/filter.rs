//! The size of a filter: of what is nested in it a condition of SQL is made, so that each part of it has a limit.

use serde_json::Value;

use super::limits::Limits;
use super::refusal::Refusal;
use super::selection::Selection;
use crate::error::Code;

/// How many conditions the filter has, which is how many object keys; refuses one that is too large in any way.
pub(super) fn check(field: &Selection, filter: &Value, limits: &Limits) -> Result<u64, Refusal> {
    let mut nodes: u64 = 0;
    measure(filter, 0, &mut nodes, limits).map_err(|message| {
        Refusal::at(Code::BadFilter, format!("the filter of \"{}\" {message}", field.field), field.location)
    })?;
    Ok(nodes)
}

/// `depth` is how many objects are open. Values nest as deep as documents and JSON do, which their parsers limit.
fn measure(value: &Value, depth: usize, nodes: &mut u64, limits: &Limits) -> Result<(), String> {
    match value {
        Value::Object(fields) => {
            let depth = depth + 1;
            if depth > limits.filter_depth_max {
                return Err(format!("is more than {} objects deep", limits.filter_depth_max));
            }
            for field in fields.values() {
                *nodes += 1;
                if *nodes > limits.filter_nodes_max {
                    return Err(format!("has more than {} conditions", limits.filter_nodes_max));
                }
                measure(field, depth, nodes, limits)?;
            }
            Ok(())
        }
        Value::Array(items) => {
            if items.len() > limits.filter_list_max {
                return Err(format!("has a list of {} items, the limit is {}", items.len(), limits.filter_list_max));
            }
            items.iter().try_for_each(|item| measure(item, depth, nodes, limits))
        }
        Value::String(text) => {
            let length = text.chars().count();
            if length > limits.filter_string_max {
                return Err(format!("has a text of {length} characters, the limit is {}", limits.filter_string_max));
            }
            Ok(())
        }
        _ => Ok(()),
    }
}
