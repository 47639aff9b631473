//! The costs of this folder written into the SDL, by the directives of IBM's cost specification
//! (<https://ibm.github.io/graphql-specs/cost-spec.html>), so that whoever has the schema can count before asking.
//! What the directives cannot say (statistics of a named range, ids by their number) they state for the usual case.

use apollo_compiler::ast::{Definition, Document, FieldDefinition};
use apollo_compiler::parser::SourceSpan;
use apollo_compiler::{Name, Node};

use super::{AS_OF, CONNECTION, FACETS, HIGHLIGHTS, LIFETIMES, ROLE, SEARCH, TOTAL_COUNT};
use crate::config::{IDS_MAX, PAGE_SIZE_DEFAULT, STATS_DAYS_DEFAULT, STATS_TOP_DEFAULT};
use crate::plan::PlannerError;

/// What the directives say, as the SDL defines them.
pub const COST_DIRECTIVES: &str = r#""What asking for it costs, in points, as `extensions.cost` and `rateLimit` tell them. What has no such mark costs 1 if it is an object, as does a scalar for each further name that it is asked for by; each key of a `filter` costs 1."
directive @cost(
	"The points. Those of an enum are for each value that is given in a list of it."
	weight: String!
) on ARGUMENT_DEFINITION | ENUM | FIELD_DEFINITION | INPUT_FIELD_DEFINITION | OBJECT | SCALAR
"How many items of a list are paid for, whether there are so many or not."
directive @listSize(
	"As many, if no other argument says."
	assumedSize: Int,
	"As many as one of these arguments says."
	slicingArguments: [String!],
	"The lists on the value that are so long, if it is no list itself."
	sizedFields: [String!],
	"Whether exactly one of `slicingArguments` is to be given."
	requireOneSlicingArgument: Boolean = true
) on FIELD_DEFINITION
"#;
/// What the definitions are put before.
const END: &str = "schema {";

/// The same SDL with costs. It has one definition of each type, as the program writes it.
pub fn with_costs(sdl: &str) -> Result<String, PlannerError> {
    let document = Document::parse(sdl, "schema.graphql").map_err(|failed| PlannerError(failed.errors.to_string()))?;
    let objects: Vec<&Name> =
        document.definitions.iter().filter(|it| is_composite(it)).filter_map(|it| it.name()).collect();
    let mut marks: Vec<(usize, String)> = Vec::new();
    for definition in &document.definitions {
        match definition {
            Definition::ObjectTypeDefinition(object) => {
                marks.extend(of_type(sdl, &object.name));
                for field in &object.fields {
                    let mark = of_field(&object.name, field, objects.contains(&field.ty.inner_named_type()));
                    marks.extend(end(sdl, field.location()).map(|place| (place, mark)));
                    for argument in &field.arguments {
                        let place = end(sdl, argument.location());
                        marks.extend(place.zip(of_argument(&argument.name).map(cost)));
                    }
                }
            }
            Definition::EnumTypeDefinition(set) => marks.extend(of_type(sdl, &set.name)),
            _ => {}
        }
    }
    // From the end, so that no place moves before its turn.
    marks.sort_by_key(|(place, _)| *place);
    let mut marked = sdl.to_owned();
    for (place, mark) in marks.iter().rev() {
        marked.insert_str(*place, mark);
    }
    Ok(marked.replacen(END, &format!("{COST_DIRECTIVES}{END}"), 1))
}

fn is_composite(definition: &Definition) -> bool {
    matches!(
        definition,
        Definition::ObjectTypeDefinition(_)
            | Definition::InterfaceTypeDefinition(_)
            | Definition::UnionTypeDefinition(_)
    )
}

fn cost(weight: u64) -> String {
    format!(" @cost(weight: \"{weight}\")")
}

/// Where a definition ends, without the space behind it.
fn end(sdl: &str, span: Option<SourceSpan>) -> Option<usize> {
    sdl.get(..span?.end_offset()).map(|text| text.trim_end().len())
}

/// What an object of this type costs, or a value of this enum, and where that is to stand.
fn of_type(sdl: &str, name: &Name) -> Option<(usize, String)> {
    let weight = match name.as_str() {
        it if it.ends_with("Connection") => CONNECTION,
        // An edge is nothing beside its node, and what facets answer is bounded: what is asked for is paid.
        it if it.ends_with("Edge") || it.ends_with("Facet") || it == "FacetBucket" => 0,
        it if it.ends_with("FacetField") => FACETS,
        _ => return None,
    };
    let after = name.location()?.end_offset();
    let head = sdl.get(after..)?.find(" {")?;
    Some((after + head, cost(weight)))
}

fn of_argument(name: &str) -> Option<u64> {
    match name {
        "asOf" => Some(AS_OF),
        "search" => Some(SEARCH),
        _ => None,
    }
}

/// What the value of a field costs instead of what its type does, and how many there are if it is a list.
fn of_field(parent: &str, field: &Node<FieldDefinition>, is_composite: bool) -> String {
    let weight = match (parent, field.name.as_str()) {
        (parent, "totalCount" | "totalCountIsExact") if parent.ends_with("Connection") => Some(TOTAL_COUNT),
        (_, "highlights") if is_composite => Some(HIGHLIGHTS),
        // They are paid with the highlights.
        ("SearchHighlight", _) if is_composite => Some(0),
        (_, "role") if is_composite => Some(ROLE),
        ("Stats", "created" | "closed" | "reopened" | "reopenRate") => Some(STATS_DAYS_DEFAULT),
        // A day is read, and answered.
        ("Stats", "days") => Some(2),
        ("Stats", "medianDaysToClose") => Some(LIFETIMES),
        _ => None,
    };
    weight.map(cost).unwrap_or_default() + &if is_composite { size(parent, field) } else { String::new() }
}

fn size(parent: &str, field: &Node<FieldDefinition>) -> String {
    let has = |argument: &str| field.argument_by_name(argument).is_some();
    let default = field.argument_by_name("first").and_then(|first| first.default_value.as_ref()?.to_i32());
    let default = default.unwrap_or(PAGE_SIZE_DEFAULT);
    if field.ty.inner_named_type().ends_with("Connection") {
        return format!(
            " @listSize(assumedSize: {default}, slicingArguments: [\"first\", \"last\"], sizedFields: [\"edges\", \"nodes\"], requireOneSlicingArgument: false)"
        );
    }
    let slicing = |assumed: &str, argument: &str| {
        format!(
            " @listSize(assumedSize: {assumed}, slicingArguments: [\"{argument}\"], requireOneSlicingArgument: false)"
        )
    };
    match field.name.as_str() {
        _ if !field.ty.is_list() => String::new(),
        "edges" | "nodes" if parent.ends_with("Connection") => String::new(),
        "stats" => slicing(&STATS_TOP_DEFAULT.to_string(), "top"),
        "days" if parent == "Stats" => format!(" @listSize(assumedSize: {STATS_DAYS_DEFAULT})"),
        _ if has("first") => slicing(&default.to_string(), "first"),
        _ if has("ids") || has("representations") => format!(" @listSize(assumedSize: {IDS_MAX})"),
        // What belongs to an object is paid once, however many there are.
        _ => " @listSize(assumedSize: 1)".to_owned(),
    }
}
