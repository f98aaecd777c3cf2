use super::*;
use std::{
    collections::BTreeMap,
    fs,
    io::{Read, Write},
    net::{Ipv4Addr, TcpStream},
    sync::Mutex,
};
use tempfile::TempDir;

struct Reply {
    status: u16,
    headers: BTreeMap<String, String>,
    body: Vec<u8>,
}

/// A folder with a site in it and a secret beside it.
fn folder() -> TempDir {
    let folder = TempDir::new().unwrap();
    let site = folder.path().join("dist");
    fs::create_dir_all(site.join("app")).unwrap();
    for (name, text) in [
        ("index.html", "<p>edges"),
        ("app/web.js", "plain"),
        ("app/web-0123456789abcdef.js", "hashed"),
        ("app/web_bg.wasm", "wasm"),
        ("manifest.webmanifest", "{}"),
        ("a space.txt", "space"),
        ("../secret", "secret"),
    ] {
        fs::write(site.join(name), text).unwrap();
    }
    folder
}

fn start(site: Site) -> Server {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    Server::start(listener, site).unwrap()
}

fn site(folder: &TempDir) -> Site {
    Site::new(&folder.path().join("dist")).unwrap()
}

fn get(server: &Server, path: &str, headers: &[&str]) -> Reply {
    ask(server, "GET", path, headers)
}

fn ask(server: &Server, method: &str, path: &str, headers: &[&str]) -> Reply {
    let mut stream = TcpStream::connect(server.address()).unwrap();
    let more: String = headers.iter().map(|line| format!("{line}\r\n")).collect();
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nHost: here\r\nConnection: close\r\n{more}\r\n"
    )
    .unwrap();
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).unwrap();
    let end = bytes
        .windows(4)
        .position(|four| four == b"\r\n\r\n")
        .unwrap();
    let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
    let mut lines = head.lines();
    let status = lines.next().unwrap().split(' ').nth(1).unwrap();
    let headers = lines.map(|line| {
        let (name, value) = line.split_once(": ").unwrap();
        (name.to_lowercase(), value.to_owned())
    });
    Reply {
        status: status.parse().unwrap(),
        headers: headers.collect(),
        body: bytes[end + 4..].to_vec(),
    }
}

#[test]
fn files_come_with_the_types_that_browsers_insist_on() {
    let folder = folder();
    let server = start(site(&folder));
    for (path, body, kind) in [
        ("/", "<p>edges", "text/html"),
        ("/index.html?engine=cpu", "<p>edges", "text/html"),
        ("/app/web.js", "plain", "text/javascript"),
        ("/app/web_bg.wasm", "wasm", "application/wasm"),
        ("/manifest.webmanifest", "{}", "application/manifest+json"),
        ("/a%20space.txt", "space", "text/plain"),
    ] {
        let reply = get(&server, path, &[]);
        assert_eq!(reply.status, 200, "{path}");
        assert_eq!(reply.body, body.as_bytes(), "{path}");
        assert!(reply.headers["content-type"].starts_with(kind), "{path}");
    }
    for path in ["/app", "/app/", "/app/web.ts", "/app/web.js/"] {
        assert_eq!(get(&server, path, &[]).status, 404, "{path}");
    }
    assert_eq!(ask(&server, "POST", "/", &[]).status, 405);
    assert!(ask(&server, "HEAD", "/", &[]).body.is_empty());
}

#[test]
fn nothing_outside_the_site_is_reachable() {
    let folder = folder();
    #[cfg(unix)]
    std::os::unix::fs::symlink(
        folder.path().join("secret"),
        folder.path().join("dist/link"),
    )
    .unwrap();
    let server = start(site(&folder));
    let outside = format!("/{}", folder.path().join("secret").display());
    for path in [
        "/../secret",
        "/app/../../secret",
        "//../secret",
        "/%2e%2e/secret",
        "/..%2fsecret",
        "/..%5csecret",
        "/link",
        "/./../secret",
        &outside,
    ] {
        assert_eq!(get(&server, path, &[]).status, 404, "{path}");
    }
}

#[cfg(unix)]
#[test]
fn a_compressed_file_that_leads_outside_is_not_sent() {
    for ending in ["br", "gz"] {
        let folder = folder();
        let link = folder.path().join(format!("dist/app/web.js.{ending}"));
        std::os::unix::fs::symlink(folder.path().join("secret"), link).unwrap();
        let server = start(site(&folder));
        let reply = get(&server, "/app/web.js", &["Accept-Encoding: br, gzip"]);
        assert_eq!(reply.status, 404, "{ending}");
    }
}

