//! Public bug reports about programs of this kind, tried on this one. What comes out is the table in docs/trust.md.
#![allow(clippy::unwrap_used, reason = "a test that cannot continue fails")]
#![cfg(unix)]

mod files;
mod inputs;
mod page;
mod pictures;
#[path = "../program/mod.rs"]
mod program;
mod runs;
mod tables;
#[path = "../torch_save/mod.rs"]
mod torch_save;

use std::{
    env, fs,
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
    sync::OnceLock,
};

use tempfile::TempDir;

/// A report, and what is right.
pub struct Case {
    /// Where the fault was reported first.
    source: &'static str,
    /// What this program does instead, as a sentence.
    right: &'static str,
    /// Panics where it does not; given an empty folder.
    check: fn(&Path),
}

/// The sample and weights that know its classes a little, made once.
pub struct Trained(TempDir);

impl Trained {
    /// The one.
    pub fn get() -> &'static Self {
        static TRAINED: OnceLock<Trained> = OnceLock::new();
        TRAINED.get_or_init(|| {
            let folder = program::with_sample();
            program::succeed(folder.path(), &program::TINY);
            let export = ["export", "--run", "run", "--out", "weights"];
            program::succeed(folder.path(), &export);
            Self(folder)
        })
    }

    /// A path in its folder: `sample`, `run` or `weights`.
    pub fn path(&self, name: &str) -> String {
        self.0.path().join(name).to_str().unwrap().to_owned()
    }
}

const HEAD: &str = "\
# Public bug reports, tried

Faults that were reported about other programs of this kind, each turned into a small input and tried on the trainer by
`cargo test -p trainer --test cases`. A run of that test makes this table; with `EDGEWISE_BLESS=1` it writes it anew.

| first reported as | what Edgewise does | result |
| --- | --- | --- |
";

#[test]
fn every_case_behaves_as_it_should_and_the_table_says_so() {
    let mut table = HEAD.to_owned();
    let mut wrong = Vec::new();
    let groups = [runs::CASES, files::CASES, pictures::CASES, tables::CASES];
    for case in groups.into_iter().flatten() {
        let folder = TempDir::new().unwrap();
        let outcome = catch_unwind(AssertUnwindSafe(|| (case.check)(folder.path())));
        let result = if outcome.is_ok() { "passes" } else { "WRONG" };
        if outcome.is_err() {
            wrong.push(case.right);
        }
        table += &format!("| {} | {} | {result} |\n", case.source, case.right);
    }
    table += &page::table();
    assert!(wrong.is_empty(), "wrong: {wrong:#?}");
    let place = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/trust.md");
    if env::var_os("EDGEWISE_BLESS").is_some() {
        fs::write(&place, &table).unwrap();
    }
    let written = fs::read_to_string(&place).unwrap();
    assert!(
        written == table,
        "docs/trust.md is not this run's: bless it"
    );
}
