//! The closed list of codes a client can meet in `extensions.code`.

use strum::{IntoStaticStr, VariantArray};

/// Why a request, or a part of it, was not answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum Code {
    /// The HTTP request is no GraphQL request.
    BadRequest,
    /// The document is no GraphQL.
    GraphqlParseFailed,
    /// The document does not fit the schema.
    GraphqlValidationFailed,
    /// The document that the request names by an id or a hash is not known, or the one it sends is not registered.
    PersistedDocumentNotFound,
    /// A variable or an argument has a value that is not allowed.
    BadUserInput,
    /// A cursor is malformed, or belongs to another list.
    BadCursor,
    /// A filter or an order is not allowed.
    BadFilter,
    /// The document has too many bytes, tokens, fields, aliases, directives or fragments.
    DocumentTooLarge,
    /// The document nests too deep.
    DocumentTooDeep,
    /// The request would cost too much.
    CostLimit,
    /// The request could answer too many nodes.
    NodeLimit,
    /// The request's body or address is too long.
    BodyTooLarge,
    /// There is nothing at this address.
    NotFound,
    /// The API key is missing, is not known, was revoked or has expired.
    Unauthenticated,
    /// The API key does not cover what is asked for, pages of this origin may not ask, or the server does not tell its schema.
    Forbidden,
    /// The method is not allowed here.
    MethodNotAllowed,
    /// The client accepts no media type that the server offers.
    NotAcceptable,
    /// The body has a media type that the server does not read.
    UnsupportedMediaType,
    /// The answer took too long.
    Timeout,
    /// The API key or the address has asked for too much of late; `extensions.retryAfter` says in how many seconds to ask again.
    RateLimited,
    /// The server has too much to do.
    Overloaded,
    /// The database does not answer, or the server stops; `extensions.resumeAfter` says where a stream goes on.
    Unavailable,
    /// The reader of a stream took nothing for too long; `extensions.resumeAfter` says where it goes on.
    Lagged,
    /// Something went wrong inside; `extensions.requestId` finds it in the server's log.
    Internal,
}

impl Code {
    pub fn name(self) -> &'static str {
        self.into()
    }
}
