//! One visit to the site, from starting a browser to looking through its console.

use std::env;
use std::path::PathBuf;

use anyhow::{Context, Result, anyhow, ensure};
use serde_json::json;
use tempfile::TempDir;
use thirtyfour::{WebDriver, WebDriverRunError};

use super::chromium::{Driver, network_log};
use super::page::Page;
use super::server::Site;
use super::traffic::requires_all_within;

/// How a browser and the site are set up.
#[derive(Default)]
pub struct Settings {
    /// What WebGPU there is.
    pub gpu: Gpu,
    /// A phone's screen instead of a desktop's.
    pub phone: bool,
    /// The site's files, where they are not the built site.
    pub files: Option<PathBuf>,
    /// A file of the site that the server does not have.
    pub lost: Option<&'static str>,
    /// A file of the site that the server has other bytes for.
    pub replaced: Option<(&'static str, Vec<u8>)>,
    /// JavaScript that runs before the page's own.
    pub script: Option<&'static str>,
    /// Whether what is tried leaves errors in the console.
    pub expects_errors: bool,
}

/// What a browser has for WebGPU.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub enum Gpu {
    /// It doesn't know WebGPU.
    #[default]
    Unknown,
    /// It knows WebGPU, but has no graphics card for it.
    Refused,
    /// The processor plays a graphics card.
    Emulated,
}

/// The built site.
pub fn built_site() -> Result<PathBuf> {
    env::var_os("EDGEWISE_SITE").map(PathBuf::from).context(
        "EDGEWISE_SITE names no built site: run `cargo xtask test`, which builds one, or name what `cargo xtask site` built",
    )
}

/// Opens the page, lets `behave` use it, and requires that the visit left no error in the console and no request went
/// anywhere else.
pub async fn visit(
    settings: Settings,
    behave: impl AsyncFnOnce(&Page<'_>) -> Result<()>,
) -> Result<()> {
    let files = settings.files.clone().map_or_else(built_site, Ok)?;
    let site = Site::serve(&files, settings.lost, settings.replaced.clone())?;
    let (profile, driver) = (TempDir::new()?, Driver::start()?);
    let browser = driver.open(&settings, profile.path()).await?;
    let result = browser
        .run_and_quit(async |browser| {
            let without_webgpu = "delete Navigator.prototype.gpu;";
            let without_webgpu = (settings.gpu == Gpu::Unknown).then_some(without_webgpu);
            for script in without_webgpu.into_iter().chain(settings.script) {
                let script = json!({ "source": script });
                let cdp = browser.cdp();
                cdp.send_raw("Page.addScriptToEvaluateOnNewDocument", script)
                    .await?;
            }
            let page = Page::open(browser, &site).await?;
            behave(&page).await?;
            // A file that is not there is an error in the console too.
            if settings.lost.is_none() && !settings.expects_errors && !site.is_down() {
                no_error_in_console(&page.browser).await?;
            }
            Ok(())
        })
        .await;
    result.map_err(|error| match error {
        WebDriverRunError::Body(error) => error,
        other => anyhow!("{other}"),
    })?;
    requires_all_within(&site, &network_log(profile.path()))
}

async fn no_error_in_console(browser: &WebDriver) -> Result<()> {
    let entries = browser
        .browser_log()
        .await
        .context("the console cannot be read")?;
    let errors: Vec<_> = entries
        .iter()
        .filter(|entry| entry.level == "SEVERE")
        .map(|entry| &entry.message)
        .collect();
    ensure!(errors.is_empty(), "the console holds errors: {errors:#?}");
    Ok(())
}
