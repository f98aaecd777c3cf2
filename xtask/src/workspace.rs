//! Where things are: the repository's root, cargo's target folder, the versions in Cargo.lock.

use crate::process::{cargo, output};
use anyhow::{Context, Result};
use serde_json::Value;
use std::{fs, path::PathBuf};

/// The repository and its build folder.
pub struct Workspace {
    /// The repository's root.
    pub root: PathBuf,
    /// Cargo's target folder, which `CARGO_TARGET_DIR` may have placed elsewhere.
    pub target: PathBuf,
}

impl Workspace {
    /// Asks cargo, so that every way of placing the target folder is followed.
    pub fn find() -> Result<Self> {
        let mut metadata = cargo(["metadata", "--no-deps", "--format-version", "1"]);
        let text = output(&mut metadata, "run `cargo xtask` inside the repository")?;
        let metadata: Value =
            serde_json::from_str(&text).context("cargo metadata printed no JSON")?;
        let folder = |name: &str| {
            let path = metadata[name].as_str().map(PathBuf::from);
            path.with_context(|| format!("cargo metadata names no {name}"))
        };
        Ok(Self {
            root: folder("workspace_root")?,
            target: folder("target_directory")?,
        })
    }

    /// The version of `package` in Cargo.lock.
    pub fn locked_version(&self, package: &str) -> Result<String> {
        let path = self.root.join("Cargo.lock");
        let lock = fs::read_to_string(&path)
            .with_context(|| format!("cannot read {}: restore it from git", path.display()))?;
        version_in_lock(&lock, package).with_context(|| {
            format!(
                "{} has no package {package}: restore it from git",
                path.display()
            )
        })
    }
}

fn version_in_lock(lock: &str, package: &str) -> Option<String> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name);
    let version = lines.nth(1)?.strip_prefix("version = \"")?;
    Some(version.strip_suffix('"')?.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = r#"
[[package]]
name = "wasm-bindgen"
version = "0.2.130"
dependencies = [
 "wasm-bindgen-macro",
]

[[package]]
name = "wasm-bindgen-macro"
version = "0.2.131"
"#;

    #[test]
    fn a_locked_version_is_that_of_the_package_with_exactly_this_name() {
        assert_eq!(
            version_in_lock(LOCK, "wasm-bindgen").as_deref(),
            Some("0.2.130")
        );
        assert_eq!(
            version_in_lock(LOCK, "wasm-bindgen-macro").as_deref(),
            Some("0.2.131")
        );
        assert_eq!(version_in_lock(LOCK, "wasm"), None);
    }
}
