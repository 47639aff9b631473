//! Where a request comes from: the other end of its connection, or whom a proxy that is trusted names in `X-Forwarded-For`.

use std::net::{IpAddr, SocketAddr};

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use ipnet::IpNet;

const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// The other end of a connection.
#[derive(Clone, Copy, Debug)]
pub(super) struct Peer(pub(super) IpAddr);

impl Peer {
    /// Who pays: nobody if a program of this very machine asks, and asks for no other as a proxy.
    pub(super) fn payer(self, headers: &HeaderMap, trusted: &[IpNet]) -> Option<IpAddr> {
        let own = self.0.to_canonical();
        let is_proxy = trusted.iter().any(|net| net.contains(&own)) && headers.contains_key(X_FORWARDED_FOR);
        (is_proxy || !own.is_loopback()).then(|| self.address(headers, trusted))
    }

    /// Who asks. Each proxy appends whom it was asked by, so the list is read from its end, as far as those who wrote it are
    /// trusted: what stands before can be anyone's word.
    fn address(self, headers: &HeaderMap, trusted: &[IpNet]) -> IpAddr {
        let mut address = self.0.to_canonical();
        let is_trusted = |address: &IpAddr| trusted.iter().any(|net| net.contains(address));
        if !is_trusted(&address) {
            return address;
        }
        // By bytes: what a client has put before, of whatever kind, must not hide what a proxy has appended.
        let named = headers.get_all(X_FORWARDED_FOR).iter().map(HeaderValue::as_bytes);
        let named: Vec<&[u8]> = named.flat_map(|value| value.split(|byte| *byte == b',')).collect();
        for text in named.iter().rev() {
            let Some(next) = str::from_utf8(text).ok().and_then(|text| parse(text.trim())) else {
                break;
            };
            address = next;
            if !is_trusted(&address) {
                break;
            }
        }
        address
    }
}

/// An address, with or without a port.
fn parse(text: &str) -> Option<IpAddr> {
    let address = text.parse().or_else(|_| text.parse().map(|it: SocketAddr| it.ip()));
    address.ok().map(|it: IpAddr| it.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(peer: &str, forwarded: &[&str]) -> String {
        let trusted = ["10.0.0.0/8", "fd00::/8"].map(|net| net.parse().expect("a net"));
        let mut headers = HeaderMap::new();
        for value in forwarded {
            headers.append(X_FORWARDED_FOR, HeaderValue::from_bytes(value.as_bytes()).expect("a value"));
        }
        Peer(peer.parse().expect("an address")).address(&headers, &trusted).to_string()
    }

    #[test]
    fn only_a_trusted_proxy_is_believed() {
        assert_eq!(from("192.0.2.1", &["198.51.100.7"]), "192.0.2.1");
        assert_eq!(from("10.0.0.1", &["198.51.100.7"]), "198.51.100.7");
        assert_eq!(from("::ffff:10.0.0.1", &["198.51.100.7"]), "198.51.100.7");
        assert_eq!(from("10.0.0.1", &[]), "10.0.0.1");
    }

    #[test]
    fn a_client_cannot_put_another_in_its_place() {
        assert_eq!(from("10.0.0.1", &["203.0.113.9, 198.51.100.7"]), "198.51.100.7");
        assert_eq!(from("10.0.0.1", &["203.0.113.9", "198.51.100.7, 10.0.0.2"]), "198.51.100.7");
        assert_eq!(from("10.0.0.1", &["203.0.113.9, nonsense"]), "10.0.0.1");
        assert_eq!(from("10.0.0.1", &["\u{ff}, 198.51.100.7"]), "198.51.100.7");
        assert_eq!(from("10.0.0.1", &["10.0.0.3, 10.0.0.2"]), "10.0.0.3");
    }

    #[test]
    fn this_machine_pays_for_nobody_but_those_it_is_a_proxy_for() {
        let payer = |trusted: &[IpNet]| {
            let mut headers = HeaderMap::new();
            headers.append(X_FORWARDED_FOR, HeaderValue::from_static("127.0.0.1"));
            Peer(IpAddr::from([127, 0, 0, 1])).payer(&headers, trusted)
        };
        assert_eq!(payer(&[]), None);
        assert_eq!(payer(&["127.0.0.0/8".parse().expect("a net")]), Some(IpAddr::from([127, 0, 0, 1])));
    }

    #[test]
    fn ports_are_left_out() {
        assert_eq!(from("fd00::1", &["[2001:db8::1]:4711"]), "2001:db8::1");
        assert_eq!(from("10.0.0.1", &["198.51.100.7:80"]), "198.51.100.7");
    }
}
