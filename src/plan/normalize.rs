//! Writes one operation anew: fragments spread, conditions decided, fields of one response key merged.
//! Executors run a field once for each time it is written, and resolvers cannot know what a spread will bring; on this form
//! both are simple. The text and the tree are made in one walk, so that they cannot disagree.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, OnceLock};

use apollo_compiler::collections::IndexMap;
use apollo_compiler::executable::{self, DirectiveList, Field, OperationType, Selection as Selected, SelectionSet};
use apollo_compiler::schema::{ExtendedType, FieldDefinition};
use apollo_compiler::{Name, Node};

use super::document::Document;
use super::limits::Limits;
use super::literal;
use super::refusal::{Location, Refusal};
use super::schema::Schema;
use super::selection::{Children, Operation, OperationKind, Role, Selection};
use crate::error::Code;

/// How many times the selections of an operation may be visited: each level of an abstract type visits them for each object type.
const VISITS_PER_SELECTION: usize = 4;

/// The only directive of a normalized text: a selection set of which nothing is left must still have a field.
const NOTHING: &str = "{__typename @skip(if:true)}";

/// The value of each variable that decides a `@skip` or an `@include`.
pub(super) type Conditions = Vec<(Name, bool)>;

pub(super) fn normalize(
    schema: &Schema,
    limits: &Limits,
    document: &Document,
    operation: &executable::Operation,
    conditions: &Conditions,
) -> Result<Operation, Refusal> {
    let mut normalizer = Normalizer {
        schema,
        limits,
        document,
        conditions,
        text: String::new(),
        variables: HashMap::new(),
        selection_count: 0,
        visits: 0,
    };
    let root = normalizer.root(operation)?;
    let kind = match operation.operation_type {
        OperationType::Query => OperationKind::Query,
        OperationType::Mutation => OperationKind::Mutation,
        OperationType::Subscription => OperationKind::Subscription,
    };
    let fields = root.fields(operation.object_type());
    let is_introspection_only =
        kind == OperationKind::Query && fields.len() > 0 && fields.clone().all(|field| field.field.starts_with("__"));
    // `_service` is how gateways ask for it.
    let asks_schema = fields.clone().any(|it| it.role == Role::Introspection || it.field == "_service");
    let selection_count = normalizer.selection_count;
    let (text, variables, uses) = normalizer.finish(operation);
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    Ok(Operation {
        hash: hasher.finish(),
        text,
        name: operation.name.as_ref().map(Name::to_string),
        kind,
        selection: Arc::new(root),
        selection_count,
        is_introspection_only,
        asks_schema,
        variables,
        uses,
    })
}

/// The fields that share a response key, by that key, in the order of their first.
type Groups<'a> = IndexMap<&'a Name, Vec<&'a Node<Field>>>;

struct Normalizer<'a> {
    schema: &'a Schema,
    limits: &'a Limits,
    document: &'a Document,
    conditions: &'a Conditions,
    text: String,
    /// Those that the text uses, and how often inside lists and objects, where each use is a copy.
    variables: HashMap<&'a Name, usize>,
    selection_count: usize,
    visits: usize,
}

impl<'a> Normalizer<'a> {
    fn root(&mut self, operation: &'a executable::Operation) -> Result<Selection, Refusal> {
        let id = self.next_id();
        let children = self.object(operation.object_type(), &[&operation.selection_set])?;
        Ok(Selection {
            id,
            response_key: String::new(),
            json_key: String::new(),
            field: String::new(),
            arguments: Vec::new(),
            children: Children::Object(children),
            location: Location { line: 1, column: 1 },
            role: Role::Object,
            made: OnceLock::new(),
        })
    }

