//! What the values of inputs are compared as.

use async_graphql::ID;

use crate::graphql::node;
use crate::graphql::scalar::{CountryCode, CurrencyCode, DateTime, Language, Seq, SubdivisionCode, Uuid};
use crate::graphql::vocabulary::{
    ClosedReason, ContractTerm, CrawlOutcome, EmploymentType, EventCause, EventType, JobFunction, JobStatus,
    RemoteScopeKind, Seniority, SourceHealth, SourceStatus, WorkplaceType,
};
use crate::store::key::Key;

/// What an input's value is compared as.
pub(in crate::graphql) trait AsKey {
    fn key(self) -> Key;
}

impl AsKey for String {
    fn key(self) -> Key {
        self.into()
    }
}

impl AsKey for ID {
    fn key(self) -> Key {
        node::plain(&self.0).to_owned().into()
    }
}

impl AsKey for i32 {
    fn key(self) -> Key {
        i64::from(self).into()
    }
}

impl AsKey for DateTime {
    fn key(self) -> Key {
        self.0.into()
    }
}

impl AsKey for Seq {
    fn key(self) -> Key {
        self.0.into()
    }
}

impl AsKey for Uuid {
    fn key(self) -> Key {
        self.0.into()
    }
}

impl AsKey for CountryCode {
    fn key(self) -> Key {
        self.0.into()
    }
}

impl AsKey for SubdivisionCode {
    fn key(self) -> Key {
        self.0.into()
    }
}

impl AsKey for CurrencyCode {
    fn key(self) -> Key {
        self.0.into()
    }
}

impl AsKey for Language {
    fn key(self) -> Key {
        self.0.into()
    }
}

impl AsKey for JobStatus {
    fn key(self) -> Key {
        <&str>::from(self).into()
    }
}

impl AsKey for ClosedReason {
    fn key(self) -> Key {
        <&str>::from(self).into()
    }
}

impl AsKey for WorkplaceType {
    fn key(self) -> Key {
        <&str>::from(self).into()
    }
}

impl AsKey for RemoteScopeKind {
    fn key(self) -> Key {
        <&str>::from(self).into()
    }
}

impl AsKey for EmploymentType {
    fn key(self) -> Key {
        <&str>::from(self).into()
    }
}

impl AsKey for ContractTerm {
    fn key(self) -> Key {
        <&str>::from(self).into()
    }
}

impl AsKey for Seniority {
    fn key(self) -> Key {
        <&str>::from(self).into()
    }
}

impl AsKey for JobFunction {
    fn key(self) -> Key {
        <&str>::from(self).into()
    }
}

impl AsKey for EventType {
    fn key(self) -> Key {
        <&str>::from(self).into()
    }
}

impl AsKey for EventCause {
    fn key(self) -> Key {
        <&str>::from(self).into()
    }
}

impl AsKey for SourceStatus {
    fn key(self) -> Key {
        <&str>::from(self).into()
    }
}

impl AsKey for SourceHealth {
    fn key(self) -> Key {
        <&str>::from(self).into()
    }
}

impl AsKey for CrawlOutcome {
    fn key(self) -> Key {
        <&str>::from(self).into()
    }
}
