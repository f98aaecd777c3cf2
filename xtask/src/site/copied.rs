//! What is only copied into a site, and the page, which says what the site has.

use super::{bundles::COPIES, files, style};
use crate::workspace::Workspace;
use anyhow::{Context, Result, ensure};
use std::{fs, path::Path};

/// The page, in the repository and in the site.
const PAGE: &str = "index.html";

/// The one style of the page, in the site.
pub const STYLE: &str = "assets/style.css";

/// How the network came to be, in the site; it works without.
pub const STORY: &str = "assets/story.safetensors";

/// Copies what is only copied; the page says whether the site has the WebGPU engine.
pub fn copy_files(workspace: &Workspace, site: &Path, has_gpu: bool) -> Result<()> {
    for (from, to) in COPIES {
        let path = workspace.root.join(from);
        files::copy(&path, &site.join(to))
            .with_context(|| format!("cannot copy {}", path.display()))?;
    }
    write(site, STYLE, &style::join(&workspace.root)?)?;
    if !site.join(STORY).is_file() {
        println!("   {STORY} is not there: the story's view says so");
    }
    write_page(workspace, site, has_gpu)
}

/// Writes the page of a site whose other files are there.
pub fn write_page(workspace: &Workspace, site: &Path, has_gpu: bool) -> Result<()> {
    let path = workspace.root.join(PAGE);
    let mut page =
        fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    if !has_gpu {
        page = without_gpu(&page)?;
    }
    if !site.join(STORY).is_file() {
        page = without_story(&page)?;
    }
    write(site, PAGE, &page)
}

/// The page of a site without the WebGPU engine, which then does not offer it.
fn without_gpu(page: &str) -> Result<String> {
    with_attribute(page, "data-without-gpu")
}

/// The page with one more attribute of the element that names the parts of the site.
pub fn with_attribute(page: &str, attribute: &str) -> Result<String> {
    const APP: &str = "id=\"app\"";
    ensure!(
        page.contains(APP),
        "index.html has no element with {APP}, which names the parts of the site"
    );
    Ok(page.replacen(APP, &format!("{APP} {attribute}"), 1))
}

/// The page of a site without the story's file, whose view then says so.
pub fn without_story(page: &str) -> Result<String> {
    let named = format!("data-story=\"{STORY}\"");
    ensure!(
        page.contains(&named),
        "index.html has no element with {named}, which names the story's file"
    );
    Ok(page.replacen(&named, "", 1))
}

/// Writes a file of the site.
pub fn write(site: &Path, name: &str, text: &str) -> Result<()> {
    let path = site.join(name);
    fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))
}

/// Requires every file that `index.html` asks for to be there.
pub fn requires_files(site: &Path) -> Result<()> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use tempfile::TempDir;

    #[test]
    fn the_page_tells_whether_the_site_has_webgpu() {
        let page = "<div id=\"app\" data-worker>";
        let told = without_gpu(page).unwrap();
        assert_eq!(told, "<div id=\"app\" data-without-gpu data-worker>");
        assert!(without_gpu("<div>").is_err());
    }

    #[test]
    fn a_page_is_written_again_without_its_files() {
        let site = TempDir::new().unwrap();
        let workspace = Workspace {
            root: Path::new(env!("CARGO_MANIFEST_DIR")).join(".."),
            target: site.path().to_owned(),
        };
        for has_gpu in [false, true] {
            write_page(&workspace, site.path(), has_gpu).unwrap();
            let page = fs::read_to_string(site.path().join(PAGE)).unwrap();
            assert_eq!(page.contains("data-without-gpu"), !has_gpu);
        }
        assert_eq!(files::files(site.path()).unwrap().len(), 1);
    }

    #[test]
    fn the_page_does_not_ask_for_a_story_that_is_not_there() {
        let page = "<div id=\"app\" data-story=\"assets/story.safetensors\">";
        assert_eq!(without_story(page).unwrap(), "<div id=\"app\" >");
        assert!(without_story("<div id=\"app\">").is_err());
    }
}
