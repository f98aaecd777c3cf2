//! The site below a folder, as on GitHub Pages; every request is noted.

use std::fs;
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use anyhow::{Context, Result};
use server::{Answer, Asked, Server, plain_name};

/// Where on the server the site begins.
const FOLDER: &str = "/some/folder/";

/// The running server; it ends when it is dropped.
pub struct Site {
    server: Server,
    asked: Arc<Mutex<Vec<String>>>,
    is_down: Arc<AtomicBool>,
    /// Where the site's files are.
    pub files: PathBuf,
}

impl Site {
    /// Serves the files below `files`, but for the one that is `lost` and the one that is `replaced` by other bytes.
    ///
    /// Both are named without the hash that a published site has in its names.
    pub fn serve(
        files: &Path,
        lost: Option<&'static str>,
        replaced: Option<(&'static str, Vec<u8>)>,
    ) -> Result<Self> {
        let asked = Arc::new(Mutex::new(Vec::new()));
        let site = server::Site::new(files)
            .with_context(|| format!("there is no site in {}", files.display()))?;
        let is_down = Arc::new(AtomicBool::new(false));
        let site = site.below(FOLDER).intercept({
            let (asked, is_down) = (asked.clone(), is_down.clone());
            move |request: &Asked<'_>| {
                asked.lock().unwrap().push(request.address.to_owned());
                if is_down.load(Ordering::Relaxed) {
                    return Answer::Missing;
                }
                let file = request.file.map(plain_name);
                match &replaced {
                    Some((name, bytes)) if file.as_deref() == Some(name) => {
                        Answer::Bytes(bytes.clone())
                    }
                    _ if file.is_some() && file.as_deref() == lost => Answer::Missing,
                    _ => Answer::File,
                }
            }
        });
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("no free port")?;
        let server = Server::start(listener, site).context("no server")?;
        Ok(Self {
            server,
            asked,
            is_down,
            files: files.into(),
        })
    }

    /// From now on nothing is found here.
    pub fn go_down(&self) {
        self.is_down.store(true, Ordering::Relaxed);
    }

    /// From now on everything is found here again.
    pub fn come_back(&self) {
        self.is_down.store(false, Ordering::Relaxed);
    }

    /// Whether nothing is found here.
    pub fn is_down(&self) -> bool {
        self.is_down.load(Ordering::Relaxed)
    }

    /// Scheme, host and port.
    pub fn origin(&self) -> String {
        format!("http://{}", self.server.address())
    }

    /// The page's address.
    pub fn address(&self) -> String {
        format!("{}{FOLDER}", self.origin())
    }

    /// The page's address with other weights of the site, those called `name` before its hash is put in.
    pub fn address_with_weights(&self, name: &str) -> Result<String> {
        let file = self.file(&format!("assets/weights/{name}"))?;
        let name = file.file_name().context("a file has a name")?;
        let name = name.to_string_lossy();
        Ok(format!("{}?weights=assets/weights/{name}", self.address()))
    }

    /// The addresses that were asked for so far.
    pub fn asked(&self) -> Vec<String> {
        let asked = self.asked.lock().unwrap();
        let origin = self.origin();
        asked.iter().map(|path| format!("{origin}{path}")).collect()
    }

    /// Where the file is that is called `name` before its hash is put in.
    pub fn file(&self, name: &str) -> Result<PathBuf> {
        let path = self.files.join(name);
        let folder = path.parent().context("a file has a folder")?;
        let entries = fs::read_dir(folder)
            .with_context(|| format!("the site has no folder {}", folder.display()))?;
        for entry in entries {
            let found = entry?.path();
            let plain = found.file_name().and_then(|name| name.to_str());
            if plain.map(plain_name).as_deref() == path.file_name().and_then(|name| name.to_str()) {
                return Ok(found);
            }
        }
        anyhow::bail!("the site has no {name}")
    }
}
