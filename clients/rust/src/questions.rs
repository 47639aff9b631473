//! The questions, with types made from `schema.graphql`: what the graph does not have does not compile.

use graphql_client::GraphQLQuery;

// How the graph's scalars are read. Amounts stay exact; a position in the log has 64 bits and comes as text.
type CurrencyCode = String;
type DateTime = chrono::DateTime<chrono::Utc>;
type Decimal = rust_decimal::Decimal;
type Seq = String;

// The types below are made anew when the schema changes; the macro alone would not notice.
const _: &str = include_str!("../../../schema.graphql");

#[derive(GraphQLQuery)]
#[graphql(schema_path = "../../schema.graphql", query_path = "../questions.graphql", response_derives = "Debug")]
pub(crate) struct WellPaid;

#[derive(GraphQLQuery)]
#[graphql(schema_path = "../../schema.graphql", query_path = "../questions.graphql", response_derives = "Debug")]
pub(crate) struct Now;

#[derive(GraphQLQuery)]
#[graphql(schema_path = "../../schema.graphql", query_path = "../questions.graphql", response_derives = "Debug")]
pub(crate) struct Page;

#[derive(GraphQLQuery)]
#[graphql(schema_path = "../../schema.graphql", query_path = "../questions.graphql", response_derives = "Debug")]
pub(crate) struct Changes;
