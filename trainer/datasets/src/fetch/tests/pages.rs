//! Answers that are a page, or half an archive.

use flate2::{Compression, write::GzEncoder};

use super::*;

/// What Google Drive sends instead of a large file.
const PAGE: &[u8] =
    b"<!DOCTYPE html><html><head><title>Google Drive - Virus scan warning</title></head></html>";

#[test]
fn a_page_is_not_kept_as_an_archive() {
    for (fields, body, words) in [
        (
            "Content-Type: text/html\r\n",
            PAGE,
            "a web page (\"Google Drive - Virus",
        ),
        // Mislabelled, as many servers do.
        (
            "Content-Type: application/zip\r\n",
            PAGE,
            "a web page (\"Google Drive",
        ),
        ("", PAGE, "not a zip archive"),
        (
            "Content-Type: text/html\r\n",
            b"wait",
            "a web page, not a zip archive",
        ),
        (
            "",
            b"<Error><Code>AccessDenied</Code></Error>",
            "AccessDenied",
        ),
        (
            "Content-Type: application/json\r\n",
            b"{\"error\": \"quota\"}",
            "quota",
        ),
        ("", b"", "an empty file"),
    ] {
        let place = TestFolder::new();
        let server =
            Server::start(move |_| answer(200, &format!("ETag: {TAG}\r\n{fields}"), body, None));
        for _ in 0..2 {
            let error = place.fetch(&server.address).unwrap_err().to_string();
            assert!(error.contains(words), "{error}");
            assert!(place.names().is_empty(), "{error}");
        }
        assert!(
            server
                .asked()
                .iter()
                .all(|request| !request.contains_key("range"))
        );
    }
}

#[test]
fn a_page_in_between_costs_nothing_of_what_came_before() {
    // As a network that one has to log in to answers all requests, then none.
    let place = TestFolder::new();
    let file = place.bytes.clone();
    let server = Server::start(move |request| match &*request[""] {
        "/portal" => answer(200, "Content-Type: text/html\r\n", PAGE, None),
        _ => serve(request, TAG, &file),
    });
    let portal = format!("{}/portal", server.address);
    place.leave(150_000, &portal, TAG);
    let before = place.names();
    let error = place.fetch(&portal).unwrap_err();
    assert!(matches!(error, FetchError::WebPage { .. }), "{error}");
    assert_eq!(place.names(), before);
    assert!(fs::read(&place.part).unwrap() == place.bytes[..150_000]);
    let address = format!("{}/all.zip", server.address);
    place.leave(150_000, &address, TAG);
    place.fetch(&address).unwrap();
    place.assert_whole();
    assert_eq!(server.asked()[1]["range"], "bytes=150000-");
}

#[test]
fn a_page_that_was_begun_is_not_gone_on_with() {
    let place = TestFolder::new();
    let (server, address) = proper(&place);
    place.leave(1, &address, TAG);
    fs::write(&place.part, &PAGE[..30]).unwrap();
    place.fetch(&address).unwrap();
    place.assert_whole();
    assert!(!server.asked()[0].contains_key("range"));
}

#[test]
fn a_part_of_a_page_is_not_the_rest_of_an_archive() {
    let place = TestFolder::new();
    let file = place.bytes.clone();
    let server = Server::start(move |request| match request.get("range") {
        Some(_) => {
            let fields = "Content-Range: bytes 50-199999/200000\r\nContent-Type: text/html\r\n";
            answer(206, fields, &[b'x'; 199_950], None)
        }
        None => serve(request, TAG, &file),
    });
    place.leave(50, &server.address, TAG);
    place.fetch(&server.address).unwrap();
    place.assert_whole();
}

#[test]
fn an_archive_that_is_cut_short_is_not_kept() {
    let whole = archive(5_000);
    let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
    gzip.write_all(&whole).unwrap();
    let gzip = gzip.finish().unwrap();
    for (name, bytes) in [("all.zip", &whole), ("all.tar.gz", &gzip)] {
        for (cut, is_whole) in [(0, true), (1, false), (bytes.len() / 2, false)] {
            let place = TestFolder::new();
            let sent = bytes[..bytes.len() - cut].to_vec();
            let server =
                Server::start(move |_| answer(200, &format!("ETag: {TAG}\r\n"), &sent, None));
            let order = Download {
                out: &place.out.with_file_name(name),
                ..place.order(&server.address)
            };
            let fetched = fetch(&order, &AtomicBool::new(false), &());
            if is_whole {
                fetched.unwrap();
                assert_eq!(place.names(), [name]);
            } else {
                let error = fetched.unwrap_err();
                assert!(matches!(error, FetchError::Damaged { .. }), "{error}");
                assert!(place.names().is_empty(), "{name} {cut}");
            }
        }
    }
}

#[test]
fn a_wrong_rest_is_noticed_at_the_end() {
    let place = TestFolder::new();
    let (_server, address) = proper(&place);
    place.leave(200_000, &address, TAG);
    fs::write(&place.part, [&place.bytes[..100], &[0; 199_900]].concat()).unwrap();
    let error = place.fetch(&address).unwrap_err();
    assert!(matches!(error, FetchError::Damaged { .. }), "{error}");
    assert!(place.names().is_empty());
}
