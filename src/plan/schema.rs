//! The schema as the planner reads it: the SDL with what the validator's own idea of GraphQL lacks, and for each abstract type
//! the object types that can stand in for it.

use std::collections::HashMap;
use std::ops::Deref;

use apollo_compiler::Name;
use apollo_compiler::Schema as ValidatorSchema;
use apollo_compiler::schema::ExtendedType;
use apollo_compiler::validation::Valid;

/// The SDL does not state what every server knows, and the validator knows the specification of 2021:
/// input objects of which exactly one field is given came later.
const ONE_OF_DIRECTIVE: &str = "directive @oneOf on INPUT_OBJECT";
const ONE_OF_INTROSPECTION: &str = "extend type __Type { isOneOf: Boolean }";

/// The SDL that was given is no valid schema.
#[derive(Debug, thiserror::Error)]
#[error("the schema does not hold: {0}")]
pub struct PlannerError(pub(super) String);

pub(super) struct Schema {
    validated: Valid<ValidatorSchema>,
    objects: HashMap<Name, Vec<Name>>,
}

impl Schema {
    pub(super) fn parse(sdl: &str) -> Result<Self, PlannerError> {
        let mut builder =
            ValidatorSchema::builder().parse(sdl, "schema.graphql").parse(ONE_OF_INTROSPECTION, "introspection");
        if !sdl.contains(ONE_OF_DIRECTIVE) {
            builder = builder.parse(ONE_OF_DIRECTIVE, "directives");
        }
        let schema = builder.build().map_err(|failed| PlannerError(failed.errors.to_string()))?;
        let validated = schema.validate().map_err(|failed| PlannerError(failed.errors.to_string()))?;
        let mut objects: HashMap<Name, Vec<Name>> = HashMap::new();
        for (name, definition) in &validated.types {
            match definition {
                ExtendedType::Object(object) => {
                    for interface in &object.implements_interfaces {
                        objects.entry(interface.name.clone()).or_default().push(name.clone());
                    }
                }
                ExtendedType::Union(union) => {
                    objects.insert(name.clone(), union.members.iter().map(|member| member.name.clone()).collect());
                }
                _ => {}
            }
        }
        Ok(Self { validated, objects })
    }

    pub(super) fn validated(&self) -> &Valid<ValidatorSchema> {
        &self.validated
    }

    /// The object types that a value of an abstract type can have, in the order of the SDL.
    pub(super) fn objects_of(&self, abstract_type: &str) -> &[Name] {
        self.objects.get(abstract_type).map_or(&[], Vec::as_slice)
    }

    /// Whether a fragment on `condition` applies to an object of the type `object`.
    pub(super) fn applies(&self, condition: &str, object: &str) -> bool {
        condition == object || self.objects_of(condition).iter().any(|name| name == object)
    }

    /// Whether exactly one field of this input object is to be given.
    pub(super) fn is_one_of(&self, input_object: &str) -> bool {
        self.validated.get_input_object(input_object).is_some_and(|definition| definition.directives.has("oneOf"))
    }
}

impl Deref for Schema {
    type Target = ValidatorSchema;

    fn deref(&self) -> &Self::Target {
        &self.validated
    }
}
