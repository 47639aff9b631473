//! The places where the work of a posting can be done.

use std::sync::Arc;

use async_graphql::{Context, Object};

use crate::graphql::error::Failure;
use crate::graphql::request::{Found, Loaded, Request, Slot};
use crate::graphql::scalar::{CountryCode, SubdivisionCode};
use crate::graphql::value::{closed, share};
use crate::graphql::vocabulary::Provenance;
use crate::graphql::written::Leaf;
use crate::store::job::{Jobs, LocationColumn};
use crate::store::row::Record;

/// The rows of the posting's places.
pub(super) async fn places(found: &Found, ctx: &Context<'_>) -> Result<Vec<Arc<Record>>, Failure> {
    let field = found.field::<Jobs>(ctx)?;
    match Request::of(ctx)?.follow::<Jobs>(found, field, Slot::Field).await? {
        Loaded::Rows(rows) => Ok(rows),
        _ => Ok(Vec::new()),
    }
}

/// A place where the work can be done.
pub(super) struct JobLocation(pub(super) Arc<Record>);

/// A place where the work can be done.
#[Object]
impl JobLocation {
    /// The provider's words for this place.
    async fn raw(&self) -> Option<&str> {
        self.0.optional_text(LocationColumn::Raw)
    }

    /// The city.
    async fn city(&self) -> Option<&str> {
        self.0.optional_text(LocationColumn::City)
    }

    /// The state, province or the like, by name.
    async fn region(&self) -> Option<&str> {
        self.0.optional_text(LocationColumn::Region)
    }

    /// The state, province or the like, by code.
    async fn region_code(&self) -> Option<SubdivisionCode> {
        self.0.optional_text(LocationColumn::RegionCode).map(|it| SubdivisionCode(it.to_owned()))
    }

    /// The country, by its short English name.
    async fn country(&self) -> Option<&str> {
        self.0.optional_text(LocationColumn::Country)
    }

    /// The country, by code. Never guessed.
    async fn country_code(&self) -> Option<CountryCode> {
        self.0.optional_text(LocationColumn::CountryCode).map(|it| CountryCode(it.to_owned()))
    }

    /// A region of several countries, such as `EMEA` or `EU`.
    #[graphql(name = "macro")]
    async fn macro_region(&self) -> Option<&str> {
        self.0.optional_text(LocationColumn::MacroRegion)
    }

    /// The postal code.
    async fn postal_code(&self) -> Option<&str> {
        self.0.optional_text(LocationColumn::PostalCode)
    }

    /// Whether one works from a distance, within this place.
    async fn is_remote(&self) -> bool {
        self.0.flag(LocationColumn::Remote)
    }

    /// Whether the posting's own `city`, `region` and `country` are this place's.
    async fn is_primary(&self) -> bool {
        self.0.number(LocationColumn::Position) == 0
    }

    /// How certain the reading is, from 0 to 1.
    async fn confidence(&self) -> f64 {
        share(&self.0, LocationColumn::Confidence)
    }

    /// Where the place was read.
    async fn provenance(&self) -> Result<Option<Provenance>, Failure> {
        closed(&self.0, LocationColumn::Provenance)
    }
}

pub(super) fn leaf(field: &str) -> Option<Leaf<LocationColumn>> {
    use LocationColumn as C;
    Some(match field {
        "raw" => Leaf::TextOrNull(C::Raw),
        "city" => Leaf::TextOrNull(C::City),
        "region" => Leaf::TextOrNull(C::Region),
        "regionCode" => Leaf::TextOrNull(C::RegionCode),
        "country" => Leaf::TextOrNull(C::Country),
        "countryCode" => Leaf::TextOrNull(C::CountryCode),
        "macro" => Leaf::TextOrNull(C::MacroRegion),
        "postalCode" => Leaf::TextOrNull(C::PostalCode),
        "isRemote" => Leaf::Made(&[C::Remote], |row, out| out.value(&row.flag(C::Remote))),
        "isPrimary" => Leaf::Made(&[C::Position], |row, out| out.value(&(row.number(C::Position) == 0))),
        "confidence" => Leaf::Share(C::Confidence),
        "provenance" => Leaf::TextOrNull(C::Provenance),
        _ => return None,
    })
}
