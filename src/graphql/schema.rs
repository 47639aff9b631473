//! The schemas that documents are executed on, and the text of the one that clients know.

use async_graphql::{
    EmptyMutation, EmptySubscription, ObjectType, SDLExportOptions, Schema, SchemaBuilder, SubscriptionType,
    ValidationMode,
};

use super::node::Node;
use super::query::Query;
use super::subscription::{Delivery, Subscription};
use crate::plan::with_costs;

/// Deeper than any selection that the planner lets pass.
const RECURSION_MAX: usize = 64;

pub(super) type Graph = Schema<Query, EmptyMutation, Subscription>;
/// Answers one event of a subscription.
pub(super) type Deliveries = Schema<Delivery, EmptyMutation, EmptySubscription>;

pub(super) fn schema() -> Graph {
    build(Query, Subscription)
}

pub(super) fn build<Q: ObjectType + 'static, S: SubscriptionType + 'static>(
    query: Q,
    subscription: S,
) -> Schema<Q, EmptyMutation, S> {
    builder(query, subscription).finish()
}

pub(super) fn deliveries() -> Deliveries {
    builder(Delivery, EmptySubscription).disable_introspection().finish()
}

fn builder<Q: ObjectType + 'static, S: SubscriptionType + 'static>(
    query: Q,
    subscription: S,
) -> SchemaBuilder<Q, EmptyMutation, S> {
    Schema::build(query, EmptyMutation, subscription)
        .register_output_type::<Node>()
        .validation_mode(ValidationMode::Fast)
        .limit_recursive_depth(RECURSION_MAX)
        .disable_suggestions()
}

/// The schema as text, with what asking costs, sorted, so that it changes only where the graph does.
pub fn sdl() -> String {
    let options = SDLExportOptions::new()
        .sorted_fields()
        .sorted_arguments()
        .sorted_enum_items()
        .include_specified_by()
        .prefer_single_line_descriptions();
    let text = schema().sdl_with_options(options);
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let text = format!("{}\n", lines.join("\n").trim());
    with_costs(&text).expect("what the library writes of the schema is GraphQL")
}
