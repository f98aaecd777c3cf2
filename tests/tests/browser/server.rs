//! A plain file server for the site, below a folder as on GitHub Pages; it notes every request.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

use anyhow::{Result, anyhow};
use tiny_http::{Header, Request, Response, Server};

/// Where on the server the site begins.
const FOLDER: &str = "/some/folder/";

/// The running server; it ends when it is dropped.
pub struct Site {
    server: Arc<Server>,
    thread: Option<JoinHandle<()>>,
    asked: Arc<Mutex<Vec<String>>>,
    origin: String,
    /// Where the site's files are.
    pub files: PathBuf,
}

impl Site {
    /// Serves the files below `files`, but for the one that is `lost` and the one that is `replaced` by other bytes.
    pub fn serve(
        files: &Path,
        lost: Option<&'static str>,
        replaced: Option<(&'static str, Vec<u8>)>,
    ) -> Result<Self> {
        let server = Server::http("127.0.0.1:0").map_err(|error| anyhow!("no server: {error}"))?;
        let (server, asked) = (Arc::new(server), Arc::new(Mutex::new(Vec::new())));
        let origin = format!("http://{}", server.server_addr());
        let answerer = Answerer {
            files: files.into(),
            lost,
            replaced,
        };
        let thread = thread::spawn({
            let (server, asked) = (server.clone(), asked.clone());
            move || {
                for request in server.incoming_requests() {
                    asked.lock().unwrap().push(request.url().to_owned());
                    answerer.answer(request);
                }
            }
        });
        Ok(Self {
            server,
            thread: Some(thread),
            asked,
            origin,
            files: files.into(),
        })
    }

    /// Scheme, host and port.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The page's address.
    pub fn address(&self) -> String {
        format!("{}{FOLDER}", self.origin)
    }

    /// The addresses that were asked for so far.
    pub fn asked(&self) -> Vec<String> {
        let asked = self.asked.lock().unwrap();
        let whole = |path| format!("{}{path}", self.origin);
        asked.iter().map(whole).collect()
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.server.unblock();
        if let Some(thread) = self.thread.take() {
            // A panic of its own was already printed.
            let _ = thread.join();
        }
    }
}

struct Answerer {
    files: PathBuf,
    lost: Option<&'static str>,
    replaced: Option<(&'static str, Vec<u8>)>,
}

impl Answerer {
    fn answer(&self, request: Request) {
        if let Some((file, bytes)) = &self.replaced
            && inside(request.url()) == Some(file)
        {
            // The browser may be gone before its answer comes.
            let _ = request.respond(Response::from_data(bytes.clone()));
            return;
        }
        let file = self.file(request.url());
        // The browser may be gone before its answer comes.
        let _ = match file.and_then(|path| Some((File::open(&path).ok()?, path))) {
            Some((file, path)) => {
                let kind = mime_guess::from_path(path).first_or_octet_stream();
                let kind = Header::from_bytes("Content-Type", kind.as_ref()).unwrap();
                request.respond(Response::from_file(file).with_header(kind))
            }
            None => request.respond(Response::from_string("Not here.").with_status_code(404)),
        };
    }

    fn file(&self, address: &str) -> Option<PathBuf> {
        let path = inside(address)?;
        let path = if path.is_empty() { "index.html" } else { path };
        (Some(path) != self.lost).then(|| self.files.join(path))
    }
}

/// The path below the site's folder that an address asks for.
fn inside(address: &str) -> Option<&str> {
    address.strip_prefix(FOLDER)?.split('?').next()
}
