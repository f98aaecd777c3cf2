//! Serving a site, on this machine alone unless it is told otherwise.

use anyhow::{Context, Result, bail};
use clap::Args;
use server::{Server, Site};
use std::{
    io::ErrorKind,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener},
};

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

/// Takes the port, or the next free one. What comes before serving takes minutes, so that it is taken first.
pub fn listen(options: &Options) -> Result<TcpListener> {
    let Options { port, host } = *options;
    bind(host, port)
}

/// Serves `site` and prints where.
pub fn start(site: Site, listener: TcpListener) -> Result<Server> {
    let server = Server::start(listener, site).context("cannot serve")?;
    let address = server.address();
    println!(
        "\nEdgewise is at http://{}/ (Ctrl-C ends it)",
        shown(address)
    );
    if !address.ip().is_loopback() {
        println!("Whoever can reach this machine over the network can see it.");
    }
    Ok(server)
}

fn bind(host: IpAddr, port: u16) -> Result<TcpListener> {
    for port in port..=port.saturating_add(PORTS) {
        match TcpListener::bind((host, port)) {
            Err(error) if error.kind() == ErrorKind::AddrInUse => {}
            bound => {
                return bound.with_context(|| {
                    let address = SocketAddr::new(host, port);
                    format!("cannot serve at {address}: choose another --host or --port")
                });
            }
        }
    }
    bail!("{host} has no free port from {port} on: choose another with --port, or another --host")
}

/// An address as this machine's browser takes it. `localhost` may be another server's: it means 127.0.0.1 and ::1.
fn shown(address: SocketAddr) -> SocketAddr {
    let ip = match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, address.port())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_port_is_passed_over() {
        let here = Ipv4Addr::LOCALHOST.into();
        let taken = bind(here, 20_000).unwrap();
        let port = taken.local_addr().unwrap().port();
        assert_ne!(bind(here, port).unwrap().local_addr().unwrap().port(), port);
    }

    #[test]
    fn the_address_that_is_shown_is_one_that_is_served() {
        for (bound, expected) in [
            ("0.0.0.0:80", "127.0.0.1:80"),
            ("[::]:80", "[::1]:80"),
            ("127.0.0.2:80", "127.0.0.2:80"),
            ("[::1]:80", "[::1]:80"),
            ("192.0.2.1:80", "192.0.2.1:80"),
        ] {
            assert_eq!(shown(bound.parse().unwrap()).to_string(), expected);
        }
    }

    #[test]
    fn what_cannot_be_bound_is_refused_with_its_cause() {
        // Reserved for documentation: no machine has it.
        let error = bind(Ipv4Addr::new(192, 0, 2, 1).into(), 20_400).unwrap_err();
        assert_eq!(
            error.to_string(),
            "cannot serve at 192.0.2.1:20400: choose another --host or --port"
        );
        let cause = error.downcast_ref::<std::io::Error>().unwrap();
        assert_eq!(cause.kind(), ErrorKind::AddrNotAvailable);
    }
}
