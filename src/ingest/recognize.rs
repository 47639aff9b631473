//! Which board an address belongs to: the provider by its host, the board by its place in the address.
//!
//! Nothing is asked of the network. What is of no provider's host is a site of its own, read by its JSON-LD.

use std::collections::HashSet;
use std::sync::LazyLock;

use thiserror::Error;
use url::Url;

use self::Host::{Below, Is};
use self::Place::{Label, Nowhere, Path, PathAs, Query};
use super::provider::{self, Provider};
use super::{
    ashby, bamboohr, breezy, greenhouse, jsonld, lever, personio, pinpoint, recruitee, rippling, smartrecruiters,
    teamtailor, workable, workday,
};

/// A board and its provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recognized {
    pub provider: &'static str,
    pub board: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Unrecognized {
    #[error("\"{0}\" is no address of a board\nhint: give one such as https://jobs.lever.co/acme, or PROVIDER/BOARD")]
    NoAddress(String),
    #[error(
        "\"{text}\" is at {label}, but names no board\nhint: give the address of the list of postings, or one such as {name}/{example}"
    )]
    NoBoard { text: String, label: &'static str, name: &'static str, example: &'static str },
    #[error(
        "\"{text}\" shows a posting of {label} inside another page, which does not tell the board\nhint: its name stands in the page's source; give {name}/BOARD"
    )]
    Embedded { text: String, label: &'static str, name: &'static str },
}

/// An address of a provider's.
struct Shape {
    provider: &'static Provider,
    host: Host,
    /// What the path begins with.
    path: &'static [&'static str],
    board: Place,
}

