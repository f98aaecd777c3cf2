//! The licences of everything that is inside the published WebAssembly, with their texts, as most of them ask for.

use super::bundles::Bundle;
use crate::{
    process::{cargo, output},
    setup::TARGET,
};
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
    fs,
    path::Path,
};

/// A crate, and what it says about itself.
struct Crate {
    name: String,
    licence: String,
    authors: String,
    /// Names and contents of its licence files.
    files: Vec<(String, String)>,
}

/// The start of a file name that holds a licence or a notice.
const NAMES: [&str; 6] = [
    "COPYING",
    "COPYRIGHT",
    "LICENCE",
    "LICENSE",
    "NOTICE",
    "UNLICENSE",
];

/// The licence of those who ship no text of it, filled with their names.
const MIT: &str = include_str!("mit.txt");
/// What the Mozilla Public License has its users say, where a crate ships no text of it.
const MPL: &str = "This Source Code Form is subject to the terms of the Mozilla Public License, v. 2.0. If a copy of the MPL was not \
    distributed with this file, You can obtain one at https://mozilla.org/MPL/2.0/.";

/// The page that lists all crates of `bundles` and the standard library.
pub fn page(bundles: &[&Bundle]) -> Result<String> {
    let mut names = BTreeSet::new();
    for bundle in bundles {
        names.extend(dependencies(bundle)?);
    }
    let metadata = output(
        &mut cargo(["metadata", "--locked", "--format-version", "1"]),
        "it needs the network",
    )?;
    let metadata: Value =
        serde_json::from_str(&metadata).context("cargo metadata printed no JSON")?;
    let mut crates = Vec::new();
    for package in metadata["packages"].as_array().into_iter().flatten() {
        let text = |key: &str| package[key].as_str().unwrap_or_default().to_owned();
        let name = format!("{} {}", text("name"), text("version"));
        if !names.remove(&name) {
            continue;
        }
        let authors = package["authors"].as_array().into_iter().flatten();
        let authors: Vec<&str> = authors.filter_map(Value::as_str).collect();
        let manifest = text("manifest_path");
        let folder = Path::new(&manifest)
            .parent()
            .context("a manifest is in a folder")?;
        crates.push(Crate {
            licence: text("license"),
            authors: authors.join(", "),
            files: licence_files(folder)
                .with_context(|| format!("cannot read {}", folder.display()))?,
            name,
        });
    }
    if let Some(name) = names.first() {
        bail!("cargo metadata says nothing about {name}");
    }
    crates.push(Crate {
        name: "Rust's standard library".into(),
        licence: "MIT OR Apache-2.0".into(),
        authors: "The Rust Project Developers".into(),
        files: Vec::new(),
    });
    Ok(html(&crates, &texts(&crates)?))
}

/// Names and versions of what is compiled into a program, as `serde 1.0.0`, without what is in this repository.
fn dependencies(bundle: &Bundle) -> Result<Vec<String>> {
    let features = bundle.features.join(",");
    let arguments = [
        "tree",
        "--locked",
        "--target",
        TARGET,
        "--edges",
        "normal,no-proc-macro",
        "--prefix",
        "none",
        "--format",
        "{p}",
        "--package",
        bundle.package,
        "--features",
        &features,
    ];
    let tree = output(&mut cargo(arguments), "it needs the network")?;
    Ok(tree.lines().filter_map(package).collect())
}

/// Name and version in a line such as `serde v1.0.0 (*)`; nothing where it is a crate of this repository, which has a path.
fn package(line: &str) -> Option<String> {
    let mut words = line.split_whitespace();
    let (name, version) = (words.next()?, words.next()?.strip_prefix('v')?);
    let is_ours = words.any(|word| word.starts_with("(/") || word.contains(":\\"));
    (!is_ours).then(|| format!("{name} {version}"))
}

fn licence_files(folder: &Path) -> std::io::Result<Vec<(String, String)>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let upper = name.to_uppercase();
        let is_source = upper.ends_with(".RS");
        if NAMES.iter().any(|start| upper.starts_with(start))
            && !is_source
            && entry.path().is_file()
        {
            let text = fs::read(entry.path())?;
            found.push((upper, String::from_utf8_lossy(&text).replace("\r\n", "\n")));
        }
    }
    found.sort();
    Ok(found)
}

/// Every text once, with the names of the crates that it is for.
fn texts(crates: &[Crate]) -> Result<BTreeMap<String, Vec<&str>>> {
    let mut texts: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for one in crates {
        for text in texts_of(one, crates)? {
            texts.entry(text).or_default().push(&one.name);
        }
    }
    Ok(texts)
}

