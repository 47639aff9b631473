//! The domain under which an employer shows its postings, and the pages that it calls its own, if they are: `stripe.com`, not
//! `greenhouse.io`.

use std::collections::HashMap;

use url::Url;

use super::address;
use super::posting::Board;
use super::reader::TEXT_BYTES_MAX;
use super::recognize::is_provider_host;

/// Of so many postings in a hundred the domain must be the same: some employers show single ones elsewhere.
const SHARE_PERCENT_MIN: usize = 90;
/// Letters of a top-level domain that is no word.
const TOP_LEVEL_MAX: usize = 3;
/// Names of an employer's domains that are kept.
const DOMAINS_MAX: usize = 10;
/// Where many employers have a page, and none its site.
const SHARED: [&str; 24] = [
    "behance.net",
    "bsky.app",
    "crunchbase.com",
    "facebook.com",
    "fb.com",
    "github.com",
    "instagram.com",
    "linkedin.com",
    "linktr.ee",
    "medium.com",
    "pinterest.com",
    "reddit.com",
    "t.me",
    "threads.net",
    "tiktok.com",
    "twitter.com",
    "vimeo.com",
    "wellfound.com",
    "wikidata.org",
    "wikipedia.org",
    "x.com",
    "xing.com",
    "youtu.be",
    "youtube.com",
];
/// Likewise, under a domain of each country.
const SHARED_IN_COUNTRIES: [&str; 4] = ["glassdoor", "indeed", "kununu", "stepstone"];

/// The registrable domain (publicsuffix.org) of a board's postings, unless it is a provider's.
pub(super) fn careers_domain(board: &Board) -> Option<String> {
    let mut hosts: HashMap<String, usize> = HashMap::new();
    for url in board.postings.iter().filter_map(|it| Url::parse(it.source_url.as_deref()?).ok()) {
        if let Some(host) = url.domain() {
            *hosts.entry(host.to_owned()).or_default() += 1;
        }
    }
    let mut domains: HashMap<&str, usize> = HashMap::new();
    for (host, count) in &hosts {
        if let Some(domain) = psl::domain_str(host).filter(|_| !is_provider_host(host)) {
            *domains.entry(domain).or_default() += count;
        }
    }
    let most = |count: usize| count * 100 >= board.postings.len() * SHARE_PERCENT_MIN;
    domains.into_iter().find(|(_, count)| most(*count)).map(|(domain, _)| domain.to_owned())
}

/// The address of a page, if it is at a domain that can be the employer's own.
pub(super) fn own_page(address: &str) -> Option<String> {
    let link = address::link(address.trim()).filter(|it| it.len() <= TEXT_BYTES_MAX)?;
    let url = Url::parse(&link).ok()?;
    let domain = psl::domain_str(url.domain()?)?;
    let name = domain.split('.').next()?;
    let is_shared = SHARED.contains(&domain) || SHARED_IN_COUNTRIES.contains(&name);
    (!is_provider_host(domain) && !is_shared).then_some(link)
}

/// What tells a host from others: the label that its owner registered, or that a provider gave the employer; whatever is no host
/// is itself.
pub(super) fn label(host: &str) -> &str {
    // "first.national.bank" is as likely a name.
    let is_host = psl::suffix(host.as_bytes()).is_some_and(|it| it.is_known())
        && host.rsplit_once('.').is_some_and(|(_, last)| last.len() <= TOP_LEVEL_MAX);
    let is_own = is_provider_host(host) && !host.starts_with("www.");
    let own = if is_own { Some(host) } else { psl::domain_str(host) };
    own.filter(|_| is_host).and_then(|it| it.split('.').next()).unwrap_or(host)
}

/// A JSON list of an employer's domains, with another one.
pub(super) fn with(domains: &str, domain: String) -> String {
    let mut all: Vec<String> = serde_json::from_str(domains).unwrap_or_default();
    if !all.contains(&domain) && all.len() < DOMAINS_MAX {
        all.push(domain);
    }
    serde_json::json!(all).to_string()
}

#[cfg(test)]
mod tests {
    use super::super::posting::Posting;
    use super::*;

    fn domain(urls: &[&str]) -> Option<String> {
        let posting = |url: &&str| Posting { source_url: Some((*url).to_owned()), ..Posting::default() };
        careers_domain(&Board { postings: urls.iter().map(posting).collect(), ..Board::default() })
    }

    #[test]
    fn a_domain_is_what_its_owner_has_registered() {
        assert_eq!(
            domain(&["https://careers.acme.co.uk/1", "https://www.acme.co.uk/2"]).as_deref(),
            Some("acme.co.uk")
        );
        assert_eq!(domain(&["https://stripe.com/jobs?gh_jid=1"]).as_deref(), Some("stripe.com"));
    }

    #[test]
    fn a_providers_domain_is_no_employers() {
        for url in [
            "https://boards.greenhouse.io/acme/jobs/1",
            "https://jobs.eu.lever.co/acme/1",
            "https://acme.recruitee.com/o/cook",
            "https://acme.wd5.myworkdayjobs.com/Careers/job/1",
            "https://10.0.0.1/jobs",
            "nonsense",
        ] {
            assert_eq!(domain(&[url]), None, "{url}");
        }
    }

    #[test]
    fn a_page_is_the_employers_where_it_is_nobody_elses() {
        for own in ["https://acme.com", " http://careers.acme.co.uk/en?x=1 "] {
            assert_eq!(own_page(own).as_deref(), Some(own.trim()));
        }
        assert_eq!(own_page("https://acme.com/?utm_source=jobs").as_deref(), Some("https://acme.com/"));
        let long = format!("https://acme.com/{}", "a".repeat(TEXT_BYTES_MAX));
        for other in [
            "https://acme.teamtailor.com/jobs",
            "https://www.linkedin.com/company/acme",
            "https://www.tiktok.com/@acme",
            "https://www.glassdoor.co.uk/Overview/acme",
            "https://de.wikipedia.org/wiki/Acme",
            "https://10.0.0.1/",
            "https://localhost/",
            "acme.com",
            "mailto:jobs@acme.com",
            "",
            long.as_str(),
        ] {
            assert_eq!(own_page(other), None, "{other}");
        }
    }

    #[test]
    fn a_board_whose_postings_stand_here_and_there_has_none() {
        assert_eq!(domain(&["https://acme.com/1", "https://beta.com/2"]), None);
        assert_eq!(domain(&[]), None);
    }
}
