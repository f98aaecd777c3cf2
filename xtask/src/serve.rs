//! Serving a site, on this machine alone unless it is told otherwise.

use anyhow::{Context, Result};
use clap::Args;
use server::{Server, Site};
use std::net::{IpAddr, SocketAddr, TcpListener};

/// How many ports after the wanted one are tried.
const PORTS: u16 = 100;

/// Where a site is served.
#[derive(Args)]
pub struct Options {
    /// The port to serve on; where it is taken, the next free one
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// The address to serve at; 0.0.0.0 is every one, such as for a container's host
    #[arg(long, default_value = "127.0.0.1")]
    host: IpAddr,
}

/// Serves `site` and prints where.
pub fn start(site: Site, options: &Options) -> Result<Server> {
    let Options { port, host } = *options;
    let server = Server::start(listen(host, port)?, site).context("cannot serve")?;
    println!(
        "\nEdgewise is at http://{}/ (Ctrl-C ends it)",
        shown(server.address())
    );
    if !host.is_loopback() {
        println!("Whoever can reach this machine over the network can see it.");
    }
    Ok(server)
}

fn listen(host: IpAddr, port: u16) -> Result<TcpListener> {
    let mut ports = port..=port.saturating_add(PORTS);
    ports
        .find_map(|port| TcpListener::bind((host, port)).ok())
        .with_context(|| {
            format!("{host} has no free port from {port} on: choose another with --port, or another --host")
        })
}

/// An address as this machine's browser takes it.
fn shown(address: SocketAddr) -> String {
    let ip = address.ip();
    if ip.is_loopback() || ip.is_unspecified() {
        format!("localhost:{}", address.port())
    } else {
        address.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::Ipv4Addr;

    #[test]
    fn a_taken_port_is_passed_over() {
        let here = Ipv4Addr::LOCALHOST.into();
        let taken = listen(here, 20_000).unwrap();
        let port = taken.local_addr().unwrap().port();
        assert_ne!(
            listen(here, port).unwrap().local_addr().unwrap().port(),
            port
        );
    }

    #[test]
    fn a_server_for_every_address_can_be_asked_for() {
        let everywhere = listen(Ipv4Addr::UNSPECIFIED.into(), 20_200).unwrap();
        let address = everywhere.local_addr().unwrap();
        assert!(address.ip().is_unspecified());
        assert_eq!(shown(address), format!("localhost:{}", address.port()));
        // Reserved for documentation: no machine has it.
        let error = listen(Ipv4Addr::new(192, 0, 2, 1).into(), 20_400).unwrap_err();
        assert!(error.to_string().contains("192.0.2.1"), "{error}");
    }
}
