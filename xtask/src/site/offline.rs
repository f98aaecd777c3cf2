//! What the service worker of a published site keeps for visits without a network.

use super::{files::files, files::relative, sizes::is_for_every_visit};
use anyhow::{Context, Result, ensure};
use server::is_hashed;
use sha2::{Digest, Sha256};
use std::{fs, path::Path};

/// The service worker, in the site. It keeps its name, since browsers know it by that.
pub const SERVICE_WORKER: &str = "service-worker.js";
/// The lines in it that are replaced.
const VERSION: &str = "const VERSION = \"\";";
const FILES: &str = "const FILES = [];";

/// Writes the names of the files that every visit needs into the service worker of a site whose names are hashed, and a version that
/// changes with any of them.
pub fn list_files(site: &Path) -> Result<()> {
    let mut names = vec!["./".to_owned()];
    for path in files(site)? {
        let name = relative(site, &path)?;
        if is_hashed(&name) && is_for_every_visit(&name) {
            names.push(name);
        }
    }
    let index = site.join("index.html");
    let index = fs::read(&index).with_context(|| format!("cannot read {}", index.display()))?;
    let digest = Sha256::new()
        .chain_update(names.join("\n"))
        .chain_update(index)
        .finalize();
    let version: String = digest[..8]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let path = site.join(SERVICE_WORKER);
    let text =
        fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    ensure!(
        text.contains(VERSION) && text.contains(FILES),
        "web/service-worker.js lacks the line `{VERSION}` or `{FILES}`, which is replaced in a published site"
    );
    let text = text
        .replacen(VERSION, &format!("const VERSION = \"{version}\";"), 1)
        .replacen(FILES, &format!("const FILES = {names:?};"), 1);
    fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use tempfile::TempDir;

    fn listed(page: &str) -> String {
        let site = TempDir::new().unwrap();
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../web/service-worker.js");
        for folder in ["app", "workers"] {
            fs::create_dir(site.path().join(folder)).unwrap();
        }
        for (name, text) in [
            ("index.html", page),
            ("app/web-0123456789abcdef.js", "page"),
            ("app/web-0123456789abcdef.js.br", "packed"),
            ("workers/gpu-0123456789abcdef.js", "engine"),
            ("licences.html", "papers"),
        ] {
            fs::write(site.path().join(name), text).unwrap();
        }
        fs::copy(source, site.path().join(SERVICE_WORKER)).unwrap();
        list_files(site.path()).unwrap();
        fs::read_to_string(site.path().join(SERVICE_WORKER)).unwrap()
    }

    #[test]
    fn the_files_of_every_visit_are_listed_under_a_version_of_their_own() {
        let one = listed("one");
        assert!(one.contains("app/web-0123456789abcdef.js\""), "{one}");
        for absent in [VERSION, FILES, ".br\"", "licences.html", "workers/gpu"] {
            assert!(!one.contains(absent), "{absent}: {one}");
        }
        let version = |text: &str| {
            let line = text.lines().find(|line| line.starts_with("const VERSION"));
            line.unwrap().to_owned()
        };
        assert_ne!(version(&one), version(&listed("two")));
        assert_eq!(version(&one), version(&listed("one")));
    }
}
