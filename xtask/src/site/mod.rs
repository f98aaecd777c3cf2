//! `site`: builds the page and its workers into one folder of plain static files.

mod bundles;
mod compile;
mod compress;
mod copied;
mod files;
mod hashing;
mod inspect;
mod notices;
mod offline;
mod place;
mod quick;
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
use bundles::USUAL;
pub use bundles::{Bundle, COPIES, GPU, LABORATORY};
use clap::Args;
use copied::{copy_files, requires_files, with_attribute, write};
pub use quick::{Fresh, add_program, build_quickly};
use sizes::Sizes;
use std::{
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

/// Sets up, builds everything below the target folder, and only then puts it in place.
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
    // Where an interruption leaves nothing that anybody has to look at.
    fs::create_dir_all(&workspace.target)
        .with_context(|| format!("cannot make {}", workspace.target.display()))?;
    let made = TempDir::new_in(&workspace.target).context("cannot make a temporary folder")?;
    for bundle in &bundles {
        step(&format!("Build {}", bundle.title), || {
            let compiled = compile::compile(workspace, bundle, PUBLISHED)?;
            compile::bind(bundle, &compiled, &made.path().join(bundle.folder), true)
        })?;
    }
    step(&format!("Put the site into {}", out.display()), || {
        complete(workspace, made.path(), &bundles, gpu)?;
        replace_folder(&place, |new| {
            files::copy(made.path(), new)
                .with_context(|| format!("cannot copy the site into {}", new.display()))?;
            // Building takes minutes, in which somebody may have put something there.
            place::claim(&workspace.root, out).map(|_| ())
        })
    })
}

/// Makes a site of a folder that holds its programs.
fn complete(workspace: &Workspace, site: &Path, bundles: &[&Bundle], gpu: bool) -> Result<()> {
    copy_files(workspace, site, gpu)?;
    requires_policy(&site.join("index.html"))?;
    requires_files(site)?;
    write(site, "licences.html", &notices::page(bundles)?)?;
    write(site, "_headers", &headers())?;
    hashing::hash_names(site)?;
    // Before the rest: the page itself says how large the others are.
    compress::compress(site)?;
    tell_sizes(site)?;
    offline::list_files(site)?;
    for name in ["index.html", offline::SERVICE_WORKER] {
        compress::one(&site.join(name))
            .with_context(|| format!("cannot compress {name} of the site"))?;
    }
    print!("{}", Sizes::of(site)?.table());
    place::write_marker(site).with_context(|| format!("cannot write in {}", site.display()))
}

/// Requires a published site to keep within its budgets and its engines to be what they are meant to be.
pub fn check(site: &Path) -> Result<()> {
    inspect::check(site)?;
    Sizes::of(site)?.check()
}

/// The profile of what is published.
const PUBLISHED: &str = "site";

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
    use super::{
        bundles::NEEDED,
        copied::{STORY, STYLE, without_story},
        *,
    };

    #[test]
    fn hosts_are_told_the_policy_and_which_files_never_change() {
        let text = headers();
        assert!(text.starts_with("/*\n  Content-Security-Policy: default-src 'none';"));
        assert!(
            text.contains("\n/workers/*\n  Cache-Control: public, max-age=31536000, immutable\n")
        );
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
