//! `site`: builds the page and its workers into one folder of plain static files.

mod bundles;
mod compile;
mod compress;
mod files;
mod hashing;
mod inspect;
mod notices;
mod offline;
mod place;
mod sizes;
mod split;
mod style;

use crate::{
    setup::{self, Install},
    step::step,
    workspace::Workspace,
};
use ::files::replace_folder;
use anyhow::{Context, Result, ensure};
pub use bundles::{Bundle, GPU, LABORATORY};
use bundles::{COPIES, NEEDED, USUAL};
use clap::Args;
use sha2::{Digest, Sha256};
use sizes::Sizes;
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};
use tempfile::TempDir;

/// How the site is built.
#[derive(Args)]
pub struct Options {
    /// The folder to write, relative to the repository's root: absent, empty, or a site made by this command, which is
    /// replaced
    #[arg(long, default_value = "dist")]
    pub out: PathBuf,
    /// Leave out the WebGPU engine, which takes most of the time
    #[arg(long)]
    pub no_gpu: bool,
}

/// Sets up, builds everything beside the wanted folder, and only then puts it in place.
pub fn run_verb(workspace: &Workspace, options: &Options, install: Install) -> Result<()> {
    // Before anything is installed or built.
    place::claim(&workspace.root, &options.out)?;
    setup::run(workspace, setup::FOR_SITE, install)?;
    publish(workspace, &options.out, !options.no_gpu)
}

/// Builds the site for publishing into `out`, relative to the repository's root, which is replaced as a whole.
///
/// # Errors
/// Where `out` is anything but an absent folder, an empty one or a site made before, and where building fails; what was there
/// stays.
pub fn publish(workspace: &Workspace, out: &Path, gpu: bool) -> Result<()> {
    let place = place::claim(&workspace.root, out)?;
    let extra = gpu.then_some(&GPU);
    let bundles: Vec<&Bundle> = USUAL.into_iter().chain(extra).collect();
    replace_folder(&place, |new| {
        for bundle in &bundles {
            step(&format!("Build {}", bundle.title), || {
                let compiled = compile::compile(workspace, bundle, PUBLISHED)?;
                compile::bind(bundle, &compiled, &new.join(bundle.folder), true)
            })?;
        }
        step(&format!("Put the site into {}", out.display()), || {
            copy_files(workspace, new, gpu)?;
            requires_policy(&new.join("index.html"))?;
            requires_files(new)?;
            write(new, "licences.html", &notices::page(&bundles)?)?;
            write(new, "_headers", &headers())?;
            hashing::hash_names(new)?;
            // Before the rest: the page itself says how large the others are.
            compress::compress(new)?;
            tell_sizes(new)?;
            offline::list_files(new)?;
            for name in ["index.html", offline::SERVICE_WORKER] {
                compress::one(&new.join(name))
                    .with_context(|| format!("cannot compress {name} of the site"))?;
            }
            print!("{}", Sizes::of(new)?.table());
            finish(workspace, new, out)
        })
    })
}

/// Requires a published site to keep within its budgets and its engines to be what they are meant to be.
pub fn check(site: &Path) -> Result<()> {
    inspect::check(site)?;
    Sizes::of(site)?.check()
}

