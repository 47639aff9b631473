//! The providers by name, and what each can tell.

use super::greenhouse;
use super::posting::Board;

/// An applicant tracking system, as far as it differs from others.
pub struct Provider {
    pub name: &'static str,
    pub capabilities: Capabilities,
    /// Reads one answer.
    pub read: fn(&[u8]) -> Result<Board, greenhouse::Unreadable>,
    /// The address of a board's answer.
    pub api_url: fn(&str) -> String,
    /// The address of a board's page for people.
    pub board_url: fn(&str) -> String,
}

/// What a provider's answers can tell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Capabilities {
    pub description_in_list: bool,
    pub salary_field: bool,
    pub updated_at: bool,
    pub deadline: bool,
    pub paginated: bool,
    pub total_declared: bool,
}

pub const NAMES: [&str; 1] = [GREENHOUSE.name];

const GREENHOUSE: Provider = Provider {
    name: "greenhouse",
    capabilities: Capabilities {
        description_in_list: true,
        salary_field: true,
        updated_at: true,
        deadline: true,
        paginated: false,
        total_declared: true,
    },
    read: greenhouse::read,
    api_url: greenhouse::url,
    board_url: greenhouse::board_url,
};

/// The provider of this name.
pub fn find(name: &str) -> Option<&'static Provider> {
    [&GREENHOUSE].into_iter().find(|it| it.name == name)
}
