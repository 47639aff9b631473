//! What a normalized operation selects, as a tree: resolvers prefetch by it, and the cost is counted on it.
//! The tree mirrors the operation's text field by field. How it is made is in `normalize`.

use std::any::Any;
use std::borrow::Cow;
use std::hash::{Hash, Hasher};
use std::sync::{Arc, OnceLock, Weak};

use serde_json::{Map, Value};

use super::refusal::Location;

/// What an operation takes in memory for each byte of its text, at worst: of its arguments, an object of one member, such as
/// `{a:1}`, has room for eleven.
const BYTES_PER_TEXT_BYTE: usize = 100;

/// One operation without fragments by name, without conditions and without the same response key twice in a place.
#[derive(Debug)]
pub struct Operation {
    /// The operation as a document. Inline fragments stand only where the type is abstract, one for each object type.
    pub text: String,
    pub name: Option<String>,
    pub kind: OperationKind,
    /// Of `text`, for logs and metrics; it is no key for anything, as clients can make two texts of one hash.
    pub hash: u64,
    /// The root: a field without a name, of the operation's root type.
    pub selection: Arc<Selection>,
    /// How many selections there are: ids are below it.
    pub selection_count: usize,
    /// Whether it asks for nothing but the schema and the name of the root type.
    pub is_introspection_only: bool,
    /// Whether it asks for the schema, beside whatever else.
    pub asks_schema: bool,
    /// The variables that `text` declares.
    pub(super) variables: Vec<String>,
    /// How often each of them stands inside a list or an object of `text`.
    pub(super) uses: Vec<usize>,
}

/// Names an operation without keeping it: its address, which no other operation gets while it is named.
#[derive(Debug, Clone)]
pub struct OperationId(Weak<Operation>);

impl OperationId {
    pub fn of(operation: &Arc<Operation>) -> Self {
        Self(Arc::downgrade(operation))
    }

    /// The operation, while anything else keeps it.
    pub fn operation(&self) -> Option<Arc<Operation>> {
        self.0.upgrade()
    }
}

impl PartialEq for OperationId {
    fn eq(&self, other: &Self) -> bool {
        self.0.ptr_eq(&other.0)
    }
}

impl Eq for OperationId {}

impl Hash for OperationId {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.as_ptr().hash(state);
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OperationKind {
    Query,
    Mutation,
    Subscription,
}

impl OperationKind {
    /// As a document spells it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Query => "query",
            Self::Mutation => "mutation",
            Self::Subscription => "subscription",
        }
    }
}

/// One field of an operation.
#[derive(Debug)]
pub struct Selection {
    /// Unique in the operation: its place among all fields as they stand in the text, the root being 0.
    pub id: usize,
    pub response_key: String,
    /// The response key as a member of a JSON object begins with it: in quotes, with a colon behind it.
    pub json_key: String,
    pub field: String,
    /// In the order of the document, and without those it leaves to the schema's defaults.
    pub arguments: Vec<(String, Argument)>,
    pub children: Children,
    /// Where the client's document has the field first.
    pub location: Location,
    pub(super) role: Role,
    /// What was made of the arguments, if all requests of the operation have the same.
    pub(super) made: OnceLock<Arc<dyn Any + Send + Sync>>,
}

/// The fields selected on the value of a field.
#[derive(Debug)]
pub enum Children {
    /// The value is a scalar or an enum.
    Leaf,
    /// The value is of one object type.
    Object(Vec<Arc<Selection>>),
    /// The value is of an interface or a union: what is selected on each object type of which something is.
    Abstract(Vec<(String, Vec<Arc<Selection>>)>),
}

/// What a field is to the cost of an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Leaf,
    Object,
    /// A list of objects of which as many are asked for as the schema says, unless the document does.
    List {
        size_default: u64,
    },
    /// A list in pages; the size of a page that is not given.
    Connection {
        page_size_default: u64,
    },
    Introspection,
}

