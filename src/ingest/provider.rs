//! The contract between a provider's adapter and the rest, and the providers by name.
//!
//! An adapter is pure: `next` says what to ask, given what was answered so far, and `read` makes a board of the answers.
//! A fetcher executes the one without knowing what the other sees in a body. See `docs/providers.md`.

use thiserror::Error;

use super::answers::{Answers, Request};
use super::posting::{Board, Problem};
use super::{
    ashby, bamboohr, breezy, greenhouse, jsonld, lever, personio, pinpoint, recruitee, rippling, smartrecruiters,
    teamtailor, workable, workday,
};

/// An applicant tracking system, as far as it differs from others.
pub struct Provider {
    pub name: &'static str,
    /// Its name for people.
    pub label: &'static str,
    pub capabilities: Capabilities,
    /// Whether a redirect to another host is the provider's word for "no such board".
    pub redirect_is_not_found: bool,
    /// Whether what is asked are pages for people, on sites of the employers' own: there, `robots.txt` is heeded.
    pub reads_pages: bool,
    /// The address of a board's page for people.
    pub board_url: fn(&str) -> String,
    /// What to ask now: the first request for no answers; nothing when all is said. What was asked is not asked again.
    pub next: fn(&str, &Answers) -> Vec<Request>,
    /// What the list says of each posting whose details are asked for one by one: its key, and a text that stays the same
    /// as long as the row does. While it does, what the details said may be taken to stand. See `docs/decisions/11`.
    pub rows: fn(&Answers) -> Vec<(String, String)>,
    /// Reads what was answered for a board.
    pub read: fn(&str, &Answers) -> Result<Board, Unreadable>,
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

/// Why an answer is no board.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Unreadable {
    #[error("the answer is no JSON: {0}")]
    NoJson(String),
    #[error("the answer is no XML: {0}")]
    NoXml(String),
    #[error("the answer has no list \"{0}\"")]
    NoList(&'static str),
    #[error("the answer has no element \"{0}\" at its root")]
    NoRoot(&'static str),
    #[error("the answer holds no posting and no sitemap")]
    NoPosting,
}

pub const ALL: [&Provider; 14] = [
    &greenhouse::PROVIDER,
    &lever::PROVIDER,
    &ashby::PROVIDER,
    &smartrecruiters::PROVIDER,
    &workable::PROVIDER,
    &recruitee::PROVIDER,
    &personio::PROVIDER,
    &teamtailor::PROVIDER,
    &bamboohr::PROVIDER,
    &breezy::PROVIDER,
    &rippling::PROVIDER,
    &pinpoint::PROVIDER,
    &workday::PROVIDER,
    &jsonld::PROVIDER,
];

pub const NAMES: [&str; ALL.len()] = {
    let mut names = [""; ALL.len()];
    let mut at = 0;
    while at < ALL.len() {
        names[at] = ALL[at].name;
        at += 1;
    }
    names
};

/// Boards as providers name them: each has the form of one at least.
const EXAMPLES: [&str; 3] = ["acme", "tenant:wd5:Site", "acme.example"];

/// The provider of this name.
pub fn find(name: &str) -> Option<&'static Provider> {
    ALL.into_iter().find(|it| it.name == name)
}

impl Provider {
    /// What is asked first; nothing if the board's name is none of this provider.
    pub fn first(&self, board: &str) -> Option<Request> {
        (self.next)(board, &Answers::default()).into_iter().next()
    }

    /// Whether a text can name one of its boards.
    pub fn names(&self, board: &str) -> bool {
        is_board_name(board) && self.first(board).is_some()
    }

    /// A board's name in the form that its boards have.
    pub fn example(&self) -> &'static str {
        EXAMPLES.into_iter().find(|it| self.names(it)).unwrap_or("BOARD")
    }

    /// The address that is asked first.
    pub fn api_url(&self, board: &str) -> String {
        self.first(board).map(|it| it.url).unwrap_or_default()
    }

