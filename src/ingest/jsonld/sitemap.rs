//! Sitemaps (sitemaps.org/protocol.html): the pages of a site that are asked for because they name them, and whether they
//! name any beside those.

use url::Url;

use super::{has, start};
use crate::ingest::provider::Unreadable;
use crate::ingest::xml;

/// How many addresses sitemaps name, by whether they are asked for.
#[derive(Default)]
pub(super) struct Named {
    asked: usize,
    /// At the site's host by another spelling or port.
    otherwise: usize,
    elsewhere: usize,
}

impl Named {
    pub(super) fn add(&mut self, other: &Self) {
        self.asked += other.asked;
        self.otherwise += other.otherwise;
        self.elsewhere += other.elsewhere;
    }

    /// Whether most pages of the site are named by addresses that are not asked for. Beside its pages, other hosts are other
    /// sites, and a few of its own are slips.
    pub(super) fn is_elsewhere(&self) -> bool {
        self.otherwise > self.asked || (self.asked == 0 && self.elsewhere > 0)
    }
}

/// What a sitemap, or an index of sitemaps, names.
pub(super) struct Sitemap {
    /// Whether what it names are sitemaps.
    pub(super) is_index: bool,
    named: Vec<String>,
}

impl Sitemap {
    /// Nothing of what is no sitemap.
    pub(super) fn of(body: &[u8]) -> Option<Self> {
        if !is_like_sitemap(body) {
            return None;
        }
        let read = xml::read(body, |root| {
            let kind = root.tag_name().name();
            if !matches!(kind, "urlset" | "sitemapindex") {
                return Err(Unreadable::NoRoot("urlset"));
            }
            let entries = root.children().filter(|it| it.is_element());
            let loc = entries.filter_map(|it| it.children().find(|it| it.tag_name().name() == "loc"));
            let named = loc.filter_map(|it| it.text()).map(|it| it.trim().to_owned()).collect();
            Ok(Self { is_index: kind == "sitemapindex", named })
        });
        read.ok()
    }

    /// The addresses that it names at a host, as they are asked for.
    pub(super) fn at(&self, host: &str) -> Vec<String> {
        self.named.iter().filter_map(|it| asked(it, host)).collect()
    }

    pub(super) fn count(&self, host: &str) -> Named {
        let others = || self.named.iter().filter(|it| asked(it, host).is_none());
        let otherwise = others().filter(|it| is_spelled_otherwise(it, host)).count();
        let elsewhere = others().count() - otherwise;
        Named { asked: self.named.len() - otherwise - elsewhere, otherwise, elsewhere }
    }
}

pub(super) fn is_like_sitemap(body: &[u8]) -> bool {
    has(start(body), b"<urlset") || has(start(body), b"<sitemapindex")
}

/// An address as it is asked for: over https, whatever it is named by. At another host, a sitemap would lead anywhere.
fn asked(named: &str, host: &str) -> Option<String> {
    let mut url = Url::parse(named).ok().filter(|it| it.host_str() == Some(host))?;
    match url.scheme() {
        "https" => Some(named.to_owned()),
        "http" if url.port().is_none() => url.set_scheme("https").ok().map(|()| url.into()),
        _ => None,
    }
}

/// Whether an address is one of this host, with "www." or without.
fn is_spelled_otherwise(named: &str, host: &str) -> bool {
    let plain = |host: &str| host.strip_prefix("www.").unwrap_or(host).to_owned();
    let url = Url::parse(named).ok();
    url.as_ref().and_then(Url::host_str).is_some_and(|it| plain(it) == plain(host))
}
