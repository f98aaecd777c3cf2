//! Where programs are found.

use std::{
    env,
    ffi::{OsStr, OsString},
    path::{Path, PathBuf},
};

/// The path that programs are looked for on: the shell's, and behind it cargo's folder of installed programs where that is not on it.
pub fn search_path() -> OsString {
    let path = env::var_os("PATH").unwrap_or_default();
    let Some(installed) = cargo_programs() else {
        return path;
    };
    let folders: Vec<PathBuf> = env::split_paths(&path).collect();
    if folders.contains(&installed) {
        return path;
    }
    env::join_paths(folders.into_iter().chain([installed])).unwrap_or(path)
}

/// The first file called `program` on the path.
pub fn find_program(program: &str) -> Option<PathBuf> {
    first(env::split_paths(&search_path()), program)
}

/// The folder that `cargo install` puts programs into.
fn cargo_programs() -> Option<PathBuf> {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| env::home_dir().map(|home| home.join(".cargo")));
    home.map(|home| home.join("bin"))
}

/// The file called `program` that would be found in place of one that cargo installs, and the folder that cargo installs into.
pub fn shadowing(program: &str) -> Option<(PathBuf, PathBuf)> {
    let installed = cargo_programs()?;
    let file = before(&search_path(), &installed, program)?;
    Some((file, installed))
}

fn before(path: &OsStr, installed: &Path, program: &str) -> Option<PathBuf> {
    let folders = env::split_paths(path).take_while(|folder| folder != installed);
    first(folders, program)
}

fn first(mut folders: impl Iterator<Item = PathBuf>, program: &str) -> Option<PathBuf> {
    let name = format!("{program}{}", env::consts::EXE_SUFFIX);
    folders.find_map(|folder| Some(folder.join(&name)).filter(|file| file.is_file()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use tempfile::TempDir;

    #[test]
    fn a_program_shadows_where_its_folder_comes_first() {
        let root = TempDir::new().unwrap();
        let [system, cargo] = ["system", "cargo"].map(|name| root.path().join(name));
        fs::create_dir(&system).unwrap();
        let runner = system.join(format!("runner{}", env::consts::EXE_SUFFIX));
        fs::write(&runner, "").unwrap();
        let found = |folders: [&PathBuf; 2], program: &str| {
            before(&env::join_paths(folders).unwrap(), &cargo, program)
        };
        assert_eq!(found([&system, &cargo], "runner"), Some(runner));
        assert_eq!(found([&cargo, &system], "runner"), None);
        assert_eq!(found([&system, &cargo], "other"), None);
    }
}