    /// The whole text, now that the variables it needs are known, their names, and how often it copies each.
    fn finish(mut self, operation: &'a executable::Operation) -> (String, Vec<String>, Vec<usize>) {
        let mut text = operation.operation_type.name().to_owned();
        if let Some(name) = &operation.name {
            text.push(' ');
            text.push_str(name);
        }
        let used: Vec<_> =
            operation.variables.iter().filter(|variable| self.variables.contains_key(&variable.name)).collect();
        for (index, variable) in used.iter().enumerate() {
            text.push_str(if index == 0 { "($" } else { ",$" });
            text.push_str(&format!("{}:{}", variable.name, variable.ty));
            if let Some(default) = &variable.default_value {
                text.push('=');
                literal::write(&mut text, default, &mut self.variables);
            }
        }
        text.push_str(if used.is_empty() { "" } else { ")" });
        text.push_str(&self.text);
        let uses = used.iter().filter_map(|variable| self.variables.get(&variable.name).copied()).collect();
        (text, used.iter().map(|variable| variable.name.to_string()).collect(), uses)
    }

    /// Writes what is selected on a value of an object type.
    fn object(&mut self, object: &Name, sets: &[&'a SelectionSet]) -> Result<Vec<Arc<Selection>>, Refusal> {
        let groups = self.collect(object, sets)?;
        if groups.is_empty() {
            self.text.push_str(NOTHING);
            return Ok(Vec::new());
        }
        self.fields(object, groups)
    }

    /// Writes what is selected on each object type that an abstract type stands for.
    fn objects(&mut self, abstract_type: &Name, sets: &[&'a SelectionSet]) -> Result<Children, Refusal> {
        let schema = self.schema;
        let mut types = Vec::new();
        let start = self.text.len();
        self.text.push('{');
        for object in schema.objects_of(abstract_type) {
            let groups = self.collect(object, sets)?;
            if !groups.is_empty() {
                self.text.push_str(&format!("...on {object}"));
                types.push((object.to_string(), self.fields(object, groups)?));
            }
        }
        self.text.push('}');
        if types.is_empty() {
            self.text.truncate(start);
            self.text.push_str(NOTHING);
        }
        Ok(Children::Abstract(types))
    }

    fn fields(&mut self, object: &Name, groups: Groups<'a>) -> Result<Vec<Arc<Selection>>, Refusal> {
        let mut fields = Vec::with_capacity(groups.len());
        self.text.push('{');
        for (index, (response_key, group)) in groups.into_iter().enumerate() {
            self.text.push_str(if index == 0 { "" } else { " " });
            fields.push(Arc::new(self.field(object, response_key, &group)?));
        }
        self.text.push('}');
        Ok(fields)
    }

    fn field(
        &mut self,
        object: &Name,
        response_key: &'a Name,
        group: &[&'a Node<Field>],
    ) -> Result<Selection, Refusal> {
        let (schema, first) = (self.schema, group[0]);
        let location = self.document.location(first.location());
        if let Some(other) = group.iter().find(|other| !is_same_question(first, other)) {
            let message =
                format!("\"{response_key}\" is asked with two different sets of arguments: give one an alias");
            return Err(Refusal::at(Code::GraphqlValidationFailed, message, self.document.location(other.location())));
        }
        // A field selected through an interface may have a narrower type on the object.
        let definition = schema.type_field(object, &first.name).map_or(&first.definition, |component| &component.node);
        let id = self.next_id();
        self.head(response_key, first);
        let argument_type = |name: &Name| definition.argument_by_name(name).map(|argument| &*argument.ty);
        let arguments = first.arguments.iter().filter_map(|argument| {
            Some((argument.name.to_string(), literal::read(schema, argument_type(&argument.name)?, &argument.value)))
        });
        let arguments = arguments.collect();
        let sets: Vec<&SelectionSet> = group.iter().map(|field| &field.selection_set).collect();
        let type_name = definition.ty.inner_named_type();
        let children = match schema.types.get(type_name) {
            Some(ExtendedType::Object(_)) => Children::Object(self.object(type_name, &sets)?),
            Some(ExtendedType::Interface(_) | ExtendedType::Union(_)) => self.objects(type_name, &sets)?,
            _ => Children::Leaf,
        };
        let role = self.role(definition, &children);
        Ok(Selection {
            id,
            response_key: response_key.to_string(),
            json_key: format!("\"{response_key}\":"),
            field: first.name.to_string(),
            arguments,
            children,
            location,
            role,
            made: OnceLock::new(),
        })
    }

    /// Writes the field up to its selection set.
    fn head(&mut self, response_key: &Name, field: &'a Node<Field>) {
        self.text.push_str(response_key);
        if *response_key != field.name {
            self.text.push(':');
            self.text.push_str(&field.name);
        }
        for (index, argument) in field.arguments.iter().enumerate() {
            self.text.push(if index == 0 { '(' } else { ',' });
            self.text.push_str(&argument.name);
            self.text.push(':');
            literal::write(&mut self.text, &argument.value, &mut self.variables);
            if let Some(whole) = argument.value.as_variable().and_then(|it| self.variables.get_mut(it)) {
                // It is read where it stands.
                *whole -= 1;
            }
        }
        self.text.push_str(if field.arguments.is_empty() { "" } else { ")" });
    }

    fn role(&self, definition: &FieldDefinition, children: &Children) -> Role {
        if matches!(definition.name.as_str(), "__schema" | "__type") {
            return Role::Introspection;
        }
        if matches!(children, Children::Leaf) {
            return Role::Leaf;
        }
        let default = definition.argument_by_name("first").and_then(|first| first.default_value.as_ref()?.to_i32());
        let default = default.and_then(|first| u64::try_from(first).ok());
        if !definition.ty.inner_named_type().ends_with("Connection") {
            return default.map_or(Role::Object, |size_default| Role::List { size_default });
        }
        Role::Connection { page_size_default: default.unwrap_or(self.limits.page_size_default) }
    }

    /// The fields that the sets ask of an object of this type; fragments are spread once, as a second time adds nothing.
    fn collect(&mut self, object: &Name, sets: &[&'a SelectionSet]) -> Result<Groups<'a>, Refusal> {
        let mut groups = Groups::default();
        let mut spread = HashSet::new();
        for set in sets {
            self.collect_into(&mut groups, &mut spread, object, set)?;
        }
        Ok(groups)
    }

    fn collect_into(
        &mut self,
        groups: &mut Groups<'a>,
        spread: &mut HashSet<&'a Name>,
        object: &Name,
        set: &'a SelectionSet,
    ) -> Result<(), Refusal> {
        for selection in &set.selections {
            self.visit()?;
            if !self.is_included(selection.directives()) {
                continue;
            }
            match selection {
                Selected::Field(field) => groups.entry(field.response_key()).or_default().push(field),
                Selected::InlineFragment(inline) => {
                    if inline.type_condition.as_ref().is_none_or(|condition| self.schema.applies(condition, object)) {
                        self.collect_into(groups, spread, object, &inline.selection_set)?;
                    }
                }
                Selected::FragmentSpread(name) => {
                    let Some(fragment) = self.document.executable.fragments.get(&name.fragment_name) else {
                        continue;
                    };
                    if self.schema.applies(fragment.type_condition(), object) && spread.insert(&fragment.name) {
                        self.collect_into(groups, spread, object, &fragment.selection_set)?;
                    }
                }
            }
        }
        Ok(())
    }

    fn is_included(&self, directives: &DirectiveList) -> bool {
        let is_on = |directive: &str| {
            let condition = directives.get(directive)?.specified_argument_by_name("if")?;
            condition.to_bool().or_else(|| {
                let variable = condition.as_variable()?;
                self.conditions.iter().find(|(name, _)| name == variable).map(|(_, value)| *value)
            })
        };
        is_on("skip") != Some(true) && is_on("include") != Some(false)
    }

    fn visit(&mut self) -> Result<(), Refusal> {
        self.visits += 1;
        let limit = self.limits.selections_max;
        if self.visits > limit.saturating_mul(VISITS_PER_SELECTION) {
            let message = format!(
                "the operation comes to far more than {limit} selections once written for each object type of its interfaces"
            );
            return Err(Refusal::new(Code::DocumentTooLarge, message));
        }
        Ok(())
    }

    fn next_id(&mut self) -> usize {
        let id = self.selection_count;
        self.selection_count += 1;
        id
    }
}

/// Whether two fields of one response key ask the same. Validation sees to that but for lists, of which it compares only the shorter part.
fn is_same_question(left: &Node<Field>, right: &Node<Field>) -> bool {
    left.ptr_eq(right) || (left.name == right.name && literal::are_same(&left.arguments, &right.arguments))
}

#[cfg(test)]
mod tests;