    /// Reads a board. While a page of its list is still to be asked for, it is not whole.
    pub fn board(&self, board: &str, answers: &Answers) -> Result<Board, Unreadable> {
        let mut read = (self.read)(board, answers)?;
        read.pages = answers.pages().count();
        let pending = answers.unasked((self.next)(board, answers));
        if !read.cut_short && pending.iter().any(|it| it.detail.is_none()) {
            read.cut_short = true;
            let message = "there are more pages than were asked for".to_owned();
            read.problems.push(Problem { key: None, path: "pages".to_owned(), message });
        }
        Ok(read)
    }
}

/// The rows of a provider whose postings have no details of their own.
pub(super) fn no_rows(_: &Answers) -> Vec<(String, String)> {
    Vec::new()
}

/// Asks for one address once. A name of several parts is none of a provider whose addresses have place for one.
pub(super) fn single(board: &str, answers: &Answers, url: impl FnOnce() -> String) -> Vec<Request> {
    if answers.is_empty() && !board.contains(':') { vec![Request::page(url())] } else { Vec::new() }
}

/// An address at a board's host: of the provider's domain, unless the board is named by a host of its own.
pub(super) fn hosted(board: &str, domain: &str, path: &str) -> String {
    if board.contains('.') { format!("https://{board}/{path}") } else { format!("https://{board}.{domain}/{path}") }
}

/// Whether a text can be a board's name: parts with ":" between them, each of which all addresses hold as it is, and
/// which is no step in a path.
pub fn is_board_name(text: &str) -> bool {
    let is_plain = |it: u8| it.is_ascii_alphanumeric() || b"-_.".contains(&it);
    text.split(':').all(|part| !matches!(part, "" | "." | "..") && part.bytes().all(is_plain))
}

#[cfg(test)]
mod tests {
    use super::{ALL, find, is_board_name};

    #[test]
    fn a_board_is_named_by_letters_digits_dashes_underscores_dots_and_colons_between_them() {
        for name in ["acme", "Acme-Robotics_2", "acme.io", "...", "eu:acme", "acme:wd5:Careers"] {
            assert!(is_board_name(name), "{name}");
        }
        for name in ["", ".", "..", "a/b", "../a", "a b", "a?b", "a%2fb", "é", "a\0", "a\n", ":", "a:", ":a", "a:..:b"]
        {
            assert!(!is_board_name(name), "{name:?}");
        }
    }

    #[test]
    fn names_are_words_of_their_own() {
        for provider in ALL {
            assert_eq!(find(provider.name).map(|it| it.label), Some(provider.label));
            assert!(provider.name.bytes().all(|it| it.is_ascii_lowercase()), "{}", provider.name);
        }
        assert!(find("Greenhouse").is_none());
    }

    #[test]
    fn an_example_has_the_form_of_the_providers_own_names() {
        for (name, example) in [("greenhouse", "acme"), ("workday", "tenant:wd5:Site"), ("jsonld", "acme.example")] {
            assert_eq!(find(name).map(|it| it.example()), Some(example));
        }
        assert!(ALL.into_iter().all(|it| it.names(it.example())));
    }

    #[test]
    fn every_provider_asks_for_a_board_over_https_alone() {
        for provider in ALL {
            let named = ["acme", "acme:wd5:Careers", "acme.example"].into_iter().find(|it| provider.names(it));
            let board = named.unwrap_or_else(|| panic!("{} has boards", provider.name));
            assert!(provider.api_url(board).starts_with("https://"), "{}", provider.api_url(board));
            assert!((provider.board_url)(board).starts_with("https://"), "{}", provider.name);
            for none in ["", "a/b", "..", "acme:", "a:b:c:d"] {
                assert!(provider.name == "jsonld" || !provider.names(none), "{} {none}", provider.name);
            }
        }
    }
}
