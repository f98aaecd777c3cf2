//! Whether what came is the file that was wanted, or a page that somebody sent instead.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};

use flate2::read::GzDecoder;
use zip::ZipArchive;

use super::FetchError;

/// How many bytes of a file's beginning are looked at.
pub(super) const HEAD: usize = 4096;

/// The longest part of an answer that a message repeats, in characters.
const QUOTED: usize = 120;

/// A kind of file that is known by its first bytes.
struct Signature {
    /// What it is called.
    name: &'static str,
    /// What names of such files end in.
    endings: &'static [&'static str],
    /// Where the signature is, in bytes from the start.
    at: usize,
    /// What stands there, one of them.
    bytes: &'static [&'static [u8]],
}

const fn kind(
    name: &'static str,
    endings: &'static [&'static str],
    at: usize,
    bytes: &'static [&'static [u8]],
) -> Signature {
    Signature {
        name,
        endings,
        at,
        bytes,
    }
}

/// Sources: PKWARE's APPNOTE 4.3, RFC 1952, POSIX ustar, `numpy.lib.format`, and the file formats' own descriptions.
const KINDS: [Signature; 9] = [
    kind(
        "a zip archive",
        &[".zip", ".npz"],
        0,
        &[b"PK\x03\x04", b"PK\x05\x06"],
    ),
    kind("a gzip archive", &[".gz", ".tgz"], 0, &[b"\x1f\x8b"]),
    kind("a tar archive", &[".tar"], 257, &[b"ustar"]),
    kind("a NumPy array", &[".npy"], 0, &[b"\x93NUMPY"]),
    kind("a bzip2 archive", &[".bz2", ".tbz2"], 0, &[b"BZh"]),
    kind("an xz archive", &[".xz", ".txz"], 0, &[b"\xfd7zXZ\0"]),
    kind(
        "a Zstandard archive",
        &[".zst", ".tzst"],
        0,
        &[b"\x28\xb5\x2f\xfd"],
    ),
    kind("a 7z archive", &[".7z"], 0, &[b"7z\xbc\xaf\x27\x1c"]),
    kind("a RAR archive", &[".rar"], 0, &[b"Rar!\x1a\x07"]),
];

const ZIP: &str = KINDS[0].name;
const GZIP: &str = KINDS[1].name;

/// Endings of files that are markup themselves.
const MARKUP: [&str; 6] = [".html", ".htm", ".xhtml", ".xml", ".svg", ".mhtml"];

/// What pages begin with, after spaces, in lower case.
const PAGES: [&str; 8] = [
    "<!doctype html",
    "<html",
    "<head",
    "<body",
    "<title",
    "<meta",
    "<script",
    "<!--",
];

impl Signature {
    fn is_at_the_start_of(&self, head: &[u8]) -> bool {
        let there = head.get(self.at..).unwrap_or_default();
        self.bytes.iter().any(|bytes| there.starts_with(bytes))
    }
}

/// What is expected, by the names of the file and of the address.
pub(super) struct Wanted {
    address: String,
    out: PathBuf,
    kind: Option<&'static Signature>,
    /// Whether a page is what is wanted.
    markup: bool,
}

impl Wanted {
    /// By the name of the file to write or, where that says nothing, by the address.
    pub fn new(out: &Path, address: &str) -> Self {
        let path = address.split(['?', '#']).next().unwrap_or(address);
        let names = [out.to_string_lossy().to_lowercase(), path.to_lowercase()];
        let ends = |name: &str, endings: &[&str]| endings.iter().any(|end| name.ends_with(end));
        Self {
            address: address.to_owned(),
            out: out.to_owned(),
            kind: names
                .iter()
                .find_map(|name| KINDS.iter().find(|kind| ends(name, kind.endings))),
            markup: names.iter().any(|name| ends(name, &MARKUP)),
        }
    }

    /// Looks at the first bytes, [`HEAD`] or all there are, and at the Content-Type that the server gave.
    ///
    /// # Errors
    /// Where there are none, or they are those of something else.
    pub fn check_head(&self, head: &[u8], content_type: Option<&str>) -> Result<(), FetchError> {
        if head.is_empty() {
            return Err(FetchError::Empty {
                address: self.address.clone(),
            });
        }
        if self.kind.is_some_and(|kind| kind.is_at_the_start_of(head)) {
            return Ok(());
        }
        let text = String::from_utf8_lossy(head);
        let text = text.trim_start_matches('\u{feff}').trim_start();
        let wanted = self.kind.map_or("the file", |kind| kind.name);
        let said_page = self.kind.is_some() && content_type.is_some_and(is_page);
        if !self.markup && (begins_as_page(text) || said_page) {
            return Err(FetchError::WebPage {
                address: self.address.clone(),
                title: title(text).map_or_else(String::new, |title| format!(" ({title:?})")),
                wanted,
                out: self.out.clone(),
            });
        }
        if self.kind.is_none() {
            return Ok(());
        }
        Err(FetchError::AnotherKind {
            address: self.address.clone(),
            found: described(head, text),
            wanted,
        })
    }

    /// Looks at the whole file, of which only the start or nothing has been looked at.
    ///
    /// # Errors
    /// Where it is something else, cut short or damaged, or cannot be read.
    pub fn check_whole(&self, file: &Path) -> Result<(), FetchError> {
        let unreadable = super::partial_file::unwritable(file);
        self.check_head(&head(file).map_err(&unreadable)?, None)?;
        let opened = File::open(file).map_err(unreadable)?;
        let damage = match self.kind.map(|kind| kind.name) {
            Some(ZIP) => ZipArchive::new(BufReader::new(opened))
                .err()
                .map(|error| error.to_string()),
            Some(GZIP) => {
                let mut content = GzDecoder::new(BufReader::new(opened));
                let read = io::copy(&mut content, &mut io::sink());
                read.err().map(|error| error.to_string())
            }
            _ => None,
        };
        let (Some(cause), Some(kind)) = (damage, self.kind) else {
            return Ok(());
        };
        Err(FetchError::Damaged {
            address: self.address.clone(),
            wanted: kind.name,
            cause,
        })
    }
}

