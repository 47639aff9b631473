//! Where events may be sent: public addresses over HTTPS, unless the operator allows others.
//!
//! What a receiver is called says nothing of where it is, and may say something else a moment later. So names are
//! looked up by `PublicNames`, and connections go to none but the addresses which it let pass. An address that stands in
//! the URL itself is never looked up, and is checked each time.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use thiserror::Error;
use url::{Host, Url};

/// Bytes of an address at most.
const URL_BYTES_MAX: usize = 2_048;

#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum AddressError {
    #[error("the address cannot be read: {0}")]
    Malformed(String),
    #[error("the address is longer than {URL_BYTES_MAX} bytes")]
    TooLong,
    #[error("the address begins with \"{0}:\", only https is allowed")]
    Scheme(String),
    #[error("the address has a user name or a password")]
    UserInfo,
    #[error("\"{0}\" is not a public address")]
    NotPublic(String),
}

/// Reads the address of a receiver, and refuses one that events may not be sent to.
pub fn check(text: &str, allow_private: bool) -> Result<Url, AddressError> {
    if text.len() > URL_BYTES_MAX {
        return Err(AddressError::TooLong);
    }
    let url = Url::parse(text).map_err(|error| AddressError::Malformed(error.to_string()))?;
    match url.scheme() {
        "https" => {}
        "http" if allow_private => {}
        scheme => return Err(AddressError::Scheme(scheme.to_owned())),
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(AddressError::UserInfo);
    }
    match check_host(&url).and_then(|()| check_name(&url)) {
        Err(AddressError::NotPublic(_)) if allow_private => Ok(url),
        checked => checked.map(|()| url),
    }
}

/// Refuses an address that stands in a URL itself and is not public. Names are left to `PublicNames`.
pub(crate) fn check_host(url: &Url) -> Result<(), AddressError> {
    let ip = match url.host() {
        Some(Host::Ipv4(ip)) => IpAddr::V4(ip),
        Some(Host::Ipv6(ip)) => IpAddr::V6(ip),
        Some(Host::Domain(_)) => return Ok(()),
        None => return Err(AddressError::Malformed("it names no host".to_owned())),
    };
    if is_public(ip) { Ok(()) } else { Err(AddressError::NotPublic(ip.to_string())) }
}

/// Refuses the names that mean the machine itself wherever they are looked up (RFC 6761), so that this is told at once.
fn check_name(url: &Url) -> Result<(), AddressError> {
    let name = url.domain().unwrap_or_default().trim_end_matches('.');
    let is_local = name == "localhost" || name.ends_with(".localhost");
    if is_local { Err(AddressError::NotPublic(name.to_owned())) } else { Ok(()) }
}

/// The address as its operator sees it: without user, password and query.
pub fn shown(text: &str) -> String {
    let path = Url::parse(text).map(|url| url.path().to_owned()).unwrap_or_default();
    origin(text) + &path
}

/// The address as everyone sees it: scheme, host and port. Some receivers have their secret in the path.
pub fn origin(text: &str) -> String {
    Url::parse(text).map(|url| url.origin().ascii_serialization()).unwrap_or_default()
}

/// What of IPv4 is not the public internet: the registry of special addresses, multicast, and what is reserved.
const SPECIAL_V4: [(Ipv4Addr, u32); 15] = [
    (Ipv4Addr::new(0, 0, 0, 0), 8),       // this network
    (Ipv4Addr::new(10, 0, 0, 0), 8),      // private
    (Ipv4Addr::new(100, 64, 0, 0), 10),   // shared by a carrier's customers
    (Ipv4Addr::new(127, 0, 0, 0), 8),     // loopback
    (Ipv4Addr::new(169, 254, 0, 0), 16),  // link-local, where clouds keep their credentials
    (Ipv4Addr::new(172, 16, 0, 0), 12),   // private
    (Ipv4Addr::new(192, 0, 0, 0), 24),    // protocols
    (Ipv4Addr::new(192, 0, 2, 0), 24),    // documentation
    (Ipv4Addr::new(192, 88, 99, 0), 24),  // relays of 6to4
    (Ipv4Addr::new(192, 168, 0, 0), 16),  // private
    (Ipv4Addr::new(198, 18, 0, 0), 15),   // measurements
    (Ipv4Addr::new(198, 51, 100, 0), 24), // documentation
    (Ipv4Addr::new(203, 0, 113, 0), 24),  // documentation
    (Ipv4Addr::new(224, 0, 0, 0), 4),     // multicast
    (Ipv4Addr::new(240, 0, 0, 0), 4),     // reserved, and broadcast
];

/// All of IPv6 that is the public internet lies here.
const GLOBAL_V6: (Ipv6Addr, u32) = (Ipv6Addr::new(0x2000, 0, 0, 0, 0, 0, 0, 0), 3);

/// What within it is not. Addresses that hold one of IPv4 (mapped, NAT64) lie outside, but for 6to4 and Teredo.
const SPECIAL_V6: [(Ipv6Addr, u32); 4] = [
    (Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 23), // protocols, Teredo among them
    (Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0), 32), // documentation
    (Ipv6Addr::new(0x2002, 0, 0, 0, 0, 0, 0, 0), 16), // 6to4
    (Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0), 20), // documentation
];

fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => !SPECIAL_V4.iter().any(|(base, bits)| (ip.to_bits() ^ base.to_bits()) >> (32 - bits) == 0),
        IpAddr::V6(ip) => {
            let within = |(base, bits): &(Ipv6Addr, u32)| (ip.to_bits() ^ base.to_bits()) >> (128 - bits) == 0;
            within(&GLOBAL_V6) && !SPECIAL_V6.iter().any(within)
        }
    }
}

/// Looks names up and lets public addresses pass.
pub(crate) struct PublicNames;

impl Resolve for PublicNames {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            Ok(Box::new(public(name.as_str(), found)?.into_iter()) as Addrs)
        })
    }
}

fn public(name: &str, found: impl Iterator<Item = SocketAddr>) -> io::Result<Vec<SocketAddr>> {
    let (public, other): (Vec<_>, Vec<_>) = found.partition(|address| is_public(address.ip()));
    if public.is_empty() && !other.is_empty() {
        // The addresses stay unsaid: they tell about the network that the server stands in.
        return Err(io::Error::other(AddressError::NotPublic(name.to_owned())));
    }
    Ok(public)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_the_public_internet_is_refused() {
        for ip in [
            "0.0.0.0",
            "0.1.2.3",
            "10.0.0.1",
            "100.64.0.1",
            "100.127.255.255",
            "127.0.0.1",
            "127.9.9.9",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.1",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.19.255.255",
            "198.51.100.1",
            "203.0.113.1",
            "224.0.0.1",
            "239.255.255.255",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::127.0.0.1",
            "::ffff:127.0.0.1",
            "::ffff:8.8.8.8",
            "64:ff9b::7f00:1",
            "64:ff9b::808:808",
            "64:ff9b:1::1",
            "100::1",
            "2001::1",
            "2001:2::1",
            "2001:10::1",
            "2001:20::1",
            "2001:db8::1",
            "2002:7f00:1::1",
            "2002:808:808::1",
            "3fff::1",
            "5f00::1",
            "fc00::1",
            "fd12:3456::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
        ] {
            assert!(!is_public(ip.parse().expect("it is an address")), "{ip}");
        }
    }

    #[test]
    fn the_public_internet_passes() {
        for ip in [
            "1.1.1.1",
            "8.8.8.8",
            "9.255.255.255",
            "11.0.0.0",
            "100.63.255.255",
            "100.128.0.0",
            "126.255.255.255",
            "128.0.0.1",
            "169.253.255.255",
            "172.15.255.255",
            "172.32.0.0",
            "192.0.1.1",
            "192.167.255.255",
            "198.17.255.255",
            "198.20.0.0",
            "223.255.255.255",
            "2001:200::1",
            "2001:4860:4860::8888",
            "2606:4700:4700::1111",
            "2a00:1450:4001::1",
            "2003::1",
        ] {
            assert!(is_public(ip.parse().expect("it is an address")), "{ip}");
        }
    }

    #[test]
    fn an_address_is_checked_in_whatever_form_it_is_written() {
        for text in [
            "https://127.0.0.1/",
            "https://0x7f000001/",
            "https://2130706433/",
            "https://0177.1/",
            "https://127.1/",
            "https://[::1]/",
            "https://[::ffff:7f00:1]/",
            "https://169.254.169.254/latest/meta-data",
            "https://127.0.0.1./",
            "https://LocalHost/h",
            "https://hooks.localhost.:8443/h",
        ] {
            assert!(matches!(check(text, false), Err(AddressError::NotPublic(_))), "{text}: {:?}", check(text, false));
            assert!(check(text, true).is_ok(), "{text}");
        }
    }

    #[test]
    fn nothing_but_https_is_allowed() {
        for (text, allow_private, scheme) in [
            ("http://example.com/", false, "http"),
            ("ftp://example.com/", true, "ftp"),
            ("file:///etc/passwd", true, "file"),
            ("unix:/run/x.sock", true, "unix"),
        ] {
            assert_eq!(check(text, allow_private), Err(AddressError::Scheme(scheme.to_owned())), "{text}");
        }
        assert!(check("https://example.com/hook?token=1", false).is_ok());
        assert_eq!(check("https://me@example.com/", true), Err(AddressError::UserInfo));
        assert_eq!(check("https://:x@example.com/", true), Err(AddressError::UserInfo));
        assert!(matches!(check("example.com", true), Err(AddressError::Malformed(_))));
        assert_eq!(check(&format!("https://example.com/{}", "x".repeat(2_048)), true), Err(AddressError::TooLong));
    }

    #[test]
    fn of_the_addresses_of_a_name_the_public_ones_remain() {
        let address = |text: &str| text.parse::<SocketAddr>().expect("it is an address");
        let found = [address("127.0.0.1:0"), address("8.8.8.8:0"), address("[::1]:0")];
        assert_eq!(public("x", found.into_iter()).expect("one is public"), [address("8.8.8.8:0")]);
        let error = public("x", [address("10.0.0.1:0")].into_iter()).expect_err("none is public");
        assert_eq!(error.to_string(), "\"x\" is not a public address");
    }

    #[test]
    fn what_may_be_secret_in_an_address_is_not_shown() {
        let address = "https://user:password@example.com:8443/hook?token=1#x";
        assert_eq!(shown(address), "https://example.com:8443/hook");
        assert_eq!(origin(address), "https://example.com:8443");
        assert_eq!(origin("https://Example.com:443/services/T0/B0/token"), "https://example.com");
        assert_eq!((shown("x").as_str(), origin("x").as_str()), ("", ""));
    }
}
