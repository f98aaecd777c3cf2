use std::ffi::OsString;
use std::fs;
use std::io::{Cursor, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use super::server::{Server, answer, serve};
use super::*;

mod others;
mod pages;

const TAG: &str = "\"one\"";

/// A folder to download to, and the file's bytes.
struct TestFolder {
    folder: tempfile::TempDir,
    out: PathBuf,
    part: PathBuf,
    bytes: Vec<u8>,
}

impl TestFolder {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self {
            out: folder.path().join("data/all.zip"),
            part: folder.path().join("data/all.zip.edgewise-part"),
            bytes: archive(200_000 - archive(0).len()),
            folder,
        }
    }

    fn order<'a>(&'a self, address: &'a str) -> Download<'a> {
        Download {
            address,
            out: &self.out,
            checksum: None,
            again: false,
        }
    }

    fn fetch(&self, address: &str) -> Result<Fetched, FetchError> {
        fetch(&self.order(address), &AtomicBool::new(false), &())
    }

    /// What an earlier try left: the first bytes, of an address, with a tag.
    fn leave(&self, count: usize, address: &str, tag: &str) {
        fs::create_dir_all(self.out.parent().unwrap()).unwrap();
        fs::write(&self.part, &self.bytes[..count]).unwrap();
        let note = self.out.with_file_name("all.zip.edgewise-part.from");
        fs::write(note, format!("{address}\n{tag}\n")).unwrap();
    }

    fn names(&self) -> Vec<OsString> {
        let Ok(entries) = fs::read_dir(self.out.parent().unwrap()) else {
            return Vec::new();
        };
        let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        names
    }

    /// The file is there, whole, with nothing beside it.
    fn assert_whole(&self) {
        assert!(fs::read(&self.out).unwrap() == self.bytes);
        assert_eq!(self.names(), ["all.zip"]);
    }
}

/// A zip that holds one file of so many bytes, stored as they are.
fn archive(size: usize) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    zip.start_file("picture", stored).unwrap();
    let bytes: Vec<u8> = (0..size).map(|at| (at / 7 * 31) as u8).collect();
    zip.write_all(&bytes).unwrap();
    zip.finish().unwrap().into_inner()
}

/// A server that has the file, and the file's address.
fn proper(place: &TestFolder) -> (Server, String) {
    let file = place.bytes.clone();
    let server = Server::start(move |request| serve(request, TAG, &file));
    let address = format!("{}/all.zip", server.address);
    (server, address)
}

#[test]
fn a_whole_file_with_the_right_checksum() {
    let place = TestFolder::new();
    let (_server, address) = proper(&place);
    let Fetched::Whole { size, checksum } = place.fetch(&address).unwrap() else {
        panic!("not whole");
    };
    assert_eq!(size, 200_000);
    place.assert_whole();
    fs::remove_file(&place.out).unwrap();
    let checksum = Some(checksum);
    let order = Download {
        checksum,
        ..place.order(&address)
    };
    fetch(&order, &AtomicBool::new(false), &()).unwrap();
    place.assert_whole();
}

#[test]
fn what_was_begun_is_gone_on_with_through_redirects() {
    let place = TestFolder::new();
    let file = place.bytes.clone();
    let server = Server::start(move |request| match &*request[""] {
        "/old" => answer(302, "Location: /new\r\n", b"", None),
        _ => serve(request, TAG, &file),
    });
    let address = format!("{}/old", server.address);
    place.leave(150_000, &address, TAG);
    place.fetch(&address).unwrap();
    place.assert_whole();
    let asked = server.asked();
    assert_eq!(asked.len(), 2);
    for request in asked {
        assert_eq!(request["range"], "bytes=150000-");
        assert_eq!(request["if-range"], TAG);
        assert_eq!(request["accept-encoding"], "identity");
    }
}

#[test]
fn what_is_all_there_is_only_checked() {
    let place = TestFolder::new();
    let (_server, address) = proper(&place);
    place.leave(200_000, &address, TAG);
    place.fetch(&address).unwrap();
    place.assert_whole();
}

