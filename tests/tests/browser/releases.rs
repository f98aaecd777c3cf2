//! A second release of the site while the first is open, and two sites on one host.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use image::GrayImage;
use serde_json::{Value, json};
use server::{is_hashed, plain_name};
use tempfile::TempDir;
use tests::drawings::drawings;

use super::offline::until_kept;
use super::page::{Page, SOON};
use super::pen::Pen;
use super::visit::{Gpu, Settings, built_site, visit};

/// Digits of the hash in a file's name.
const DIGITS: usize = 16;

/// A served folder with the built site, and a second release to take its place.
struct Releases {
    folder: TempDir,
}

impl Releases {
    fn new() -> Result<Self> {
        let releases = Self {
            folder: TempDir::new()?,
        };
        let site = built_site()?;
        copy(&site, &releases.served(), str::to_owned)?;
        copy(&site, &releases.folder.path().join("second"), second)?;
        Ok(releases)
    }

    fn served(&self) -> PathBuf {
        self.folder.path().join("served")
    }

    fn settings(&self) -> Settings {
        Settings {
            files: Some(self.served()),
            // Files that are gone.
            expects_errors: true,
            ..Settings::default()
        }
    }

    /// From now on the second release is served, and of the first one nothing.
    fn release(&self) -> Result<()> {
        fs::rename(self.served(), self.folder.path().join("first"))?;
        fs::rename(self.folder.path().join("second"), self.served())?;
        Ok(())
    }
}

/// Copies a site but for its compressed files, with every name and every text changed by `change`.
fn copy(from: &Path, to: &Path, change: fn(&str) -> String) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str());
        let name = name.with_context(|| format!("{} has no name", path.display()))?;
        if path.is_dir() {
            copy(&path, &to.join(name), change)?;
            continue;
        }
        let bytes = fs::read(&path)?;
        let is_text = [".html", ".js", ".css", ".webmanifest"]
            .iter()
            .any(|ending| name.ends_with(ending));
        let is_packed = name.ends_with(".br") || name.ends_with(".gz");
        if is_text {
            fs::write(to.join(change(name)), change(std::str::from_utf8(&bytes)?))?;
        } else if !is_packed {
            fs::write(to.join(change(name)), bytes)?;
        }
    }
    Ok(())
}

/// A name or a text of the second release: every hash is another one, as if every content were, and the page's body tells.
fn second(text: &str) -> String {
    let is_digit = |letter: char| matches!(letter, '0'..='9' | 'a'..='f');
    let mut result = String::new();
    let mut rest = text;
    while let Some(start) = rest.find(is_digit) {
        let length = rest[start..].find(|letter| !is_digit(letter));
        let (digits, after) = rest[start..].split_at(length.unwrap_or(rest.len() - start));
        result += &rest[..start];
        if digits.len() == DIGITS && result.ends_with(['-', '"']) {
            result.extend(digits.chars().rev());
        } else {
            result += digits;
        }
        rest = after;
    }
    (result + rest).replace("<body ", "<body data-release=\"second\" ")
}

/// Waits until the second release is in front, and answers.
async fn until_second(page: &Page<'_>) -> Result<()> {
    page.wait("the second release", SOON, async || {
        let script = "return document.body?.dataset.release === 'second' && document.body.dataset.engine === 'cpu'";
        // While the page is loaded again no script runs.
        let is_second = page.run(script, json!([])).await.unwrap_or(false);
        Ok(is_second.then_some(()))
    })
    .await
}

async fn until_offered(page: &Page<'_>) -> Result<()> {
    page.wait("the new version to be offered", SOON, async || {
        let script = "return !document.getElementById('update').hidden";
        Ok(page.run::<bool>(script, json!([])).await?.then_some(()))
    })
    .await
}

#[test]
fn the_second_release_has_other_names() {
    let name = "app/web-0123456789abcdef.js";
    assert!(is_hashed(&second(name)) && second(name) != name);
    assert_eq!(plain_name(&second(name)), plain_name(name));
    for same in ["index.html", "0123456789abcdef0", "x = 0xabc"] {
        assert_eq!(second(same), same);
    }
}

#[tokio::test]
async fn a_new_release_is_offered_and_can_wait() -> Result<()> {
    let releases = Releases::new()?;
    visit(releases.settings(), async |page| {
        until_kept(page).await?;
        releases.release()?;
        let look = "return navigator.serviceWorker.getRegistration().then((one) => one.update()).then(() => null)";
        page.run::<Value>(look, json!([])).await?;
        until_offered(page).await?;
        page.click("#update-later").await?;
        let focus: String = page.run("return document.activeElement.id", json!([])).await?;
        ensure!(focus == "tab-draw", "the focus is on {focus:?}");
        ensure!(!page.find("#update").await?.is_displayed().await?);
        // The first release is still the one that is kept.
        page.reload().await?;
        until_offered(page).await?;
        page.click("#update-now").await?;
        until_second(page).await
    })
    .await
}

#[tokio::test]
async fn a_reload_for_the_sake_of_an_engine_leads_to_the_new_release() -> Result<()> {
    let releases = Releases::new()?;
    let settings = Settings {
        gpu: Gpu::Emulated,
        ..releases.settings()
    };
    visit(settings, async |page| {
        until_kept(page).await?;
        releases.release()?;
        page.click("#engine-gpu").await?;
        page.click("#engine-reload").await?;
        until_second(page).await
    })
    .await
}

#[tokio::test]
async fn a_view_that_is_gone_with_its_release_comes_after_a_reload() -> Result<()> {
    let releases = Releases::new()?;
    visit(releases.settings(), async |page| {
        until_kept(page).await?;
        releases.release()?;
        page.click("#tab-lab").await?;
        page.click("#panel-lab [role=alert] button:last-child")
            .await?;
        until_second(page).await?;
        page.appearing("#lab-step").await?;
        Ok(())
    })
    .await
}

#[tokio::test]
async fn two_sites_on_one_host_keep_apart_what_they_keep() -> Result<()> {
    let releases = Releases::new()?;
    copy(&built_site()?, &releases.served().join("other"), second)?;
    visit(releases.settings(), async |page| {
        let first = page.site.address();
        until_kept(page).await?;
        page.draw(&drawings()[4].1, Pen::Mouse).await?;
        page.go_to(&format!("{first}other/")).await?;
        let seen = page.grey("seen-28").await?;
        ensure!(seen == GrayImage::new(28, 28), "the other site's drawing is shown");
        page.wait("the other page to be kept", SOON, async || {
            let script = "const { controller } = navigator.serviceWorker;
                const own = new URL('service-worker.js', document.baseURI).href;
                return controller?.scriptURL === own && controller.state === 'activated'";
            Ok(page.run::<bool>(script, json!([])).await?.then_some(()))
        })
        .await?;
        let script = "return Promise.all(arguments[0].map((page) => caches.match(page))).then((all) => all.map(Boolean))";
        let pages = [first.clone(), format!("{first}other/")];
        let kept: Vec<bool> = page.run(script, json!([pages])).await?;
        ensure!(kept == [true, true], "of {pages:?} are kept: {kept:?}");
        Ok(())
    })
    .await
}
