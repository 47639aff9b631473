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

/// Whether a text can be a board's name: what all providers' addresses hold as it is, and no step in a path.
pub fn is_board_name(text: &str) -> bool {
    let is_plain = |it: u8| it.is_ascii_alphanumeric() || b"-_.".contains(&it);
    !matches!(text, "" | "." | "..") && text.bytes().all(is_plain)
}

#[cfg(test)]
mod tests {
    use super::is_board_name;

    #[test]
    fn a_board_is_named_by_letters_digits_dashes_underscores_and_dots() {
        for name in ["acme", "Acme-Robotics_2", "acme.io", "..."] {
            assert!(is_board_name(name), "{name}");
        }
        for name in ["", ".", "..", "a/b", "../a", "a b", "a?b", "a%2fb", "é", "a\0", "a\n"] {
            assert!(!is_board_name(name), "{name:?}");
        }
    }
}