#[test]
fn a_new_start_where_nothing_can_be_gone_on_with() {
    for (address, tag, asked) in [
        // The file changed in between.
        (None, "\"other\"", 1),
        (Some("http://a.example/all.zip"), TAG, 1),
        // There is more than the file has.
        (None, TAG, 2),
    ] {
        let place = TestFolder::new();
        let (server, own) = proper(&place);
        place.leave(0, address.unwrap_or(&own), tag);
        fs::write(&place.part, [&*place.bytes, &[9; 50_000]].concat()).unwrap();
        place.fetch(&own).unwrap();
        place.assert_whole();
        assert_eq!(server.asked().len(), asked);
    }
}

#[test]
fn servers_that_know_no_parts_or_confuse_them() {
    for (status, fields) in [
        (200, ""),
        (206, "Content-Range: bytes 0-199999/200000\r\n"),
        (
            206,
            "Content-Range: bytes 50-199999/200000\r\nETag: \"two\"\r\n",
        ),
        (416, "Content-Range: bytes */7\r\n"),
    ] {
        let place = TestFolder::new();
        let file = place.bytes.clone();
        let server = Server::start(move |request| {
            if request.contains_key("range") {
                answer(status, fields, &file, None)
            } else {
                answer(200, "", &file, None)
            }
        });
        place.leave(50, &server.address, TAG);
        place.fetch(&server.address).unwrap();
        place.assert_whole();
    }
}

#[test]
fn a_broken_connection_leaves_what_came() {
    for (status, fields) in [
        (200, "ETag: \"one\"\r\n"),
        (
            200,
            "ETag: W/\"one\"\r\nLast-Modified: Mon, 06 Jul 2020 10:00:00 GMT\r\n",
        ),
    ] {
        let place = TestFolder::new();
        let half = place.bytes[..120_000].to_vec();
        let server = Server::start(move |_| answer(status, fields, &half, Some(200_000)));
        let error = place.fetch(&server.address).unwrap_err();
        assert!(
            error
                .to_string()
                .starts_with("127.0.0.1: the connection broke after 120.00 kB of 200.00 kB"),
            "{error}"
        );
        assert!(fs::read(&place.part).unwrap() == place.bytes[..120_000]);
        assert_eq!(
            place.names(),
            ["all.zip.edgewise-part", "all.zip.edgewise-part.from"]
        );
        let validator = PartialFile::beside(&place.out)
            .begun(&server.address)
            .unwrap()
            .validator;
        assert!(fields.contains(&format!(": {validator}\r\n")));
    }
}

#[test]
fn no_length_no_name_for_what_it_is() {
    let place = TestFolder::new();
    let mut chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".to_vec();
    for chunk in place.bytes.chunks(50_000) {
        chunked.extend(format!("{:x}\r\n", chunk.len()).bytes());
        chunked.extend(chunk);
        chunked.extend(b"\r\n");
    }
    let whole = [&*chunked, b"0\r\n\r\n"].concat();
    let server = Server::start(move |request| {
        if request[""] == "/whole" {
            &whole
        } else {
            &chunked
        }
        .clone()
    });
    let error = place.fetch(&server.address).unwrap_err();
    assert!(
        matches!(error, FetchError::Broken { total: None, .. }),
        "{error}"
    );
    // Nothing tells whether the file is the same, so what came is no use.
    assert_eq!(place.names(), ["all.zip.edgewise-part"]);
    place.fetch(&format!("{}/whole", server.address)).unwrap();
    place.assert_whole();
}

#[test]
fn a_stop_keeps_what_came() {
    let place = TestFolder::new();
    let (_server, address) = proper(&place);
    place.leave(100, &address, TAG);
    let stopped = fetch(&place.order(&address), &AtomicBool::new(true), &()).unwrap();
    assert_eq!(stopped, Fetched::Stopped { size: 100 });
    place.fetch(&address).unwrap();
    place.assert_whole();
}

#[test]
fn answers_that_are_no_file() {
    let place = TestFolder::new();
    let server =
        Server::start(|request| answer(request[""][1..].parse().unwrap(), "", b"no", None));
    let error = |status: u16| {
        let address = format!("{}/{status}", server.address);
        let error = place.fetch(&address).unwrap_err();
        assert!(error.to_string().starts_with(&address), "{error}");
        error
    };
    assert!(matches!(error(404), FetchError::NoSuchFile { .. }));
    assert!(matches!(
        error(503),
        FetchError::Refused { status: 503, .. }
    ));
    assert!(place.names().is_empty());
}

