//! A static file server, for this machine alone unless it is told otherwise.

use anyhow::{Context, Result, anyhow};
use std::{
    fs::{self, File},
    net::{IpAddr, SocketAddr, TcpListener},
    path::{Component, Path, PathBuf},
    thread,
};
use tiny_http::{Header, Method, Request, Response, Server};

/// How many ports after the wanted one are tried.
const PORTS: u16 = 100;
/// How many requests are answered at a time.
const THREADS: usize = 4;

/// Serves the files below `site` at `host`, on the first free port from `port` on, until the program is ended.
pub fn serve(site: &Path, host: IpAddr, port: u16) -> Result<()> {
    let site = fs::canonicalize(site).with_context(|| format!("cannot find {}", site.display()))?;
    let listener = listen(host, port)?;
    let address = listener.local_addr()?;
    let server =
        Server::from_listener(listener, None).map_err(|error| anyhow!("cannot serve: {error}"))?;
    println!(
        "\nEdgewise is at http://{}/ (Ctrl-C ends it)",
        shown(address)
    );
    if !host.is_loopback() {
        println!("Whoever can reach this machine over the network can see it.");
    }
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                server
                    .incoming_requests()
                    .for_each(|request| answer(&site, request))
            });
        }
    });
    Ok(())
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

fn answer(site: &Path, request: Request) {
    let file = file_for(site, request.url())
        .filter(|_| matches!(request.method(), Method::Get | Method::Head));
    let opened = file.and_then(|path| Some((File::open(&path).ok()?, mime_type(&path))));
    let sent = match opened {
        Some((file, mime)) => {
            let headers = [("Content-Type", mime), ("Cache-Control", "no-cache")];
            let headers = headers
                .into_iter()
                .filter_map(|(name, value)| Header::from_bytes(name, value).ok());
            request.respond(headers.fold(Response::from_file(file), Response::with_header))
        }
        None => {
            request.respond(Response::from_string("There is no such file.\n").with_status_code(404))
        }
    };
    if let Err(error) = sent {
        eprintln!("a request was not answered to its end: {error}");
    }
}

/// The file that a request's address means: always inside `site`, or none.
fn file_for(site: &Path, address: &str) -> Option<PathBuf> {
    let path = address.split(['?', '#']).next()?.trim_start_matches('/');
    let path = Path::new(path);
    if path
        .components()
        .any(|part| !matches!(part, Component::Normal(_)))
    {
        return None;
    }
    let file = site.join(path);
    let file = if file.is_dir() {
        file.join("index.html")
    } else {
        file
    };
    let real = fs::canonicalize(file).ok()?;
    (real.is_file() && real.starts_with(site)).then_some(real)
}

fn mime_type(path: &Path) -> &'static str {
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("css") => "text/css; charset=utf-8",
        Some("html") => "text/html; charset=utf-8",
        Some("ico") => "image/x-icon",
        Some("js") => "text/javascript; charset=utf-8",
        Some("json") => "application/json",
        Some("png") => "image/png",
        Some("svg") => "image/svg+xml",
        Some("txt") => "text/plain; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("webmanifest") => "application/manifest+json",
        Some("webp") => "image/webp",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{net::Ipv4Addr, os::unix::fs::symlink};
    use tempfile::TempDir;

    fn site() -> (TempDir, PathBuf) {
        let folder = TempDir::new().unwrap();
        let site = fs::canonicalize(folder.path()).unwrap().join("dist");
        fs::create_dir_all(site.join("app")).unwrap();
        fs::write(site.join("index.html"), "").unwrap();
        fs::write(site.join("app/web.js"), "").unwrap();
        fs::write(site.join("../secret"), "").unwrap();
        (folder, site)
    }

    #[test]
    fn addresses_mean_files_of_the_site() {
        let (_folder, site) = site();
        assert_eq!(file_for(&site, "/"), Some(site.join("index.html")));
        assert_eq!(
            file_for(&site, "/app/web.js?engine=cpu"),
            Some(site.join("app/web.js"))
        );
        assert_eq!(file_for(&site, "/app/"), None);
        assert_eq!(file_for(&site, "/app/web.ts"), None);
    }

    #[test]
    fn nothing_outside_the_site_is_reachable() {
        let (_folder, site) = site();
        symlink(site.join("../secret"), site.join("link")).unwrap();
        for address in [
            "/../secret",
            "/app/../../secret",
            "//../secret",
            "/%2e%2e/secret",
            "/link",
            "/./../secret",
        ] {
            assert_eq!(file_for(&site, address), None, "{address}");
        }
        let outside = format!("/{}", site.join("../secret").display());
        assert_eq!(file_for(&site, &outside), None);
    }

    #[test]
    fn browsers_get_the_types_they_insist_on() {
        assert_eq!(mime_type(Path::new("a/cpu_bg.wasm")), "application/wasm");
        assert_eq!(
            mime_type(Path::new("web.js")),
            "text/javascript; charset=utf-8"
        );
        assert_eq!(
            mime_type(Path::new("manifest.webmanifest")),
            "application/manifest+json"
        );
        assert_eq!(
            mime_type(Path::new("weights.safetensors")),
            "application/octet-stream"
        );
    }

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
