//! Whether the costs that the schema states are those that questions are charged: counted from its directives alone, the way
//! IBM's cost specification says.

use apollo_compiler::Schema;
use apollo_compiler::ast::{FieldDefinition, Value as Literal};
use apollo_compiler::schema::ExtendedType;
use jobgraph::plan::{Children, Limits, Planner, Request, Selection};
use libtest_mimic::Failed;
use serde_json::{Map, Value};

use crate::question;

/// What the directives cannot say: how many ids a list has, and which days and values of statistics are asked for.
const STATED_AT_MOST: [&str; 2] = ["nodes(ids", "stats("];

pub(crate) fn questions_cost_what_the_schema_says() -> Result<(), Failed> {
    let sdl = jobgraph::graphql::sdl();
    let planner = Planner::new(&sdl, Limits::default())?;
    let schema = Schema::parse(sdl, "schema.graphql").map_err(|failed| failed.errors.to_string())?;
    let (mut priced, mut wrong) = (0, Vec::new());
    for file in question::questions() {
        let (text, variables) = question::read(&file)?;
        if STATED_AT_MOST.iter().any(|it| text.contains(it)) || text.contains("__") {
            continue;
        }
        let now = crate::world::NOW;
        let request = Request { query: &text, operation_name: None, variables, is_get: false, now };
        // Some are there to be refused.
        let Ok(planned) = planner.plan(&request) else { continue };
        let price = Price { schema: &schema, variables: &planned.variables };
        let stated = price.below(&planned.operation.selection, "Query", None);
        if stated != planned.cost {
            wrong.push(format!("{}: stated {stated}, charged {}", file.display(), planned.cost));
        }
        priced += 1;
    }
    if priced < 50 {
        wrong.push(format!("only {priced} questions were priced"));
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n").into()) }
}

struct Price<'a> {
    schema: &'a Schema,
    variables: &'a Map<String, Value>,
}

impl Price<'_> {
    /// `sized` is how long the lists of these names are.
    fn below(&self, at: &Selection, type_name: &str, sized: Option<(u64, &[String])>) -> u64 {
        let sum = |type_name: &str, fields: &[std::sync::Arc<Selection>]| -> u64 {
            fields.iter().map(|field| self.field(field, type_name, sized)).sum()
        };
        match &at.children {
            Children::Leaf => 0,
            Children::Object(fields) => sum(type_name, fields),
            Children::Abstract(types) => types.iter().map(|(name, fields)| sum(name, fields)).max().unwrap_or(0),
        }
    }

    fn field(&self, field: &Selection, parent: &str, sized: Option<(u64, &[String])>) -> u64 {
        let definition = self.schema.type_field(parent, &field.field).expect("it is in the schema");
        let named = definition.ty.inner_named_type();
        let own = weight(&definition.directives).unwrap_or_else(|| self.weight_of(named));
        let (size, fields) = self.size(field, definition);
        let is_sized = |(_, names): &(u64, &[String])| names.contains(&field.field);
        let count = match sized.filter(is_sized) {
            Some((size, _)) => size,
            None if definition.ty.is_list() => size,
            None => 1,
        };
        let below = self.below(field, named, Some((size, &fields)));
        self.arguments(field, definition) + count * (own + below)
    }

    fn weight_of(&self, type_name: &str) -> u64 {
        match self.schema.types.get(type_name) {
            Some(ExtendedType::Object(object)) => object
                .directives
                .get("cost")
                .and_then(|it| points(it.specified_argument_by_name("weight")?))
                .unwrap_or(1),
            Some(ExtendedType::Interface(_) | ExtendedType::Union(_)) => 1,
            _ => 0,
        }
    }

    /// How long the list is, or those of the fields named.
    fn size(&self, field: &Selection, definition: &FieldDefinition) -> (u64, Vec<String>) {
        let Some(mark) = definition.directives.get("listSize") else {
            return (1, Vec::new());
        };
        let names = |name: &str| -> Vec<String> {
            let list = mark.specified_argument_by_name(name).and_then(|it| it.as_list()).unwrap_or_default();
            list.iter().filter_map(|it| it.as_str()).map(str::to_owned).collect()
        };
        let given = |name: &String| field.argument(name, self.variables)?.as_u64();
        let given = names("slicingArguments").iter().find_map(given);
        let assumed = || mark.specified_argument_by_name("assumedSize").and_then(|it| it.to_i32());
        let size = given.or_else(|| assumed().and_then(|it| u64::try_from(it).ok()));
        (size.expect("each list has a size"), names("sizedFields"))
    }

    fn arguments(&self, field: &Selection, definition: &FieldDefinition) -> u64 {
        let given = field.arguments.iter().filter_map(|(name, _)| Some((name, field.argument(name, self.variables)?)));
        let price = |(name, value): (&String, Value)| {
            let argument = definition.argument_by_name(name).expect("it is in the schema");
            let own = weight(&argument.directives).filter(|_| !value.is_null()).unwrap_or(0);
            let each = match self.schema.types.get(argument.ty.inner_named_type()) {
                Some(ExtendedType::Enum(set)) => set
                    .directives
                    .get("cost")
                    .and_then(|it| points(it.specified_argument_by_name("weight")?))
                    .unwrap_or(0),
                _ => 0,
            };
            let members = value.as_array().map_or(1, |it| it.len() as u64);
            own + each * members + if name == "filter" { keys(&value) } else { 0 }
        };
        given.map(price).sum()
    }
}

fn weight(directives: &apollo_compiler::ast::DirectiveList) -> Option<u64> {
    points(directives.get("cost")?.specified_argument_by_name("weight")?)
}

fn points(weight: &Literal) -> Option<u64> {
    weight.as_str()?.parse().ok()
}

fn keys(value: &Value) -> u64 {
    match value {
        Value::Object(fields) => fields.values().map(|it| 1 + keys(it)).sum(),
        Value::Array(items) => items.iter().map(keys).sum(),
        _ => 0,
    }
}