/// The first bytes of a file.
pub(super) fn head(file: &Path) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    File::open(file)?.take(HEAD as u64).read_to_end(&mut head)?;
    Ok(head)
}

/// Whether a Content-Type is that of a page.
pub(super) fn is_page(content_type: &str) -> bool {
    let kind = content_type.split(';').next().unwrap_or_default();
    let kind = kind.trim().to_lowercase();
    ["text/html", "application/xhtml+xml"].contains(&&*kind)
}

fn begins_as_page(text: &str) -> bool {
    PAGES.iter().any(|start| {
        let there = text.get(..start.len());
        there.is_some_and(|there| there.eq_ignore_ascii_case(start))
    })
}

/// A page's title, where its beginning has it.
fn title(page: &str) -> Option<String> {
    // Only ASCII is made lower, so that places stay the same.
    let lower = page.to_ascii_lowercase();
    let start = lower.find("<title")?;
    let start = start + lower[start..].find('>')? + 1;
    let end = start + lower[start..].find("</title")?;
    let title = quoted(&page[start..end]);
    (!title.is_empty()).then_some(title)
}

/// What a file is instead, in words, by its first bytes.
fn described(head: &[u8], text: &str) -> String {
    if let Some(kind) = KINDS.iter().find(|kind| kind.is_at_the_start_of(head)) {
        return kind.name.to_owned();
    }
    let name = match text.chars().next() {
        _ if text.contains(['\0', '\u{fffd}']) => return "something else".to_owned(),
        Some('{' | '[') => "JSON",
        Some('<') => "XML",
        _ => "text",
    };
    format!("{name} ({})", quoted(text))
}

/// The start of a text, on one line.
fn quoted(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let line: String = words
        .join(" ")
        .chars()
        .filter(|c| !c.is_control())
        .collect();
    match line.char_indices().nth(QUOTED) {
        Some((end, _)) => format!("{} …", &line[..end]),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(out: &str, head: &[u8], content_type: Option<&str>) -> Option<String> {
        let wanted = Wanted::new(Path::new(out), "http://a.example/get?file=1");
        let refused = wanted.check_head(head, content_type).err();
        refused.map(|error| error.to_string())
    }

    #[test]
    fn each_kind_is_known_by_its_first_bytes_whatever_the_server_calls_it() {
        let mut tar = vec![0; 512];
        tar[257..262].copy_from_slice(b"ustar");
        for (out, head) in [
            ("a.zip", &b"PK\x03\x04\x14"[..]),
            ("A.ZIP", b"PK\x05\x06"),
            ("a.tar.gz", b"\x1f\x8b\x08"),
            ("a.tgz", b"\x1f\x8b\x08"),
            ("a.tar", &tar),
            ("a.npy", b"\x93NUMPY\x01"),
        ] {
            assert_eq!(refusal(out, head, Some("text/html")), None, "{out}");
        }
    }

    #[test]
    fn a_page_is_told_by_its_bytes_or_by_its_content_type() {
        for head in [
            "<!DOCTYPE html><html><head><TITLE lang=en>Log\n in</TITLE>",
            "\u{feff}\r\n  <html><title>Log in</title>",
            "<!-- saved --><title>Log in</title>",
        ] {
            for out in ["a.zip", "a.tar.gz", "a.csv", "a"] {
                let said = refusal(out, head.as_bytes(), None).unwrap();
                assert!(
                    said.contains("a web page (\"Log in\"), not"),
                    "{out}: {said}"
                );
            }
            assert_eq!(refusal("a.html", head.as_bytes(), None), None);
        }
        let said = refusal("a.zip", b"Please wait", Some("Text/HTML; charset=utf-8"));
        assert!(said.unwrap().contains("a web page, not a zip archive"));
    }

    #[test]
    fn what_else_it_is_is_said() {
        for (head, words) in [
            (
                &b"\x1f\x8b\x08"[..],
                "that is a gzip archive, not a zip archive",
            ),
            (
                b"{\"message\":\n \"gone\"}",
                "that is JSON ({\"message\": \"gone\"})",
            ),
            (
                b"<?xml version='1.0'?><Error>",
                "that is XML (<?xml version='1.0'?><Error>)",
            ),
            (b"quota exceeded", "that is text (quota exceeded)"),
            (b"\x00\x01\xff", "that is something else"),
        ] {
            let said = refusal("a.zip", head, None).unwrap();
            assert!(said.contains(words), "{said}");
        }
        let long = refusal("a.zip", &[b'x'; 4000], None).unwrap();
        assert!(
            long.contains(&format!("text ({} …)", "x".repeat(QUOTED))),
            "{long}"
        );
    }

    #[test]
    fn a_name_that_says_nothing_takes_any_file_but_none_that_is_empty() {
        assert_eq!(
            refusal("labels.csv", b"id,label\n", Some("text/html")),
            None
        );
        assert_eq!(refusal("a.json", b"{}", None), None);
        assert!(refusal("labels.csv", b"", None).unwrap().contains("empty"));
        let by_address = Wanted::new(Path::new("data"), "https://a.example/b.zip?c=d.txt");
        assert!(by_address.check_head(b"id,label\n", None).is_err());
    }
}
