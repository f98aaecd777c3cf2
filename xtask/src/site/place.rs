//! Where a site may be put. What is there stays, unless it is a site that `site` made.

use anyhow::{Context, Result, bail, ensure};
use std::{
    collections::BTreeSet,
    fs, io,
    path::{Component, Path, PathBuf},
};

/// The file in a site that lists what `site` wrote. Static hosts pass over names that begin with a dot.
const MARKER: &str = ".edgewise-site";

/// Foreign files that a refusal names.
const NAMED: usize = 3;

/// The folder to put a site into, as an absolute path with links followed.
///
/// It may be absent, empty, or a site made by `site` with nothing else in it.
///
/// # Errors
/// Anything else is refused by name, and so is a folder that holds the repository.
pub fn claim(root: &Path, out: &Path) -> Result<PathBuf> {
    ensure!(
        !out.as_os_str().is_empty(),
        "the site's folder has no name: give one with --out, such as dist"
    );
    let shown = out.display();
    let place = resolve(&root.join(out))?;
    let root = fs::canonicalize(root).with_context(|| format!("no {}", root.display()))?;
    ensure!(
        !root.starts_with(&place),
        "{shown}: the repository is in it; give a folder of its own with --out, such as dist"
    );
    if !place.exists() {
        return Ok(place);
    }
    ensure!(
        place.is_dir(),
        "{shown}: is a file; give the name of a folder with --out"
    );
    let unreadable = || format!("{shown}: cannot be read");
    let Some(ours) = listed(&place) else {
        let found = top(&place).with_context(unreadable)?;
        ensure!(
            found.is_empty(),
            "{shown}: holds {}, and `cargo xtask site` did not make it; give another folder with --out, or empty this one if nothing \
             in it is needed",
            names(&found)
        );
        return Ok(place);
    };
    let found = entries(&place).with_context(unreadable)?;
    let foreign: Vec<String> = found
        .into_iter()
        .filter(|name| name != MARKER && !ours.contains(name))
        .collect();
    ensure!(
        foreign.is_empty(),
        "{shown}: holds {}, which `cargo xtask site` did not put there; move it away, or give another folder with --out",
        names(&foreign)
    );
    Ok(place)
}

/// Notes in a new site that `site` made it, of exactly the files that are in it now.
pub fn write_marker(site: &Path) -> io::Result<()> {
    let list = entries(site)?.join("\n");
    let text = format!(
        "`cargo xtask site` made this folder and replaces it while it holds these files alone:\n{list}\n"
    );
    fs::write(site.join(MARKER), text)
}

/// An absolute path with links followed, of which the end need not exist yet.
fn resolve(out: &Path) -> Result<PathBuf> {
    let mut missing = Vec::new();
    for there in out.ancestors() {
        match fs::symlink_metadata(there) {
            Ok(_) => {
                let there = fs::canonicalize(there)
                    .with_context(|| format!("{}: is a link to nothing", there.display()))?;
                ensure!(
                    missing.is_empty() || there.is_dir(),
                    "{}: is a file, so no folder can be in it",
                    there.display()
                );
                return Ok(missing
                    .iter()
                    .rev()
                    .fold(there, |path, name| path.join(name)));
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let Some(Component::Normal(name)) = there.components().next_back() else {
                    bail!(
                        "{}: leads out of a folder that is not there; give a plain name",
                        out.display()
                    );
                };
                missing.push(name);
            }
            Err(error) => {
                return Err(error).with_context(|| format!("{}: cannot be read", there.display()));
            }
        }
    }
    bail!("{}: is nowhere", out.display())
}

/// What the marker of a site lists, or nothing where there is no marker.
fn listed(site: &Path) -> Option<BTreeSet<String>> {
    let marker = site.join(MARKER);
    let is_file = fs::symlink_metadata(&marker).is_ok_and(|marker| marker.is_file());
    let text = fs::read_to_string(marker).ok().filter(|_| is_file)?;
    Some(text.lines().skip(1).map(str::to_owned).collect())
}

/// What is directly in a folder, in order.
fn top(folder: &Path) -> io::Result<Vec<String>> {
    let names = fs::read_dir(folder)?.map(|entry| {
        let name = entry?.file_name();
        Ok(name.to_string_lossy().into_owned())
    });
    let mut names: Vec<String> = names.collect::<io::Result<_>>()?;
    names.sort();
    Ok(names)
}

/// Every file, link and empty folder below `folder`, from there with `/` between names, in order.
fn entries(folder: &Path) -> io::Result<Vec<String>> {
    fn walk(folder: &Path, before: &str, found: &mut Vec<String>) -> io::Result<()> {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let name = format!("{before}{}", entry.file_name().to_string_lossy());
            let count = found.len();
            if entry.file_type()?.is_dir() {
                walk(&entry.path(), &format!("{name}/"), found)?;
            }
            if found.len() == count {
                found.push(name);
            }
        }
        Ok(())
    }
    let mut found = Vec::new();
    walk(folder, "", &mut found)?;
    found.sort();
    Ok(found)
}

/// The first few names, and how many more there are.
fn names(all: &[String]) -> String {
    let first = all.iter().take(NAMED).cloned().collect::<Vec<_>>();
    match all.len() - first.len() {
        0 => first.join(", "),
        more => format!("{} and {more} more", first.join(", ")),
    }
}

#[cfg(test)]
mod tests;
