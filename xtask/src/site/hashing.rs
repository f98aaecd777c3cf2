//! Names that carry a hash of the content, so that a cache never pairs a script with the WebAssembly of another deployment.

use super::files::{files, name, relative};
use anyhow::{Context, Result, bail, ensure};
use server::hashed_name;
use sha2::{Digest, Sha256};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

/// What keeps its name: what people and hosts ask for by it.
const KEPT: [&str; 5] = [
    "index.html",
    "licences.html",
    "LICENSE.txt",
    "_headers",
    "service-worker.js",
];
/// Endings of files that may refer to others.
const TEXTS: [&str; 5] = [".html", ".js", ".css", ".webmanifest", ".svg"];

/// Puts a hash into the name of every file of `site` but those that are asked for by name, and rewrites the references to
/// it. A reference is a file's last name in a string or an address: `"app/web.js"`, `'web_bg.wasm'`, `url(a.woff2)`.
///
/// # Errors
/// Where two files have the same last name, where files refer to each other in a circle, and where nothing refers to a file.
pub fn hash_names(site: &Path) -> Result<()> {
    let mut contents = BTreeMap::new();
    for path in files(site)? {
        let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        contents.insert(relative(site, &path)?, bytes);
    }
    for (old, new, bytes) in renamed(&contents)? {
        if new != old {
            fs::remove_file(site.join(&old))?;
        }
        let path = site.join(&new);
        fs::write(&path, bytes).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}

/// Old path, new path and new content of each file.
fn renamed(contents: &BTreeMap<String, Vec<u8>>) -> Result<Vec<(String, String, Vec<u8>)>> {
    let mut paths: BTreeMap<&str, &str> = BTreeMap::new();
    for path in contents.keys().filter(|path| !keeps_name(path)) {
        if let Some(other) = paths.insert(name(path), path) {
            bail!(
                "{other} and {path} have the same name, so that a reference could mean either: rename one"
            );
        }
    }
    let mut names = Names {
        contents,
        paths,
        new: BTreeMap::new(),
        open: Vec::new(),
        referred: BTreeSet::new(),
        result: Vec::new(),
    };
    for path in contents.keys() {
        names.visit(path)?;
    }
    let mut unnamed = names
        .paths
        .values()
        .filter(|path| !names.referred.contains(**path));
    if let Some(path) = unnamed.next() {
        bail!(
            "nothing in the site's text files refers to {path}, so that its name would be lost: refer to it in a string, such as an \
             attribute of index.html, or remove it"
        );
    }
    Ok(names.result)
}

struct Names<'a> {
    contents: &'a BTreeMap<String, Vec<u8>>,
    /// Paths by last name, of those that get a new one.
    paths: BTreeMap<&'a str, &'a str>,
    /// New last names by path.
    new: BTreeMap<&'a str, String>,
    /// What is being visited.
    open: Vec<&'a str>,
    referred: BTreeSet<&'a str>,
    result: Vec<(String, String, Vec<u8>)>,
}

impl<'a> Names<'a> {
    /// Renames what `path` refers to, and then itself.
    fn visit(&mut self, path: &'a str) -> Result<()> {
        if self.new.contains_key(path) {
            return Ok(());
        }
        ensure!(
            !self.open.contains(&path),
            "these files refer to each other in a circle, so that none can be hashed first: {}, {path}",
            self.open.join(", ")
        );
        self.open.push(path);
        let bytes = self.contents[path].as_slice();
        let bytes = if TEXTS.iter().any(|ending| path.ends_with(ending)) {
            let text = std::str::from_utf8(bytes)
                .with_context(|| format!("{path} is not UTF-8: save it as such"))?;
            self.rewritten(path, text)?.into_bytes()
        } else {
            bytes.to_vec()
        };
        self.open.pop();
        let new = if keeps_name(path) {
            name(path).to_owned()
        } else {
            hashed_name(name(path), &hash(&bytes))
        };
        let folder = &path[..path.len() - name(path).len()];
        self.result
            .push((path.to_owned(), format!("{folder}{new}"), bytes));
        self.new.insert(path, new);
        Ok(())
    }

    fn rewritten(&mut self, path: &str, text: &str) -> Result<String> {
        let mut new = text.to_owned();
        for (old, target) in self.paths.clone() {
            if target == path || references(text, old).is_empty() {
                continue;
            }
            self.visit(target)?;
            self.referred.insert(target);
            for start in references(&new, old).into_iter().rev() {
                new.replace_range(start..start + old.len(), &self.new[target]);
            }
        }
        Ok(new)
    }
}

fn keeps_name(path: &str) -> bool {
    KEPT.contains(&path)
}

