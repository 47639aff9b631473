//! The closed sets of `vocabulary`, described for clients. `remote` makes the compiler hold the two sets equal.

use async_graphql::Enum;
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr};

use crate::vocabulary;

/// Where a posting stands in its life.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, EnumString, IntoStaticStr)]
#[graphql(remote = "vocabulary::JobStatus")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum JobStatus {
    /// The posting is on its board, as far as is known.
    Active,
    /// The posting left its board; `closedReason` and `closureEvidence` tell how that is known.
    Closed,
}

/// Why a posting was closed.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, EnumString, IntoStaticStr)]
#[graphql(remote = "vocabulary::ClosedReason")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum ClosedReason {
    /// Complete answers of the board no longer contained it.
    NotListed,
    /// Its own page answered that it is gone.
    Gone,
    /// The provider itself marks it as closed.
    SourceMarkedClosed,
    /// Its deadline had passed when it left the board.
    DeadlinePassed,
    /// The whole board is gone.
    SourceRetired,
    /// The board could not be reached for longer than the operator allows.
    SourceUnreachable,
    /// An operator closed it.
    Operator,
}

/// How another posting of the same role relates to a posting.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, EnumString, IntoStaticStr)]
#[graphql(remote = "vocabulary::RoleRelation")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum RoleRelation {
    /// On the same board, for the same place, at the same time: posted twice, or a second opening.
    SamePosting,
    /// On the same board, for the same place, one after the other: the later one repeats the earlier one.
    Repost,
    /// On another board.
    CrossPost,
    /// On the same board, for another place.
    MultiLocation,
}

/// Where the work is done.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, EnumString, IntoStaticStr)]
#[graphql(remote = "vocabulary::WorkplaceType")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum WorkplaceType {
    /// Anywhere the remote scope allows.
    Remote,
    /// Partly in an office.
    Hybrid,
    /// In an office or at another fixed place.
    OnSite,
}

/// How far a remote or hybrid posting reaches.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, EnumString, IntoStaticStr)]
#[graphql(remote = "vocabulary::RemoteScopeKind")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum RemoteScopeKind {
    /// Anywhere.
    Worldwide,
    /// In the countries of `countryCodes`.
    Countries,
    /// In the regions of `macros`.
    Regions,
    /// The posting does not say.
    Unknown,
}

/// The kind of employment offered.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, EnumString, IntoStaticStr)]
#[graphql(remote = "vocabulary::EmploymentType")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum EmploymentType {
    /// Full time.
    FullTime,
    /// Part time.
    PartTime,
    /// As a contractor or freelancer.
    Contract,
    /// For a season or a stated short time.
    Temporary,
    /// As an intern, apprentice or working student.
    Internship,
    /// By the day, as needed.
    PerDiem,
    /// Without pay.
    Volunteer,
    /// Of a kind that this list does not name.
    Other,
}

/// Whether the employment ends on a date.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, EnumString, IntoStaticStr)]
#[graphql(remote = "vocabulary::ContractTerm")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum ContractTerm {
    /// Without an end.
    Permanent,
    /// Until a date.
    FixedTerm,
}

/// The level of a role, as its title names it.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, EnumString, IntoStaticStr)]
#[graphql(remote = "vocabulary::Seniority")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum Seniority {
    /// An intern, apprentice or working student.
    Intern,
    /// A junior, graduate or trainee.
    Entry,
    /// Between junior and senior, where the title says so.
    Mid,
    /// A senior; also a senior manager of products, projects or accounts.
    Senior,
    /// Staff, as in "Staff Engineer".
    Staff,
    /// Principal or distinguished.
    Principal,
    /// Who leads a team or a shift without being called its manager.
    Lead,
    /// A manager of people, or of products, projects, accounts or places.
    Manager,
    /// A director, or the head of something.
    Director,
    /// A vice president.
    Vp,
    /// A chief officer, president, founder or managing director.
    Executive,
}

/// The kind of work, whatever the employer's field is.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, EnumString, IntoStaticStr)]
#[graphql(remote = "vocabulary::JobFunction")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum JobFunction {
    /// Offices, assistance and records.
    Administration,
    /// Building, installing, repairing and cleaning: trades and facilities.
    Construction,
    /// Advice to other companies.
    Consulting,
    /// Helping customers succeed after the sale.
    CustomerSuccess,
    /// Data engineering, analysis and science.
    Data,
    /// Design of products, pictures and spaces.
    Design,
    /// Teaching and training.
    Education,
    /// Engineering of software, hardware, machines and structures.
    Engineering,
    /// Money: accounting, banking, investment, insurance, tax and pay.
    Finance,
    /// Care for the health of people and animals.
    Healthcare,
    /// Kitchens, hotels and travel.
    Hospitality,
    /// An employer's own computers and business applications.
    It,
    /// Law, compliance and public policy.
    Legal,
    /// Transport, warehouses, purchasing and supply.
    Logistics,
    /// Making things: production and its quality.
    Manufacturing,
    /// Marketing, advertising and communications.
    Marketing,
    /// Writing, film, sound, photography and translation.
    Media,
    /// The running of a business and its parts.
    Operations,
    /// Hiring and human resources.
    People,
    /// What a product is to be: product management and ownership.
    Product,
    /// The management of projects and programs.
    ProjectManagement,
    /// Science and research.
    Research,
    /// Shops and selling in them.
    Retail,
    /// Selling to companies and people, and looking after accounts.
    Sales,
    /// The protection of information, people and places.
    Security,
    /// Answering customers' questions and solving their problems.
    Support,
}