/// The texts of a crate. Where its users may choose MIT, that one; else all that it ships.
fn texts_of(one: &Crate, crates: &[Crate]) -> Result<Vec<String>> {
    let choices: Vec<&str> = one
        .licence
        .split(" OR ")
        .flat_map(|part| part.split('/'))
        .collect();
    let offers = |licence: &str| choices.iter().any(|choice| choice.trim() == licence);
    let trimmed = |text: &String| text.trim().to_owned();
    let has_mit = |file: &&(String, String)| file.0.contains("MIT");
    if offers("MIT")
        && let Some((_, text)) = one.files.iter().find(has_mit)
    {
        return Ok(vec![trimmed(text)]);
    }
    if !one.files.is_empty() {
        return Ok(one.files.iter().map(|(_, text)| trimmed(text)).collect());
    }
    if offers("MIT") {
        let holder = if one.authors.is_empty() {
            format!("the authors of {}", one.name)
        } else {
            one.authors.clone()
        };
        return Ok(vec![MIT.trim().replace("{holder}", &holder)]);
    }
    if offers("MPL-2.0") {
        let (name, version) = one.name.split_once(' ').unwrap_or((&one.name, ""));
        return Ok(vec![format!(
            "{MPL}\n\nThe source code is at https://crates.io/crates/{name}/{version}."
        )]);
    }
    let same = crates
        .iter()
        .filter(|other| other.licence.split(" OR ").any(offers))
        .flat_map(|other| &other.files)
        .find(|file| offers("Apache-2.0") && file.0.contains("APACHE"));
    match same {
        Some((_, text)) => Ok(vec![trimmed(text)]),
        None => bail!(
            "{} is under {} and ships no text of it: add the text to xtask/src/site/notices.rs, or choose another crate",
            one.name,
            one.licence
        ),
    }
}

fn html(crates: &[Crate], texts: &BTreeMap<String, Vec<&str>>) -> String {
    let mut page = String::from(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>Edgewise: licences</title>\n<h1>Licences</h1>\n\
         <p>Edgewise is under the <a href=\"LICENSE.txt\">MIT licence</a>. Its WebAssembly contains these crates:</p>\n<ul>\n",
    );
    // A string takes everything.
    for one in crates {
        let _ = writeln!(
            page,
            "<li>{}: {}",
            escaped(&one.name),
            escaped(&one.licence)
        );
    }
    page += "</ul>\n";
    for (text, names) in texts {
        let _ = writeln!(
            page,
            "<h2>{}</h2>\n<pre>{}</pre>",
            escaped(&names.join(", ")),
            escaped(text)
        );
    }
    page
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn a_crate(name: &str, licence: &str, files: &[(&str, &str)]) -> Crate {
        let files = files
            .iter()
            .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
        Crate {
            name: name.into(),
            licence: licence.into(),
            authors: "Ada <a@b>".into(),
            files: files.collect(),
        }
    }

    #[test]
    fn lines_of_the_tree_name_what_comes_from_elsewhere() {
        assert_eq!(package("serde v1.0.0").as_deref(), Some("serde 1.0.0"));
        assert_eq!(package("serde v1.0.0 (*)").as_deref(), Some("serde 1.0.0"));
        assert_eq!(package("web v0.1.0 (/somewhere/web)"), None);
        assert_eq!(package(""), None);
    }

    #[test]
    fn every_crate_has_a_text_and_equal_texts_stand_once() {
        let crates = [
            a_crate(
                "a 1",
                "MIT OR Apache-2.0",
                &[("LICENSE-APACHE", "apache"), ("LICENSE-MIT", "mit a\n")],
            ),
            a_crate("b 1", "MIT/Apache-2.0", &[("LICENSE-MIT", "mit a")]),
            a_crate("c 1", "MIT", &[]),
            a_crate("d 1", "Apache-2.0", &[]),
            a_crate("m 1", "MPL-2.0", &[]),
            a_crate("e 1", "Zlib", &[("LICENSE", "zlib"), ("NOTICE", "note")]),
        ];
        let texts = texts(&crates).unwrap();
        assert_eq!(texts["mit a"], ["a 1", "b 1"]);
        assert_eq!(texts["apache"], ["d 1"]);
        assert_eq!(texts["note"], ["e 1"]);
        assert!(
            texts
                .keys()
                .any(|text| text.ends_with("https://crates.io/crates/m/1."))
        );
        assert!(
            texts
                .keys()
                .any(|text| text.contains("Copyright (c) Ada <a@b>"))
        );
        let page = html(&crates, &texts);
        assert!(page.contains("Ada &lt;a@b&gt;") && page.contains("<li>c 1: MIT"));
        let lacking = [a_crate("f 1", "ISC", &[])];
        let error = super::texts(&lacking).unwrap_err().to_string();
        assert!(error.starts_with("f 1 is under ISC"), "{error}");
    }
}
