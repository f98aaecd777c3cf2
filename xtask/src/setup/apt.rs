//! Installing packages on Debian and Ubuntu.

use crate::{
    path::find_program,
    process::{command, output, run},
};
use anyhow::{Result, ensure};
use std::fs;

const UPDATE: [&str; 2] = ["apt-get", "update"];
const INSTALL: [&str; 4] = ["apt-get", "install", "--yes", "--no-install-recommends"];

/// Requires that packages can be installed here at all.
pub fn check(packages: &[&str]) -> Result<()> {
    ensure!(
        find_program("apt-get").is_some(),
        "this machine has no apt-get: install what Debian calls `{}` with its own package manager",
        packages.join(" ")
    );
    ensure!(
        is_root() || find_program("sudo").is_some(),
        "`{}` needs root and this machine has no sudo: run it as root, then try again",
        line_after("", packages)
    );
    Ok(())
}

/// Installs Debian packages, as root or through sudo.
pub fn install(packages: &[&str]) -> Result<()> {
    check(packages)?;
    as_root(&UPDATE)?;
    as_root(&[&INSTALL, packages].concat())
}

/// The line that does it in a shell.
pub fn line(packages: &[&str]) -> String {
    line_after(if is_root() { "" } else { "sudo " }, packages)
}

/// A new container has no lists of packages yet, so they are fetched first.
fn line_after(before: &str, packages: &[&str]) -> String {
    let (update, install) = (UPDATE.join(" "), INSTALL.join(" "));
    format!(
        "{before}{update} && {before}{install} {}",
        packages.join(" ")
    )
}

/// Chromium and its driver are named differently in Debian and in Ubuntu.
pub fn chromium_packages() -> &'static [&'static str] {
    let release = fs::read_to_string("/etc/os-release").unwrap_or_default();
    if release.lines().any(|line| line == "ID=ubuntu") {
        &["chromium-browser", "chromium-chromedriver"]
    } else {
        &["chromium", "chromium-driver"]
    }
}

fn is_root() -> bool {
    // Without `id` there is no root either.
    cfg!(unix) && output(&mut command("id", ["-u"]), "").is_ok_and(|id| id.trim() == "0")
}

fn as_root(arguments: &[&str]) -> Result<()> {
    let before: &[&str] = if is_root() {
        &["env"]
    } else {
        &["sudo", "env"]
    };
    let whole = [before, &["DEBIAN_FRONTEND=noninteractive"], arguments].concat();
    let mut command = command(whole[0], whole[1..].iter().copied());
    run(
        &mut command,
        "look at its messages above; it needs the network",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_of_packages_are_fetched_first_and_both_as_root() {
        assert_eq!(
            line_after("sudo ", &["a", "b"]),
            "sudo apt-get update && sudo apt-get install --yes --no-install-recommends a b"
        );
        assert!(line_after("", &["a"]).starts_with("apt-get update && apt-get install"));
    }
}