/// An argument's value in the document: of the declared form (lists are lists, ids are strings, enums are strings), with variables in place.
#[derive(Debug, Clone, PartialEq)]
pub enum Argument {
    Constant(Value),
    Variable(String),
    List(Vec<Argument>),
    Object(Vec<(String, Argument)>),
}

impl Operation {
    /// What it takes in memory, at worst.
    pub fn bytes(&self) -> usize {
        self.text.len().saturating_mul(BYTES_PER_TEXT_BYTE)
    }
}

impl Selection {
    /// The fields selected on an object of the type; the type matters only where it is abstract.
    pub fn fields(&self, type_name: &str) -> std::slice::Iter<'_, Arc<Self>> {
        match &self.children {
            Children::Leaf => [].iter(),
            Children::Object(fields) => fields.iter(),
            Children::Abstract(types) => {
                types.iter().find(|(name, _)| name == type_name).map_or([].iter(), |(_, fields)| fields.iter())
            }
        }
    }

    pub fn child(&self, response_key: &str, type_name: &str) -> Option<&Arc<Self>> {
        self.fields(type_name).find(|field| field.response_key == response_key)
    }

    /// The argument's value, with variables put in. There is none if the document has none, or if it is a variable without a value.
    pub fn argument(&self, name: &str, variables: &Map<String, Value>) -> Option<Value> {
        self.argument_ref(name, variables).map(Cow::into_owned)
    }

    pub(super) fn argument_ref<'a>(&'a self, name: &str, variables: &'a Map<String, Value>) -> Option<Cow<'a, Value>> {
        let (_, argument) = self.arguments.iter().find(|(argument, _)| argument == name)?;
        argument.resolve(variables)
    }

    /// What `make` makes of the arguments, and of what is selected below, which stays; kept for the next request unless they hold variables.
    pub fn made_of_arguments<T, E>(&self, make: impl FnOnce() -> Result<T, E>) -> Result<Arc<T>, E>
    where
        T: Any + Send + Sync,
    {
        if let Some(Ok(made)) = self.made.get().map(|it| Arc::clone(it).downcast()) {
            return Ok(made);
        }
        let made = Arc::new(make()?);
        if self.arguments.iter().all(|(_, it)| it.is_constant()) {
            // Another request may have been first, by the same arguments.
            self.made.set(Arc::clone(&made) as Arc<dyn Any + Send + Sync>).ok();
        }
        Ok(made)
    }

    /// The selection at a path of response keys below this one. Where a type is abstract, the first object type that has the key
    /// is followed, so that a field is found but perhaps not the very one.
    pub fn descend<'a>(self: &'a Arc<Self>, path: impl IntoIterator<Item = &'a str>) -> Option<&'a Arc<Self>> {
        path.into_iter().try_fold(self, |at, key| match &at.children {
            Children::Leaf => None,
            Children::Object(fields) => fields.iter().find(|field| field.response_key == key),
            Children::Abstract(types) => {
                types.iter().flat_map(|(_, fields)| fields).find(|field| field.response_key == key)
            }
        })
    }
}

impl Argument {
    fn is_constant(&self) -> bool {
        match self {
            Self::Constant(_) => true,
            Self::Variable(_) => false,
            Self::List(items) => items.iter().all(Self::is_constant),
            Self::Object(fields) => fields.iter().all(|(_, field)| field.is_constant()),
        }
    }

    fn resolve<'a>(&'a self, variables: &'a Map<String, Value>) -> Option<Cow<'a, Value>> {
        match self {
            Self::Constant(value) => Some(Cow::Borrowed(value)),
            Self::Variable(name) => variables.get(name).map(Cow::Borrowed),
            Self::List(items) => {
                // In a list, a variable without a value is null; in an object, the field is as if not written.
                let items = items.iter().map(|item| item.resolve(variables).map_or(Value::Null, Cow::into_owned));
                Some(Cow::Owned(items.collect()))
            }
            Self::Object(fields) => {
                let given = fields
                    .iter()
                    .filter_map(|(name, field)| Some((name.clone(), field.resolve(variables)?.into_owned())));
                Some(Cow::Owned(given.collect()))
            }
        }
    }
}