enum Host {
    Is(&'static str),
    /// One name before the domain.
    Below(&'static str),
}

/// Where a board is named.
enum Place {
    /// In the path, behind what it begins with.
    Path,
    /// The same, of a board whose names begin so.
    PathAs(&'static str),
    /// In the host's first name.
    Label,
    /// By the whole host.
    Host,
    /// In this part of the query.
    Query(&'static str),
    /// Nowhere: a posting's short address.
    Nowhere,
}

/// The first that fits tells.
const SHAPES: [Shape; 32] = [
    at(&greenhouse::PROVIDER, Is("boards.greenhouse.io"), &["embed"], Query("for")),
    at(&greenhouse::PROVIDER, Is("job-boards.greenhouse.io"), &["embed"], Query("for")),
    at(&greenhouse::PROVIDER, Is("boards.eu.greenhouse.io"), &["embed"], Query("for")),
    at(&greenhouse::PROVIDER, Is("job-boards.eu.greenhouse.io"), &["embed"], Query("for")),
    at(&greenhouse::PROVIDER, Is("boards.greenhouse.io"), &[], Path),
    at(&greenhouse::PROVIDER, Is("job-boards.greenhouse.io"), &[], Path),
    at(&greenhouse::PROVIDER, Is("boards.eu.greenhouse.io"), &[], Path),
    at(&greenhouse::PROVIDER, Is("job-boards.eu.greenhouse.io"), &[], Path),
    at(&greenhouse::PROVIDER, Is("boards-api.greenhouse.io"), &["v1", "boards"], Path),
    at(&lever::PROVIDER, Is("jobs.lever.co"), &[], Path),
    at(&lever::PROVIDER, Is("jobs.eu.lever.co"), &[], PathAs("eu:")),
    at(&lever::PROVIDER, Is("api.lever.co"), &["v0", "postings"], Path),
    at(&lever::PROVIDER, Is("api.eu.lever.co"), &["v0", "postings"], PathAs("eu:")),
    at(&ashby::PROVIDER, Is("jobs.ashbyhq.com"), &[], Path),
    at(&ashby::PROVIDER, Is("api.ashbyhq.com"), &["posting-api", "job-board"], Path),
    at(&smartrecruiters::PROVIDER, Is("jobs.smartrecruiters.com"), &[], Path),
    at(&smartrecruiters::PROVIDER, Is("careers.smartrecruiters.com"), &[], Path),
    at(&smartrecruiters::PROVIDER, Is("api.smartrecruiters.com"), &["v1", "companies"], Path),
    at(&workable::PROVIDER, Is("apply.workable.com"), &["api", "v1", "widget", "accounts"], Path),
    at(&workable::PROVIDER, Is("apply.workable.com"), &["j"], Nowhere),
    at(&workable::PROVIDER, Is("apply.workable.com"), &[], Path),
    at(&workable::PROVIDER, Below("workable.com"), &[], Label),
    at(&recruitee::PROVIDER, Below("recruitee.com"), &[], Label),
    at(&personio::PROVIDER, Below("jobs.personio.de"), &[], Label),
    // The same names may be others' at the other domain.
    at(&personio::PROVIDER, Below("jobs.personio.com"), &[], Place::Host),
    at(&teamtailor::PROVIDER, Below("teamtailor.com"), &[], Label),
    at(&teamtailor::PROVIDER, Below("na.teamtailor.com"), &[], Place::Host),
    at(&bamboohr::PROVIDER, Below("bamboohr.com"), &[], Label),
    at(&breezy::PROVIDER, Below("breezy.hr"), &[], Label),
    at(&pinpoint::PROVIDER, Below("pinpointhq.com"), &[], Label),
    at(&rippling::PROVIDER, Is("ats.rippling.com"), &[], Path),
    at(&rippling::PROVIDER, Is("api.rippling.com"), &["platform", "api", "ats", "v1", "board"], Path),
];

/// Below the first of them a tenant has a host, below the second a path.
const WORKDAY_DOMAINS: [&str; 2] = ["myworkdayjobs.com", "myworkdaysite.com"];

/// Names before a provider's domain that are its own.
const NOT_BOARDS: [&str; 6] = ["www", "app", "api", "help", "support", "blog"];

const fn at(provider: &'static Provider, host: Host, path: &'static [&'static str], board: Place) -> Shape {
    Shape { provider, host, path, board }
}

/// The board of an address of its page, of its answers or of one of its postings, or of `PROVIDER/BOARD`.
pub fn recognize(text: &str) -> Result<Recognized, Unrecognized> {
    let text = text.trim();
    if let Some((name, board)) = text.split_once('/')
        && let Some(provider) = provider::find(name)
    {
        return named(provider, board.to_owned(), text);
    }
    let no_address = || Unrecognized::NoAddress(text.to_owned());
    let url = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
    let url = Url::parse(&url).map_err(|_| no_address())?;
    let is_web = matches!(url.scheme(), "http" | "https") && url.username().is_empty();
    let host = url.domain().filter(|it| is_web && it.contains('.'));
    let host = host.ok_or_else(no_address)?;
    let segments = segments(&url);
    for shape in &SHAPES {
        if let Some(label) = shape.host.label(host)
            && let Some(rest) = segments.strip_prefix(shape.path)
        {
            let board = shape.board.name(label, host, rest, &url).unwrap_or_default();
            return named(shape.provider, board, text);
        }
    }
    if let Some(site) = career_site(host, &segments) {
        return named(&workday::PROVIDER, site, text);
    }
    if query(&url, "gh_jid").is_some() {
        let provider = &greenhouse::PROVIDER;
        let embedded = Unrecognized::Embedded { text: text.to_owned(), label: provider.label, name: provider.name };
        return query(&url, "for").map_or(Err(embedded), |board| named(provider, board, text));
    }
    site(&url, host, &segments).ok_or_else(no_address)
}

/// Whether providers show boards there, or answer for them.
pub(super) fn is_provider_host(host: &str) -> bool {
    static DOMAINS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
        let shown = SHAPES.iter().map(|shape| match shape.host {
            Is(it) | Below(it) => it,
        });
        shown.chain(WORKDAY_DOMAINS).filter_map(psl::domain_str).collect()
    });
    psl::domain_str(host).is_some_and(|domain| DOMAINS.contains(domain))
}

impl Host {
    /// The host's name before the domain, empty if there is none; nothing for another host.
    fn label<'a>(&self, host: &'a str) -> Option<&'a str> {
        match self {
            Self::Is(it) => (host == *it).then_some(""),
            Self::Below(domain) => {
                let label = host.strip_suffix(domain)?.strip_suffix('.')?;
                (!label.contains('.')).then_some(label)
            }
        }
    }
}

impl Place {
    fn name(&self, label: &str, host: &str, rest: &[&str], url: &Url) -> Option<String> {
        let segment = || rest.first().copied();
        match self {
            Self::Path => segment().map(ToOwned::to_owned),
            Self::PathAs(start) => segment().map(|it| format!("{start}{it}")),
            Self::Label => (!NOT_BOARDS.contains(&label)).then(|| label.to_owned()),
            Self::Host => Some(host.to_owned()),
            Self::Query(name) => query(url, name),
            Self::Nowhere => None,
        }
    }
}

/// The parts of a path without a language before them, as in `/en-US/Careers`.
fn segments(url: &Url) -> Vec<&str> {
    let is_language = |it: &str| {
        let (language, country) = it.split_once('-').unwrap_or_default();
        let is_two = |it: &str| it.len() == 2 && it.bytes().all(|it| it.is_ascii_alphabetic());
        is_two(language) && is_two(country)
    };
    let mut all = url.path_segments().into_iter().flatten().filter(|it| !it.is_empty()).peekable();
    all.next_if(|it| is_language(it));
    all.collect()
}

fn query(url: &Url, name: &str) -> Option<String> {
    url.query_pairs().find(|(it, _)| it == name).map(|(_, value)| value.into_owned())
}

/// The career site of `acme.wd5.myworkdayjobs.com/Site` and its like, which names tenant, host and site in three places;
/// empty if it does not name a site.
fn career_site(host: &str, segments: &[&str]) -> Option<String> {
    let before = |domain: &str| host.strip_suffix(domain)?.strip_suffix('.');
    let [jobs, sites] = WORKDAY_DOMAINS;
    let (tenant, pod, site) = if let Some(host) = before(jobs) {
        let (tenant, pod) = host.split_once('.')?;
        let site = if segments.starts_with(&["wday", "cxs"]) { segments.get(3) } else { segments.first() };
        (tenant, pod, site)
    } else {
        let pod = before(sites)?;
        let tenant = segments.strip_prefix(&["recruiting"]).and_then(<[&str]>::first)?;
        (*tenant, pod, segments.get(2))
    };
    Some(site.map(|it| format!("{tenant}:{pod}:{it}")).unwrap_or_default())
}

/// A site of its own, by its sitemap or by one page. A page that a query tells from others has no name.
fn site(url: &Url, host: &str, segments: &[&str]) -> Option<Recognized> {
    if url.port().is_some() || url.query().is_some_and(|it| !it.is_empty()) {
        return None;
    }
    let jsonld = &jsonld::PROVIDER;
    let board = match segments {
        [] | ["sitemap.xml"] => host.to_owned(),
        // As it stands in the address, with a language before it.
        _ => format!("{host}:{}", url.path().trim_matches('/').replace('/', ":")),
    };
    jsonld.names(&board).then_some(Recognized { provider: jsonld.name, board })
}

fn named(provider: &Provider, board: String, text: &str) -> Result<Recognized, Unrecognized> {
    if !provider.names(&board) {
        let Provider { name, label, .. } = *provider;
        return Err(Unrecognized::NoBoard { text: text.to_owned(), label, name, example: provider.example() });
    }
    Ok(Recognized { provider: provider.name, board })
}

#[cfg(test)]
mod tests;
