//! When the sources changed, for Cargo, which compares times: in a clean clone all files are new, so it would compile again whatever
//! they are part of, although another clone in the same place has left a target folder where all of it is compiled.
//!
//! In a clone that is worked in this would be wrong: of a file that was changed, compiled and changed back, Cargo has compiled something
//! else last, and a time of before that would hide it.

use crate::{
    process::{command, output},
    workspace::Workspace,
};
use anyhow::{Context, Result};
use sha2::{Digest, Sha256};
use std::{
    collections::BTreeMap,
    fs::{self, OpenOptions},
    path::Path,
    time::{Duration, UNIX_EPOCH},
};

/// The table in the target folder: a line with the repository's root, then for each file its hash, its time in nanoseconds and its path.
const TABLE: &str = "source-times.txt";

/// Gives each tracked file whose content is that of the last run the time it had then. Without git nothing is done.
pub fn restore(workspace: &Workspace) -> Result<()> {
    let mut list = command("git", ["ls-files", "-z"]);
    list.current_dir(&workspace.root);
    let Ok(paths) = output(&mut list, "") else {
        println!("   not known: this is no clone of a git repository");
        return Ok(());
    };
    let paths = paths
        .split_terminator('\0')
        .filter(|path| !path.contains('\n'));
    let (unchanged, all) = restore_times(&workspace.root, paths, &workspace.target.join(TABLE))?;
    println!("   {unchanged} of {all} files are as they were at the last run");
    Ok(())
}

/// How many of the files among `paths`, which are relative to `root`, have the content that `table` knows, and how many files there are;
/// afterwards `table` knows them all.
fn restore_times<'a>(
    root: &Path,
    paths: impl Iterator<Item = &'a str>,
    table: &Path,
) -> Result<(usize, usize)> {
    let old = fs::read_to_string(table).unwrap_or_default();
    let old = read(&old, root);
    let mut new = format!("{}\n", root.display());
    let (mut unchanged, mut all) = (0, 0);
    for path in paths {
        let file = root.join(path);
        // One that is deleted and not committed yet is still in git's list.
        let Ok(bytes) = fs::read(&file) else { continue };
        let hash = format!("{:x}", Sha256::digest(&bytes));
        let time = match old.get(path) {
            Some((known, time)) if *known == hash => {
                set_time(&file, *time)?;
                unchanged += 1;
                *time
            }
            _ => time_of(&file)?,
        };
        all += 1;
        new.push_str(&format!("{hash} {time} {path}\n"));
    }
    files::write(table, new.as_bytes())?;
    Ok((unchanged, all))
}

/// Hash and time of each path; nothing of another root's table, whose times say nothing about what was compiled from this one.
fn read<'a>(table: &'a str, root: &Path) -> BTreeMap<&'a str, (&'a str, u64)> {
    let mut lines = table.lines();
    if lines.next() != Some(&root.display().to_string()) {
        return BTreeMap::new();
    }
    let entry = |line: &'a str| {
        let (hash, rest) = line.split_once(' ')?;
        let (time, path) = rest.split_once(' ')?;
        Some((path, (hash, time.parse().ok()?)))
    };
    lines.filter_map(entry).collect()
}

/// Nanoseconds since 1970; 0 for what is older.
fn time_of(file: &Path) -> Result<u64> {
    let modified = file.metadata().and_then(|data| data.modified());
    let modified =
        modified.with_context(|| format!("cannot read the time of {}", file.display()))?;
    let since = modified.duration_since(UNIX_EPOCH).unwrap_or_default();
    Ok(u64::try_from(since.as_nanos()).unwrap_or(u64::MAX))
}

fn set_time(file: &Path, nanoseconds: u64) -> Result<()> {
    let time = UNIX_EPOCH + Duration::from_nanos(nanoseconds);
    let opened = OpenOptions::new().append(true).open(file);
    opened
        .and_then(|opened| opened.set_modified(time))
        .with_context(|| format!("cannot set the time of {}", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::SystemTime;

    const PATHS: [&str; 2] = ["kept.rs", "changed.rs"];

    fn times(root: &Path) -> Vec<SystemTime> {
        let time = |path: &str| root.join(path).metadata().unwrap().modified().unwrap();
        PATHS.into_iter().map(time).collect()
    }

    /// Writes both files as a clone does, at `seconds`.
    fn cloned(root: &Path, changed: &str, seconds: u64) {
        for (path, text) in PATHS.into_iter().zip(["same", changed]) {
            fs::write(root.join(path), text).unwrap();
            set_time(&root.join(path), seconds * 1_000_000_000).unwrap();
        }
    }

    #[test]
    fn only_files_with_the_same_content_get_their_time_back() {
        let folder = tempfile::tempdir().unwrap();
        let (root, table) = (folder.path(), folder.path().join("table"));
        let restored =
            || restore_times(root, PATHS.into_iter().chain(["deleted.rs"]), &table).unwrap();
        let at = |seconds| UNIX_EPOCH + Duration::from_secs(seconds);

        cloned(root, "first", 100);
        assert_eq!(restored(), (0, 2));
        cloned(root, "second", 200);
        assert_eq!(restored(), (1, 2));
        assert_eq!(times(root), [at(100), at(200)]);
        // What was compiled last came from the second content, so the first is a change again.
        cloned(root, "first", 300);
        assert_eq!(restored(), (1, 2));
        assert_eq!(times(root), [at(100), at(300)]);
    }

    #[test]
    fn another_folders_table_and_a_broken_one_are_not_believed() {
        let folder = tempfile::tempdir().unwrap();
        let (root, table) = (folder.path(), folder.path().join("table"));
        cloned(root, "first", 100);
        restore_times(root, PATHS.into_iter(), &table).unwrap();
        let text = fs::read_to_string(&table).unwrap();
        for other in [
            text.replacen(&root.display().to_string(), "/elsewhere", 1),
            text.replace(' ', ""),
            text.replace("0000", "x"),
            String::new(),
        ] {
            fs::write(&table, other).unwrap();
            cloned(root, "first", 200);
            assert_eq!(
                restore_times(root, PATHS.into_iter(), &table).unwrap(),
                (0, 2)
            );
        }
    }
}