#[test]
fn a_wrong_file_is_removed() {
    let place = TestFolder::new();
    let (_server, address) = proper(&place);
    let order = Download {
        checksum: Some("00".repeat(32).parse().unwrap()),
        ..place.order(&address)
    };
    let error = fetch(&order, &AtomicBool::new(false), &()).unwrap_err();
    assert!(matches!(error, FetchError::Checksum { .. }), "{error}");
    assert!(place.names().is_empty());
}

#[test]
fn nobody_there() {
    let place = TestFolder::new();
    let address = {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        format!("http://{}/all.zip", listener.local_addr().unwrap())
    };
    let error = place.fetch(&address).unwrap_err();
    let message = error.to_string();
    assert!(matches!(error, FetchError::Unreachable { .. }));
    assert!(
        message.starts_with("127.0.0.1: cannot be reached"),
        "{message}"
    );
    for part in [&*address, &*place.out.to_string_lossy(), "data build"] {
        assert!(message.contains(part), "{message}");
    }
    for address in ["", "all.zip", "ftp://a.example/b", "http://"] {
        let error = place.fetch(address).unwrap_err();
        assert!(matches!(error, FetchError::Address { .. }), "{error:?}");
    }
}

#[test]
fn what_is_there_stays_until_the_new_is_whole() {
    let place = TestFolder::new();
    let (_server, address) = proper(&place);
    fs::create_dir_all(place.out.parent().unwrap()).unwrap();
    fs::write(&place.out, "mine").unwrap();
    let error = place.fetch(&address).unwrap_err();
    assert!(matches!(error, FetchError::Taken(_)), "{error}");
    let again = |checksum| Download {
        again: true,
        checksum,
        ..place.order(&address)
    };
    let wrong = again(Some("00".repeat(32).parse().unwrap()));
    fetch(&wrong, &AtomicBool::new(false), &()).unwrap_err();
    assert_eq!(fs::read_to_string(&place.out).unwrap(), "mine");
    fetch(&again(None), &AtomicBool::new(false), &()).unwrap();
    place.assert_whole();
    let folder = Download {
        out: place.folder.path(),
        ..again(None)
    };
    let error = fetch(&folder, &AtomicBool::new(false), &()).unwrap_err();
    assert!(matches!(error, FetchError::Folder(_)), "{error}");
}

#[test]
fn a_download_that_is_refused_leaves_no_folder() {
    let place = TestFolder::new();
    let server = Server::start(|_| answer(404, "", b"", None));
    for address in ["ftp://a.example/b", &server.address] {
        place.fetch(address).unwrap_err();
        assert!(!place.out.parent().unwrap().exists(), "{address}");
    }
}

#[cfg(unix)]
#[test]
fn links_are_followed_and_what_is_read_only_or_a_device_is_refused() {
    let place = TestFolder::new();
    let (_server, address) = proper(&place);
    let fetch_to = |out: &Path| {
        let order = Download {
            out,
            again: true,
            ..place.order(&address)
        };
        fetch(&order, &AtomicBool::new(false), &())
    };
    let at = |name: &str| place.folder.path().join(name);
    fs::write(at("real.zip"), "before").unwrap();
    std::os::unix::fs::symlink("real.zip", at("link.zip")).unwrap();
    fetch_to(&at("link.zip")).unwrap();
    assert!(at("link.zip").is_symlink());
    assert_eq!(fs::read(at("real.zip")).unwrap(), place.bytes);

    fs::write(at("mine.zip"), "mine").unwrap();
    let mut permissions = fs::metadata(at("mine.zip")).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(at("mine.zip"), permissions).unwrap();
    for (out, reason) in [
        (at("mine.zip"), "read-only"),
        ("/dev/null".into(), "no regular file"),
    ] {
        let error = fetch_to(&out).unwrap_err().to_string();
        assert!(error.contains(reason), "{error}");
    }
    assert_eq!(fs::read(at("mine.zip")).unwrap(), b"mine");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk() {
    let place = TestFolder::new();
    let (_server, address) = proper(&place);
    fs::create_dir_all(place.out.parent().unwrap()).unwrap();
    std::os::unix::fs::symlink("/dev/full", &place.part).unwrap();
    let error = place.fetch(&address).unwrap_err();
    let missing = Some(200_000);
    assert!(
        matches!(&error, FetchError::DiskFull { missing: have, .. } if *have == missing),
        "{error}"
    );
    assert!(!place.out.exists());
}