/// Where in `text` the whole of `name` stands at the end of an address or a string. The key of an object, `"./parts.js": parts`, is a
/// name within a program and no address.
fn references(text: &str, name: &str) -> Vec<usize> {
    let before = |byte: u8| b"/\"'`(=".contains(&byte);
    let after = |byte: u8| b"\"'`)?#>".contains(&byte);
    let bytes = text.as_bytes();
    text.match_indices(name)
        .map(|(start, _)| start)
        .filter(|&start| start > 0 && before(bytes[start - 1]))
        .filter(|&start| match bytes[start + name.len()..] {
            [b'"', b':', ..] => false,
            [byte, ..] => after(byte),
            [] => false,
        })
        .collect()
}

/// 16 hexadecimal digits of SHA-256.
fn hash(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest[..8]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use server::{is_hashed, plain_name};

    fn site(wasm: &str) -> BTreeMap<String, Vec<u8>> {
        let files = [
            (
                "index.html",
                r#"<script src="assets/start.js"></script><i data-worker="workers/worker.js"><!-- start.js starts -->"#,
            ),
            ("assets/start.js", "// worker.js?a\nimport('../app/web.js')"),
            (
                "app/web.js",
                "import * as import1 from './parts.js'; new URL('web_bg.wasm', import.meta.url); x = {\"./parts.js\": import1}",
            ),
            ("app/parts.js", "1"),
            ("app/web_bg.wasm", wasm),
            (
                "workers/worker.js",
                "// (worker.js?program=cpu)\nimport('./cpu.js'); import(`./cpu-relaxed.js`); import('./gpu.js')",
            ),
            ("workers/cpu.js", "1"),
            ("workers/cpu-relaxed.js", "2"),
        ];
        let owned = files.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()));
        owned.into()
    }

    fn done(wasm: &str) -> BTreeMap<String, (String, String)> {
        let done = renamed(&site(wasm)).unwrap().into_iter();
        done.map(|(old, new, bytes)| (old, (new, String::from_utf8(bytes).unwrap())))
            .collect()
    }

    #[test]
    fn references_follow_the_new_names() {
        let done = done("wasm");
        assert_eq!(done["index.html"].0, "index.html");
        for (old, (new, _)) in done.iter().filter(|(old, _)| *old != "index.html") {
            assert!(is_hashed(new), "{new}");
            assert_eq!(plain_name(new), *old);
        }
        for (file, target) in [
            ("index.html", "assets/start.js"),
            ("index.html", "workers/worker.js"),
            ("assets/start.js", "app/web.js"),
            ("app/web.js", "app/web_bg.wasm"),
            ("app/web.js", "app/parts.js"),
            ("workers/worker.js", "workers/cpu.js"),
            ("workers/worker.js", "workers/cpu-relaxed.js"),
        ] {
            let new = name(&done[target].0);
            assert!(done[file].1.contains(new), "{file} does not name {new}");
        }
        assert!(done["index.html"].1.ends_with("<!-- start.js starts -->"));
        // The program asks for its imports by the name that it was compiled with.
        assert!(done["app/web.js"].1.ends_with("{\"./parts.js\": import1}"));
        // What is not part of this site keeps its name.
        assert!(done["workers/worker.js"].1.contains("'./gpu.js'"));
    }

    #[test]
    fn a_change_changes_the_names_of_all_that_lead_to_it() {
        let (one, other) = (done("wasm"), done("WASM"));
        for file in ["app/web_bg.wasm", "app/web.js", "assets/start.js"] {
            assert_ne!(one[file].0, other[file].0, "{file}");
        }
        assert_eq!(one["workers/worker.js"], other["workers/worker.js"]);
    }

    #[test]
    fn a_file_that_nothing_refers_to_is_refused() {
        let mut files = site("wasm");
        files.insert("assets/alone.svg".into(), Vec::new());
        let error = renamed(&files).unwrap_err().to_string();
        assert!(error.contains("assets/alone.svg"), "{error}");
    }

    #[test]
    fn circles_and_names_that_stand_twice_are_refused() {
        let mut files = site("wasm");
        files.insert("app/web_bg.wasm".into(), b"".to_vec());
        files.insert("workers/cpu.js".into(), b"import './worker.js'".to_vec());
        let error = renamed(&files).unwrap_err().to_string();
        assert!(
            error.contains("circle") && error.contains("workers/cpu.js"),
            "{error}"
        );
        let mut files = site("wasm");
        files.insert("assets/web.js".into(), Vec::new());
        let error = renamed(&files).unwrap_err().to_string();
        assert!(
            error.contains("assets/web.js and app/web.js")
                || error.contains("app/web.js and assets/web.js"),
            "{error}"
        );
    }
}
