//! `health`: asks a server whether it is ready, for whoever watches over its process.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Context;
use reqwest::{Client, StatusCode};

use super::output;

/// Longer than the server itself takes to find out.
const TIMEOUT: Duration = Duration::from_secs(3);

pub(super) async fn run(listen: SocketAddr) -> anyhow::Result<ExitCode> {
    let url = format!("http://{}/readyz", reachable(listen));
    let client = Client::builder().timeout(TIMEOUT).no_proxy().build()?;
    let answer = client.get(&url).send().await.with_context(|| format!("{url} does not answer"))?;
    let is_ready = answer.status() == StatusCode::OK;
    output::line(&answer.text().await.with_context(|| format!("{url} breaks off"))?);
    Ok(if is_ready { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// A server that listens at all addresses is asked at the machine's own.
fn reachable(listen: SocketAddr) -> SocketAddr {
    let address = match listen.ip() {
        IpAddr::V4(Ipv4Addr::UNSPECIFIED) => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(Ipv6Addr::UNSPECIFIED) => Ipv6Addr::LOCALHOST.into(),
        other => other,
    };
    SocketAddr::new(address, listen.port())
}