/// Builds what a visit begins with as quickly as it can be built, into `out`, which is replaced as a whole: with plain names, for this
/// machine alone. The rest is [added](add_program) behind it.
pub fn build_quickly(workspace: &Workspace, out: &Path) -> Result<()> {
    let place = place::claim(&workspace.root, out)?;
    replace_folder(&place, |new| {
        for bundle in NEEDED {
            step(&format!("Build {}", bundle.title), || {
                add(workspace, bundle, new)
            })?;
        }
        copy_files(workspace, new, false)?;
        requires_files(new)?;
        write(new, "licences.html", &notices::page(&NEEDED)?)?;
        finish(workspace, new, out)
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
        let has_gpu = site.join(GPU.script()).is_file();
        copy_files(workspace, site, has_gpu)?;
        place::write_marker(site).with_context(|| format!("cannot write in {}", site.display()))
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
        copy_files(self.workspace, &self.site, false)?;
        place::write_marker(&self.site)
            .with_context(|| format!("cannot write in {}", self.site.display()))
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

/// The one style of the page, in the site.
const STYLE: &str = "assets/style.css";

/// How the network came to be, in the site; it works without.
const STORY: &str = "assets/story.safetensors";

/// The profile of what is published.
const PUBLISHED: &str = "site";
/// The profile of whatever is not published.
const QUICK: &str = "dev";

fn add(workspace: &Workspace, bundle: &Bundle, site: &Path) -> Result<()> {
    let compiled = compile::compile(workspace, bundle, QUICK)?;
    compile::bind(bundle, &compiled, &site.join(bundle.folder), false)
}

/// Copies what is only copied; the page says whether the site has the WebGPU engine.
fn copy_files(workspace: &Workspace, site: &Path, has_gpu: bool) -> Result<()> {
    for (from, to) in COPIES {
        let path = workspace.root.join(from);
        files::copy(&path, &site.join(to))
            .with_context(|| format!("cannot copy {}", path.display()))?;
    }
    let has_story = site.join(STORY).is_file();
    if !has_gpu || !has_story {
        let path = site.join("index.html");
        let mut page =
            fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        if !has_gpu {
            page = without_gpu(&page)?;
        }
        if !has_story {
            println!("   {STORY} is not there: the story's view says so");
            page = without_story(&page)?;
        }
        write(site, "index.html", &page)?;
    }
    write(site, STYLE, &style::join(&workspace.root)?)
}

/// The page of a site without the WebGPU engine, which then does not offer it.
fn without_gpu(page: &str) -> Result<String> {
    with_attribute(page, "data-without-gpu")
}

/// Has the page say how many bytes of its engines and weights are downloaded.
fn tell_sizes(site: &Path) -> Result<()> {
    let path = site.join("index.html");
    let page =
        fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let told = Sizes::of(site)?.told();
    write(
        site,
        "index.html",
        &with_attribute(&page, &format!("data-sizes=\"{told}\""))?,
    )
}

/// The page with one more attribute of the element that names the parts of the site.
fn with_attribute(page: &str, attribute: &str) -> Result<String> {
    const APP: &str = "id=\"app\"";
    ensure!(
        page.contains(APP),
        "index.html has no element with {APP}, which names the parts of the site"
    );
    Ok(page.replacen(APP, &format!("{APP} {attribute}"), 1))
}

/// The page of a site without the story's file, whose view then says so.
fn without_story(page: &str) -> Result<String> {
    let named = format!("data-story=\"{STORY}\"");
    ensure!(
        page.contains(&named),
        "index.html has no element with {named}, which names the story's file"
    );
    Ok(page.replacen(&named, "", 1))
}

fn finish(workspace: &Workspace, new: &Path, out: &Path) -> Result<()> {
    place::write_marker(new).with_context(|| format!("cannot write in {}", new.display()))?;
    // Building takes minutes, in which somebody may have put something there.
    place::claim(&workspace.root, out).map(|_| ())
}

fn write(site: &Path, name: &str, text: &str) -> Result<()> {
    let path = site.join(name);
    fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))
}

/// Requires `index.html` to state the policy that the server sends, but for what only a header can say.
fn requires_policy(index: &Path) -> Result<()> {
    let text =
        fs::read_to_string(index).with_context(|| format!("cannot read {}", index.display()))?;
    let policy = server::POLICY.trim_end_matches("; frame-ancestors 'none'");
    ensure!(
        text.contains(&format!("content=\"{policy}\"")),
        "index.html states another Content-Security-Policy than xtask/server/src/headers.rs: {policy}"
    );
    Ok(())
}

/// Requires every file that `index.html` asks for to be there.
fn requires_files(site: &Path) -> Result<()> {
    let index = site.join("index.html");
    let text =
        fs::read_to_string(&index).with_context(|| format!("cannot read {}", index.display()))?;
    let folders = ["app/", "assets/", "workers/"];
    for name in text.split('"') {
        let is_ours = folders.iter().any(|folder| name.starts_with(folder));
        ensure!(
            !is_ours || site.join(name).is_file(),
            "index.html asks for {name}, which is not in the site: put it there, or take the reference away"
        );
    }
    Ok(())
}

/// The headers that a host should send, in the form that Netlify and Cloudflare Pages read from a file of the site.
fn headers() -> String {
    let always: Vec<String> = server::HEADERS
        .iter()
        .map(|(name, value)| format!("  {name}: {value}\n"))
        .collect();
    let mut text = format!("/*\n{}", always.concat());
    for folder in ["app", "assets", "workers"] {
        text += &format!("/{folder}/*\n  Cache-Control: {}\n", server::FOR_EVER);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_told_the_policy_and_which_files_never_change() {
        let text = headers();
        assert!(text.starts_with("/*\n  Content-Security-Policy: default-src 'none';"));
        assert!(
            text.contains("\n/workers/*\n  Cache-Control: public, max-age=31536000, immutable\n")
        );
    }

    #[test]
    fn the_page_tells_whether_the_site_has_webgpu() {
        let page = "<div id=\"app\" data-worker>";
        let told = without_gpu(page).unwrap();
        assert_eq!(told, "<div id=\"app\" data-without-gpu data-worker>");
        assert!(without_gpu("<div>").is_err());
    }

    #[test]
    fn the_page_does_not_ask_for_a_story_that_is_not_there() {
        let page = "<div id=\"app\" data-story=\"assets/story.safetensors\">";
        assert_eq!(without_story(page).unwrap(), "<div id=\"app\" >");
        assert!(without_story("<div id=\"app\">").is_err());
    }

    #[test]
    fn another_policy_in_the_page_is_refused() {
        let folder = TempDir::new().unwrap();
        let index = folder.path().join("index.html");
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../index.html");
        let text = fs::read_to_string(root).unwrap();
        fs::write(&index, &text).unwrap();
        requires_policy(&index).unwrap();
        fs::write(&index, text.replace("img-src 'self'", "img-src *")).unwrap();
        assert!(requires_policy(&index).is_err());
    }

    #[test]
    fn the_sources_refer_to_every_file_of_the_site_in_a_way_that_hashing_understands() {
        let site = TempDir::new().unwrap();
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        for (from, to) in COPIES {
            files::copy(&root.join(from), &site.path().join(to)).unwrap();
        }
        let index = site.path().join("index.html");
        if !site.path().join(STORY).is_file() {
            let page = fs::read_to_string(&index).unwrap();
            fs::write(&index, without_story(&page).unwrap()).unwrap();
        }
        write(site.path(), STYLE, &style::join(&root).unwrap()).unwrap();
        for bundle in NEEDED {
            let wasm = format!("{}_bg.wasm", bundle.name);
            let script = format!("new URL('{wasm}', import.meta.url)");
            fs::create_dir_all(site.path().join(bundle.folder)).unwrap();
            fs::write(site.path().join(bundle.script()), script).unwrap();
            fs::write(site.path().join(bundle.wasm()), bundle.name).unwrap();
        }
        requires_files(site.path()).unwrap();
        hashing::hash_names(site.path()).unwrap();
        requires_files(site.path()).unwrap();
        fs::remove_dir_all(site.path().join("app")).unwrap();
        let error = requires_files(site.path()).unwrap_err().to_string();
        assert!(error.contains("app/web-"), "{error}");
        let index = fs::read_to_string(site.path().join("index.html")).unwrap();
        assert!(
            !index.contains("\"assets/weights/edgewise.safetensors\""),
            "{index}"
        );
    }
}
