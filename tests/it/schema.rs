//! The schema as a file, and its words for users.

use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{TypeKind, TypeSystemDefinition};

#[test]
fn the_file_is_the_schema() {
    let file = include_str!("../../schema.graphql");
    assert_eq!(file, jobgraph::graphql::sdl(), "run: cargo run -- schema print > schema.graphql");
}

#[test]
fn everything_is_described_for_users() {
    let document = parse_schema(jobgraph::graphql::sdl()).expect("the schema is GraphQL");
    let mut silent = Vec::new();
    for definition in document.definitions {
        let TypeSystemDefinition::Type(definition) = definition else {
            continue;
        };
        let definition = definition.node;
        let name = definition.name.node.to_string();
        let mut check = |path: String, is_described: bool| {
            if !is_described {
                silent.push(path);
            }
        };
        check(name.clone(), definition.description.is_some());
        let fields = match definition.kind {
            TypeKind::Object(object) => object.fields,
            TypeKind::Interface(interface) => interface.fields,
            TypeKind::Enum(set) => {
                set.values
                    .iter()
                    .for_each(|it| check(format!("{name}.{}", it.node.value.node), it.node.description.is_some()));
                continue;
            }
            TypeKind::InputObject(input) => {
                input
                    .fields
                    .iter()
                    .for_each(|it| check(format!("{name}.{}", it.node.name.node), it.node.description.is_some()));
                continue;
            }
            _ => continue,
        };
        for field in fields {
            let path = format!("{name}.{}", field.node.name.node);
            check(path.clone(), field.node.description.is_some());
            field
                .node
                .arguments
                .iter()
                .for_each(|it| check(format!("{path}({})", it.node.name.node), it.node.description.is_some()));
        }
    }
    assert_eq!(silent, Vec::<String>::new());
}
