//! Installing packages on Debian and Ubuntu.

use crate::process::{command, find_program, output, run};
use anyhow::{Result, bail};
use std::fs;

const INSTALL: [&str; 4] = ["apt-get", "install", "--yes", "--no-install-recommends"];

/// Installs Debian packages, as root or through sudo.
pub fn install(packages: &[&str]) -> Result<()> {
    let list = packages.join(" ");
    if find_program("apt-get").is_none() {
        bail!(
            "this machine has no apt-get: install what Debian calls `{list}` with its own package manager"
        );
    }
    as_root(&["apt-get", "update"])?;
    as_root(&[&INSTALL, packages].concat())
}

/// The line that does it in a shell.
pub fn line(packages: &[&str]) -> String {
    let before = if is_root() { "" } else { "sudo " };
    format!("{before}{} {}", INSTALL.join(" "), packages.join(" "))
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
    let line = arguments.join(" ");
    if !is_root() && find_program("sudo").is_none() {
        bail!("`{line}` needs root and this machine has no sudo: run it as root, then try again");
    }
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