/// The span of time one salary figure pays for.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, EnumString, IntoStaticStr)]
#[graphql(remote = "vocabulary::SalaryPeriod")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum SalaryPeriod {
    /// An hour; 2,080 make a year.
    Hour,
    /// A day; 260 make a year.
    Day,
    /// A week; 52 make a year.
    Week,
    /// A month; 12 make a year.
    Month,
    /// A year.
    Year,
}

/// Where a derived value was read.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, EnumString, IntoStaticStr)]
#[graphql(remote = "vocabulary::Provenance")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum Provenance {
    /// In a field which the provider has for it.
    ProviderField,
    /// In marked-up parts of the description, such as a pay range box.
    Markup,
    /// In the text of the place.
    LocationText,
    /// In the title.
    Title,
    /// In the text of the description.
    Description,
    /// Nowhere: it follows from a stated default.
    Default,
    /// Set by an operator.
    Operator,
}

/// What happened to a posting.
#[expect(clippy::enum_variant_names, reason = "these are the names on the wire, and events of other things will come")]
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, EnumString, IntoStaticStr)]
#[graphql(remote = "vocabulary::EventType")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum EventType {
    /// It was seen for the first time.
    JobCreated,
    /// Something that its provider states about it changed, or is read differently; see `cause`.
    JobUpdated,
    /// It left its board.
    JobClosed,
    /// It came back after it was closed.
    JobReopened,
}

/// Who brought an event about.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, EnumString, IntoStaticStr)]
#[graphql(remote = "vocabulary::EventCause")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum EventCause {
    /// The board changed.
    Source,
    /// The rules that read postings changed; the posting itself did not.
    Normalizer,
    /// An operator acted.
    Operator,
}

/// What one crawl of a board proved.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, EnumString, IntoStaticStr)]
#[graphql(remote = "vocabulary::CrawlOutcome")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum CrawlOutcome {
    /// The whole board was read, so that absence is evidence.
    Complete,
    /// Something of the board is missing; nothing closes.
    Partial,
    /// The whole board was read and has no postings; this must be confirmed before anything closes.
    Empty,
    /// The answer was whole but unlikely, and a guard keeps it from closing anything until it is confirmed.
    Suspect,
    /// No answer that could be read; nothing changes.
    Failed,
    /// The provider answered that there is no such board.
    Gone,
}

/// Whether a board is crawled.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, EnumString, IntoStaticStr)]
#[graphql(remote = "vocabulary::SourceStatus")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum SourceStatus {
    /// It is crawled when it is due.
    Active,
    /// An operator stopped its crawls for now.
    Paused,
    /// It is gone and no longer crawled.
    Retired,
}

/// How well the crawls of a board go.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, EnumString, IntoStaticStr)]
#[graphql(remote = "vocabulary::SourceHealth")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum SourceHealth {
    /// The latest crawl was complete, or there was none yet.
    Ok,
    /// The latest crawl was partial or empty.
    Degraded,
    /// The latest crawls failed.
    Failing,
    /// It has not answered for 14 days.
    Unreachable,
    /// A guard doubts its latest answer.
    Suspect,
}

/// What a change did to a path.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, EnumString, IntoStaticStr)]
#[graphql(remote = "vocabulary::ChangeOp")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum ChangeOp {
    /// There was no value before.
    Add,
    /// There is no value any more.
    Remove,
    /// One value took the place of another.
    Replace,
}

/// Whose words a change is about.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, EnumString, IntoStaticStr)]
#[graphql(remote = "vocabulary::ChangeKind")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum ChangeKind {
    /// What the provider states, and what follows from a statement that is no field here, such as that of pay, where
    /// nothing else changed. Also `status`, `inactiveAt` and `closedReason`, which jobgraph concludes from the source.
    Source,
    /// What is derived from what the provider states.
    Derived,
}

/// Whether events are sent to a webhook.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, EnumString, IntoStaticStr)]
#[graphql(remote = "vocabulary::WebhookStatus")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum WebhookStatus {
    /// They are sent as they come.
    Active,
    /// They are not: an operator paused it, or its receiver answered 410 Gone. Nothing is lost; it goes on from its position.
    Paused,
    /// The latest 10 attempts or more failed; they go on, at most an hour apart.
    Failing,
}

/// What came of one attempt to send events to a webhook.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, EnumString, IntoStaticStr)]
#[graphql(remote = "vocabulary::DeliveryOutcome")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum DeliveryOutcome {
    /// The receiver took them: it answered with a status from 200 to 299.
    Delivered,
    /// The receiver answered with another status.
    Refused,
    /// The receiver did not answer in time.
    TimedOut,
    /// There was no connection, or it broke.
    Unreachable,
    /// The address is not one that events may be sent to.
    Forbidden,
}