#[test]
fn hashed_names_are_kept_and_others_asked_about() {
    let folder = folder();
    let server = start(site(&folder));
    let hashed = get(&server, "/app/web-0123456789abcdef.js", &[]);
    assert!(hashed.headers["cache-control"].contains("immutable"));
    let lost = get(&server, "/app/gone-0123456789abcdef.js", &[]);
    assert_eq!(
        (lost.status, lost.headers["cache-control"].as_str()),
        (404, "no-cache")
    );
    let plain = get(&server, "/app/web.js", &[]);
    assert_eq!(plain.headers["cache-control"], "no-cache");
    let tag = format!("If-None-Match: {}", plain.headers["etag"]);
    let again = get(&server, "/app/web.js", &[&tag]);
    assert_eq!((again.status, again.body.len()), (304, 0));
}

#[test]
fn what_was_compressed_beforehand_is_sent_to_those_who_take_it() {
    let folder = folder();
    fs::write(folder.path().join("dist/app/web.js.br"), "brotli").unwrap();
    fs::write(folder.path().join("dist/app/web.js.gz"), "gzip").unwrap();
    let server = start(site(&folder));
    for (accepted, body, encoding) in [
        ("gzip, deflate, br", "brotli", Some("br")),
        ("gzip", "gzip", Some("gzip")),
        ("identity", "plain", None),
    ] {
        let accepted = format!("Accept-Encoding: {accepted}");
        let reply = get(&server, "/app/web.js", &[&accepted]);
        assert_eq!(reply.body, body.as_bytes());
        let found = reply.headers.get("content-encoding").map(String::as_str);
        assert_eq!(found, encoding);
        assert_eq!(reply.headers["vary"], "accept-encoding");
        assert!(reply.headers["content-type"].starts_with("text/javascript"));
    }
    let part = get(&server, "/app/web_bg.wasm", &["Range: bytes=1-2"]);
    assert_eq!((part.status, part.body.as_slice()), (206, &b"as"[..]));
}

#[test]
fn every_answer_carries_the_policy() {
    let folder = folder();
    let server = start(site(&folder));
    for path in ["/", "/app/web.js", "/nothing"] {
        let headers = get(&server, path, &[]).headers;
        assert_eq!(headers["content-security-policy"], POLICY, "{path}");
        assert_eq!(headers["x-content-type-options"], "nosniff", "{path}");
    }
    assert!(POLICY.contains("frame-ancestors 'none'"));
}

#[test]
fn a_site_below_a_folder_is_nowhere_else_and_its_requests_are_seen() {
    let folder = folder();
    let seen = Arc::new(Mutex::new(Vec::new()));
    let watched = site(&folder).below("/some/folder/").intercept({
        let seen = seen.clone();
        move |asked: &Asked<'_>| {
            seen.lock().unwrap().push(asked.address.to_owned());
            match asked.file {
                Some("app/web.js") => Answer::Missing,
                Some("app/new.js") => Answer::Bytes(b"new".to_vec()),
                _ => Answer::File,
            }
        }
    });
    let server = start(watched);
    let status = |path: &str| get(&server, path, &[]).status;
    assert_eq!(status("/some/folder/?a=b"), 200);
    assert_eq!(status("/index.html"), 404);
    assert_eq!(status("/some/folder/app/web.js"), 404);
    let new = get(&server, "/some/folder/app/new.js", &[]);
    assert_eq!((new.status, new.body.as_slice()), (200, &b"new"[..]));
    assert!(new.headers["content-type"].starts_with("text/javascript"));
    let head = ask(&server, "HEAD", "/some/folder/app/new.js", &[]);
    assert_eq!((head.status, head.body.as_slice()), (200, &b""[..]));
    assert_eq!(seen.lock().unwrap()[0], "/some/folder/?a=b");
    assert_eq!(seen.lock().unwrap().len(), 5);
}

#[test]
fn a_dropped_server_ends() {
    let folder = folder();
    let server = start(site(&folder));
    let address = server.address();
    drop(server);
    assert!(TcpStream::connect(address).is_err());
}
