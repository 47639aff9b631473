//! The graph as a subgraph of an Apollo Federation, for servers that are asked to be one: its SDL with keys, and the two fields
//! by which a gateway asks, `_service` and `_entities`. By <https://www.apollographql.com/docs/graphos/schema-design/federated-schemas/reference/subgraph-spec>.
//!
//! What can be found by `nodes` is an entity, and is found the same way.

use std::borrow::Cow;

use async_graphql::parser::types::Field;
use async_graphql::registry::{MetaType, Registry};
use async_graphql::resolver_utils::{ContainerType, resolve_container};
use async_graphql::{
    Any, Context, ContextSelectionSet, EmptyMutation, ID, Object, ObjectType, OutputType, Positioned, Schema,
    ServerResult, SimpleObject, Union, Value,
};

use super::error::Failure;
use super::event::Event;
use super::job::Job;
use super::node::{self, Kind, Node};
use super::org::Org;
use super::query::Query;
use super::request::{Request, child};
use super::source::Source;
use super::subscription::Subscription;
use super::{build, sdl};
use crate::config::IDS_MAX;
use crate::plan::COST_DIRECTIVES;

/// What a subgraph states before all else: the version of federation, and which of its directives are meant.
const LINK: &str = r#"extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@cost", "@key", "@listSize", "@shareable"])"#;

/// How the graph of a subgraph differs from that of any other server.
const EXTENSION: &str = r#"
"Names an entity: an object with `__typename`, and the fields of a key of that type."
scalar _Any
"Whatever other subgraphs can refer to."
union _Entity = Event | Job | Org | Source
"The subgraph itself."
type _Service {
  "Its schema, with the directives of federation."
  sdl: String!
}
extend type Query {
  "The entities that these name, in their order; null for each that nothing has. Meant for gateways."
  _entities(
    "At most 100 of `Job`, `Org`, `Source` and `Event`, by their `id`."
    representations: [_Any!]!
  ): [_Entity]!
  "The subgraph itself. Meant for gateways."
  _service: _Service!
}
"#;

pub(super) type Subgraph = Schema<Root, EmptyMutation, Subscription>;

pub(super) fn subgraph() -> Subgraph {
    build(Root, Subscription)
}

/// The schema as a gateway is to be given it, without what every subgraph has.
pub fn subgraph_sdl() -> String {
    // Federation has the directives of costs too, and their weights as numbers.
    let text = sdl().replace(COST_DIRECTIVES, "");
    let lines =
        text.lines().map(|line| match line.strip_suffix(" {").and_then(|head| Some((head, directive(head)?))) {
            Some((head, directive)) => format!("{head} {directive} {{\n"),
            None => format!("{}\n", numbered(line)),
        });
    format!("{LINK}\n\n{}", lines.collect::<String>())
}

/// The line with its weights as numbers; no description has any.
fn numbered(line: &str) -> String {
    let mut parts = line.split("@cost(weight: \"");
    let mut numbered = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        numbered += "@cost(weight: ";
        numbered += &part.replacen('"', "", 1);
    }
    numbered
}

/// What the type whose definition begins so is to others.
fn directive(head: &str) -> Option<&'static str> {
    if head.starts_with("type ") && head.ends_with(" implements Node") {
        return Some(r#"@key(fields: "id")"#);
    }
    // Other subgraphs have pages too.
    (head == "type PageInfo").then_some("@shareable")
}

/// The schema that clients of a subgraph may ask by.
pub(super) fn asked_sdl() -> String {
    sdl() + EXTENSION
}

/// The roots of every question, and what every subgraph has beside them. The library's own way to merge objects needs two names
/// for one type, so the fields are put side by side here.
pub(super) struct Root;

impl ContainerType for Root {
    async fn resolve_field(&self, ctx: &Context<'_>) -> ServerResult<Option<Value>> {
        match Query.resolve_field(ctx).await? {
            Some(value) => Ok(Some(value)),
            None => Entities.resolve_field(ctx).await,
        }
    }
}

impl OutputType for Root {
    fn type_name() -> Cow<'static, str> {
        Query::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        let name = Query::create_type_info(registry);
        Entities::create_type_info(registry);
        let added = registry.types.remove(&*Entities::type_name());
        let root = registry.types.get_mut(&*Query::type_name());
        if let (Some(MetaType::Object { fields: added, .. }), Some(MetaType::Object { fields, .. })) = (added, root) {
            fields.extend(added);
        }
        name
    }

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, _: &Positioned<Field>) -> ServerResult<Value> {
        resolve_container(ctx, self).await
    }
}

impl ObjectType for Root {}

/// What every subgraph has at its root.
struct Entities;

#[Object]
impl Entities {
    /// The entities that these name, in their order; null for each that nothing has. Meant for gateways.
    #[graphql(name = "_entities")]
    async fn entities(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most 100 of `Job`, `Org`, `Source` and `Event`, by their `id`.")] representations: Vec<
            Any,
        >,
    ) -> Result<Vec<Option<Entity>>, Failure> {
        if representations.len() > IDS_MAX {
            let count = representations.len();
            let message = format!("\"representations\" has {count} members\nhint: at most {IDS_MAX} are allowed");
            return Err(Failure::BadInput(message));
        }
        let ids = representations.iter().map(id).collect::<Result<Vec<_>, _>>()?;
        let at = child(&Request::of(ctx)?.operation.selection, ctx, "Query")?;
        let found = node::find(ctx, at, &ids).await?;
        Ok(found.into_iter().map(|node| node.map(Entity::from)).collect())
    }

    /// The subgraph itself. Meant for gateways.
    #[graphql(name = "_service")]
    async fn service(&self) -> Service {
        Service { sdl: subgraph_sdl() }
    }
}

/// The subgraph itself.
#[derive(SimpleObject)]
#[graphql(name = "_Service")]
struct Service {
    /// Its schema, with the directives of federation.
    sdl: String,
}

/// Whatever other subgraphs can refer to.
#[derive(Union)]
#[graphql(name = "_Entity")]
enum Entity {
    Event(Event),
    Job(Job),
    Org(Org),
    Source(Source),
}

impl From<Node> for Entity {
    fn from(node: Node) -> Self {
        match node {
            Node::Event(event) => Self::Event(event),
            Node::Job(job) => Self::Job(job),
            Node::Org(org) => Self::Org(org),
            Node::Source(source) => Self::Source(source),
        }
    }
}

/// The global id of what a representation names, of the type that it names and no other.
fn id(representation: &Any) -> Result<ID, Failure> {
    let text = |name: &str| match &representation.0 {
        Value::Object(members) => match members.get(name)? {
            Value::String(text) => Some(text.as_str()),
            _ => None,
        },
        _ => None,
    };
    let kind = text("__typename").and_then(Kind::named);
    match (kind, text("id")) {
        (Some(kind), Some(id)) => Ok(kind.own(id)),
        _ => Err(Failure::BadInput(
            "a member of \"representations\" names no entity\nhint: give \"__typename\", which is Job, Org, Source or Event, and \"id\"".to_owned(),
        )),
    }
}
