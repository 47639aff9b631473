//! Addresses of postings: only those that a browser opens as a page, without what tells who sent the reader.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;
use url::Url;

/// An http(s) address without tracking parameters, the rest spelled as it is; nothing for any other.
pub(crate) fn link(address: &str) -> Option<String> {
    let url = Url::parse(address).ok()?;
    let is_page = matches!(url.scheme(), "http" | "https") && url.has_host();
    (is_page && !address.contains(char::is_control)).then(|| without_tracking(address))
}

fn without_tracking(address: &str) -> String {
    let (before, fragment) = address.find('#').map_or((address, ""), |at| address.split_at(at));
    let Some((path, query)) = before.split_once('?') else {
        return address.to_owned();
    };
    let kept: Vec<&str> = query.split('&').filter(|it| !is_tracking(it)).collect();
    if kept.len() == query.split('&').count() {
        return address.to_owned();
    }
    let mark = if kept.is_empty() { "" } else { "?" };
    format!("{path}{mark}{}{fragment}", kept.join("&"))
}

fn is_tracking(parameter: &str) -> bool {
    let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
    let (name, value) = (decoded(name), decoded(value));
    name.starts_with("utm_")
        || matches!(&*name, "gh_src" | "lever-source")
        || (name == "t" && value.starts_with("gh_src"))
}

fn decoded(text: &str) -> Cow<'_, str> {
    percent_decode_str(text).decode_utf8_lossy()
}

#[cfg(test)]
mod tests {
    use super::link;

    #[test]
    fn only_pages_are_linked() {
        for odd in [
            "javascript:alert(1)",
            "JaVa\tscript:alert(1)",
            "data:text/html,x",
            "ftp://acme.example/",
            "mailto:a@acme.example",
            "/jobs/1",
            "//acme.example/jobs",
            "acme.example/jobs",
            "https://",
            "http://acme.example/\u{1}",
            "",
        ] {
            assert_eq!(link(odd), None, "{odd}");
        }
        assert_eq!(link("HTTP://Acme.example/a b").as_deref(), Some("HTTP://Acme.example/a b"));
    }

    #[test]
    fn what_stays_is_spelled_as_it_was() {
        for (address, expected) in [
            (
                "https://a.example/?q=a%20b&utm_source=x&r=c+d&s=%c3%a9#top?utm_source=y",
                "https://a.example/?q=a%20b&r=c+d&s=%c3%a9#top?utm_source=y",
            ),
            ("https://a.example/?gh_src=1&%75tm_medium=2#top", "https://a.example/#top"),
            ("https://a.example?t=gh_src%3Dabc&t=1&&x", "https://a.example?t=1&&x"),
            ("https://a.example/?gh_jid=1&q=[é]", "https://a.example/?gh_jid=1&q=[é]"),
            ("https://a.example/?", "https://a.example/?"),
        ] {
            assert_eq!(link(address).as_deref(), Some(expected));
        }
    }
}
