//! The source of Rust's standard library, where rustup cannot download it: out of Debian's archive.

use crate::{
    path::find_program,
    process::{command, output, run},
    setup::apt,
};
use anyhow::{Context, Result, bail};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// Where Debian keeps the newest compilers, in the order in which they are asked.
const SUITES: [&str; 2] = ["trixie-backports", "sid"];
const PUBLIC_MIRROR: &str = "http://deb.debian.org/debian";
const KEYRING: &str = "/usr/share/keyrings/debian-archive-keyring.gpg";

/// The path of the library's source for the compiler of this `version`: in its toolchain, or else unpacked into `folder`.
pub fn provide(version: &str, folder: &Path) -> Result<PathBuf> {
    let sysroot = output(
        &mut command("rustc", ["--print", "sysroot"]),
        "install Rust from https://rustup.rs",
    )?;
    let library = Path::new(sysroot.trim()).join("lib/rustlib/src/rust/library");
    if library.join("std/Cargo.toml").is_file() {
        return Ok(library);
    }
    download_from_debian(version, folder)
}

/// Unpacks the very version of the source into `folder` and returns the path of its `library`.
fn download_from_debian(version: &str, folder: &Path) -> Result<PathBuf> {
    if find_program("apt-get").is_none() || find_program("dpkg").is_none() {
        bail!(
            "this machine has no apt-get: run `rustup target add wasm32-unknown-unknown` where rustup can download"
        );
    }
    if !Path::new(KEYRING).is_file() {
        apt::install(&["debian-archive-keyring"])?;
    }
    let mirror = mirror();
    for suite in SUITES {
        println!("Looking for the source of Rust {version} in Debian's {suite} ({mirror})");
        let archive = Archive::new(&mirror, suite, &folder.join(suite))?;
        if let Some(package) = archive.rust_source(version)? {
            return archive.unpack(&package, version);
        }
    }
    bail!(
        "Debian's archive has no source of Rust {version}: use a version that it has, or run \
         `rustup target add wasm32-unknown-unknown` where rustup can download"
    )
}

/// The Debian mirror that this machine already uses, or the public one.
fn mirror() -> String {
    let arguments = [
        "indextargets",
        "--format",
        "$(REPO_URI)",
        "Created-By: Packages",
    ];
    let addresses = output(&mut command("apt-get", arguments), "").unwrap_or_default();
    debian_mirror(&addresses)
        .unwrap_or(PUBLIC_MIRROR)
        .to_owned()
}

fn debian_mirror(addresses: &str) -> Option<&str> {
    addresses
        .lines()
        .map(|line| line.trim_end_matches('/'))
        .find(|address| address.ends_with("/debian"))
}

/// One suite of Debian's archive, apart from the machine's own package lists.
struct Archive {
    folder: PathBuf,
    options: Vec<String>,
}

impl Archive {
    fn new(mirror: &str, suite: &str, folder: &Path) -> Result<Self> {
        let lists = folder.join("lists");
        fs::create_dir_all(lists.join("partial"))?;
        let sources = folder.join("sources.list");
        fs::write(
            &sources,
            format!("deb [signed-by={KEYRING}] {mirror} {suite} main\n"),
        )?;
        let options = [
            format!("Dir::State::Lists={}", lists.display()),
            format!("Dir::Cache={}", folder.join("cache").display()),
            format!("Dir::Etc::SourceList={}", sources.display()),
            "Dir::Etc::SourceParts=/dev/null".to_owned(),
            "APT::Sandbox::User=root".to_owned(),
        ];
        let archive = Self {
            folder: folder.to_owned(),
            options: options.map(|option| format!("-o{option}")).into(),
        };
        archive.apt("apt-get", &["--quiet", "update"])?;
        Ok(archive)
    }

    fn rust_source(&self, version: &str) -> Result<Option<String>> {
        Ok(package_version(
            &self.apt("apt-cache", &["madison", "rust-src"])?,
            version,
        ))
    }

    fn unpack(&self, package: &str, version: &str) -> Result<PathBuf> {
        self.apt(
            "apt-get",
            &["--quiet", "download", &format!("rust-src={package}")],
        )?;
        let mut files = fs::read_dir(&self.folder)?.filter_map(|entry| Some(entry.ok()?.path()));
        let file = files
            .find(|path| path.extension().is_some_and(|extension| extension == "deb"))
            .with_context(|| {
                format!(
                    "apt-get left no package in {}: try again",
                    self.folder.display()
                )
            })?;
        let unpacked = self.folder.join("unpacked");
        let (from, to) = (file.to_string_lossy(), unpacked.to_string_lossy());
        run(
            &mut command("dpkg", ["-x", &*from, &*to]),
            "is there room in the temporary folder?",
        )?;
        Ok(unpacked.join(format!("usr/src/rustc-{version}/library")))
    }

    fn apt(&self, program: &str, arguments: &[&str]) -> Result<String> {
        let options = self.options.iter().map(String::as_str);
        let mut command = command(program, options.chain(arguments.iter().copied()));
        output(command.current_dir(&self.folder), "it needs the network")
    }
}

/// The package of exactly this compiler among `apt-cache madison`'s lines, `rust-src | 1.95.0+dfsg1-2 | address`.
fn package_version(madison: &str, version: &str) -> Option<String> {
    let packages = madison.lines().filter_map(|line| line.split('|').nth(1));
    let same = |package: &&str| {
        package
            .strip_prefix(version)
            .is_some_and(|rest| rest.starts_with(['+', '-']))
    };
    packages.map(str::trim).find(same).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_package_of_the_very_compiler_counts() {
        let lines = " rust-src | 1.95.1+dfsg1-1 | http://a trixie/main\n rust-src | 1.95.0+dfsg1-2~bpo13+1 | http://a\n";
        assert_eq!(
            package_version(lines, "1.95.0").as_deref(),
            Some("1.95.0+dfsg1-2~bpo13+1")
        );
        assert_eq!(package_version(lines, "1.95"), None);
        assert_eq!(package_version("", "1.95.0"), None);
    }

    #[test]
    fn the_mirror_is_the_main_archive_not_the_security_one() {
        let addresses = "http://m/debian-security/\nhttp://m/debian/\n";
        assert_eq!(debian_mirror(addresses), Some("http://m/debian"));
        assert_eq!(debian_mirror("http://archive.ubuntu.com/ubuntu/\n"), None);
    }
}
