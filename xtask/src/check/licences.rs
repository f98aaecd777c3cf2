//! The licences of everything that Edgewise is built from.

use crate::process::{cargo, output};
use anyhow::{Result, bail};
use spdx::{Expression, LicenseReq, ParseMode};
use std::collections::BTreeSet;

/// Licences under which a dependency may be used in an MIT-licensed program, by their SPDX names.
const ALLOWED: [&str; 15] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MPL-2.0",
    "OFL-1.1",
    "Ubuntu-font-1.0",
    "Unicode-3.0",
    "Zlib",
];

/// Asks cargo for every dependency, whatever the platform and the features, and refuses what [`ALLOWED`] doesn't cover.
pub fn check() -> Result<()> {
    let arguments = [
        "tree",
        "--locked",
        "--workspace",
        "--all-features",
        "--target",
        "all",
        "--edges",
        "normal,build,dev",
    ];
    let format = ["--prefix", "none", "--format", "{p}|{l}"];
    let tree = output(
        &mut cargo(arguments.into_iter().chain(format)),
        "it needs the network",
    )?;
    let lines = tree.lines().filter(|line| !line.is_empty());
    let packages: BTreeSet<&str> = lines.map(|line| line.trim_end_matches(" (*)")).collect();
    let refused: Vec<String> = packages.iter().filter_map(|line| refusal(line)).collect();
    if !refused.is_empty() {
        let list = refused.join("\n");
        bail!(
            "{list}\nchoose other dependencies, or allow the licence in xtask/src/check/licences.rs"
        );
    }
    println!("   {} packages, all under allowed licences", packages.len());
    Ok(())
}

/// What is wrong with a line `package v1.2.3|licence`.
fn refusal(line: &str) -> Option<String> {
    match line.rsplit_once('|') {
        Some((_, licence)) if is_allowed(licence) => None,
        Some((package, "")) => Some(format!("{package} names no licence")),
        Some((package, licence)) => Some(format!("{package} is under {licence}")),
        None => Some(format!("{line} is no package with a licence")),
    }
}

fn is_allowed(expression: &str) -> bool {
    let covers = |requirement: &LicenseReq| ALLOWED.contains(&requirement.to_string().as_str());
    Expression::parse_mode(expression, ParseMode::LAX).is_ok_and(|parsed| parsed.evaluate(covers))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_allowed_choice_is_enough() {
        assert!(is_allowed("MIT"));
        assert!(is_allowed("GPL-3.0-only OR MIT"));
        assert!(is_allowed("MIT/Apache-2.0"), "the older way of writing OR");
        assert!(is_allowed("(MIT OR Apache-2.0) AND Unicode-3.0"));
        assert!(is_allowed("Apache-2.0 WITH LLVM-exception"));
    }

    #[test]
    fn a_refusal_names_the_package() {
        assert_eq!(refusal("serde v1.0.228|MIT OR Apache-2.0"), None);
        assert_eq!(
            refusal("a v1.0.0 (proc-macro)|SSPL-1.0").unwrap(),
            "a v1.0.0 (proc-macro) is under SSPL-1.0"
        );
        assert_eq!(refusal("b v1.0.0|").unwrap(), "b v1.0.0 names no licence");
    }

    #[test]
    fn all_parts_of_an_and_have_to_be_allowed() {
        assert!(!is_allowed("GPL-3.0-only"));
        assert!(!is_allowed("MIT AND GPL-3.0-only"));
        assert!(!is_allowed("Apache-2.0 WITH Classpath-exception-2.0"));
        assert!(!is_allowed("no such licence"));
    }
}
