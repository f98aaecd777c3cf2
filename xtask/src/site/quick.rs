//! Sites that are built quickly, for this machine alone, and are added to while they are served.

use super::{
    bundles::{Bundle, GPU, LABORATORY, NEEDED, USUAL},
    compile,
    copied::{copy_files, requires_files, write, write_page},
    files, notices,
};
use crate::{step::step, workspace::Workspace};
use ::files::replace_folder;
use anyhow::{Context, Result};
use sha2::{Digest, Sha256};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};
use tempfile::TempDir;

/// Their profile.
const QUICK: &str = "dev";

/// Builds what a visit begins with as quickly as it can be built, into `out`, with plain names, for this machine alone. The
/// rest is [added](add_program) behind it.
///
/// Whatever is in `out` is replaced: it has to be a folder of our own below the target folder.
pub fn build_quickly(workspace: &Workspace, out: &Path) -> Result<()> {
    replace_folder(out, |new| {
        for bundle in NEEDED {
            step(&format!("Build {}", bundle.title), || {
                add(workspace, bundle, new)
            })?;
        }
        copy_files(workspace, new, false)?;
        requires_files(new)?;
        write(new, "licences.html", &notices::page(&NEEDED)?)
    })
}

/// Adds a program to a site that was built quickly; its script comes last, so that whoever finds that finds all.
pub fn add_program(workspace: &Workspace, site: &Path, bundle: &Bundle) -> Result<()> {
    step(&format!("Build {}", bundle.title), || {
        let folder =
            TempDir::new_in(&workspace.target).context("cannot make a temporary folder")?;
        add(workspace, bundle, folder.path())?;
        let mut names = Vec::new();
        for path in files::files(folder.path())? {
            names.push(files::relative(folder.path(), &path)?);
        }
        names.sort_by_key(|name| *name == bundle.script());
        for name in names {
            files::copy(&folder.path().join(&name), &site.join(&name))
                .with_context(|| format!("cannot put {name} into {}", site.display()))?;
        }
        write_page(workspace, site, site.join(GPU.script()).is_file())
    })
}

/// A site that was built quickly and is kept up to date.
pub struct Fresh<'a> {
    workspace: &'a Workspace,
    site: PathBuf,
    /// What each program was bound from.
    bound: BTreeMap<&'static str, Vec<u8>>,
}

impl<'a> Fresh<'a> {
    /// Builds into `site`.
    pub fn build(workspace: &'a Workspace, site: &Path) -> Result<Self> {
        build_quickly(workspace, site)?;
        add_program(workspace, site, &LABORATORY)?;
        Ok(Self {
            workspace,
            site: site.to_owned(),
            bound: BTreeMap::new(),
        })
    }

    /// Copies what is only copied.
    pub fn copy(&self) -> Result<()> {
        copy_files(self.workspace, &self.site, false)
    }

    /// Compiles every program, and binds those that differ from last time.
    pub fn compile(&mut self) -> Result<()> {
        for bundle in USUAL {
            let compiled = compile::compile(self.workspace, bundle, QUICK)?;
            let hash = Sha256::digest(fs::read(&compiled)?).to_vec();
            if self.bound.get(bundle.name) != Some(&hash) {
                let folder = self.site.join(bundle.folder);
                compile::bind(bundle, &compiled, &folder, false)?;
                self.bound.insert(bundle.name, hash);
            }
        }
        Ok(())
    }
}

fn add(workspace: &Workspace, bundle: &Bundle, site: &Path) -> Result<()> {
    let compiled = compile::compile(workspace, bundle, QUICK)?;
    compile::bind(bundle, &compiled, &site.join(bundle.folder), false)
}
