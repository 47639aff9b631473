//! Calls that answer with employers.

#![expect(unused_qualifications, reason = "the macro that describes calls writes them")]

use axum::response::Response;
use serde::Deserialize;
use serde_json::json;
use utoipa::IntoParams;

use super::{no_record, uuid};
use crate::http::Engine;
use crate::http::rest::call::Call;
use crate::http::rest::envelope::{Failed, Many, One, Paged, Problem};
use crate::http::rest::org::{self, Org};
use crate::http::rest::page::{GraphPage, LIMIT_MAX};
use crate::http::rest::parameters::Text;

const ORGS_ORDER: &str = "display_name asc";

/// By what an employer is looked up: one of both.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct OrgKey {
    /// Its name, in any case. Several employers may have it.
    #[param(value_type = Option<String>, min_length = 1, max_length = 100)]
    name: Option<Text>,
    /// Its name as it stands in addresses.
    #[param(value_type = Option<String>, min_length = 1, max_length = 100)]
    slug: Option<Text>,
}

/// An employer.
///
/// An id that was joined into another goes on answering, with the employer that it is now.
#[utoipa::path(
    get, path = "/orgs/{org_id}", tag = "orgs",
    params(("org_id" = Uuid, Path, description = "The employer's id.")),
    responses(
        (status = 200, description = "The employer.", body = One<Org>),
        (status = "4XX", description = "No employer has the id, or the call is not understood.", body = Failed),
        (status = "5XX", description = "The server has too much to do, or its database does not answer.", body = Failed),
    )
)]
pub(in crate::http::rest) async fn org_by_id<E: Engine>(call: &mut Call<E>) -> Result<Response, Problem> {
    call.parameters()?.finish()?;
    #[derive(Deserialize)]
    struct Answer {
        org: Option<Org>,
    }
    let document = format!("query RestOrg($id: ID!) {{ org(by: {{ id: $id }}) {{ {} }} }}", org::FIELDS);
    let answer: Answer = call.ask(document, json!({ "id": uuid("employer", &call.id)? })).await?;
    Ok(call.one(answer.org.ok_or_else(|| no_record("employer", &call.id))?))
}

/// Employers by name.
///
/// Empty where none has the name. Exactly one of `name` and `slug` is to be given.
#[utoipa::path(
    get, path = "/orgs/lookup", tag = "orgs",
    params(OrgKey),
    responses(
        (status = 200, description = "The employers, 100 at most.", body = Many<Org>),
        (status = "4XX", description = "The call is not understood.", body = Failed),
        (status = "5XX", description = "The server has too much to do, or its database does not answer.", body = Failed),
    )
)]
pub(in crate::http::rest) async fn orgs_lookup<E: Engine>(call: &mut Call<E>) -> Result<Response, Problem> {
    let mut parameters = call.parameters()?;
    let key: OrgKey = parameters.take()?;
    parameters.finish()?;
    let filter = match (key.name, key.slug) {
        (Some(name), None) => json!({ "name": { "eq": name.0 } }),
        (None, Some(slug)) => json!({ "slug": { "eq": slug.0 } }),
        _ => return Err(Problem::parameter("name", "give either \"name\" or \"slug\"")),
    };
    #[derive(Deserialize)]
    struct Answer {
        orgs: GraphPage<Org>,
    }
    let document = format!(
        "query RestOrgsLookup($filter: OrgFilter, $first: Int!) {{ orgs(filter: $filter, first: $first) {{ \
            pageInfo {{ hasNextPage endCursor }} nodes {{ {} }} }} }}",
        org::FIELDS
    );
    let answer: Answer = call.ask(document, json!({ "filter": filter, "first": LIMIT_MAX })).await?;
    // There is no next page: so many employers of one name are told apart by nothing.
    let page = Paged { limit: LIMIT_MAX, offset: 0, next_cursor: None, order: ORGS_ORDER, total: None };
    Ok(call.many(answer.orgs.nodes, page))
}
