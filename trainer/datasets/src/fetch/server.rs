//! A small web server on this machine, for tests.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::thread;

/// Header fields of a request, by names in lower case; `""` is the path.
pub(super) type Request = BTreeMap<String, String>;

/// Answers until the tests end.
pub(super) struct Server {
    /// Its address, without a path.
    pub address: String,
    asked: Arc<Mutex<Vec<Request>>>,
}

impl Server {
    /// Starts one that answers with what `answer` makes of each request, then hangs up.
    pub fn start(answer: impl Fn(&Request) -> Vec<u8> + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let noted = Arc::clone(&asked);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let lines = BufReader::new(&stream).lines().map(Result::unwrap);
                let request = parse(lines.take_while(|line| !line.is_empty()));
                let answer = answer(&request);
                noted.lock().unwrap().push(request);
                // Whoever stops early hangs up first.
                let _ = stream.write_all(&answer);
            }
        });
        Self { address, asked }
    }

    /// What was asked so far.
    pub fn asked(&self) -> Vec<Request> {
        self.asked.lock().unwrap().clone()
    }
}

fn parse(mut lines: impl Iterator<Item = String>) -> Request {
    let first = lines.next().unwrap_or_default();
    let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
    let fields = lines.filter_map(|line| {
        let (name, value) = line.split_once(':')?;
        Some((name.to_lowercase(), value.trim().to_owned()))
    });
    fields.chain([(String::new(), path)]).collect()
}

/// An answer: its status, more header fields each with a line end, and the body, with `length` or the body's as its length.
pub(super) fn answer(status: u16, fields: &str, body: &[u8], length: Option<usize>) -> Vec<u8> {
    let length = length.unwrap_or(body.len());
    let head = format!(
        "HTTP/1.1 {status} Status\r\nConnection: close\r\nContent-Length: {length}\r\n{fields}\r\n"
    );
    [head.as_bytes(), body].concat()
}

/// What a proper server answers of a file with an ETag: all of it, the rest of it, or that there is no more.
pub(super) fn serve(request: &Request, tag: &str, file: &[u8]) -> Vec<u8> {
    let field = format!("ETag: {tag}\r\n");
    let range = request
        .get("range")
        .filter(|_| request.get("if-range").is_none_or(|wanted| *wanted == tag));
    let Some(start) = range.and_then(|range| range.strip_prefix("bytes=")?.strip_suffix('-'))
    else {
        return answer(200, &field, file, None);
    };
    let (start, total): (usize, usize) = (start.parse().unwrap(), file.len());
    if start >= total {
        return answer(
            416,
            &format!("Content-Range: bytes */{total}\r\n"),
            b"",
            None,
        );
    }
    let last = total - 1;
    let field = format!("{field}Content-Range: bytes {start}-{last}/{total}\r\n");
    answer(206, &field, &file[start..], None)
}
